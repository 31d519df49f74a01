//! The network, from the words around a target to three shares.

use std::collections::BTreeMap;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Sentence, Span, Tone};
use onrecord_net::{Linear, TaggerError, Tensors, shares};

use super::features::{Asked, QUESTIONS, ask};
use super::layers::{FAR, HEADS, INNER, Layer, Norm, attend, mean};

/// Numbers in a word's own row.
const ROW: usize = 16;
/// Answers to one question.
const ANSWERS: usize = 64;

/// The head of one encoder.
#[derive(Debug)]
pub struct Head {
    /// Floats in a word's vector.
    width: usize,
    first: Linear,
    /// `[feature][INNER]`
    told: Vec<f32>,
    /// The row of each word that has one.
    rows: BTreeMap<String, Vec<f32>>,
    row: Linear,
    norm: Norm,
    layer: Layer,
    query: Linear,
    key: Linear,
    value: Linear,
    /// `[feature][HEADS]`: what a word's features make of its share.
    way: Vec<f32>,
    inner: Linear,
    out: Linear,
}

/// How a sentence speaks of a target; the three sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// Against it.
    pub negative: f32,
    /// Neither.
    pub neutral: f32,
    /// For it.
    pub positive: f32,
}

impl Shares {
    /// The likeliest tone with its share; of equals the neutral, then the negative one.
    pub fn best(self) -> (Tone, f32) {
        let mut best = (Tone::Neutral, self.neutral);
        for other in [
            (Tone::Negative, self.negative),
            (Tone::Positive, self.positive),
        ] {
            if other.1 > best.1 {
                best = other;
            }
        }
        best
    }

    /// A tone that is not neutral and at least `SURE`, if there is one.
    pub fn sure(self) -> Option<Tone> {
        let (tone, share) = self.best();
        (tone != Tone::Neutral && share >= SURE).then_some(tone)
    }
}

/// From which share on a tone is claimed: on NewsMTSC's rw-dev, four in five claims are right.
const SURE: f32 = 0.6;

impl Head {
    /// Reads the weights.
    ///
    /// # Errors
    /// The bytes are no safetensors file, or one of another shape.
    pub fn new(bytes: &[u8]) -> Result<Self, TaggerError> {
        let file = Tensors::read(bytes).map_err(TaggerError::Format)?;
        let tensor = |name: &'static str, size: Option<usize>| {
            file.floats(name, size).ok_or(TaggerError::Tensor(name))
        };
        let linear = |name, bias_name, inputs: Option<usize>, outputs: usize| {
            let weights = tensor(name, inputs.map(|n| n * outputs))?;
            let bias = tensor(bias_name, Some(outputs))?;
            Linear::new(&weights, &bias).ok_or(TaggerError::Tensor(name))
        };
        let norm = |weight, bias| {
            Ok::<_, TaggerError>(Norm {
                weight: tensor(weight, Some(INNER))?,
                bias: tensor(bias, Some(INNER))?,
            })
        };
        let words = file.bytes("words").and_then(|b| String::from_utf8(b).ok());
        let words = words.ok_or(TaggerError::Tensor("words"))?;
        let words: Vec<&str> = words.lines().collect();
        let table = file.bytes("rows").filter(|b| b.len() == words.len() * ROW);
        let table = table.ok_or(TaggerError::Tensor("rows"))?;
        let table = table
            .chunks_exact(ROW)
            .map(|row| row.iter().map(|b| f32::from(*b as i8) / 32.0).collect());
        let row = tensor("row", Some(INNER * ROW))?;
        Ok(Self {
            width: tensor("first", None)?.len() / INNER,
            first: linear("first", "first_bias", None, INNER)?,
            told: tensor("told", Some(QUESTIONS * ANSWERS * INNER))?,
            rows: words.into_iter().map(str::to_owned).zip(table).collect(),
            row: Linear::new(&row, &[0.0; INNER]).ok_or(TaggerError::Tensor("row"))?,
            norm: norm("norm", "norm_bias")?,
            layer: Layer {
                asked: linear("asked", "asked_bias", Some(INNER), 3 * INNER)?,
                out: linear("taken", "taken_bias", Some(INNER), INNER)?,
                norm: norm("mid", "mid_bias")?,
                far: tensor("far", Some(HEADS * FAR))?,
                up: linear("up", "up_bias", Some(INNER), 2 * INNER)?,
                down: linear("down", "down_bias", Some(2 * INNER), INNER)?,
                last: norm("last", "last_bias")?,
            },
            query: linear("query", "query_bias", Some(INNER), INNER)?,
            key: linear("key", "key_bias", Some(INNER), INNER)?,
            value: linear("value", "value_bias", Some(INNER), INNER)?,
            way: tensor("way", Some(QUESTIONS * ANSWERS * HEADS))?,
            inner: linear("inner", "inner_bias", Some(3 * INNER), INNER)?,
            out: linear("out", "out_bias", Some(INNER), 3)?,
        })
    }

    /// How a sentence speaks of what stands at `target`. None where no word of the sentence
    /// touches the place, or another encoder read the sentence.
    pub fn tone(
        &self,
        reading: &ArticleReading,
        lexicon: &Lexicon,
        sentence: &Sentence,
        target: Span,
    ) -> Option<Shares> {
        if sentence.vectors.len() != sentence.words.len() * self.width {
            return None;
        }
        let asked = ask(reading, lexicon, sentence, target)?;
        let vectors =
            &sentence.vectors[asked.words.start * self.width..asked.words.end * self.width];
        Some(self.read(vectors, &asked))
    }

    fn read(&self, vectors: &[f32], asked: &Asked) -> Shares {
        let mut x = self.first.rows(vectors);
        let none = [0.0; ROW];
        let rows = asked.forms.iter();
        let rows: Vec<f32> = rows
            .flat_map(|form| self.rows.get(form).map_or(&none[..], Vec::as_slice))
            .copied()
            .collect();
        let rows = self.row.rows(&rows);
        let features = asked.features.chunks_exact(QUESTIONS);
        let words = x.chunks_exact_mut(INNER).zip(rows.chunks_exact(INNER));
        for ((x, row), features) in words.zip(features) {
            x.iter_mut().zip(row).for_each(|(x, r)| *x += r);
            for feature in features {
                let at = usize::from(*feature) * INNER;
                let told = &self.told[at..at + INNER];
                x.iter_mut().zip(told).for_each(|(x, t)| *x += t);
            }
        }
        self.norm.rows(&mut x);
        x.iter_mut().for_each(|x| *x = x.max(0.0));
        self.layer.rows(&mut x);
        let target = mean(&x, |at| asked.target[at]);
        let (keys, values) = (self.key.rows(&x), self.value.rows(&x));
        // by the way in the tree and the distance
        let way = |head: usize, word: usize| {
            let features = &asked.features[word * QUESTIONS..(word + 1) * QUESTIONS];
            let way = features
                .iter()
                .map(|f| self.way[usize::from(*f) * HEADS + head]);
            way.sum()
        };
        let taken = attend(&self.query.rows(&target), &keys, &values, way);
        let all = [target, taken, mean(&x, |_| true)].concat();
        let mut inner = self.inner.rows(&all);
        inner.iter_mut().for_each(|x| *x = x.max(0.0));
        let shares = shares(&self.out.rows(&inner));
        Shares {
            negative: shares[0],
            neutral: shares[1],
            positive: shares[2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_sure_tone_is_claimed() {
        let shares = |negative, neutral, positive| Shares {
            negative,
            neutral,
            positive,
        };
        assert_eq!(shares(0.9, 0.05, 0.05).sure(), Some(Tone::Negative));
        assert_eq!(shares(0.4, 0.3, 0.3).sure(), None);
        assert_eq!(shares(0.0, 1.0, 0.0).sure(), None);
        assert_eq!(shares(0.25, 0.5, 0.25).best(), (Tone::Neutral, 0.5));
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(Head::new(b"nothing").is_err());
    }
}
