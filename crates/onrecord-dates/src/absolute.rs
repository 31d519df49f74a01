//! Dates that are printed with a day or a year.

use onrecord_model::{PartialDate, PrintedDate, Span, TokenKind, printed_dates};

use crate::clock::{Clock, View, Word, before, lower, month, year_after};
use crate::tense::{Direction, direction};
use crate::{Dated, add, years};

/// Full dates, days of a month without a year, and years.
pub fn find(view: &View<'_>, text: &str, found: &mut Vec<Dated>) {
    let (words, clock, start) = (view.words, view.clock, view.sentence.span.start);
    let year = clock.year().or(clock.text_year);
    for printed in printed_dates(text, year) {
        let span = Span::new(start + printed.start, start + printed.end);
        let Some(first) = words.iter().position(|w| w.span.end > span.start) else {
            continue;
        };
        if !printed.has_year && !is_day_of_month(words, first, span) {
            continue;
        }
        let after = words.iter().position(|w| w.span.start >= span.end);
        let shift = after.and_then(|at| year_after(words, at));
        let dated = if printed.has_year {
            Some((printed.date, "text", span))
        } else if let Some((to, step)) = shift {
            let year = clock.year().map(|year| year + step);
            let date = year.and_then(|year| in_year(text, &printed, year));
            date.map(|date| (date, clock.anchor, span.join(words[to - 1].span)))
        } else if clock.attacks && printed.weekday.is_none() && is_eleventh(printed.date) {
            None // the day of the attacks, or of this year
        } else {
            let looks = direction(
                view,
                after.unwrap_or(words.len()).saturating_sub(1).max(first),
            );
            without_year(text, &printed, clock, looks).map(|(date, anchor)| (date, anchor, span))
        };
        if let Some((date, anchor, span)) = dated {
            let whole = Dated { span, date, anchor };
            add(found, from_month(words, first, whole).unwrap_or(whole));
        }
    }
    for dated in years::find(words, clock) {
        add(found, dated);
    }
}

fn is_eleventh(date: PartialDate) -> bool {
    (date.month_number(), date.day_number()) == (Some(9), Some(11))
}

/// A date printed without a year, in this one.
fn in_year(text: &str, printed: &PrintedDate, year: i16) -> Option<PartialDate> {
    let whole = &text[printed.start..printed.end];
    printed_dates(whole, Some(year)).first().map(|d| d.date)
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
        w.kind == TokenKind::Word
            && w.lower.chars().all(char::is_alphabetic)
            && !matches!(w.lower.as_str(), "of" | "st" | "nd" | "rd" | "th")
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
    looks: Direction,
) -> Option<(PartialDate, &'static str)> {
    let in_year = |year: i16| in_year(text, printed, year);
    let agrees = |date: &PartialDate| {
        printed
            .weekday
            .is_none_or(|day| date.weekday() == Some(day))
    };
    match clock.now {
        Some(now) => {
            let year = now.year_number();
            // what is to come may be next year's; the present looks some months ahead
            let (first, last) = match looks {
                Direction::Past => (None, Some(now.bounds().1)),
                Direction::Present => (None, now.bounds().1.plus_days(120)),
                Direction::Future => (now.bounds().0.plus_days(-14), None),
            };
            let possible = |date: &PartialDate| {
                agrees(date)
                    && first.is_none_or(|first| date.bounds().1 >= first)
                    && last.is_none_or(|last| date.bounds().0 <= last)
            };
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
                match looks {
                    Direction::Future => vec![year, year + 1],
                    Direction::Past | Direction::Present => vec![year, year - 1],
                }
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
