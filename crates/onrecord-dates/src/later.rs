//! Expressions counted from the date named before them: "two years later", "that month",
//! "the day after Monday's vote".

use onrecord_model::{PartialDate, Precision};

use crate::clock::{View, before, finest, lower, months_on, to_month};
use crate::tense::{Direction, direction};
use crate::{Dated, add};

/// Finds them. `earlier` are the dates of the sentence before.
pub fn find(view: &View<'_>, earlier: &[Dated], found: &mut Vec<Dated>) {
    for at in 0..view.words.len() {
        if let Some((outer, inner)) = day_after(view, at, found) {
            found.retain(|d| d.span != inner);
            add(found, outer);
            continue;
        }
        let Some((from, to, count, unit)) = later(view, at).or_else(|| that(view, at)) else {
            continue;
        };
        if view.words[at].quoted {
            continue;
        }
        let before = context(view, from, unit, earlier, found);
        let date = before.and_then(|date| counted(date, count, unit));
        let past = |d: PartialDate| {
            view.clock
                .now
                .is_none_or(|now| d.bounds().0 <= now.bounds().1)
        };
        if let Some((date, from_date)) = date.zip(before)
            && (past(date) || !past(from_date) || direction(view, at) == Direction::Future)
        {
            let dated = view.dated(from, to, date, "date before");
            found.retain(|d| !(dated.span.contains(d.span) && d.anchor == view.clock.anchor));
            add(found, dated);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "day" | "days" | "morning" | "evening" | "afternoon" | "night" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        _ => return None,
    })
}

/// "two years later", "a month earlier".
fn later(view: &View<'_>, at: usize) -> Option<(usize, usize, i32, Unit)> {
    let words = view.words;
    let sign = match lower(words, at) {
        "later" | "afterward" | "afterwards" => 1,
        "earlier" => -1,
        _ => return None,
    };
    // "a day earlier than", "no later"
    if lower(words, at + 1) == "than" {
        return None;
    }
    let noun = at.checked_sub(1)?;
    let unit = unit(lower(words, noun))?;
    let (from, count) = view.number_before(noun)?;
    let open = view.lexicon.about.contains(before(words, from));
    (!open && !words[noun].capital).then_some((from, at + 1, sign * count, unit))
}

/// "that month", "the same year", "the next day", "the following year".
fn that(view: &View<'_>, at: usize) -> Option<(usize, usize, i32, Unit)> {
    let words = view.words;
    let second = lower(words, at + 1);
    let (noun, count) = match (lower(words, at), second) {
        ("that" | "the", "same") => (at + 2, 0),
        ("that", _) => (at + 1, 0),
        ("the", "very") if lower(words, at + 2) == "next" => (at + 3, 1),
        ("the", "next" | "following") => (at + 2, 1),
        ("the", "previous" | "preceding") => (at + 2, -1),
        _ => return None,
    };
    let unit = unit(lower(words, noun)).filter(|u| *u != Unit::Week)?;
    let whole = !lower(words, noun).ends_with('s');
    // "over the next year" is a span of time, "day after day" no day
    let span = matches!(
        before(words, at),
        "over" | "within" | "for" | "throughout" | "during" | "of"
    );
    let goes_on = matches!(
        lower(words, noun + 1),
        "of" | "after" | "before" | "when" | "that"
    ) || words.get(noun + 1).is_some_and(|w| w.lower == "-");
    (whole && !span && !goes_on).then_some((at, noun + 1, count, unit))
}

/// The date named before `at` that a count by `unit` may go on from.
fn context(
    view: &View<'_>,
    at: usize,
    unit: Unit,
    earlier: &[Dated],
    found: &[Dated],
) -> Option<PartialDate> {
    let start = view.words[at].span.start;
    let needed = match unit {
        Unit::Day | Unit::Week => Precision::Day,
        Unit::Month => Precision::Month,
        Unit::Year => Precision::Year,
    };
    let here = found.iter().filter(|d| d.span.end <= start);
    if let Some(last) = here.max_by_key(|d| d.span.end) {
        return Some(last.date).filter(|d| d.precision() >= needed);
    }
    let (first, rest) = earlier.split_first()?;
    let coarse = |d: &Dated| match unit {
        Unit::Year => PartialDate::year(d.date.year_number()),
        Unit::Month => d
            .date
            .month_number()
            .and_then(|m| PartialDate::month(d.date.year_number(), m)),
        Unit::Day | Unit::Week => Some(d.date).filter(|d| d.precision() == Precision::Day),
    };
    let date = coarse(first)?;
    rest.iter().all(|d| coarse(d) == Some(date)).then_some(date)
}

fn counted(date: PartialDate, count: i32, unit: Unit) -> Option<PartialDate> {
    match unit {
        Unit::Day => date.plus_days(count),
        Unit::Week => {
            let day = date.plus_days(7 * count)?;
            let whole = finest(day.plus_days(-1)?, day.plus_days(1)?)?;
            if whole.precision() == Precision::Day {
                to_month(whole)
            } else {
                Some(whole)
            }
        }
        Unit::Month => months_on((date.year_number(), date.month_number()?), count),
        Unit::Year => PartialDate::year(date.year_number() + i16::try_from(count).ok()?),
    }
}

/// "the day after Monday's debate", "three days before 5 May": the whole, and the span of the
/// date inside, which is no longer one of its own.
fn day_after(view: &View<'_>, at: usize, found: &[Dated]) -> Option<(Dated, onrecord_model::Span)> {
    let words = view.words;
    let sign = match lower(words, at) {
        "after" => 1,
        "before" => -1,
        _ => return None,
    };
    let noun = at.checked_sub(1)?;
    let (from, count) = match (lower(words, noun), before(words, noun)) {
        ("day", "the") => (noun - 1, 1),
        ("day" | "days", _) => view.number_before(noun)?,
        _ => return None,
    };
    if view.lexicon.about.contains(before(words, from)) {
        return None;
    }
    let near = words.get(at + 1)?.span.start..=words[(at + 2).min(words.len() - 1)].span.start;
    let inner = found.iter().find(|d| near.contains(&d.span.start))?;
    let date = inner.date.plus_days(sign * count)?;
    let outer = Dated {
        span: words[from].span.join(inner.span),
        date,
        anchor: inner.anchor,
    };
    Some((outer, inner.span))
}
