//! Days counted from that of the telling: "yesterday", "tonight", "last night".

use onrecord_model::PartialDate;

use crate::clock::{View, before, lower};
use crate::tense::{Direction, direction};
use crate::{Dated, add};

/// Finds them; in a quotation they count from `said`, the day its words were said.
pub fn find(
    view: &View<'_>,
    found: &mut Vec<Dated>,
    said: impl Fn(&[Dated]) -> Option<PartialDate>,
) {
    let words = view.words;
    for (at, word) in words.iter().enumerate() {
        let Some((from, to, days)) = near_day(view, at) else {
            continue;
        };
        let (day, anchor) = if word.quoted {
            (said(found), "date of saying")
        } else {
            (view.clock.day(), view.clock.anchor)
        };
        if let Some(date) = day.and_then(|day| day.plus_days(days)) {
            add(found, view.dated(from, to, date, anchor));
        }
    }
}

/// First token, one past the last, days from that of the telling.
fn near_day(view: &View<'_>, at: usize) -> Option<(usize, usize, i32)> {
    let words = view.words;
    let part = |at: usize| at + usize::from(view.lexicon.parts.contains(lower(words, at)));
    let second = lower(words, at + 1);
    if words[at].named {
        return None; // "USA Today"
    }
    match words[at].lower.as_str() {
        "yesterday" => Some((at, part(at + 1), -1)),
        "tomorrow" if !matches!(before(words, at), "a" | "better" | "brighter") => {
            Some((at, part(at + 1), 1))
        }
        "last" if second == "night" => {
            let from = at - usize::from(matches!(before(words, at), "late" | "early"));
            Some((from, at + 2, -1))
        }
        "tonight" => Some((at, at + 1, 0)),
        "this" if view.lexicon.parts.contains(second) && !words[at + 1].capital => {
            Some((at, at + 2, 0))
        }
        "today" => {
            // Else it means "nowadays".
            let told = |w: &str| {
                w.ends_with("ed") && w.len() > 4
                    || matches!(w, "said" | "told" | "met" | "held" | "began")
            };
            let lead = before(words, at);
            let day = told(second)
                || told(lead)
                || matches!(lead, "earlier" | "later")
                || at == 0 && matches!(second, "is" | "marks")
                || !view.sentence.words.is_empty()
                    && direction(view, at) != Direction::Present
                    && !matches!(lead, "even" | "of" | "until" | "'s" | "to")
                    && !matches!(second, "'s" | "’s");
            day.then_some((at, at + 1, 0))
        }
        _ => None,
    }
}
