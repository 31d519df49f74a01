//! "last week", "this summer", "three days ago", "the end of the year".

use onrecord_model::{PartialDate, Precision};

use crate::Dated;
use crate::clock::{Answer, View, before, finest, inside, lower, month, months_on, to_month};
use crate::tense::{Direction, direction};

/// "three days ago", "a week ago", "twenty-two years ago", "six weeks from now".
pub fn ago(view: &View<'_>, at: usize) -> Answer {
    let words = view.words;
    let (end, sign) = match lower(words, at) {
        "ago" => (at, -1),
        "from" if lower(words, at + 1) == "now" => (at, 1),
        _ => return None,
    };
    let unit = end.checked_sub(1)?;
    let (from, count) = view.number_before(unit)?;
    let open = view.lexicon.about.contains(before(words, from));
    if open && count > 3 || count >= 20 && count % 10 == 0 {
        return None; // "more than twenty years ago" stands for no year
    }
    let by = sign * count;
    let near = |day: PartialDate, days: i32| finest(day.plus_days(-days)?, day.plus_days(days)?);
    let date = match lower(words, unit) {
        "year" | "years" => PartialDate::year(view.clock.year()? + i16::try_from(by).ok()?)?,
        "month" | "months" => months_on(view.clock.month()?, by)?,
        _ if words[at].quoted || open => return None,
        "day" | "days" => view.clock.day()?.plus_days(by)?,
        "week" | "weeks" => {
            let day = view.clock.day()?.plus_days(7 * by)?;
            near(day, if count > 1 { 2 } else { 1 })?
        }
        _ => return None,
    };
    Some((from, end + if sign > 0 { 2 } else { 1 }, date))
}

/// "last week", "this month", "next year", "this past weekend", "last December", "this fall".
pub fn unit(view: &View<'_>, at: usize, found: &[Dated]) -> Answer {
    let words = view.words;
    let (step, noun, past) = match (lower(words, at), lower(words, at + 1)) {
        ("this", "past") => (-1, at + 2, true),
        ("this", "coming") => (1, at + 2, false),
        ("this", _) => (0, at + 1, false),
        ("last", _) => (-1, at + 1, false),
        ("next", _) => (1, at + 1, false),
        ("the" | "over", "weekend")
            if before(words, at) == "over" || lower(words, at) == "over" =>
        {
            (0, at + 1, false)
        }
        _ => return None,
    };
    let lead = before(words, at);
    if matches!(lead, "the" | "very" | "his" | "its" | "their" | "her") {
        return None; // "the last month of the war"
    }
    let from = at - usize::from(matches!(lead, "earlier" | "later" | "late" | "early"));
    let told = |date: PartialDate| Some((from, noun + 1, date));
    let elsewhere = words[at].quoted && other_year(view, at, found);
    match lower(words, noun) {
        _ if elsewhere => None, // the words of another year
        "year" if !past => {
            PartialDate::year(view.clock.year()? + i16::try_from(step).ok()?).and_then(told)
        }
        "month" if !past => months_on(view.clock.month()?, step).and_then(told),
        "week" => {
            let day = view.clock.day()?;
            let monday = day.plus_days(-day.weekday()?.index())?;
            let whole = |step: i32| {
                let monday = monday.plus_days(7 * step)?;
                let (first, last) = match lead {
                    _ if past => (day.plus_days(-7)?, day),
                    "earlier" => (monday, day),
                    "later" => (day, monday.plus_days(6)?),
                    _ => (monday, monday.plus_days(6)?),
                };
                match finest(first, last)? {
                    whole if whole.precision() == Precision::Day => to_month(whole),
                    whole => Some(whole),
                }
            };
            let date = whole(step)?;
            // in a quotation the week may be the one before
            let sure = !words[at].quoted || whole(step - 1) == Some(date);
            if sure { told(date) } else { None }
        }
        "weekend" => weekend(view, noun, step, past).and_then(told),
        noun_word => {
            let inside = inside(noun_word);
            if let Some(named) = month(inside).filter(|_| words[noun].capital) {
                let (year, now) = view.clock.month()?;
                let year = match step {
                    -1 if named >= now => year - 1,
                    1 if named <= now => year + 1,
                    _ => year,
                };
                return PartialDate::month(year, named).and_then(told);
            }
            season(view, inside, step, past).and_then(told)
        }
    }
}

/// The month of a weekend, where there is but one.
fn weekend(view: &View<'_>, at: usize, step: i32, past: bool) -> Option<PartialDate> {
    let today = view.clock.day()?;
    let weekday = today.weekday()?.index();
    // the Saturday of this week, and of the last weekend that has begun
    let saturday = today.plus_days(5 - weekday)?;
    let begun = if weekday >= 5 {
        saturday
    } else {
        saturday.plus_days(-7)?
    };
    let days = |saturday: PartialDate| {
        let whole = finest(saturday, saturday.plus_days(1)?)?;
        Some(whole)
    };
    let one_of = |a: PartialDate, b: PartialDate| {
        let (a, b) = (days(a)?, days(b)?);
        (a == b).then_some(a)
    };
    match step {
        _ if past => days(begun),
        -1 if weekday >= 5 => one_of(begun.plus_days(-7)?, begun),
        -1 => days(begun),
        1 => one_of(saturday, saturday.plus_days(7)?),
        _ if weekday >= 5 => days(begun),
        _ => match direction(view, at) {
            Direction::Past => days(begun),
            Direction::Future => days(saturday),
            Direction::Present => one_of(begun, saturday),
        },
    }
}

/// The year of a season that does not go over the new year, where it is clear which.
fn season(view: &View<'_>, word: &str, step: i32, past: bool) -> Option<PartialDate> {
    let (first, last) = *view.lexicon.seasons.get(word)?;
    if last < first {
        return None;
    }
    let (year, now) = view.clock.month()?;
    let year = match step {
        _ if past => {
            if now >= first {
                year
            } else {
                year - 1
            }
        }
        // "last summer", told in autumn: this year's or last year's
        -1 if now > last => return None,
        -1 => year - 1,
        1 if now >= first => year + 1,
        1 => return None,
        // "this summer" told before the month it ends in the south
        _ if now == 12 => return None,
        _ => year,
    };
    PartialDate::year(year)
}

/// "summer 2010", "the summer of 2010", "a late-summer storm".
pub fn season_of(view: &View<'_>, at: usize) -> Answer {
    let words = view.words;
    let word = lower(words, at);
    let plain = inside(word);
    let (first, last) = *view.lexicon.seasons.get(plain)?;
    let next = at + 1 + usize::from(lower(words, at + 1) == "of");
    let year = lower(words, next);
    if year.len() == 4
        && let Ok(year) = year.parse::<i16>()
        && (1800..=2099).contains(&year)
        && last > first
    {
        let from = at - usize::from(matches!(before(words, at), "the" | "late" | "early"));
        return Some((from, next + 1, PartialDate::year(year)?));
    }
    None
}

/// "the end of the year", "at the beginning of the month".
pub fn the_end(view: &View<'_>, at: usize, found: &[Dated]) -> Answer {
    let words = view.words;
    if !matches!(lower(words, at), "end" | "beginning" | "start" | "middle")
        || lower(words, at + 1) != "of"
        || lower(words, at + 2) != "the"
        || words[at].quoted
        || other_year(view, at, found)
    {
        return None;
    }
    if matches!(lower(words, at + 4), "of" | "that" | "in") {
        return None; // "the end of the month of fasting"
    }
    let date = match lower(words, at + 3) {
        "year" => PartialDate::year(view.clock.year()?)?,
        "month" => months_on(view.clock.month()?, 0)?,
        _ => return None,
    };
    let from = at - usize::from(before(words, at) == "the");
    Some((from, at + 4, date))
}

/// Whether the sentence has a date of another year before `at`.
pub fn other_year(view: &View<'_>, at: usize, found: &[Dated]) -> bool {
    let start = view.words[at].span.start;
    let year = view.clock.year();
    found
        .iter()
        .any(|d| d.span.start < start && Some(d.date.year_number()) != year)
}
