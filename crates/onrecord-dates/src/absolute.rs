//! Dates that are printed with a day or a year.

use onrecord_model::{PartialDate, PrintedDate, Span, TokenKind, printed_dates};

use crate::Dated;
use crate::clock::{Clock, Word, before, is_future, lower, month};

/// Full dates, days of a month without a year, and years.
pub fn find(text: &str, start: usize, words: &[Word], clock: &Clock) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    let year = clock.now.map(PartialDate::year_number).or(clock.text_year);
    for printed in printed_dates(text, year) {
        let span = Span::new(start + printed.start, start + printed.end);
        let Some(first) = words.iter().position(|w| w.span.end > span.start) else {
            continue;
        };
        if !printed.has_year && !is_day_of_month(words, first, span) {
            continue;
        }
        let dated = if printed.has_year {
            Some((printed.date, "text"))
        } else {
            without_year(text, &printed, clock, is_future(words, first))
        };
        found.extend(dated.map(|(date, anchor)| {
            let whole = Dated { span, date, anchor };
            from_month(words, first, whole).unwrap_or(whole)
        }));
    }
    for dated in years(words, clock) {
        if found.iter().all(|other| !other.span.overlaps(dated.span)) {
            found.push(dated);
        }
    }
    found
}

/// "October through December 2016": a range of months gives its start.
fn from_month(words: &[Word], first: usize, end: Dated) -> Option<Dated> {
    let begin = first.checked_sub(2)?;
    let joins = matches!(
        before(words, first),
        "through" | "to" | "until" | "and" | "-" | "–"
    );
    let named = month(&words[begin].lower).filter(|_| words[begin].capital && joins)?;
    let year = end.date.year_number();
    // "December to March 2016" began the year before.
    let year = if end.date.month_number()? < named {
        year - 1
    } else {
        year
    };
    let date = PartialDate::month(year, named)?;
    Some(Dated {
        span: words[begin].span.join(end.span),
        date,
        anchor: end.anchor,
    })
}

/// Whether the words of a date without a year are one: a month with a capital ("may 5
/// times" is none), and no name of an event ("the September 11 attacks").
fn is_day_of_month(words: &[Word], first: usize, span: Span) -> bool {
    let inside = words.iter().filter(|w| w.span.overlaps(span));
    let lettered = |w: &&Word| {
        w.kind == TokenKind::Word && w.lower.chars().all(char::is_alphabetic) && w.lower != "of"
    };
    let capitals = inside.filter(lettered).all(|w| w.capital);
    let after = words[first..]
        .iter()
        .position(|w| w.span.start >= span.end)
        .map_or("", |i| lower(words, first + i));
    capitals && !after.starts_with("attack") && !after.starts_with("hijack")
}

/// The year of a date printed without one: that of the article, the one before where the
/// day would lie ahead, or the one a weekday beside it demands.
fn without_year(
    text: &str,
    printed: &PrintedDate,
    clock: &Clock,
    future: bool,
) -> Option<(PartialDate, &'static str)> {
    let in_year = |year: i16| {
        let whole = &text[printed.start..printed.end];
        printed_dates(whole, Some(year)).first().map(|d| d.date)
    };
    let agrees = |date: &PartialDate| {
        printed
            .weekday
            .is_none_or(|day| date.weekday() == Some(day))
    };
    match clock.now {
        Some(now) => {
            let year = now.year_number();
            let last = now.bounds().1;
            let possible = |date: &PartialDate| agrees(date) && (future || date.bounds().0 <= last);
            let years: Vec<i16> = if printed.weekday.is_some() {
                vec![
                    year,
                    year - 1,
                    year + 1,
                    year - 2,
                    year - 3,
                    year - 4,
                    year - 5,
                ]
            } else {
                vec![year, year - 1]
            };
            let date = years.into_iter().filter_map(in_year).find(possible)?;
            Some((date, clock.anchor))
        }
        // Without any date of the article, only a weekday can tell, and only if it leaves
        // one year beside the year the text names.
        None => {
            printed.weekday?;
            let named = clock.text_year?;
            let fitting: Vec<PartialDate> = [named, named + 1]
                .into_iter()
                .filter_map(in_year)
                .filter(agrees)
                .collect();
            if let [date] = fitting[..] {
                Some((date, "text"))
            } else {
                None
            }
        }
    }
}

/// "in 2014", "late 2017", "2003-2011", "the 2005 vote".
fn years(words: &[Word], clock: &Clock) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((year, range)) = year_at(&words[at].lower) else {
            at += 1;
            continue;
        };
        let mut from = at;
        if matches!(before(words, from), "late" | "early" | "mid" | "mid-") {
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
                | "of"
                | "before"
                | "after"
                | "through"
                | "around"
                | "late"
                | "early"
                | "mid"
                | "year"
                | "between"
                | "throughout"
                | "back"
                | "for"
        );
        let possible = clock.now.is_none_or(|now| year <= now.year_number() + 30);
        let next = lower(words, at + 1);
        // "the 2005 vote", not "the 2005 soldiers".
        let adjective = matches!(lead, "the" | "its" | "a" | "their" | "his")
            && !next.is_empty()
            && words.get(at + 1).is_some_and(|w| w.kind == TokenKind::Word)
            && !next.ends_with('s');
        let counts = lead == "for"
            || lead == "of"
            || lead == "by"
            || lead == "around"
            || lead == "after"
            || lead == "from";
        let number = counts
            && words.get(at + 1).is_some_and(|w| {
                w.kind == TokenKind::Word && w.lower.ends_with('s') && w.lower.len() > 3
            });
        let bracketed = lead == "(" && matches!(next, ")" | "," | ";");
        if possible && (in_time && !number || adjective || bracketed || from < at || range) {
            // "from 2007 to 2010" is one expression and gives its start.
            let joins = matches!(next, "to" | "until" | "till" | "through" | "-" | "–")
                || lead == "between" && next == "and";
            let to = if joins && year_at(lower(words, at + 2)).is_some() {
                at + 2
            } else {
                at
            };
            if let Some(date) = PartialDate::year(year) {
                found.push(Dated {
                    span: words[from].span.join(words[to].span),
                    date,
                    anchor: "text",
                });
            }
            at = to;
        }
        at += 1;
    }
    found
}

/// A year, or the first of a range written as one word ("2003-2011").
fn year_at(word: &str) -> Option<(i16, bool)> {
    let (first, rest) = match word.split_once(['-', '–', '/']) {
        Some((first, rest)) => (first, Some(rest)),
        None => (word, None),
    };
    let plain = |w: &str, n: std::ops::RangeInclusive<usize>| {
        n.contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit())
    };
    if !plain(first, 4..=4) || rest.is_some_and(|r| !(plain(r, 4..=4) || plain(r, 2..=2))) {
        return None;
    }
    let year: i16 = first.parse().ok()?;
    (1800..=2099)
        .contains(&year)
        .then_some((year, rest.is_some()))
}
