//! When a statement was made.

use onrecord_model::PartialDate;

use crate::attach::Draft;
use crate::attribution::{Attribution, Side};
use crate::view::View;

/// Dates a draft: by a date beside its cue, by the statement before if the same actor
/// speaks on in the next sentence, else by the article's date. Left open where the tense
/// or "a day after" says that it was another day.
pub fn date(view: &View<'_>, found: &Attribution, draft: &mut Draft, before: Option<&Draft>) {
    if draft.date.is_some() {
        return;
    }
    let cue = found.cue_words.clone();
    let sentence = view.sentences[draft.sentence].clone();
    let stated = after_cue(view, draft, cue.end, sentence.end)
        .or_else(|| before_cue(view, draft, cue.start, sentence.start));
    if stated.is_some() {
        draft.date = stated;
        return;
    }
    if draft.nested_in.is_some() || found.perfect {
        return;
    }
    // "comes a day after the ministry said"
    let opener = found.begins.checked_sub(1).filter(|b| *b >= sentence.start);
    if opener.is_some_and(|o| {
        view.is(o, "clause_openers") && matches!(view.lower(o), "after" | "before" | "since")
    }) {
        return;
    }
    if matches!(found.side, Side::Given(_)) {
        return;
    }
    let same = before.filter(|b| b.source.actor.is_some() && b.source.actor == draft.source.actor);
    draft.date = match same {
        Some(before) if before.date.is_some() && before.sentence + 2 >= draft.sentence => {
            before.date
        }
        _ => view.reading.article.published,
    };
}

/// A date after the cue that is no part of the content: directly, or behind the quotation.
fn after_cue(view: &View<'_>, draft: &Draft, from: usize, end: usize) -> Option<PartialDate> {
    let mut seen = 0;
    for at in from..end {
        let word = &view.words[at];
        if draft.content.iter().any(|c| c.contains(word.span)) {
            word.quote?;
            continue;
        }
        if let Some(date) = word.date {
            return Some(view.reading.dates[date].date);
        }
        seen += 1;
        if seen > 12 || word.lower.ends_with("ing") || view.is(at, "relatives") {
            return None;
        }
    }
    None
}

/// A date before the cue in the same clause, or one that opens the sentence.
fn before_cue(view: &View<'_>, draft: &Draft, cue: usize, start: usize) -> Option<PartialDate> {
    let free = |at: usize| {
        !draft
            .content
            .iter()
            .any(|c| c.contains(view.words[at].span))
    };
    let date = |at: usize| view.words[at].date.map(|d| view.reading.dates[d].date);
    let clause = (start..cue)
        .rev()
        .take_while(|i| !view.is_comma(*i) && !view.is_dash(*i) && free(*i));
    let near = clause.take(12).find_map(date);
    near.or_else(|| {
        (start..cue.min(start + 3))
            .filter(|i| free(*i))
            .find_map(date)
    })
}
