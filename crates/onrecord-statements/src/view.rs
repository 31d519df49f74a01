//! An article as the rules of attribution look at it: one row of words.

use std::ops::Range;

use onrecord_lexicon::{Lexicon, Speech};
use onrecord_model::{
    Actor, ActorKind, ArticleReading, Mention, MentionKind, Quotation, Span, TokenKind,
};

/// A token with what the rules ask of it.
#[derive(Clone, Debug)]
pub struct Word {
    pub span: Span,
    pub kind: TokenKind,
    /// Lower case, apostrophes made plain.
    pub lower: String,
    /// Begins with a capital.
    pub capital: bool,
    /// Index of the quotation it stands in, marks included; outermost.
    pub quote: Option<usize>,
    /// Index of the mention it belongs to.
    pub mention: Option<usize>,
    /// Index of the date it belongs to.
    pub date: Option<usize>,
}

/// An article's words with their sentences.
pub struct View<'a> {
    pub reading: &'a ArticleReading,
    pub speech: &'a Speech,
    pub words: Vec<Word>,
    /// The words of each sentence.
    pub sentences: Vec<Range<usize>>,
}

impl<'a> View<'a> {
    pub fn new(reading: &'a ArticleReading, lexicon: &'a Lexicon) -> View<'a> {
        let text = reading.article.text.as_str();
        let mut words = Vec::new();
        let mut sentences = Vec::new();
        let (mut quotes, mut mentions, mut dates) = (0, 0, 0);
        for sentence in &reading.sentences {
            let first = words.len();
            for token in &sentence.tokens {
                let written = token.span.of(text);
                words.push(Word {
                    span: token.span,
                    kind: token.kind,
                    lower: written.to_lowercase().replace(['’', '‘', '`'], "'"),
                    capital: written.starts_with(char::is_uppercase),
                    quote: holder(&reading.quotations, &mut quotes, token.span, |q| {
                        (q.span, !q.nested)
                    }),
                    mention: holder(&reading.mentions, &mut mentions, token.span, |m| {
                        (m.span, true)
                    }),
                    date: holder(&reading.dates, &mut dates, token.span, |d| (d.span, true)),
                });
            }
            sentences.push(first..words.len());
        }
        View {
            reading,
            speech: &lexicon.speech,
            words,
            sentences,
        }
    }

    pub fn text(&self) -> &'a str {
        &self.reading.article.text
    }

    /// The word's letters in lower case; empty past the end.
    pub fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.lower.as_str())
    }

    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.words.get(at).map(|w| w.kind)
    }

    /// Whether the word at `at` stands in a list of small words.
    pub fn is(&self, at: usize, list: &str) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| self.speech.small.has(list, &w.lower))
    }

    pub fn is_word(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(TokenKind::Word | TokenKind::Number))
    }

    pub fn is_comma(&self, at: usize) -> bool {
        matches!(self.lower(at), "," | "،")
    }

    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.lower(at), "–" | "—" | "-" | "--" | "―")
            && self.kind(at) == Some(TokenKind::Mark)
    }

    pub fn is_adverb(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.is(at, "adverbs")
            || (word.len() > 4 && word.ends_with("ly") && self.words[at].mention.is_none())
    }

    pub fn mention(&self, at: usize) -> Option<&'a Mention> {
        self.words
            .get(at)?
            .mention
            .map(|m| &self.reading.mentions[m])
    }

    /// The index of the first word after the mention or date that word `at` belongs to.
    pub fn after_mention(&self, at: usize) -> usize {
        let own = self.words[at].mention;
        (at..self.words.len())
            .find(|i| self.words[*i].mention != own)
            .unwrap_or(self.words.len())
    }

    pub fn actor_of(&self, mention: &Mention) -> Option<&'a Actor> {
        self.reading.actor(mention.actor.as_deref()?)
    }

    pub fn quotation(&self, at: usize) -> Option<&'a Quotation> {
        self.words
            .get(at)?
            .quote
            .map(|q| &self.reading.quotations[q])
    }

    /// The number of the sentence that byte `at` stands in, or of the last before it.
    pub fn sentence_at(&self, at: usize) -> usize {
        self.reading
            .sentences
            .partition_point(|s| s.span.start <= at)
            .saturating_sub(1)
    }

    /// The numbers of the sentences that share words with `span`.
    pub fn sentences_of(&self, span: Span) -> impl Iterator<Item = usize> {
        let sentences = &self.reading.sentences;
        let first = sentences.partition_point(|s| s.span.end <= span.start);
        sentences[first..]
            .iter()
            .take_while(move |s| s.span.start < span.end)
            .map(|s| s.n)
    }

    /// From the start of word `first` to the end of the word before `end`.
    pub fn span(&self, words: Range<usize>) -> Option<Span> {
        let last = self.words.get(words.end.checked_sub(1)?)?;
        let first = self.words.get(words.start)?;
        (first.span.start < last.span.end).then(|| Span::new(first.span.start, last.span.end))
    }

    /// The parts of `span` by sentence, white space left out.
    pub fn by_sentence(&self, span: Span) -> Vec<Span> {
        let cut = |s: Span| {
            let (start, end) = (span.start.max(s.start), span.end.min(s.end));
            (start < end).then(|| Span::new(start, end).trim(self.text()))
        };
        let sentences = self.sentences_of(span).map(|n| &self.reading.sentences[n]);
        let parts = sentences.filter_map(|s| cut(s.span));
        parts.filter(|part| !part.is_empty()).collect()
    }
}

/// Whether an actor of this kind carries other people's words.
pub fn is_outlet(actor: &Actor) -> bool {
    actor.kind == ActorKind::Media
}

/// Whether a mention names a person.
pub fn is_person(view: &View<'_>, mention: &Mention) -> bool {
    mention.kind != MentionKind::Pronoun
        && view
            .actor_of(mention)
            .is_some_and(|a| a.kind == ActorKind::Person)
}

/// The first of `all` that holds `token` and counts. `all` is sorted by start and tokens come
/// in order, so that what ends before one is passed for good.
fn holder<T>(
    all: &[T],
    passed: &mut usize,
    token: Span,
    of: impl Fn(&T) -> (Span, bool),
) -> Option<usize> {
    while all
        .get(*passed)
        .is_some_and(|item| of(item).0.end <= token.start)
    {
        *passed += 1;
    }
    let near = all[*passed..]
        .iter()
        .take_while(|item| of(item).0.start <= token.start);
    let found = near
        .map(&of)
        .position(|(span, counts)| counts && span.contains(token));
    found.map(|at| *passed + at)
}
