//! Where one attribution's content ends because another attribution begins.

use std::ops::Range;

use onrecord_model::TokenKind;

use crate::attribution::{Attribution, Side};
use crate::view::View;

/// Whether a cue without a subject goes on from the cue before: a participle always, a verb
/// after "and" only if the content before is no clause, in which the "and" could stand.
fn coordinated(
    view: &View<'_>,
    words: &Range<usize>,
    all: &[Attribution],
    found: &Attribution,
) -> bool {
    let before = found.begins - 1;
    if !matches!(view.lower(before), "and" | "but") {
        return true;
    }
    if before > words.start
        && (view.is_comma(before - 1) || view.kind(before - 1) == Some(TokenKind::CloseQuote))
    {
        return true;
    }
    let earlier = all.iter().rfind(|a| a.begins < found.begins);
    earlier.is_some_and(|a| match &a.side {
        Side::After(follows) => follows.phrase,
        _ => true,
    })
}

/// Where the content of an attribution must stop because another begins.
pub fn stops(view: &View<'_>, words: &Range<usize>, all: &[Attribution]) -> Vec<usize> {
    let mut stops = Vec::new();
    for found in all {
        // "While X said S1, Y did S2": the content ends with the subordinate clause
        if let Side::After(follows) = &found.side
            && found.begins == words.start + 1
            && view.is(words.start, "clause_openers")
        {
            let main = (follows.start + 3..words.end.saturating_sub(1)).find(|i| {
                view.is_comma(*i)
                    && view.words[*i].quote.is_none()
                    && (view.mention(*i + 1).is_some()
                        || view.is(*i + 1, "determiners")
                        || view.is(*i + 1, "pronouns"))
            });
            stops.extend(main);
        }
        // "X, who asked for S1, said S2": the comma before the second cue
        let verb = found.cue_words.start;
        let said_before = |a: &Attribution| found.begins <= a.begins && a.cue_words.start < verb;
        if matches!(found.side, Side::After(_))
            && found.begins < verb
            && view.is_comma(verb - 1)
            && all.iter().any(said_before)
        {
            stops.push(verb - 1);
        }
        let Some(before) = found.begins.checked_sub(1).filter(|b| *b >= words.start) else {
            continue;
        };
        match &found.side {
            Side::Before { .. } => stops.push(found.begins),
            Side::After(_) if found.phrase.is_none() => {
                if coordinated(view, words, all, found) {
                    stops.push(before);
                }
            }
            Side::After(_) => {
                let joined = matches!(
                    view.lower(before),
                    "and" | "but" | "while" | "although" | "though" | "whereas"
                );
                if joined || view.lower(before) == ";" {
                    stops.push(before);
                }
            }
            Side::Around { .. } => {}
        }
    }
    stops.sort_unstable();
    stops
}
