//! What the head is trained on: every word of an annotated article, with what is right.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Span};

use super::features::{Quotes, features};

/// An attribution as it is annotated; its pieces in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who says it: none, one, or the pieces of one.
    pub source: Vec<Span>,
    /// The words that say that it is said.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// Words of articles as tables of numbers.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// `[word][width]`
    pub vectors: Vec<f32>,
    /// `[word][5]`: article; sentence, counted over all articles; the word it depends on, by
    /// its number in the sentence, or itself; label; link. Labels: 0 none, 1 and 2 first and
    /// further words of a source, 3 and 4 of a cue, 5 and 6 of content. Links: of content the
    /// first word of its cue, of a cue that of its source, from 1, 0 if none stands in the
    /// sentence, -1 for other words.
    pub words: Vec<[i32; 5]>,
    /// `[word][QUESTIONS]`
    pub features: Vec<u16>,
    /// The words as they are written.
    pub forms: Vec<String>,
    articles: i32,
    sentences: i32,
}

/// Adds an article whose attributions are known.
pub fn examples(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    gold: &[Attribution],
    to: &mut Examples,
) {
    let quotes = Quotes::of(reading);
    for (n, sentence) in reading.sentences.iter().enumerate() {
        if sentence.words.is_empty() {
            continue;
        }
        let count = sentence.words.len();
        let mut labels = vec![0; count];
        let mut links = vec![-1; count];
        // the words of a piece in this sentence
        let of = |piece: &Span| {
            let first = sentence.words.iter().position(|w| w.span.overlaps(*piece));
            let last = sentence.words.iter().rposition(|w| w.span.overlaps(*piece));
            first.zip(last).map(|(first, last)| first..last + 1)
        };
        let first = |pieces: &[Span]| {
            pieces
                .iter()
                .find_map(of)
                .map_or(0, |words| words.start + 1)
        };
        for attribution in gold {
            let cue = number(first(&attribution.cue));
            let source = number(first(&attribution.source));
            for (pieces, label, link) in [
                (&attribution.cue, 3, source),
                (&attribution.source, 1, -1),
                (&attribution.content, 5, cue),
            ] {
                for piece in pieces {
                    let Some(words) = of(piece) else { continue };
                    if labels[words.clone()].iter().any(|l| *l != 0) {
                        continue;
                    }
                    let goes_on = piece.start < sentence.span.start;
                    for (i, at) in words.enumerate() {
                        labels[at] = label + i32::from(i > 0 || goes_on);
                        links[at] = link;
                    }
                }
            }
        }
        to.vectors.extend_from_slice(&sentence.vectors);
        to.features.extend(features(reading, lexicon, &quotes, n));
        for (at, word) in sentence.words.iter().enumerate() {
            to.forms
                .push(word.span.of(&reading.article.text).to_owned());
            to.words.push([
                to.articles,
                to.sentences,
                number(word.head.unwrap_or(at)),
                labels[at],
                links[at],
            ]);
        }
        to.sentences += 1;
    }
    to.articles += 1;
}

fn number(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
