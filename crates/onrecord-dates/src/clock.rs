//! What the dates of an article are counted from, and its words.

use onrecord_lexicon::{DateWords, NamedDay};
use onrecord_model::{
    ArticleReading, PartialDate, Precision, Sentence, Span, TokenKind, printed_dates,
};

use crate::Dated;

/// What the article's own date says.
#[derive(Clone, Debug)]
pub struct Clock<'a> {
    /// The article's date, or the time it is known to fall in.
    pub now: Option<PartialDate>,
    /// How `now` is called in a row.
    pub anchor: &'static str,
    /// Without a date: the latest year the text prints with a month.
    pub text_year: Option<i16>,
    /// The days with a name that the text speaks of.
    pub named: Vec<&'a NamedDay>,
    /// Whether the text speaks of the attacks of 11 September 2001, so that a bare
    /// "September 11" may be theirs.
    pub attacks: bool,
}

impl<'a> Clock<'a> {
    pub fn of(reading: &ArticleReading, words: &'a DateWords) -> Clock<'a> {
        let article = &reading.article;
        let text = article.text.as_str();
        let anchor = if article.published.is_some() {
            "article date"
        } else {
            "copyright year"
        };
        let text_year = printed_dates(text, None)
            .iter()
            .filter(|d| d.has_year && d.date.precision() != Precision::Year)
            .map(|d| d.date.year_number())
            .max();
        let spoken = |day: &&NamedDay| {
            let bent = day.name.replace('\'', "’");
            (text.contains(&day.name) || text.contains(&bent))
                && (day.places.is_empty() || day.places.iter().any(|p| text.contains(p.as_str())))
        };
        Clock {
            now: article.anchor(),
            anchor,
            text_year,
            named: words.named.iter().filter(spoken).collect(),
            attacks: text.contains("9/11")
                || text.contains("11 attack")
                || text.contains("11 terror"),
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

    /// The article's year, if known.
    pub fn year(&self) -> Option<i16> {
        self.now.map(PartialDate::year_number)
    }
}

/// A sentence with what its dates are read by.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub words: &'a [Word],
    pub sentence: &'a Sentence,
    pub clock: &'a Clock<'a>,
    pub lexicon: &'a DateWords,
}

/// First token, one past the last, date.
pub type Answer = Option<(usize, usize, PartialDate)>;

impl View<'_> {
    /// The words `from..to` as a date.
    pub fn dated(&self, from: usize, to: usize, date: PartialDate, anchor: &'static str) -> Dated {
        let span = self.words[from].span.join(self.words[to - 1].span);
        Dated { span, date, anchor }
    }

    /// A number in words or digits that ends before the token `end`: its first token, and it.
    pub fn number_before(&self, end: usize) -> Option<(usize, i32)> {
        let last = end.checked_sub(1)?;
        let tens = |word: &str| self.lexicon.numbers.get(word).copied();
        let one = |word: &str| {
            let digits = || word.parse().ok().filter(|n| (1..=400).contains(n));
            let both = || {
                let (ten, rest) = word.split_once('-')?;
                Some(tens(ten).filter(|n| *n >= 20)? + tens(rest).filter(|n| *n < 10)?)
            };
            tens(word).or_else(digits).or_else(both)
        };
        let small = one(lower(self.words, last))?;
        if small < 10
            && before(self.words, last) == "-"
            && let Some(first) = last.checked_sub(2)
            && let Some(ten) = tens(lower(self.words, first)).filter(|n| *n >= 20)
        {
            return Some((first, ten + small));
        }
        Some((last, small))
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
    /// Whether it stands in a name of a person, an organization or a place.
    pub named: bool,
}

impl Word {
    /// Whether it is of letters.
    pub fn is_lettered(&self) -> bool {
        self.kind == TokenKind::Word
    }
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
    let mut words: Vec<Word> = sentence
        .tokens
        .iter()
        .map(|token| {
            let text = reading.words(token.span);
            Word {
                span: token.span,
                lower: text.to_lowercase(),
                capital: inside(text).starts_with(char::is_uppercase),
                kind: token.kind,
                quoted: quoted(token.span),
                named: false,
            }
        })
        .collect();
    for name in &sentence.names {
        for word in &sentence.words[name.first..name.end] {
            if let Some(word) = words.get_mut(word.token) {
                word.named = true;
            }
        }
    }
    words
}

/// A word without "mid-", "late-" or "early-" before it.
pub fn inside(word: &str) -> &str {
    match word.split_once('-') {
        Some(("mid" | "Mid" | "late" | "Late" | "early" | "Early", rest)) => rest,
        _ => word,
    }
}

/// The word at `at`, empty beyond the ends.
pub fn lower(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |w| w.lower.as_str())
}

/// The word before `at`.
pub fn before(words: &[Word], at: usize) -> &str {
    at.checked_sub(1).map_or("", |i| lower(words, i))
}

/// A month by its name, whole or as papers shorten it.
pub fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" | "jan." => 1,
        "february" | "feb" | "feb." => 2,
        "march" => 3,
        "april" | "apr" | "apr." => 4,
        "may" => 5,
        "june" => 6,
        "july" => 7,
        "august" | "aug" | "aug." => 8,
        "september" | "sept" | "sept." => 9,
        "october" | "oct" | "oct." => 10,
        "november" | "nov" | "nov." => 11,
        "december" | "dec" | "dec." => 12,
        _ => return None,
    })
}

/// The month a day falls in.
pub fn to_month(day: PartialDate) -> Option<PartialDate> {
    PartialDate::month(day.year_number(), day.month_number()?)
}

/// The month so many months after another.
pub fn months_on((year, month): (i16, i8), by: i32) -> Option<PartialDate> {
    let all = i32::from(year) * 12 + i32::from(month) - 1 + by;
    PartialDate::month(
        i16::try_from(all.div_euclid(12)).ok()?,
        i8::try_from(all.rem_euclid(12) + 1).ok()?,
    )
}

/// The finest date that holds both days: a day, a month or a year.
pub fn finest(first: PartialDate, last: PartialDate) -> Option<PartialDate> {
    if first == last {
        return Some(first);
    }
    match (to_month(first)?, to_month(last)?) {
        (a, b) if a == b => Some(a),
        (a, b) if a.year_number() == b.year_number() => PartialDate::year(a.year_number()),
        _ => None,
    }
}

/// "of last year", "next year" at `at`: one past it, and the years from this one.
pub fn year_after(words: &[Word], at: usize) -> Option<(usize, i16)> {
    let from = at + usize::from(lower(words, at) == "of");
    let step = match lower(words, from) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    (lower(words, from + 1) == "year").then_some((from + 2, step))
}
