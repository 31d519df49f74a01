//! A sentence as the rules see it: words, marks, and mentions taken as one item each.

use std::borrow::Cow;

use onrecord_lexicon::{FormKind, Lexicon};
use onrecord_model::{
    Actor, ActorKind, ArticleReading, Id, Mention, MentionKind, Sentence, Span, TokenKind,
};

/// One word, mark or whole mention.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it stands in the article.
    pub span: Span,
    /// Lower case, apostrophes straight; of a mention the whole words.
    pub word: String,
    pub kind: Kind,
    /// Whether it begins with a capital.
    pub capital: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// "'s" or a lone apostrophe.
    Possessive,
    /// "n't".
    Not,
    Number,
    OpenQuote,
    CloseQuote,
    Mark,
    /// A mention with the actor it stands for.
    Party(Option<Id>),
    /// A date expression.
    Date,
}

/// The items of one sentence, with the article around them.
pub struct Line<'a> {
    pub reading: &'a ArticleReading,
    pub lexicon: &'a Lexicon,
    pub sentence: usize,
    /// The sentence with its tree; with a guessed one where it came without.
    pub tree: Cow<'a, Sentence>,
    pub items: Vec<Item>,
}

impl<'a> Line<'a> {
    pub fn of(
        reading: &'a ArticleReading,
        lexicon: &'a Lexicon,
        sentence: &'a Sentence,
    ) -> Line<'a> {
        let covers = cover(reading, lexicon, sentence);
        let mut items: Vec<Item> = Vec::with_capacity(sentence.tokens.len());
        let mut in_cover = covers.iter().peekable();
        for token in &sentence.tokens {
            while in_cover
                .next_if(|(span, _)| span.end <= token.span.start)
                .is_some()
            {}
            let text = token.span.of(&reading.article.text);
            if let Some((span, kind)) = in_cover.peek()
                && span.overlaps(token.span)
            {
                if items.last().is_none_or(|last| last.span != *span) {
                    items.push(item(*span, reading.words(*span), kind.clone()));
                }
                continue;
            }
            let kind = match token.kind {
                TokenKind::Word => Kind::Word,
                TokenKind::Number => Kind::Number,
                TokenKind::OpenQuote => Kind::OpenQuote,
                TokenKind::CloseQuote => Kind::CloseQuote,
                TokenKind::Mark => Kind::Mark,
                TokenKind::Clitic => match plain(text).as_str() {
                    "n't" => Kind::Not,
                    "'s" | "'" => Kind::Possessive,
                    _ => Kind::Word,
                },
            };
            items.push(item(token.span, text, kind));
        }
        let mut line = Line {
            reading,
            lexicon,
            sentence: sentence.n,
            tree: Cow::Borrowed(sentence),
            items,
        };
        if sentence.words.is_empty() {
            line.tree.to_mut().words = line.guessed();
        }
        line
    }

    /// Whether the item's word is on a list of `plover.toml`.
    pub fn is(&self, at: usize, list: &str) -> bool {
        self.items.get(at).is_some_and(|item| {
            matches!(item.kind, Kind::Word | Kind::Not | Kind::Mark)
                && self.lexicon.events.plover.is(list, &item.word)
        })
    }

    /// Whether the item is one of these words.
    pub fn says(&self, at: usize, words: &[&str]) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| words.contains(&item.word.as_str()))
    }

    /// Whether `phrase` (lower-case words) stands at `at`. A last word that ends in `*`
    /// takes every word that begins so.
    pub fn phrase(&self, at: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(n, word)| {
            self.items.get(at + n).is_some_and(|item| {
                let is = |w: &str| match word.strip_suffix('*') {
                    Some(start) => w.starts_with(start),
                    None => w == *word,
                };
                // "US troops" is one item, and still holds the word "troops"
                let inside = matches!(item.kind, Kind::Party(_)) && item.word.split(' ').any(is);
                inside || is(&item.word)
            })
        })
    }

    pub fn kind(&self, at: usize) -> Option<&Kind> {
        self.items.get(at).map(|item| &item.kind)
    }

    pub fn is_party(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Party(_)))
    }

    /// Whether a clause ends here: a mark, a conjunction or a relative word.
    pub fn is_border(&self, at: usize) -> bool {
        match self.kind(at) {
            None => true,
            Some(Kind::Mark) => true,
            Some(Kind::Word) => self.is(at, "borders"),
            _ => false,
        }
    }

    /// The government of the country an adjective names ("Turkish", "US", "US-led"), if
    /// the article speaks of it.
    pub fn government_of_adjective(&self, at: usize) -> Option<Id> {
        let item = self.items.get(at)?;
        if item.kind != Kind::Word || !item.capital {
            return None;
        }
        let text = self.reading.words(item.span);
        let first = text.split(['-', '‑', '–']).next().unwrap_or(text);
        let code = match self.lexicon.words.demonyms.get(first) {
            Some(code) => Some(code.as_str()),
            None => self
                .country_named(&format!("{first} government"))
                .or_else(|| {
                    // "US", "U.S.", "US-led"; "Turkey" alone is a name, and no adjective
                    let abbreviation = first.chars().all(|c| c.is_uppercase() || c == '.');
                    if abbreviation || first.len() < text.len() {
                        self.country_named(first)
                    } else {
                        None
                    }
                }),
        };
        self.government(code?)
    }

    /// The country of the government that a form means in the lexicon.
    fn country_named(&self, form: &str) -> Option<&str> {
        let actors = &self.lexicon.actors;
        let form = actors
            .by_form(&onrecord_lexicon::Actors::key(form))
            .first()?;
        let entry = &actors.entries[form.actor];
        if entry.kind == ActorKind::Government {
            entry.country.as_deref()
        } else {
            None
        }
    }

    /// The government of a country, if the article speaks of it.
    pub fn government(&self, code: &str) -> Option<Id> {
        let of_country =
            |a: &&Actor| a.kind == ActorKind::Government && a.country.as_deref() == Some(code);
        let mut found = self.reading.actors.iter().filter(of_country);
        let first = found.next()?;
        // Two governments of one country (a region has its own): the one named for the whole.
        let best = found.fold(
            first,
            |a, b| if b.name.len() < a.name.len() { b } else { a },
        );
        Some(best.id.clone())
    }
}

/// "its forces": the word is part of the phrase, no party beside it.
fn possessive(sentence: &Sentence, mention: &Mention) -> bool {
    mention.kind == MentionKind::Pronoun
        && sentence
            .word_at(mention.span.start)
            .is_some_and(|word| sentence.words[word].xpos.as_str() == "PRP$")
}

/// Mentions and dates of a sentence as spans that become one item, in order; and the names
/// of countries and capitals whose government the article speaks of elsewhere: in the slots
/// of a rule they stand for it.
fn cover(reading: &ArticleReading, lexicon: &Lexicon, sentence: &Sentence) -> Vec<(Span, Kind)> {
    // whoever is known by a description only is no party yet: it may be any newspaper or crowd
    let named = |id: &Id| {
        reading
            .actors
            .iter()
            .any(|actor| actor.id == *id && actor.named)
    };
    let mut covers: Vec<(Span, Kind)> = reading
        .mentions
        .iter()
        .filter(|m| sentence.span.contains(m.span) && !possessive(sentence, m))
        .map(|m| (m.span, Kind::Party(m.actor.clone().filter(named))))
        .collect();
    let free = |covers: &[(Span, Kind)], span: Span| covers.iter().all(|(s, _)| !s.overlaps(span));
    for date in reading
        .dates
        .iter()
        .filter(|d| sentence.span.contains(d.span))
    {
        if free(&covers, date.span) {
            covers.push((date.span, Kind::Date));
        }
    }
    for first in 0..sentence.tokens.len() {
        for last in (first..(first + 3).min(sentence.tokens.len())).rev() {
            let span = sentence.tokens[first].span.join(sentence.tokens[last].span);
            if let Some(id) = country(reading, lexicon, span)
                && free(&covers, span)
                && !capital_follows(reading, sentence, last)
            {
                covers.push((span, Kind::Party(Some(id))));
            }
        }
    }
    covers.sort_by_key(|(span, _)| *span);
    covers
}

/// The government that a country's or capital's name means, if it is an actor here.
fn country(reading: &ArticleReading, lexicon: &Lexicon, span: Span) -> Option<Id> {
    let text = reading.words(span);
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let form = lexicon
        .actors
        .by_form(&onrecord_lexicon::Actors::key(text))
        .first()?;
    let entry = &lexicon.actors.entries[form.actor];
    if form.kind != FormKind::Metonym || entry.kind != ActorKind::Government {
        return None;
    }
    reading
        .actors
        .iter()
        .find(|a| a.name == entry.name)
        .map(|a| a.id.clone())
}

/// "Washington Post": the name goes on.
fn capital_follows(reading: &ArticleReading, sentence: &Sentence, last: usize) -> bool {
    sentence.tokens.get(last + 1).is_some_and(|t| {
        t.kind == TokenKind::Word && reading.words(t.span).starts_with(char::is_uppercase)
    })
}

fn item(span: Span, text: &str, kind: Kind) -> Item {
    Item {
        span,
        word: plain(text),
        kind,
        capital: text.starts_with(char::is_uppercase),
    }
}

pub fn plain(text: &str) -> String {
    text.to_lowercase().replace(['’', '‘', '`', 'ʼ'], "'")
}
