//! The layers of the head, in a fixed order of sums.

use onrecord_net::{Linear, math, shares};

use super::features::step;

/// Heads of attention.
pub(super) const HEADS: usize = 4;
/// Numbers in the inner layers.
pub(super) const INNER: usize = 128;
/// Numbers in one head.
const EACH: usize = INNER / HEADS;
/// Classes of the distance between two words.
pub(super) const FAR: usize = 20;

/// Products summed from left to right.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

fn add(to: &mut [f32], xs: &[f32], by: f32) {
    for (to, x) in to.iter_mut().zip(xs) {
        *to += x * by;
    }
}

fn relu(xs: &mut [f32]) {
    xs.iter_mut().for_each(|x| *x = x.max(0.0));
}

/// Mean 0, variance 1, then weight and bias.
#[derive(Debug)]
pub(super) struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Norm {
    pub fn rows(&self, x: &mut [f32]) {
        for row in x.chunks_exact_mut(INNER) {
            math::normalise(row, &self.weight, &self.bias);
        }
    }
}

/// What one query takes from all words: for each head the values, weighed by likeness and bias.
pub(super) fn attend(
    query: &[f32],
    keys: &[f32],
    values: &[f32],
    bias: impl Fn(usize, usize) -> f32,
) -> Vec<f32> {
    let scale = 1.0 / (EACH as f32).sqrt();
    let mut taken = vec![0.0; INNER];
    for head in 0..HEADS {
        let of = head * EACH..(head + 1) * EACH;
        let keys = keys.chunks_exact(INNER).enumerate();
        let scores: Vec<f32> = keys
            .map(|(word, key)| dot(&query[of.clone()], &key[of.clone()]) * scale + bias(head, word))
            .collect();
        for (share, value) in shares(&scores).iter().zip(values.chunks_exact(INNER)) {
            add(&mut taken[of.clone()], &value[of.clone()], *share);
        }
    }
    taken
}

/// A layer of attention between words.
#[derive(Debug)]
pub(super) struct Layer {
    /// Queries, keys and values.
    pub asked: Linear,
    pub out: Linear,
    pub norm: Norm,
    /// `[head][FAR]`
    pub far: Vec<f32>,
    pub up: Linear,
    pub down: Linear,
    pub last: Norm,
}

impl Layer {
    pub fn rows(&self, x: &mut [f32]) {
        let parts = self.asked.rows(x);
        let part = |n: usize| -> Vec<f32> {
            let rows = parts.chunks_exact(3 * INNER);
            rows.flat_map(|row| &row[n * INNER..(n + 1) * INNER])
                .copied()
                .collect()
        };
        let (queries, keys, values) = (part(0), part(1), part(2));
        let mut taken = Vec::with_capacity(x.len());
        for (from, query) in queries.chunks_exact(INNER).enumerate() {
            let bias = |head: usize, to: usize| self.far[head * FAR + step(from, to)];
            taken.extend(attend(query, &keys, &values, bias));
        }
        add(x, &self.out.rows(&taken), 1.0);
        self.norm.rows(x);
        let mut wide = self.up.rows(x);
        relu(&mut wide);
        add(x, &self.down.rows(&wide), 1.0);
        self.last.rows(x);
    }
}

/// The mean of the rows that `of` names; zeros if it names none.
pub(super) fn mean(x: &[f32], of: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut sum = vec![0.0; INNER];
    let mut n = 0.0_f32;
    for (at, row) in x.chunks_exact(INNER).enumerate() {
        if of(at) {
            add(&mut sum, row, 1.0);
            n += 1.0;
        }
    }
    sum.iter_mut().for_each(|x| *x /= n.max(1.0));
    sum
}
