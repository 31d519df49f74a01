//! The network: two small layers over the vectors of a word, its neighbours and the word it
//! depends on. It labels every word and points from content to its cue, from a cue to its
//! source. Trained by `training/attribution.py`.

use std::sync::LazyLock;

use onrecord_language::{Linear, shares};
use safetensors::SafeTensors;
use thiserror::Error;

use super::features::{FEATURES, QUESTIONS};

/// Numbers in the inner layers.
const INNER: usize = 128;
/// Numbers in the product of two words.
const LINK: usize = 64;
/// Labels: none; first and further words of source, cue and content.
pub const LABELS: usize = 7;
/// Classes of the way between two words.
const WAYS: usize = 32;

/// What is wrong with the weights of the head.
#[derive(Debug, Error)]
pub enum HeadError {
    /// No file in safetensors' format.
    #[error("no weights of the attribution head: {0}")]
    Format(String),
    /// A tensor is missing or of another size.
    #[error("the weights of the attribution head do not fit this version: tensor {0}")]
    Tensor(&'static str),
}

/// The head for the encoder of `weights/english.weights`.
pub static WEIGHTS: &[u8] = include_bytes!("../../../../weights/attribution.safetensors");
/// The head for the encoder of `weights/english-fast.weights`.
pub static FAST_WEIGHTS: &[u8] = include_bytes!("../../../../weights/attribution-fast.safetensors");

/// The head of one encoder.
#[derive(Debug)]
pub struct Head {
    /// Floats in a word's vector.
    width: usize,
    first: Linear,
    /// `[FEATURES][INNER]`
    told: Vec<f32>,
    second: Linear,
    /// Labels, then the word as it points and as it is pointed at.
    out: Linear,
    root: Vec<f32>,
    way: Vec<f32>,
    /// `[before][label]`
    follows: Vec<f32>,
    begins: Vec<f32>,
}

/// What the head makes of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The best sequence of labels.
    pub labels: Vec<usize>,
    /// How sure of each label, from 0 to 1, its neighbours aside.
    pub sure: Vec<f32>,
    /// `[word][LINK]`, as it points ...
    from: Vec<f32>,
    /// ... and as it is pointed at.
    to: Vec<f32>,
}

impl Head {
    /// The head for the encoder that the binary carries.
    pub fn built_in() -> &'static Self {
        static HEAD: LazyLock<Head> = LazyLock::new(|| {
            Head::new(WEIGHTS).expect("the weights in the binary fit it: a test reads them")
        });
        &HEAD
    }

    /// The head for the encoder of the fast profile.
    pub fn fast() -> &'static Self {
        static HEAD: LazyLock<Head> = LazyLock::new(|| {
            Head::new(FAST_WEIGHTS).expect("the weights in the binary fit it: a test reads them")
        });
        &HEAD
    }

    /// Reads the weights.
    ///
    /// # Errors
    /// The bytes are no safetensors file, or one of another shape.
    pub fn new(bytes: &[u8]) -> Result<Self, HeadError> {
        let file = SafeTensors::deserialize(bytes).map_err(|e| HeadError::Format(e.to_string()))?;
        let tensor = |name: &'static str, size: Option<usize>| {
            let view = file.tensor(name).map_err(|_| HeadError::Tensor(name))?;
            let (floats, _) = view.data().as_chunks::<4>();
            let floats: Vec<f32> = floats.iter().map(|b| f32::from_le_bytes(*b)).collect();
            match size {
                Some(size) if size != floats.len() => Err(HeadError::Tensor(name)),
                _ => Ok(floats),
            }
        };
        let bias = tensor("bias", Some(2 * INNER + LABELS + 2 * LINK))?;
        let (first_bias, rest) = bias.split_at(INNER);
        let (second_bias, out_bias) = rest.split_at(INNER);
        let first = tensor("first", None)?;
        let width = first.len() / INNER;
        let mut out = tensor("labels", Some(LABELS * INNER))?;
        out.extend(tensor("linked", Some(2 * LINK * INNER))?);
        let layer = |name, weights: &[f32], bias: &[f32]| {
            Linear::new(weights, bias).ok_or(HeadError::Tensor(name))
        };
        let second = tensor("second", Some(4 * INNER * INNER))?;
        Ok(Self {
            width,
            first: layer("first", &first, first_bias)?,
            told: tensor("told", Some(FEATURES * INNER))?,
            second: layer("second", &second, second_bias)?,
            out: layer("labels", &out, out_bias)?,
            root: tensor("root", Some(LINK))?,
            way: tensor("way", Some(WAYS))?,
            follows: tensor("follows", Some(LABELS * LABELS))?,
            begins: tensor("begins", Some(LABELS))?,
        })
    }

    /// Reads a sentence of `parents.len()` words: their vectors, their features, and the word
    /// each depends on, the root on itself.
    pub fn read(&self, vectors: &[f32], features: &[u16], parents: &[usize]) -> Read {
        let n = parents.len();
        if n == 0 || vectors.len() != n * self.width {
            return Read::default();
        }
        let mut x = self.first.rows(vectors);
        for (x, told) in x
            .chunks_exact_mut(INNER)
            .zip(features.chunks_exact(QUESTIONS))
        {
            for feature in told {
                let row = &self.told[usize::from(*feature) * INNER..][..INNER];
                x.iter_mut().zip(row).for_each(|(x, t)| *x += t);
            }
            x.iter_mut().for_each(|x| *x = x.max(0.0));
        }
        let edge = [0.0; INNER];
        let word = |at: Option<usize>| {
            at.and_then(|at| x.get(at * INNER..(at + 1) * INNER))
                .unwrap_or(&edge)
        };
        let mut around = Vec::with_capacity(n * 4 * INNER);
        for (at, parent) in parents.iter().enumerate() {
            for near in [Some(at), at.checked_sub(1), Some(at + 1), Some(*parent)] {
                around.extend_from_slice(word(near));
            }
        }
        let mut y = self.second.rows(&around);
        for (y, x) in y.iter_mut().zip(&x) {
            *y = x + y.max(0.0);
        }
        let out = self.out.rows(&y);
        let mut scores = Vec::with_capacity(n * LABELS);
        let mut read = Read::default();
        for row in out.chunks_exact(LABELS + 2 * LINK) {
            let (labels, links) = row.split_at(LABELS);
            scores.extend_from_slice(labels);
            read.from.extend_from_slice(&links[..LINK]);
            read.to.extend_from_slice(&links[LINK..]);
        }
        read.labels = self.best(&scores);
        read.sure = scores
            .chunks_exact(LABELS)
            .zip(&read.labels)
            .map(|(scores, label)| shares(scores)[*label])
            .collect();
        read
    }

    /// The best sequence of labels. Scores are rounded to 1/1024, and ties go to the earlier.
    fn best(&self, scores: &[f32]) -> Vec<usize> {
        let rounded = |x: f32| (x * 1024.0) as i64;
        let n = scores.len() / LABELS;
        let mut best: Vec<i64> = (0..LABELS)
            .map(|l| rounded(scores[l]) + rounded(self.begins[l]))
            .collect();
        let mut back = vec![0; n * LABELS];
        for at in 1..n {
            let mut next = vec![i64::MIN; LABELS];
            for (l, next) in next.iter_mut().enumerate() {
                for (k, before) in best.iter().enumerate() {
                    let score = before + rounded(self.follows[k * LABELS + l]);
                    if score > *next {
                        *next = score;
                        back[at * LABELS + l] = k;
                    }
                }
                *next += rounded(scores[at * LABELS + l]);
            }
            best = next;
        }
        let mut label = 0;
        for l in 1..LABELS {
            if best[l] > best[label] {
                label = l;
            }
        }
        let mut path = vec![label; n];
        for at in (1..n).rev() {
            label = back[at * LABELS + label];
            path[at - 1] = label;
        }
        path
    }

    /// Where a word points: the share of elsewhere, then those of the sentence's words.
    pub fn links(&self, read: &Read, parents: &[usize], word: usize) -> Vec<f32> {
        let scale = (LINK as f32).sqrt();
        let from = &read.from[word * LINK..][..LINK];
        let product = |to: &[f32]| {
            let pairs = from.iter().zip(to);
            pairs.fold(0.0, |sum, (a, b)| sum + a * b) / scale
        };
        let mut scores = vec![product(&self.root)];
        for (other, to) in read.to.chunks_exact(LINK).enumerate() {
            scores.push(product(to) + self.way[way(parents, word, other)]);
        }
        shares(&scores)
    }
}

/// The way from a word to another: their distance, its side, and whether the tree holds them
/// close.
fn way(parents: &[usize], word: usize, other: usize) -> usize {
    let steps = match word.abs_diff(other) {
        n @ 0..=2 => n,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    };
    let near = parents[word] == other || parents[other] == word || parents[word] == parents[other];
    steps + 8 * usize::from(other < word) + 16 * usize::from(near)
}
