//! What the head is told of a word beside its vector.
//!

use onrecord_lexicon::{Lexicon, VerbForm};
use onrecord_model::{ArticleReading, Quotation, Sentence, Span, TokenKind};
use onrecord_net::feature;

/// Questions asked of a word.
pub const QUESTIONS: usize = 9;
/// The quotations of an article that stand in no other, in order.
pub struct Quotes<'a>(Vec<&'a Quotation>);

impl<'a> Quotes<'a> {
    /// Those of a reading.
    pub fn of(reading: &'a ArticleReading) -> Self {
        let mut found: Vec<_> = reading.quotations.iter().filter(|q| !q.nested).collect();
        found.sort_by_key(|q| q.span);
        Self(found)
    }

    /// The first that shares a character with a span.
    pub fn touching(&self, span: Span) -> Option<&'a Quotation> {
        // those that stand in no other end in the order in which they begin
        let at = self.0.partition_point(|q| q.span.end <= span.start);
        self.0.get(at).copied().filter(|q| q.span.start < span.end)
    }

    /// Whether a byte stands inside one that begins before it.
    fn inside(&self, at: usize) -> bool {
        let held = self.touching(Span::new(at, at + 1));
        held.is_some_and(|q| q.span.start < at)
    }
}

/// The features of every word of a sentence, [`QUESTIONS`] a word.
pub fn features(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    quotes: &Quotes<'_>,
    n: usize,
) -> Vec<u16> {
    let sentence = &reading.sentences[n];
    let text = reading.article.text.as_str();
    let quoted: Vec<usize> = sentence
        .words
        .iter()
        .map(|word| quoted(quotes, sentence, word.span))
        .collect();
    let cues: Vec<usize> = sentence
        .words
        .iter()
        .map(|word| cue(lexicon, &word.span.of(text).to_lowercase(), &word.lemma))
        .collect();
    let count = sentence.words.len();
    let inside = |n: usize| {
        let sentence = reading.sentences.get(n);
        usize::from(sentence.is_some_and(|s| quotes.inside(s.span.start)))
    };
    let around = inside(n)
        + 2 * inside(n + 1)
        + 4 * usize::from(begins_paragraph(reading, n))
        + 8 * usize::from(begins_paragraph(reading, n + 1));
    let mut found = Vec::with_capacity(count * QUESTIONS);
    for (at, word) in sentence.words.iter().enumerate() {
        let mark = sentence.tokens.get(word.token).map_or(0, |t| match t.kind {
            TokenKind::OpenQuote => 1,
            TokenKind::CloseQuote => 2,
            TokenKind::Mark => 3,
            _ => 0,
        });
        let parent = word.head.unwrap_or(at);
        let answers = [
            word.upos as usize,
            word.dep.index(),
            quoted[at] + 4 * mark,
            cues[at],
            sentence.name_class(at),
            steps(at) + 8 * steps(count - 1 - at),
            around,
            cues[parent] + 8 * usize::from(parent < at),
            quoted[at] + 4 * quoted[at.saturating_sub(1)] + 16 * usize::from(at == 0),
        ];
        for (question, answer) in answers.into_iter().enumerate() {
            found.push(feature(question, answer));
        }
    }
    found
}

/// Numbers in steps that grow: 0, 1, 2, 3-4, 5-7, 8-12, 13-20, more.
fn steps(n: usize) -> usize {
    match n {
        0..=2 => n,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    }
}

/// 0 outside quotations, 1 inside one that the sentence opens, 2 inside one that goes on from
/// an earlier sentence, 3 inside one whose other mark is missing.
fn quoted(quotes: &Quotes<'_>, sentence: &Sentence, word: Span) -> usize {
    match quotes.touching(word) {
        None => 0,
        Some(q) if !(q.opened && q.closed) => 3,
        Some(q) if q.span.start < sentence.span.start => 2,
        Some(_) => 1,
    }
}

fn begins_paragraph(reading: &ArticleReading, n: usize) -> bool {
    let paragraph = |n: usize| reading.sentences.get(n).map(|s| s.paragraph);
    n == 0 || paragraph(n) != paragraph(n - 1)
}

/// Whether the lexicon knows the word as a cue, and in which form.
fn cue(lexicon: &Lexicon, lower: &str, lemma: &str) -> usize {
    let forms = lexicon.speech.forms(lower);
    let class = |form: VerbForm| match form {
        VerbForm::Past | VerbForm::Third => 1,
        VerbForm::Base => 2,
        VerbForm::Participle | VerbForm::Gerund => 3,
        VerbForm::SourceAfter => 4,
        VerbForm::Phrase => 5,
        VerbForm::Noun => 6,
    };
    match forms.first() {
        Some(form) => class(form.form),
        None => 7 * usize::from(!lexicon.speech.forms(lemma).is_empty()),
    }
}
