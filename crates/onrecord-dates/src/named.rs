//! Days with a name: "Christmas Eve", "Election Day", "9/11".

use onrecord_lexicon::NamedDay;
use onrecord_model::PartialDate;

use crate::clock::{View, before, lower};
use crate::tense::{Direction, direction};
use crate::{Dated, add};

/// Finds them in a sentence, whose text is `text`; `told` is the year that the text before
/// speaks of, if it is another than the article's.
pub fn find(view: &View<'_>, text: &str, told: Option<i16>, found: &mut Vec<Dated>) {
    for day in &view.clock.named {
        for name in [day.name.clone(), day.name.replace('\'', "’")] {
            for (at, _) in text.match_indices(&name) {
                if let Some(dated) = one(view, day, at, at + name.len(), told) {
                    add(found, dated);
                }
            }
        }
    }
    if text.contains("9/11") {
        attacks(view, found);
    }
}

fn one(
    view: &View<'_>,
    day: &NamedDay,
    from: usize,
    to: usize,
    told: Option<i16>,
) -> Option<Dated> {
    let words = view.words;
    let start = view.sentence.span.start;
    let first = words.iter().position(|w| w.span.start == start + from)?;
    let last = words.iter().position(|w| w.span.end == start + to)?;
    let lead = before(words, first);
    if first > 1 && words[first - 1].capital && words[first - 1].named {
        return None; // "Radio Election Day"
    }
    if let Ok(year) = lower(words, last + 1).parse::<i16>()
        && (1800..=2099).contains(&year)
    {
        return Some(view.dated(first, last + 2, day.rule.in_year(year)?, "text"));
    }
    let now = view.clock.day()?;
    let year = now.year_number();
    let before_now = || {
        (0..5)
            .filter_map(|n| day.rule.in_year(year - n))
            .find(|d| *d <= now)
    };
    let after_now = || {
        (0..5)
            .filter_map(|n| day.rule.in_year(year + n))
            .find(|d| *d >= now)
    };
    let looks = match lead {
        "last" => Direction::Past,
        "next" => Direction::Future,
        "this" => {
            return Some(view.dated(first, last + 1, day.rule.in_year(year)?, view.clock.anchor));
        }
        "since" => Direction::Past,
        _ => direction(view, first),
    };
    let (date, anchor): (PartialDate, _) = match (looks, told) {
        (Direction::Past, Some(told)) => (day.rule.in_year(told)?, "date before"),
        (Direction::Past, None) => (before_now()?, view.clock.anchor),
        (Direction::Future, _) => (after_now()?, view.clock.anchor),
        // neither: this year's, unless it is far ahead
        (Direction::Present, _) => {
            let near = now.plus_days(120)?;
            let date = day.rule.in_year(year).filter(|d| *d <= near)?;
            (date, view.clock.anchor)
        }
    };
    Some(view.dated(first, last + 1, date, anchor))
}

/// "since 9/11", "after the 9/11 attacks", but not "a 9/11 widow".
fn attacks(view: &View<'_>, found: &mut Vec<Dated>) {
    let words = view.words;
    for at in 0..words.len() {
        let (to, lead) = match (lower(words, at), lower(words, at + 1), lower(words, at + 2)) {
            ("9/11", ..) => (at + 1, before(words, at)),
            ("9", "/", "11") => (at + 3, before(words, at)),
            _ => continue,
        };
        let lead = if lead == "the" {
            before(words, at - 1)
        } else {
            lead
        };
        let next = words.get(to);
        let attack = next.is_some_and(|w| w.lower.starts_with("attack"));
        let alone = next.is_none_or(|w| !w.is_lettered());
        if matches!(lead, "since" | "before" | "after" | "on")
            && (attack || alone)
            && let Some(date) = PartialDate::day(2001, 9, 11)
        {
            add(found, view.dated(at, to, date, "text"));
        }
    }
}
