//! Step: expressions to calendar dates.
//!
//! Relative expressions count from the date of THIS article, or from the date named before
//! them. Where the article has none, they stay undated: there is no guess. What is vaguer than
//! a date of the calendar gets the finest one that holds it: "last week" is its month, if that
//! is one; "recently" is none.

mod absolute;
mod clock;
mod later;
mod named;
mod near;
mod relative;
mod tense;
mod units;
mod years;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, DateMention, PartialDate, Precision, Span};

use clock::View;

/// Finds the dates an article names, in order; no two overlap.
///
/// A range gives its start. A weekday in a past sentence is the last such day on or before
/// the day of publication.
///
/// ```
/// use onrecord_lexicon::Lexicon;
/// use onrecord_model::{Article, ArticleReading, PartialDate};
/// let mut article = Article::new("pg-1".into(), 1, "The council met on Monday.".into());
/// article.published = PartialDate::day(2019, 3, 6); // a Wednesday
/// let mut reading = ArticleReading::new(article);
/// let lexicon = Lexicon::built_in();
/// (reading.sentences, reading.quotations) = onrecord_language::sentences(&reading.article, lexicon);
/// let dates = onrecord_dates::find(&reading, lexicon);
/// assert_eq!(dates[0].date.to_string(), "2019-03-04");
/// assert_eq!(dates[0].anchor, "article date");
/// ```
pub fn find(reading: &ArticleReading, lexicon: &Lexicon) -> Vec<DateMention> {
    let lexicon = &lexicon.words.dates;
    let clock = clock::Clock::of(reading, lexicon);
    let mut dates: Vec<DateMention> = Vec::new();
    // the dates of the sentence before, and the last day outside quotations with its sentence
    let mut earlier: Vec<Dated> = Vec::new();
    let mut told: Option<(usize, PartialDate)> = None;
    for sentence in &reading.sentences {
        let words = clock::words(reading, sentence);
        let view = View {
            words: &words,
            sentence,
            clock: &clock,
            lexicon,
        };
        let text = reading.words(sentence.span);
        let mut found = Vec::new();
        absolute::find(&view, text, &mut found);
        relative::find(&view, &mut found);
        let own = |found: &[Dated]| said(&view, found);
        let before = told.filter(|(n, _)| n + 2 >= sentence.n);
        near::find(&view, &mut found, |found| {
            own(found).or(before.map(|(_, day)| day))
        });
        named::find(
            &view,
            text,
            other_year(&clock, &earlier, &found),
            &mut found,
        );
        later::find(&view, &earlier, &mut found);
        found.sort_by_key(|dated| dated.span);
        let found = ranges(&view, found);
        if let Some(day) = said(&view, &found) {
            told = Some((sentence.n, day));
        }
        dates.extend(found.iter().map(|dated| DateMention {
            sentence: sentence.n,
            span: dated.span,
            date: dated.date,
            anchor: dated.anchor.to_owned(),
        }));
        earlier = found;
    }
    dates
}

/// A date found.
#[derive(Clone, Copy, Debug)]
struct Dated {
    span: Span,
    date: PartialDate,
    anchor: &'static str,
}

/// Adds a date unless its words are taken.
fn add(found: &mut Vec<Dated>, dated: Dated) {
    if found.iter().all(|other| !other.span.overlaps(dated.span)) {
        found.push(dated);
    }
}

/// The day that the words of a quotation in this sentence were said on: the only day named
/// outside quotations, if it has come.
fn said(view: &View<'_>, found: &[Dated]) -> Option<PartialDate> {
    let now = view.clock.day()?;
    let outside = |d: &&Dated| {
        let at = view.words.iter().position(|w| w.span.end >= d.span.end);
        let owns = at.is_some_and(|at| matches!(clock::lower(view.words, at + 1), "'s" | "’s"));
        let quoted = at.is_some_and(|at| view.words[at].quoted);
        d.date.precision() == Precision::Day && !quoted && !owns
    };
    let mut days = found.iter().filter(outside).map(|d| d.date);
    let day = days.next()?;
    (days.all(|other| other == day) && day <= now).then_some(day)
}

/// The one year that the dates around speak of, if it is another than the article's.
fn other_year(clock: &clock::Clock<'_>, earlier: &[Dated], found: &[Dated]) -> Option<i16> {
    let mut years = earlier.iter().chain(found).map(|d| d.date.year_number());
    let year = years.next()?;
    (years.all(|other| other == year) && Some(year) != clock.year()).then_some(year)
}

/// Joins "January 5 to March 3, 2015" and "between 2010 and 2012" into one date, the start.
fn ranges(view: &View<'_>, found: Vec<Dated>) -> Vec<Dated> {
    let mut joined: Vec<Dated> = Vec::new();
    for dated in found {
        match joined.last_mut() {
            Some(first) if joins(view, first.span, dated.span) => {
                let year = dated.date.year_number();
                if dated.anchor == "text" && first.anchor != "text" {
                    let same = in_year(first.date, year).filter(|d| *d <= dated.date);
                    if let Some(date) = same.or_else(|| in_year(first.date, year - 1)) {
                        (first.date, first.anchor) = (date, "text");
                    }
                }
                first.span = first.span.join(dated.span);
            }
            _ => joined.push(dated),
        }
    }
    joined
}

fn in_year(date: PartialDate, year: i16) -> Option<PartialDate> {
    match (date.month_number(), date.day_number()) {
        (Some(month), Some(day)) => PartialDate::day(year, month, day),
        (Some(month), None) => PartialDate::month(year, month),
        _ => PartialDate::year(year),
    }
}

/// Whether one word that makes a range stands between two dates of months, days or years.
fn joins(view: &View<'_>, first: Span, second: Span) -> bool {
    let words = view.words;
    let calendar = |span: Span| {
        let inside = words.iter().filter(|w| w.span.overlaps(span));
        let mut inside = inside.map(|w| clock::inside(&w.lower));
        inside.any(|w| clock::month(w).is_some() || w.bytes().all(|b| b.is_ascii_digit()))
    };
    let Some(at) = words.iter().position(|w| w.span.start >= first.end) else {
        return false;
    };
    if words
        .get(at + 1)
        .is_none_or(|w| w.span.start != second.start)
    {
        return false;
    }
    let start = words
        .iter()
        .position(|w| w.span.end > first.start)
        .unwrap_or(0);
    let led = clock::before(words, start) == "between";
    let joins = match clock::lower(words, at) {
        "to" | "through" | "until" | "till" | "-" | "–" | "—" => true,
        "and" => led,
        _ => false,
    };
    joins && calendar(first) && calendar(second)
}
