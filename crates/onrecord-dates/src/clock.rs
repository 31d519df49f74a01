//! What the dates of an article are counted from, and its words.

use onrecord_model::{
    ArticleReading, PartialDate, Precision, Sentence, Span, TokenKind, printed_dates,
};

/// What the article's own date says.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The article's date, or the time it is known to fall in.
    pub now: Option<PartialDate>,
    /// How `now` is called in a row.
    pub anchor: &'static str,
    /// Without a date: the latest year the text prints with a month.
    pub text_year: Option<i16>,
}

impl Clock {
    pub fn of(reading: &ArticleReading) -> Clock {
        let article = &reading.article;
        let anchor = if article.published.is_some() {
            "article date"
        } else {
            "copyright year"
        };
        let text_year = printed_dates(&article.text, None)
            .iter()
            .filter(|d| d.has_year && d.date.precision() != Precision::Year)
            .map(|d| d.date.year_number())
            .max();
        Clock {
            now: article.anchor(),
            anchor,
            text_year,
        }
    }

    /// The article's day, if its date is known to the day.
    pub fn day(&self) -> Option<PartialDate> {
        self.now.filter(|now| now.precision() == Precision::Day)
    }

    /// The article's year and month, if known.
    pub fn month(&self) -> Option<(i16, i8)> {
        let now = self.now?;
        Some((now.year_number(), now.month_number()?))
    }
}

/// A word of a sentence.
#[derive(Clone, Debug)]
pub struct Word {
    pub span: Span,
    pub lower: String,
    pub capital: bool,
    pub kind: TokenKind,
    pub quoted: bool,
}

/// The tokens of a sentence, in lower case.
pub fn words(reading: &ArticleReading, sentence: &Sentence) -> Vec<Word> {
    let quoted = |span: Span| {
        reading
            .quotations
            .iter()
            .take_while(|q| q.span.start <= span.start)
            .any(|q| q.span.contains(span))
    };
    sentence
        .tokens
        .iter()
        .map(|token| {
            let text = reading.words(token.span);
            Word {
                span: token.span,
                lower: text.to_lowercase(),
                capital: text.starts_with(char::is_uppercase),
                kind: token.kind,
                quoted: quoted(token.span),
            }
        })
        .collect()
}

/// The word at `at`, empty beyond the ends.
pub fn lower(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |w| w.lower.as_str())
}

/// The word before `at`.
pub fn before(words: &[Word], at: usize) -> &str {
    at.checked_sub(1).map_or("", |i| lower(words, i))
}

/// Whether the words before `at` speak of what is to come.
pub fn is_future(words: &[Word], at: usize) -> bool {
    // "said on Monday": the verb right before decides.
    let verb = at.checked_sub(2).map_or("", |i| lower(words, i));
    let past =
        matches!(verb, "said" | "told" | "met" | "held" | "announced") || verb.ends_with("ed");
    let coming = |w: &Word| {
        matches!(
            w.lower.as_str(),
            "will"
                | "shall"
                | "due"
                | "scheduled"
                | "planned"
                | "expected"
                | "upcoming"
                | "plans"
                | "set"
                | "wo"
                | "until"
                | "by"
                | "deadline"
        )
    };
    let asked = !past || matches!(verb, "scheduled" | "planned" | "expected");
    asked && words[at.saturating_sub(9)..at].iter().any(coming)
}

/// A month by its name.
pub fn month(word: &str) -> Option<i8> {
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
    let at = MONTHS.iter().position(|m| *m == word)?;
    i8::try_from(at + 1).ok()
}
