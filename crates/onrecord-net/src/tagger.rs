//! A learned head that labels words and points from word to word: two small layers over the
//! vectors of a word, its neighbours and the word it depends on. Trained by
//! `training/tagger.py`; later steps bring the weights and the features.

use thiserror::Error;

use crate::linear::Linear;
use crate::tensors::Tensors;
use crate::wide::{add_picked, shares};

/// Numbers in the inner layers.
const INNER: usize = 128;
/// Numbers in the product of two words.
const LINK: usize = 64;
/// Classes of the way between two words.
const WAYS: usize = 32;

/// Answers to one question asked of a word.
const ANSWERS: usize = 64;

/// The feature that is this answer to this question, both counted from 0; answers from 63 on
/// are one.
pub fn feature(question: usize, answer: usize) -> u16 {
    let at = question * ANSWERS + answer.min(ANSWERS - 1);
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// What is wrong with the weights of a head.
#[derive(Debug, Error)]
pub enum TaggerError {
    /// No file in safetensors' format.
    #[error("no weights of a head: {0}")]
    Format(String),
    /// A tensor is missing or of another size.
    #[error("the weights of the head do not fit this version: tensor {0}")]
    Tensor(&'static str),
}

/// The head of one encoder for one task.
#[derive(Debug)]
pub struct Tagger {
    /// Floats in a word's vector.
    width: usize,
    /// Labels there are.
    labels: usize,
    /// Kinds of links.
    kinds: usize,
    first: Linear,
    /// `[feature][INNER]`
    told: Vec<f32>,
    second: Linear,
    /// Labels, then the word as it points and as it is pointed at, by kind.
    out: Linear,
    /// `[kind][LINK]`
    root: Vec<f32>,
    /// `[kind][WAYS]`
    way: Vec<f32>,
    /// `[before][label]`, in 1024ths like all scores of labels.
    follows: Vec<i64>,
    begins: Vec<i64>,
}

/// What a tagger makes of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Tagged {
    /// The best sequence of labels.
    pub labels: Vec<usize>,
    /// How sure of each label, from 0 to 1, its neighbours aside.
    pub sure: Vec<f32>,
    /// `[word][label]`: the share of each label, its neighbours aside.
    shares: Vec<f32>,
    /// `[word][kind][LINK]`, as it points ...
    from: Vec<f32>,
    /// ... and as it is pointed at.
    to: Vec<f32>,
    /// The word each depends on.
    parents: Vec<usize>,
}

impl Tagged {
    /// The shares of the labels at a word.
    pub fn shares_of(&self, word: usize) -> &[f32] {
        let labels = self.shares.len() / self.labels.len().max(1);
        self.shares
            .get(word * labels..(word + 1) * labels)
            .unwrap_or(&[])
    }
}

impl Tagger {
    /// Reads the weights.
    ///
    /// # Errors
    /// The bytes are no safetensors file, or one of another shape.
    pub fn new(bytes: &[u8]) -> Result<Self, TaggerError> {
        let file = Tensors::read(bytes).map_err(TaggerError::Format)?;
        let tensor = |name: &'static str, size: Option<usize>| {
            file.floats(name, size).ok_or(TaggerError::Tensor(name))
        };
        let layer = |name, weights: &[f32], bias: &[f32]| {
            Linear::new(weights, bias).ok_or(TaggerError::Tensor(name))
        };
        let (begins, root, told) = (
            tensor("begins", None)?,
            tensor("root", None)?,
            tensor("told", None)?,
        );
        let (labels, kinds) = (begins.len(), root.len() / LINK);
        let bias = tensor("bias", Some(2 * INNER + labels + 2 * kinds * LINK))?;
        let (first_bias, rest) = bias.split_at(INNER);
        let (second_bias, out_bias) = rest.split_at(INNER);
        let first = tensor("first", None)?;
        let second = tensor("second", Some(4 * INNER * INNER))?;
        let mut out = tensor("labels", Some(labels * INNER))?;
        out.extend(tensor("linked", Some(2 * kinds * LINK * INNER))?);
        Ok(Self {
            width: first.len() / INNER,
            labels,
            kinds,
            first: layer("first", &first, first_bias)?,
            told,
            second: layer("second", &second, second_bias)?,
            out: layer("labels", &out, out_bias)?,
            root,
            way: tensor("way", Some(kinds * WAYS))?,
            follows: rounded(&tensor("follows", Some(labels * labels))?),
            begins: rounded(&begins),
        })
    }

    /// Reads a sentence: the vectors of its words, as many features for each, and the word each
    /// depends on, the root on itself. Vectors of another encoder give nothing.
    pub fn read(&self, vectors: &[f32], features: &[u16], parents: Vec<usize>) -> Tagged {
        let n = parents.len();
        if n == 0 || vectors.len() != n * self.width {
            return Tagged::default();
        }
        let mut x = self.first.rows(vectors);
        let told = features.chunks_exact(features.len() / n);
        for (x, told) in x.chunks_exact_mut(INNER).zip(told) {
            add_picked(x, told, &self.told);
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
        let links = self.kinds * LINK;
        let mut scores = Vec::with_capacity(n * self.labels);
        let mut read = Tagged::default();
        let out = self.out.rows(&y);
        for row in out.chunks_exact(self.labels + 2 * links) {
            let (labels, rest) = row.split_at(self.labels);
            scores.extend_from_slice(labels);
            read.from.extend_from_slice(&rest[..links]);
            read.to.extend_from_slice(&rest[links..]);
        }
        read.labels = self.best(&scores);
        for (scores, label) in scores.chunks_exact(self.labels).zip(&read.labels) {
            let shares = shares(scores);
            read.sure.push(shares[*label]);
            read.shares.extend(shares);
        }
        read.parents = parents;
        read
    }

    /// The best sequence of labels. Scores are rounded to 1/1024, and ties go to the earlier.
    fn best(&self, scores: &[f32]) -> Vec<usize> {
        let labels = self.labels;
        let n = scores.len() / labels;
        let scores = rounded(scores);
        let mut best: Vec<i64> = (scores.iter().zip(&self.begins))
            .map(|(score, begins)| score + begins)
            .collect();
        let mut back = vec![0; n * labels];
        for at in 1..n {
            let back = &mut back[at * labels..][..labels];
            let mut next = vec![i64::MIN; labels];
            for (k, before) in best.iter().enumerate() {
                let follows = &self.follows[k * labels..][..labels];
                for ((next, back), follows) in next.iter_mut().zip(&mut *back).zip(follows) {
                    let score = before + follows;
                    if score > *next {
                        *next = score;
                        *back = k;
                    }
                }
            }
            for (next, score) in next.iter_mut().zip(&scores[at * labels..]) {
                *next += score;
            }
            best = next;
        }
        let mut label = 0;
        for l in 1..labels {
            if best[l] > best[label] {
                label = l;
            }
        }
        let mut path = vec![label; n];
        for at in (1..n).rev() {
            label = back[at * labels + label];
            path[at - 1] = label;
        }
        path
    }

    /// Where a word points by one kind of link: the share of nowhere in the sentence, then those
    /// of the sentence's words.
    pub fn links(&self, read: &Tagged, kind: usize, word: usize) -> Vec<f32> {
        let scale = (LINK as f32).sqrt();
        let width = self.kinds * LINK;
        let from = &read.from[word * width + kind * LINK..][..LINK];
        let mut scores = vec![product(from, &self.root[kind * LINK..][..LINK]) / scale];
        scores.extend(products(from, &read.to, width, kind * LINK));
        for (other, score) in scores[1..].iter_mut().enumerate() {
            let way = self.way[kind * WAYS + way(&read.parents, word, other)];
            *score = *score / scale + way;
        }
        shares(&scores)
    }
}

/// The sum of products, in order.
fn product(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// The [`product`] of `a` with a part of each row: several sums go on side by side.
fn products(a: &[f32], rows: &[f32], width: usize, at: usize) -> Vec<f32> {
    const TOGETHER: usize = 8;
    let rows: Vec<&[f32]> = rows
        .chunks_exact(width)
        .map(|row| &row[at..at + a.len()])
        .collect();
    let mut sums = vec![0.0; rows.len()];
    for (rows, sums) in rows.chunks(TOGETHER).zip(sums.chunks_mut(TOGETHER)) {
        for (i, a) in a.iter().enumerate() {
            for (sum, row) in sums.iter_mut().zip(rows) {
                *sum += a * row[i];
            }
        }
    }
    sums
}

/// Scores in 1024ths, toward zero.
fn rounded(scores: &[f32]) -> Vec<i64> {
    scores.iter().map(|x| (x * 1024.0) as i64).collect()
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

#[cfg(test)]
mod tests {
    use safetensors::tensor::{Dtype, TensorView};

    use super::*;

    const WIDTH: usize = 16;
    const LABELS: usize = 3;

    /// Weights that look random; label 1 never follows itself.
    fn weights() -> Vec<u8> {
        let mut state = 7_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        let mut follows = vec![0.0; LABELS * LABELS];
        follows[LABELS + 1] = -1e4;
        let sizes = [
            ("first", INNER * WIDTH),
            ("second", 4 * INNER * INNER),
            ("labels", LABELS * INNER),
            ("linked", 2 * LINK * INNER),
            ("bias", 2 * INNER + LABELS + 2 * LINK),
            ("told", 4 * INNER),
            ("root", LINK),
            ("way", WAYS),
            ("begins", LABELS),
        ];
        let mut tensors: Vec<(&str, Vec<f32>)> = sizes
            .into_iter()
            .map(|(name, n)| (name, (0..n).map(|_| next()).collect()))
            .collect();
        tensors.push(("follows", follows));
        let bytes: Vec<(&str, Vec<u8>)> = tensors
            .into_iter()
            .map(|(name, x)| (name, x.iter().flat_map(|x| x.to_le_bytes()).collect()))
            .collect();
        let views = bytes.iter().map(|(name, bytes)| {
            let view = TensorView::new(Dtype::F32, vec![bytes.len() / 4], bytes);
            (*name, view.unwrap())
        });
        safetensors::serialize(views, None).unwrap()
    }

    #[test]
    fn labels_follow_one_another_as_they_may_and_links_share_one() {
        let tagger = Tagger::new(&weights()).unwrap();
        for n in [1, 2, 9, 40] {
            let vectors: Vec<f32> = (0..n * WIDTH).map(|i| (i % 13) as f32 - 6.0).collect();
            let features: Vec<u16> = (0..n).map(|i| (i % 4) as u16).collect();
            let parents: Vec<usize> = (0..n).map(|i| i / 2).collect();
            let read = tagger.read(&vectors, &features, parents.clone());
            assert_eq!((read.labels.len(), read.sure.len()), (n, n));
            assert!(read.labels.windows(2).all(|pair| pair != [1, 1]));
            for word in 0..n {
                let links = tagger.links(&read, 0, word);
                assert_eq!(links.len(), n + 1);
                assert!((links.iter().sum::<f32>() - 1.0).abs() < 1e-4);
            }
            let again = tagger.read(&vectors, &features, parents);
            assert_eq!(again.sure, read.sure);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_or_gives_nothing() {
        assert!(matches!(Tagger::new(b"x"), Err(TaggerError::Format(_))));
        let tagger = Tagger::new(&weights()).unwrap();
        // the vectors of another encoder
        let read = tagger.read(&[0.0; 3], &[0], vec![0]);
        assert!(read.labels.is_empty());
        assert!(tagger.read(&[], &[], Vec::new()).labels.is_empty());
    }
}
