//! Expressions counted from the article's date.

use onrecord_model::{PartialDate, TokenKind, Weekday};

use crate::Dated;
use crate::clock::{Clock, Word, before, is_future, lower, month};

/// Weekdays, "yesterday", "last month", "three days ago", "in September".
pub fn find(words: &[Word], clock: &Clock) -> Vec<Dated> {
    if clock.now.is_none() {
        return Vec::new();
    }
    let mut found: Vec<Dated> = Vec::new();
    for at in 0..words.len() {
        if words[at].kind != TokenKind::Word && words[at].kind != TokenKind::Number {
            continue;
        }
        let dated = weekday(words, at, clock)
            .or_else(|| near_day(words, at, clock))
            .or_else(|| ago(words, at, clock))
            .or_else(|| unit(words, at, clock))
            .or_else(|| bare_month(words, at, clock));
        if let Some((from, to, date)) = dated {
            let span = words[from].span.join(words[to - 1].span);
            if found.iter().all(|other: &Dated| !other.span.overlaps(span)) {
                found.push(Dated {
                    span,
                    date,
                    anchor: clock.anchor,
                });
            }
        }
    }
    found
}

/// First token, one past the last, date.
type Answer = Option<(usize, usize, PartialDate)>;

/// "on Tuesday", "last Friday", "next Monday".
fn weekday(words: &[Word], at: usize, clock: &Clock) -> Answer {
    let word = &words[at];
    if !word.capital || word.lower.len() < 6 || !word.lower.ends_with("day") {
        return None;
    }
    let day = Weekday::read(&word.lower)?;
    let today = clock.day()?;
    let lead = before(words, at);
    // "Good Friday", "Bloody Sunday", "Friday Times".
    let name_before = at > 0
        && words[at - 1].capital
        && words[at - 1].kind == TokenKind::Word
        && !matches!(
            lead,
            "on" | "last"
                | "next"
                | "this"
                | "late"
                | "early"
                | "by"
                | "until"
                | "since"
                | "earlier"
                | "the"
        );
    let name_after = words
        .get(at + 1)
        .is_some_and(|w| w.capital && w.kind == TokenKind::Word)
        && !matches!(lead, "on" | "last" | "next" | "this");
    if name_before && at > 1 || name_after && at == 0 {
        return None;
    }
    let back = (today.weekday()?.index() - day.index()).rem_euclid(7);
    let (from, days) = match lead {
        "last" => (at - 1, if back == 0 { -7 } else { -back }),
        "next" => (at - 1, if back == 0 { 7 } else { 7 - back }),
        _ if is_future(words, at) => (at, if back == 0 { 0 } else { 7 - back }),
        _ => (at, -back),
    };
    Some((from, at + 1, today.plus_days(days)?))
}

/// "yesterday", "tomorrow", "last night", and "today" beside a verb of the past.
fn near_day(words: &[Word], at: usize, clock: &Clock) -> Answer {
    let today = clock.day()?;
    if words[at].quoted {
        return None; // counted from the day of the utterance
    }
    let day = |to: usize, days: i32| Some((at, to, today.plus_days(days)?));
    match (words[at].lower.as_str(), lower(words, at + 1)) {
        ("yesterday", _) => day(at + 1, -1),
        ("tomorrow", _) => day(at + 1, 1),
        ("last", "night") => day(at + 2, -1),
        ("today", next) => {
            // Else it means "nowadays".
            let told = |w: &str| {
                w.ends_with("ed") && w.len() > 4
                    || matches!(w, "said" | "told" | "met" | "held" | "began")
            };
            (told(next) || told(before(words, at)) || before(words, at) == "earlier")
                .then(|| day(at + 1, 0))
                .flatten()
        }
        _ => None,
    }
}

/// "three days ago", "a week ago", "two years ago".
fn ago(words: &[Word], at: usize, clock: &Clock) -> Answer {
    if lower(words, at + 2) != "ago" || words[at].quoted {
        return None;
    }
    let count = number(&words[at].lower)?;
    let date = match lower(words, at + 1) {
        "day" | "days" => clock.day()?.plus_days(-count)?,
        "week" | "weeks" => to_month(clock.day()?.plus_days(-7 * count)?)?,
        "month" | "months" => months_on(clock.month()?, -count)?,
        "year" | "years" => {
            PartialDate::year(clock.now?.year_number() - i16::try_from(count).ok()?)?
        }
        _ => return None,
    };
    Some((at, at + 3, date))
}

/// "last week", "last month", "this year", "next year".
fn unit(words: &[Word], at: usize, clock: &Clock) -> Answer {
    let step = match words[at].lower.as_str() {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    if words[at].quoted || matches!(before(words, at), "the" | "his" | "its" | "their" | "her") {
        return None; // "the last month of the war"
    }
    let noun = lower(words, at + 1);
    let date = match noun {
        "week" => {
            let day = clock.day()?;
            let monday = day.plus_days(7 * step - day.weekday()?.index())?;
            let (first, last) = (to_month(monday)?, to_month(monday.plus_days(6)?)?);
            (first == last).then_some(first)?
        }
        "month" => months_on(clock.month()?, step)?,
        "year" => PartialDate::year(clock.now?.year_number() + i16::try_from(step).ok()?)?,
        _ => {
            let named = month(noun).filter(|_| words[at + 1].capital)?;
            let (year, now) = clock.month()?;
            let date = match step {
                -1 => PartialDate::month(if named < now { year } else { year - 1 }, named)?,
                1 => PartialDate::month(if named > now { year } else { year + 1 }, named)?,
                _ => PartialDate::month(year, named)?,
            };
            return Some((at, at + 2, date));
        }
    };
    Some((at, at + 2, date))
}

/// "in September": the last one that has begun.
fn bare_month(words: &[Word], at: usize, clock: &Clock) -> Answer {
    let word = &words[at];
    if !word.capital {
        return None;
    }
    let named = month(&word.lower)?;
    let mut from = at;
    if matches!(before(words, from), "late" | "early" | "mid") {
        from -= 1;
    }
    let lead = before(words, from);
    let in_time = matches!(
        lead,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "during"
            | "before"
            | "after"
            | "through"
            | "throughout"
    );
    let next = words.get(at + 1);
    let number = next.is_some_and(|w| w.kind == TokenKind::Number);
    let name = next.is_some_and(|w| w.capital && w.kind == TokenKind::Word && !w.quoted);
    if !(in_time || from < at) || number || name {
        return None;
    }
    let date = match clock.month() {
        Some((year, now)) if is_future(words, from) && lead != "since" && lead != "from" => {
            PartialDate::month(if named >= now { year } else { year + 1 }, named)?
        }
        Some((year, now)) => PartialDate::month(if named <= now { year } else { year - 1 }, named)?,
        None => PartialDate::month(clock.now?.year_number(), named)?,
    };
    Some((from, at + 1, date))
}

fn to_month(day: PartialDate) -> Option<PartialDate> {
    PartialDate::month(day.year_number(), day.month_number()?)
}

fn months_on((year, month): (i16, i8), by: i32) -> Option<PartialDate> {
    let all = i32::from(year) * 12 + i32::from(month) - 1 + by;
    PartialDate::month(
        i16::try_from(all.div_euclid(12)).ok()?,
        i8::try_from(all.rem_euclid(12) + 1).ok()?,
    )
}

/// A small number in words or digits.
fn number(word: &str) -> Option<i32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return i32::try_from(at + 1).ok();
    }
    word.parse().ok().filter(|n| (1..=200).contains(n))
}
