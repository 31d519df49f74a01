//! Step: expressions to calendar dates.
//!
//! Relative expressions count from the date of THIS article. Where the article has none,
//! they stay undated: there is no guess.

mod absolute;
mod clock;
mod relative;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, DateMention, PartialDate, Span};

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
pub fn find(reading: &ArticleReading, _lexicon: &Lexicon) -> Vec<DateMention> {
    let clock = clock::Clock::of(reading);
    let mut dates: Vec<DateMention> = Vec::new();
    for sentence in &reading.sentences {
        let words = clock::words(reading, sentence);
        let mut found: Vec<Dated> = absolute::find(
            reading.words(sentence.span),
            sentence.span.start,
            &words,
            &clock,
        );
        for dated in relative::find(&words, &clock) {
            if found.iter().all(|other| !other.span.overlaps(dated.span)) {
                found.push(dated);
            }
        }
        found.sort_by_key(|dated| dated.span);
        dates.extend(found.into_iter().map(|dated| DateMention {
            sentence: sentence.n,
            span: dated.span,
            date: dated.date,
            anchor: dated.anchor.to_owned(),
        }));
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
