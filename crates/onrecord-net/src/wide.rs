//! Loops over floats on the best instructions of this processor.

use crate::kernel::{self, Isa, Matrix};
use crate::{Bytes, math, on_best};

/// Sums that are kept in registers at a time.
const LANES: usize = 32;

on_best! {
    /// Adds rows of a table, `[by.len()][to.len()]`, each times its number in `by`, one after
    /// the other.
    ///
    /// ```
    /// let mut to = [1.0; 4];
    /// let table = [1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 30.0, 40.0];
    /// onrecord_net::add_rows(&mut to, &[1.0, 0.5], &table);
    /// assert_eq!(to, [7.0, 13.0, 19.0, 25.0]);
    /// ```
    pub fn add_rows(to: &mut [f32], by: &[f32], table: &[f32]) => add_rows_inner, on Isa::detect();
    /// Adds those rows of a table, each as wide as `to`, whose numbers are given. Rows that are
    /// not there add nothing.
    pub fn add_picked(to: &mut [f32], rows: &[u16], table: &[f32]) => add_picked_inner, on Isa::detect();
    /// Rounds rows, multiplies them by a matrix, and gives its outputs without padding.
    pub(crate) fn rows_times(x: &[f32], matrix: &Matrix) -> Vec<f32> => rows_times_inner, on Isa::detect();
    /// The shares of scores after they are raised and summed to 1, the same bits on every machine.
    pub fn shares(scores: &[f32]) -> Vec<f32> => shares_inner, on Isa::detect();
}

#[inline(always)]
fn add_rows_inner(to: &mut [f32], by: &[f32], table: &[f32]) {
    let width = to.len();
    for (n, to) in to.chunks_mut(LANES).enumerate() {
        let at = n * LANES;
        let rows = by.iter().zip(table.chunks_exact(width));
        if let Ok(sums) = <&mut [f32; LANES]>::try_from(&mut *to) {
            for (by, row) in rows {
                for (sum, x) in sums.iter_mut().zip(&row[at..at + LANES]) {
                    *sum += x * by;
                }
            }
        } else {
            for (by, row) in rows {
                for (sum, x) in to.iter_mut().zip(&row[at..]) {
                    *sum += x * by;
                }
            }
        }
    }
}

#[inline(always)]
fn add_picked_inner(to: &mut [f32], rows: &[u16], table: &[f32]) {
    let width = to.len();
    for row in rows {
        let at = usize::from(*row) * width;
        for (to, x) in to.iter_mut().zip(table.get(at..at + width).unwrap_or(&[])) {
            *to += x;
        }
    }
}

#[inline(always)]
fn rows_times_inner(x: &[f32], matrix: &Matrix) -> Vec<f32> {
    let mut bytes = Bytes::default();
    bytes.round(x, matrix.inputs);
    let rows = x.len() / matrix.inputs;
    let width = matrix.width();
    let mut wide = vec![0.0; rows * width];
    kernel::times(Isa::detect(), matrix, &bytes, &mut wide);
    // padding taken away in place
    for row in 1..rows {
        wide.copy_within(
            row * width..row * width + matrix.outputs,
            row * matrix.outputs,
        );
    }
    wide.truncate(rows * matrix.outputs);
    wide
}

#[inline(always)]
fn shares_inner(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut shares = scores.to_vec();
    for x in &mut shares {
        *x = math::exp(*x - top);
    }
    let total: f32 = shares.iter().sum();
    for x in &mut shares {
        *x /= total;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_loops_add_in_the_order_of_plain_ones() {
        for width in [1, 31, 32, 64, 160] {
            let noise = |n: usize, by: f32| -> Vec<f32> {
                (0..n)
                    .map(|i| ((i * 7919) % 101) as f32 * by - 0.3)
                    .collect()
            };
            let (by, table) = (noise(9, 0.37), noise(9 * width, 0.011));
            let mut sums = noise(width, 0.5);
            let mut plain = sums.clone();
            add_rows(&mut sums, &by, &table);
            add_picked(&mut sums, &[3, 0, 900], &table);
            for (by, row) in by.iter().zip(table.chunks_exact(width)) {
                plain.iter_mut().zip(row).for_each(|(to, x)| *to += x * by);
            }
            for row in [3, 0] {
                let row = &table[row * width..][..width];
                plain.iter_mut().zip(row).for_each(|(to, x)| *to += x);
            }
            assert_eq!(sums, plain, "{width}");
        }
    }
}
