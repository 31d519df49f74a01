//! Where one attribution's content ends because another attribution begins.

use std::ops::Range;

use onrecord_model::TokenKind;

use crate::attribution::{Attribution, Side};
use crate::view::View;

/// Whether a cue without a subject goes on from the cue before: after a mark, or after "and"
/// with the same subject, or where the content before is no clause in which the "and" could
/// stand.
fn coordinated(
    view: &View<'_>,
    words: &Range<usize>,
    all: &[Attribution],
    found: &Attribution,
) -> bool {
    let before = found.begins - 1;
    let set_off = |at: usize| {
        view.is_comma(at) || view.is_dash(at) || view.kind(at) == Some(TokenKind::CloseQuote)
    };
    if !matches!(view.lower(before), "and" | "but") {
        return set_off(before);
    }
    if before > words.start && set_off(before - 1) {
        return true;
    }
    // with the subject of a cue before, by the tree; or with that of what was said
    if let Some(phrase) = &found.phrase {
        let shared = |a: &Attribution| a.phrase.as_ref().is_some_and(|p| p.words == phrase.words);
        let mut earlier = all.iter().filter(|a| a.begins < found.begins);
        return earlier.any(shared);
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
        let Some(before) = found.begins.checked_sub(1).filter(|b| *b >= words.start) else {
            continue;
        };
        match &found.side {
            Side::Before { .. } => stops.push(found.begins),
            Side::After(_) if found.shares_subject() => {
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
            Side::Given(_) => {}
        }
    }
    stops.sort_unstable();
    stops
}
