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
    let outside = |at: usize| {
        let span = view.words[at].span;
        !draft.content.iter().any(|c| c.contains(span))
    };
    let sentence = &view.sentences[draft.sentence];
    let beside = |range: &mut dyn Iterator<Item = usize>| -> Option<PartialDate> {
        for at in range {
            if !outside(at) {
                return None;
            }
            if let Some(date) = view.words[at].date {
                return Some(view.reading.dates[date].date);
            }
        }
        None
    };
    let left = cue.start.saturating_sub(12).max(sentence.start);
    let right = cue.end.saturating_add(12).min(sentence.end);
    if found.phrase.is_none()
        && let Some(before) = before.filter(|b| b.sentence == draft.sentence)
    {
        draft.date = before.date;
        return;
    }
    let stated = beside(&mut (cue.end..right)).or_else(|| beside(&mut (left..cue.start).rev()));
    if stated.is_some() {
        draft.date = stated;
        return;
    }
    if draft.nested_in.is_some() || found.perfect {
        return;
    }
    // "comes a day after the ministry said"
    let opener = found.begins.checked_sub(1).filter(|b| *b >= sentence.start);
    if opener.is_some_and(|o| view.is(o, "clause_openers") && matches!(view.lower(o), "after" | "before" | "since")) {
        return;
    }
    if matches!(found.side, Side::Around { .. }) {
        return;
    }
    let same = before.filter(|b| b.source.actor.is_some() && b.source.actor == draft.source.actor);
    draft.date = match same {
        Some(before) if before.date.is_some() && before.sentence + 2 >= draft.sentence => before.date,
        _ => view.reading.article.published,
    };
}
