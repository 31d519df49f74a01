//! The one hot loop: rows of bytes times a matrix of int8 weights.
//!
//! Sums of products of whole numbers are exact, so every path below gives the same numbers;
//! a test holds them against each other bit by bit.
//!
//! This module and [`on_best`](crate::on_best) are the only places of onrecord's crates with
//! `unsafe`: the vector instructions of a processor can only be reached that way from stable Rust,
//! and they make the network five times faster than what the compiler finds by itself. Each use
//! says why it is sound.
#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod avx_vnni;
mod isa;
mod portable;
#[cfg(test)]
mod tests;

pub use isa::Isa;

use crate::Bytes;

/// Columns in a block of packed weights.
pub const BLOCK: usize = 64;

/// A matrix of weights `[inputs, outputs]` in the order the kernels read it, with the scale
/// of each output and its bias.
pub struct Matrix {
    /// Inputs; a multiple of 4.
    pub inputs: usize,
    /// Outputs, without padding.
    pub outputs: usize,
    /// `[block][input / 4][column of the block][input % 4]`.
    packed: Vec<i8>,
    /// What each column's sum starts from: `-128 · Σ weights`, since activations are stored
    /// with 128 added.
    start: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// Packs `weights`, row-major `[outputs, inputs]`, each output's weights being
    /// `weight · scale`.
    pub fn pack(weights: &[i8], scale: &[f32], bias: &[f32]) -> Self {
        let outputs = scale.len();
        let inputs = weights.len() / outputs;
        assert!(inputs.is_multiple_of(4) && weights.len() == inputs * outputs);
        let blocks = outputs.div_ceil(BLOCK);
        let mut packed = vec![0; blocks * inputs * BLOCK];
        let mut start = vec![0; blocks * BLOCK];
        let mut padded_scale = vec![0.0; blocks * BLOCK];
        let mut padded_bias = vec![0.0; blocks * BLOCK];
        for (o, row) in weights.chunks_exact(inputs).enumerate() {
            let base = (o / BLOCK) * inputs * BLOCK + (o % BLOCK) * 4;
            for (k, four) in row.chunks_exact(4).enumerate() {
                packed[base + k * BLOCK * 4..][..4].copy_from_slice(four);
            }
            start[o] = -128 * row.iter().map(|w| i32::from(*w)).sum::<i32>();
            padded_scale[o] = scale[o];
            padded_bias[o] = bias[o];
        }
        Self {
            inputs,
            outputs,
            packed,
            start,
            scale: padded_scale,
            bias: padded_bias,
        }
    }

    /// Outputs with padding: the width of a row that [`times`] writes.
    pub fn width(&self) -> usize {
        self.start.len()
    }
}

/// Rows times matrix: `to[r][o] = Σ (a[r][i] - 128) · w[o][i] · row_scale[r] · scale[o] + bias[o]`.
///
/// `from` holds rows of `inputs` bytes, `to` is `[rows, matrix.width()]`.
#[inline(always)]
pub fn times(isa: Isa, matrix: &Matrix, from: &Bytes, to: &mut [f32]) {
    let (a, row_scale) = (&from.bytes, &from.scale);
    let rows = row_scale.len();
    assert!(a.len() >= rows * matrix.inputs && to.len() >= rows * matrix.width());
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Isa::detect` gave this value, so the processor has the instructions; the
        // lengths were checked above.
        Isa::Avx512Vnni => unsafe { avx512::times(matrix, a, row_scale, to) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Isa::AvxVnni => unsafe { avx_vnni::times(matrix, a, row_scale, to) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Isa::Avx2 => unsafe { avx2::times(matrix, a, row_scale, to) },
        _ => portable::times(matrix, a, row_scale, to),
    }
}
