//! Absolute dates as newspapers print them.

use crate::{PartialDate, Weekday};

/// An absolute date found in a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    /// First byte of the expression (the weekday, if one stands before).
    pub start: usize,
    /// One past its last byte (time of day left out).
    pub end: usize,
    /// What it says.
    pub date: PartialDate,
    /// Whether the year is printed. Where it is not, the date's year is the `year` that
    /// [`printed_dates`] was given.
    pub has_year: bool,
    /// The weekday printed beside it, if any. It may contradict the date.
    pub weekday: Option<Weekday>,
}

impl PrintedDate {
    /// Whether the printed weekday, if any, is that of the date.
    pub fn weekday_agrees(&self) -> bool {
        self.weekday
            .is_none_or(|day| self.date.weekday() == Some(day))
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Finds the absolute dates of `text`: "29 October 2015", "January 28, 2020", "29/06/2021",
/// "2021-06-29", "Sunday، 03 February 2019", "6th of June", "September 2014", "On 5 May".
///
/// Dates printed without a year take `year`; with `year` absent they are left out. Of
/// "03/04/2019" the order of day and month cannot be told: it gives the year only. A bare
/// year is not taken, nor is "May" without a number beside it.
///
/// ```
/// use onrecord_model::printed_dates;
/// let found = printed_dates("Last Modified: Sunday، 03 February 2019 02:30 PM", None);
/// assert_eq!(found[0].date.to_string(), "2019-02-03");
/// assert!(found[0].weekday_agrees());
/// assert_eq!(printed_dates("29/06/2021", None)[0].date.to_string(), "2021-06-29");
/// assert_eq!(printed_dates("On September 20, the", Some(2014))[0].date.to_string(), "2014-09-20");
/// ```
pub fn printed_dates(text: &str, year: Option<i16>) -> Vec<PrintedDate> {
    let words = words(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match numeric(&words, i).or_else(|| worded(&words, i, year)) {
            Some((date, has_year, last)) => {
                let (start, weekday) = match i.checked_sub(1).map(|before| words[before]) {
                    Some(before) if before.text.chars().all(char::is_alphabetic) => {
                        match Weekday::read(before.text) {
                            Some(day) => (before.start, Some(day)),
                            None => (words[i].start, None),
                        }
                    }
                    _ => (words[i].start, None),
                };
                found.push(PrintedDate {
                    start,
                    end: words[last].end(),
                    date,
                    has_year,
                    weekday,
                });
                i = last + 1;
            }
            None => i += 1,
        }
    }
    found
}

#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_number(&self) -> bool {
        self.text.bytes().all(|b| b.is_ascii_digit())
    }

    fn number(&self) -> Option<i16> {
        if self.is_number() && self.text.len() <= 4 {
            self.text.parse().ok()
        } else {
            None
        }
    }
}

/// Runs of digits or of letters; whatever stands between them only separates.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let kind = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() {
            2
        } else {
            0
        }
    };
    let mut run: Option<(usize, i32)> = None;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if let Some((start, before)) = run {
            if before == now {
                continue;
            }
            words.push(Word {
                text: &text[start..at],
                start,
            });
        }
        run = (now != 0).then_some((at, now));
    }
    if let Some((start, _)) = run {
        words.push(Word {
            text: &text[start..],
            start,
        });
    }
    words
}

/// The number of the month that a word names: whole, or cut to three letters ("Sept" too). One in
/// lower case names none: "may" and "march" are verbs.
///
/// ```
/// assert_eq!(onrecord_model::month_named("March"), Some(3));
/// assert_eq!(onrecord_model::month_named("march"), None);
/// ```
pub fn month_named(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let found = MONTHS
        .iter()
        .position(|name| *name == lower || (lower.len() == 3 && name.starts_with(&lower)))
        .or((lower == "sept").then_some(8))?;
    let first_upper = word.starts_with(|c: char| c.is_uppercase());
    first_upper.then(|| i8::try_from(found + 1).unwrap_or(1))
}

fn full_year(word: Word<'_>) -> Option<i16> {
    let number = word.number()?;
    (word.text.len() == 4 && (1800..=2199).contains(&number)).then_some(number)
}

fn day_number(word: Word<'_>) -> Option<i8> {
    let number = word.number()?;
    (word.text.len() <= 2 && (1..=31).contains(&number)).then(|| i8::try_from(number).unwrap_or(1))
}

/// "2021-06-29", "29/06/2021", "29.06.2021".
fn numeric(words: &[Word<'_>], i: usize) -> Option<(PartialDate, bool, usize)> {
    let [a, b, c] = [words.get(i)?, words.get(i + 1)?, words.get(i + 2)?];
    let tight = |x: &Word<'_>, y: &Word<'_>| y.start == x.end() + 1;
    if !(a.is_number() && b.is_number() && c.is_number() && tight(a, b) && tight(b, c)) {
        return None;
    }
    if words
        .get(i + 3)
        .is_some_and(|d| d.is_number() && tight(c, d))
        && a.text.len() != 4
    {
        return None; // a fourth number: an address or a telephone number
    }
    if let Some(year) = full_year(*a) {
        let date = PartialDate::day(year, day_number(*b)?, day_number(*c)?)?;
        return Some((date, true, i + 2));
    }
    let year = full_year(*c)?;
    let (first, second) = (day_number(*a)?, day_number(*b)?);
    let date = if first > 12 {
        PartialDate::day(year, second, first)
    } else if second > 12 || first == second {
        PartialDate::day(year, first, second)
    } else {
        PartialDate::year(year)
    }?;
    Some((date, true, i + 2))
}

/// "29 October 2015", "October 29, 2015", "6th of June", "September 2014".
fn worded(words: &[Word<'_>], i: usize, year: Option<i16>) -> Option<(PartialDate, bool, usize)> {
    let first = words.get(i)?;
    let is = |at: usize, options: &[&str]| {
        words
            .get(at)
            .is_some_and(|w| options.iter().any(|o| w.text.eq_ignore_ascii_case(o)))
    };
    if let Some(day) = day_number(*first) {
        // day month [year]
        let mut at = i + 1;
        if is(at, &["st", "nd", "rd", "th"]) && words[at].start <= first.end() + 1 {
            at += 1; // "6 th of June" too
        } else if is(at, &["thof", "stof", "ndof", "rdof"]) && words[at].start == first.end() {
            at += 1; // a misprint met often enough: "6thof June"
        }
        if is(at, &["of"]) {
            at += 1;
        }
        let found = month_named(words.get(at)?.text)?;
        return with_year(words, at, year, |y| PartialDate::day(y, found, day));
    }
    let found = month_named(first.text)?;
    // month day [year], unless the "day" is the first half of a year or a clock time
    if let Some(next) = words.get(i + 1)
        && let Some(day) = day_number(*next)
    {
        let mut at = i + 1;
        if is(at + 1, &["st", "nd", "rd", "th"]) && words[at + 1].start == next.end() {
            at += 1;
        }
        return with_year(words, at, year, |y| PartialDate::day(y, found, day));
    }
    let with_printed_year = words.get(i + 1).and_then(|w| full_year(*w));
    with_printed_year.and_then(|y| Some((PartialDate::month(y, found)?, true, i + 1)))
}

fn with_year(
    words: &[Word<'_>],
    last: usize,
    year: Option<i16>,
    make: impl Fn(i16) -> Option<PartialDate>,
) -> Option<(PartialDate, bool, usize)> {
    if let Some(printed) = words.get(last + 1).and_then(|w| full_year(*w)) {
        // "September 20, 2014" but not "September 20. 2014 was a bad year": any single
        // separator up to three bytes will do.
        if words[last + 1].start - words[last].end() <= 3 {
            return Some((make(printed)?, true, last + 1));
        }
    }
    Some((make(year?)?, false, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str, year: Option<i16>) -> Vec<String> {
        printed_dates(text, year)
            .iter()
            .map(|d| d.date.to_string())
            .collect()
    }

    #[test]
    fn the_forms_of_the_field() {
        for (text, expected) in [
            ("Published 29 October 2015", "2015-10-29"),
            ("January 28, 2020", "2020-01-28"),
            ("29/06/2021", "2021-06-29"),
            ("06/29/2021", "2021-06-29"),
            ("2021-06-29T10:00:00Z", "2021-06-29"),
            ("29.06.2021", "2021-06-29"),
            ("Sunday، 03 February 2019 02:30 PM", "2019-02-03"),
            ("the 6thof June 2020", "2020-06-06"),
            ("the 6 th of June 2020", "2020-06-06"),
            ("5 Sept. 2014", "2014-09-05"),
            ("in September 2014", "2014-09"),
            ("04/05/2019", "2019"),
        ] {
            assert_eq!(dates(text, None), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "He may 5 times",
            "call 555.12.34",
            "March on the city",
            "in 2014",
            "10.0.0.1",
        ] {
            assert!(dates(text, None).is_empty(), "{text}");
        }
        assert!(dates("On September 20", None).is_empty());
        // No such day: the month is all that can be believed.
        assert_eq!(dates("31 February 2015", None), ["2015-02"]);
    }
}
