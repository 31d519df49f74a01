//! The language engine measured: a treebank with its own words and from raw text, names.

use std::fmt;
use std::time::Duration;

use cpu_time::ProcessTime;
use onrecord_language::Engine;
use onrecord_lexicon::Lexicon;
use onrecord_model::Article;

use crate::names::{self, LabelledSentence, NamesScore};
use crate::parse::{self, ParseScore};
use crate::parsed::{self, Spans};
use crate::{ConlluSentence, ScoreError, conllu};

/// A treebank parsed twice.
#[derive(Clone, Debug)]
pub struct TreebankScore {
    /// With the treebank's own words.
    pub given: ParseScore,
    /// From its raw text.
    pub raw: ParseScore,
    /// Words parsed from raw text, and the CPU time of cutting, tagging, parsing and
    /// lemmatising them.
    pub words: usize,
    /// CPU time of all threads.
    pub cpu: Duration,
}

/// Parses a treebank with its own words and from its raw text, on this thread, and compares.
///
/// # Errors
/// If a tree of the treebank is none.
pub fn treebank(
    gold: &[ConlluSentence],
    engine: &Engine,
    lexicon: &Lexicon,
) -> Result<TreebankScore, ScoreError> {
    let given = parse::evaluate(gold, &parsed::parse_given(gold, engine))?;
    let text = conllu::text_of(gold);
    let began = ProcessTime::now();
    let article = Article::new("pg-text".into(), 1, text);
    let (mut sentences, _) = onrecord_language::sentences(&article, lexicon);
    onrecord_language::parse(&article.text, &mut sentences, engine, lexicon);
    let cpu = began.elapsed();
    let raw = parse::evaluate(gold, &parsed::conllu_of(&article.text, &sentences, None))?;
    Ok(TreebankScore {
        given,
        raw,
        words: sentences.iter().map(|sentence| sentence.words.len()).sum(),
        cpu,
    })
}

/// Labels the words of a set and compares.
///
/// # Errors
/// None, as the words are the same.
pub fn labels(
    gold: &[LabelledSentence],
    engine: &Engine,
    spans: Spans,
) -> Result<NamesScore, ScoreError> {
    let words: Vec<Vec<&str>> = gold
        .iter()
        .map(|sentence| sentence.words.iter().map(String::as_str).collect())
        .collect();
    let mut score = names::evaluate(gold, &parsed::label_given(&words, engine, spans))?;
    score.mentions = spans == Spans::Mentions;
    Ok(score)
}

impl fmt::Display for TreebankScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "With the treebank's own words:\n{}", self.given)?;
        writeln!(f, "From raw text:\n{}", self.raw)?;
        let speed = self.words as f64 / self.cpu.as_secs_f64().max(1e-9);
        writeln!(
            f,
            "Speed: {} words from raw text in {:.2} CPU-s, {speed:.0} words a CPU-second",
            self.words,
            self.cpu.as_secs_f64()
        )
    }
}
