//! Rows of floats rounded to bytes, as the kernels read them.

use super::math::{gelu, quantise};

/// Rows rounded to bytes.
#[derive(Default)]
pub struct Bytes {
    /// `[row][input]`, with 128 added.
    pub bytes: Vec<u8>,
    /// One a row: `value ≈ (byte - 128) · scale`.
    pub scale: Vec<f32>,
}

impl Bytes {
    /// Rounds rows of `width` floats.
    #[inline(always)]
    pub fn round(&mut self, x: &[f32], width: usize) {
        self.make_room(x.len());
        for (x, to) in x
            .chunks_exact(width)
            .zip(self.bytes.chunks_exact_mut(width))
        {
            self.scale.push(quantise(x, to));
        }
    }

    /// The same for rows that go through [`gelu`] first, row by row, so that each is still
    /// near when it is rounded.
    #[inline(always)]
    pub fn bend_and_round(&mut self, x: &mut [f32], width: usize) {
        self.make_room(x.len());
        for (x, to) in x
            .chunks_exact_mut(width)
            .zip(self.bytes.chunks_exact_mut(width))
        {
            for v in x.iter_mut() {
                *v = gelu(*v);
            }
            self.scale.push(quantise(x, to));
        }
    }

    #[inline(always)]
    fn make_room(&mut self, n: usize) {
        if self.bytes.len() < n {
            self.bytes.resize(n, 0);
        }
        self.scale.clear();
    }
}
