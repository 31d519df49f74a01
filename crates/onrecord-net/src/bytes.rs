//! Rows of floats rounded to bytes, as the kernels read them.

use crate::math::{gelu, quantise};

/// Rows rounded to bytes.
#[derive(Default)]
pub struct Bytes {
    /// `[row][input]`, with 128 added.
    pub bytes: Vec<u8>,
    /// One a row: `value ≈ (byte - 128) · scale`.
    pub scale: Vec<f32>,
}

impl Bytes {
    /// Makes room for rows of so many floats in all, and forgets those before.
    #[inline(always)]
    pub fn clear(&mut self, floats: usize) {
        if self.bytes.len() < floats {
            self.bytes.resize(floats, 0);
        }
        self.scale.clear();
    }

    /// Rounds one row, as wide as those before it.
    #[inline(always)]
    pub fn push(&mut self, row: &[f32]) {
        let at = self.scale.len() * row.len();
        let scale = quantise(row, &mut self.bytes[at..][..row.len()]);
        self.scale.push(scale);
    }

    /// Rounds rows of `width` floats.
    #[inline(always)]
    pub fn round(&mut self, x: &[f32], width: usize) {
        self.clear(x.len());
        for row in x.chunks_exact(width) {
            self.push(row);
        }
    }

    /// The same for rows that go through [`gelu`] first, row by row, so that each is still
    /// near when it is rounded.
    #[inline(always)]
    pub fn bend_and_round(&mut self, x: &mut [f32], width: usize) {
        self.clear(x.len());
        for row in x.chunks_exact_mut(width) {
            for v in row.iter_mut() {
                *v = gelu(*v);
            }
            self.push(row);
        }
    }
}
