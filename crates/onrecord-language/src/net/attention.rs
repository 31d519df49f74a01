//! Attention of a sentence's rows to each other, in floats.

use super::HEAD;
use onrecord_net::math::{LANES, add_lanes, exp, max, sum};

/// Queries that go together, so that keys and values are read once for all of them.
const QUERIES: usize = 4;

/// Room for the numbers on the way.
#[derive(Default)]
pub struct Attention {
    /// Keys of one head, turned, in blocks of rows.
    keys: Vec<[[f32; LANES]; HEAD]>,
    /// `[QUERIES][stride]`
    scores: Vec<f32>,
}

/// Attention of `n` rows. `qkv` is `[n][3 hidden]`, `context` `[n][hidden]`.
#[inline(always)]
pub fn attend(n: usize, hidden: usize, qkv: &[f32], context: &mut [f32], s: &mut Attention) {
    let row = 3 * hidden;
    let stride = n.next_multiple_of(LANES);
    s.keys.clear();
    s.keys.resize(stride / LANES, [[0.0; LANES]; HEAD]);
    s.scores.clear();
    s.scores.resize(QUERIES * stride, 0.0);
    for h in 0..hidden / HEAD {
        for j in 0..n {
            let block = &mut s.keys[j / LANES];
            for (turned, x) in block.iter_mut().zip(part(qkv, j * row + hidden + h * HEAD)) {
                turned[j % LANES] = *x;
            }
        }
        for first in (0..n).step_by(QUERIES) {
            // a last group that is too short takes its last query several times
            let mut at = [n - 1; QUERIES];
            let mut queries = [part(qkv, (n - 1) * row + h * HEAD); QUERIES];
            for q in 0..QUERIES.min(n - first) {
                at[q] = first + q;
                queries[q] = part(qkv, (first + q) * row + h * HEAD);
            }
            score(queries, &s.keys, &mut s.scores);
            // closures would be compiled without the instructions of their surroundings
            let mut totals = [0.0; QUERIES];
            for (q, total) in totals.iter_mut().enumerate() {
                *total = soften(&mut s.scores[q * stride..][..stride], n);
            }
            let sums = weigh(n, qkv, row, 2 * hidden + h * HEAD, &s.scores);
            for (q, i) in at.into_iter().enumerate() {
                let context = &mut context[i * hidden + h * HEAD..][..HEAD];
                for (c, sum) in context.iter_mut().zip(sums[q]) {
                    *c = sum / totals[q];
                }
            }
        }
    }
}

/// One head's part of a row.
#[inline(always)]
fn part(qkv: &[f32], at: usize) -> &[f32; HEAD] {
    match qkv[at..].first_chunk() {
        Some(part) => part,
        None => &[0.0; HEAD],
    }
}

/// Queries times keys: `scores` is `[QUERIES][keys]`.
#[inline(always)]
fn score(queries: [&[f32; HEAD]; QUERIES], keys: &[[[f32; LANES]; HEAD]], scores: &mut [f32]) {
    let root = 1.0 / (HEAD as f32).sqrt();
    let stride = keys.len() * LANES;
    for (block, keys) in keys.iter().enumerate() {
        let mut sums = [[0.0; LANES]; QUERIES];
        for (d, keys) in keys.iter().enumerate() {
            for (sums, query) in sums.iter_mut().zip(queries) {
                add_lanes(sums, keys, query[d]);
            }
        }
        for (q, sums) in sums.iter().enumerate() {
            let at = q * stride + block * LANES;
            if let Some(scores) = scores[at..].first_chunk_mut::<LANES>() {
                for (score, sum) in scores.iter_mut().zip(sums) {
                    *score = sum * root;
                }
            }
        }
    }
}

/// Scores to weights, not yet divided by their sum, which is returned.
#[inline(always)]
fn soften(scores: &mut [f32], n: usize) -> f32 {
    scores[n..].fill(-1e30);
    let top = max(scores);
    for x in scores.iter_mut() {
        *x = exp(*x - top);
    }
    scores[n..].fill(0.0);
    sum(scores)
}

/// Values, which begin at `at` in the first row, by their weights.
#[inline(always)]
fn weigh(n: usize, qkv: &[f32], row: usize, at: usize, weights: &[f32]) -> [[f32; HEAD]; QUERIES] {
    let stride = weights.len() / QUERIES;
    let mut sums = [[0.0; HEAD]; QUERIES];
    for j in 0..n {
        let value = part(qkv, j * row + at);
        for (q, sums) in sums.iter_mut().enumerate() {
            add_lanes(sums, value, weights[q * stride + j]);
        }
    }
    sums
}
