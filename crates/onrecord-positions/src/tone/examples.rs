//! What the head is trained on: the words around a target, with the tone that is right.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Span, Tone};

use super::features::ask;

/// Targets as tables of numbers.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// `[word][width]`, the words that the head reads of one target after those of the other.
    pub vectors: Vec<f32>,
    /// `[word][QUESTIONS]`; a question is answered by 64 numbers, and the tenth tells which
    /// words are the target's.
    pub features: Vec<u16>,
    /// The words in small letters.
    pub forms: Vec<String>,
    /// `[row][2]`: how many words; the tone, 0 negative, 1 neutral, 2 positive. A row whose
    /// target no word touches has no words.
    pub rows: Vec<[i32; 2]>,
}

/// Adds the target at `span` of an article that is one sentence.
pub fn examples(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    span: Span,
    tone: Tone,
    to: &mut Examples,
) {
    let label = match tone {
        Tone::Negative => 0,
        Tone::Neutral => 1,
        Tone::Positive => 2,
    };
    let asked = reading.sentences.first().and_then(|sentence| {
        let asked = ask(reading, lexicon, sentence, span)?;
        Some((sentence, asked))
    });
    let Some((sentence, asked)) = asked else {
        to.rows.push([0, label]);
        return;
    };
    let width = sentence.vectors.len() / sentence.words.len().max(1);
    let vectors = &sentence.vectors[asked.words.start * width..asked.words.end * width];
    to.vectors.extend_from_slice(vectors);
    let words = i32::try_from(asked.words.len()).unwrap_or(i32::MAX);
    to.rows.push([words, label]);
    to.features.extend(asked.features);
    to.forms.extend(asked.forms);
}
