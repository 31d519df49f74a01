//! Attributions whose source is no subject: "according to X", "was denied by X".

use std::ops::Range;

use onrecord_lexicon::{Complement, ObjectRole};

use super::{Attribution, Side};
use crate::content::{self, Follows};
use crate::cue::Hit;
use crate::tree::{Told, Tree};
use crate::view::View;
use crate::{source, subject};

/// "The plan was rejected by X", "X was urged by Y to leave": what the verb in the passive
/// reports.
pub fn undergone(
    view: &View<'_>,
    tree: &Tree<'_>,
    hit: &Hit,
    base: Attribution,
    told: Option<Told>,
) -> Option<Attribution> {
    let (phrase, _) = tree.source(view, hit)?;
    let clause = tree.clause(hit)?;
    let subject = tree.phrase(view, *clause.subjects.first()?)?;
    let tails = tree.tails(view, hit);
    let found = hit.readings.iter().find_map(|(index, last)| {
        let cue = &view.speech.cues[*index];
        let takes = |c| cue.takes.contains(&c);
        let content = match &told {
            Some(told) => content::takes(cue, told.complement).then(|| vec![told.words.clone()])?,
            None if cue.object == ObjectRole::Content
                && takes(Complement::Object)
                && cue.object_nouns.is_empty()
                && (cue.object_needs.is_empty() || !tails.is_empty()) =>
            {
                [vec![subject.clone()], tails.clone()].concat()
            }
            None if takes(Complement::ObjectInfinitive) => {
                vec![tree.phrase(view, clause.complement?)?]
            }
            None => return None,
        };
        Some((*index, *last, content))
    });
    let (cue, last, content) = found?;
    Some(Attribution {
        cue,
        cue_words: hit.first..last + 1,
        addressee: (view.speech.cues[cue].object == ObjectRole::Addressee).then_some(subject),
        phrase: Some(phrase),
        side: Side::Given(content),
        ..base
    })
}

/// "According to X, S", "S, according to X", "S1, according to X, S2".
pub fn source_after(
    view: &View<'_>,
    sentence: &Range<usize>,
    base: Attribution,
) -> Option<Attribution> {
    let tree = Tree::at(view, base.begins);
    let by_tree = tree
        .as_ref()
        .and_then(|t| t.source_after(view, base.begins));
    let (phrase, mut ends) = by_tree.or_else(|| {
        let phrase = subject::after(view, base.cue_words.end, sentence.end)?;
        let ends = phrase.words.end;
        Some((phrase, ends))
    })?;
    let found = source::resolve(view, &phrase)?;
    if !source::can_speak(view, &found) {
        return None;
    }
    let opens = base.cue_words.start == sentence.start
        || (base.cue_words.start == sentence.start + 1 && !view.is_comma(sentence.start));
    let comma = view.is_comma(ends) || view.is_dash(ends);
    let rest = (ends..sentence.end).filter(|i| view.is_word(*i)).count();
    if comma {
        ends += 1;
    }
    let side = if opens {
        let follows = Follows {
            cue: base.cue,
            cue_last: base.cue_words.end - 1,
            start: ends,
            end: None,
            complement: Complement::That,
            phrase: false,
            addressee: None,
            speaker: None,
        };
        if !comma || rest < 2 {
            return None;
        }
        Side::After(follows)
    } else if rest == 0 || !comma {
        Side::Before {
            from: sentence.start,
            ends,
        }
    } else {
        Side::around(view, &tree?.host(base.begins)?, base.begins, ends)
    };
    Some(Attribution {
        phrase: Some(phrase),
        side,
        ..base
    })
}
