//! The one hot loop: rows of bytes times a matrix of int8 weights.
//!
//! Sums of products of whole numbers are exact, so every path below gives the same numbers;
//! a test holds them against each other bit by bit.
//!
//! This module and the dispatch over it in `onrecord-language` are the only ones of onrecord with
//! `unsafe`: the vector instructions of a processor can only be reached that way from stable Rust,
//! and they make the network five times faster than what the compiler finds by itself. Each use
//! says why it is sound.
#![allow(unsafe_code)]

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

/// The vector instructions a kernel may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// AVX-512 with VNNI: four products and their sum in one instruction.
    Avx512Vnni,
    /// AVX2: products in pairs of 16 bits.
    Avx2,
    /// Whatever the compiler makes of plain Rust.
    Portable,
}

impl Isa {
    /// The best this processor has.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let avx512 = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("fma")
                && is_x86_feature_detected!("avx512vnni");
            if avx512 {
                return Self::Avx512Vnni;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Self::Avx2;
            }
        }
        Self::Portable
    }

    /// All that this processor can run, the best first.
    pub fn available() -> Vec<Self> {
        let best = Self::detect();
        [Self::Avx512Vnni, Self::Avx2, Self::Portable]
            .into_iter()
            .skip_while(|isa| *isa != best)
            .collect()
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
        Isa::Avx512Vnni => unsafe { x86::times_avx512(matrix, a, row_scale, to) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Isa::Avx2 => unsafe { x86::times_avx2(matrix, a, row_scale, to) },
        _ => times_portable(matrix, a, row_scale, to),
    }
}

fn times_portable(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
    let width = m.width();
    for (r, scale) in row_scale.iter().enumerate() {
        let a = &a[r * m.inputs..(r + 1) * m.inputs];
        for block in 0..width / BLOCK {
            let at = block * BLOCK;
            let mut sums = [0_i32; BLOCK];
            sums.copy_from_slice(&m.start[at..at + BLOCK]);
            let packed = &m.packed[at * m.inputs..(at + BLOCK) * m.inputs];
            for (four, weights) in a.chunks_exact(4).zip(packed.chunks_exact(4 * BLOCK)) {
                let [a0, a1, a2, a3] = [four[0], four[1], four[2], four[3]].map(i32::from);
                for (sum, w) in sums.iter_mut().zip(weights.chunks_exact(4)) {
                    *sum += a0 * i32::from(w[0])
                        + a1 * i32::from(w[1])
                        + a2 * i32::from(w[2])
                        + a3 * i32::from(w[3]);
                }
            }
            let to = &mut to[r * width + at..][..BLOCK];
            for c in 0..BLOCK {
                to[c] = sums[c] as f32 * *scale * m.scale[at + c] + m.bias[at + c];
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{BLOCK, Matrix};

    /// # Safety
    /// The processor has the features named; `a` holds `row_scale.len()` rows of
    /// `m.inputs` bytes, `to` as many rows of `m.width()` floats.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub unsafe fn times_avx512(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
        let rows = row_scale.len();
        for block in 0..m.width() / BLOCK {
            let mut r = 0;
            while r < rows {
                let left = rows - r;
                // SAFETY: rows r to r + R stand in `a`, `row_scale` and `to`.
                unsafe {
                    match left {
                        6.. => tile::<6>(m, block, r, a, row_scale, to),
                        5 => tile::<5>(m, block, r, a, row_scale, to),
                        4 => tile::<4>(m, block, r, a, row_scale, to),
                        3 => tile::<3>(m, block, r, a, row_scale, to),
                        2 => tile::<2>(m, block, r, a, row_scale, to),
                        _ => tile::<1>(m, block, r, a, row_scale, to),
                    }
                }
                r += left.min(6);
            }
        }
    }

    /// R rows by one block of 64 columns.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    unsafe fn tile<const R: usize>(
        m: &Matrix,
        block: usize,
        r: usize,
        a: &[u8],
        row_scale: &[f32],
        to: &mut [f32],
    ) {
        // SAFETY: `packed`, `start`, `scale` and `bias` hold whole blocks of 64 columns, and
        // the caller vouches for R rows from `r` on.
        unsafe {
            let start = m.start.as_ptr().add(block * BLOCK).cast::<__m512i>();
            let mut sums = [[_mm512_setzero_si512(); 4]; R];
            for sums in &mut sums {
                for (c, sum) in sums.iter_mut().enumerate() {
                    *sum = _mm512_loadu_si512(start.add(c));
                }
            }
            let mut weights = m.packed.as_ptr().add(block * BLOCK * m.inputs);
            let rows = a.as_ptr().add(r * m.inputs);
            for k in 0..m.inputs / 4 {
                let w = weights.cast::<__m512i>();
                let w = [
                    _mm512_loadu_si512(w),
                    _mm512_loadu_si512(w.add(1)),
                    _mm512_loadu_si512(w.add(2)),
                    _mm512_loadu_si512(w.add(3)),
                ];
                weights = weights.add(BLOCK * 4);
                for (row, sums) in sums.iter_mut().enumerate() {
                    let four = rows.add(row * m.inputs + k * 4).cast::<i32>();
                    let four = _mm512_set1_epi32(four.read_unaligned());
                    for (sum, w) in sums.iter_mut().zip(w) {
                        *sum = _mm512_dpbusd_epi32(*sum, four, w);
                    }
                }
            }
            let scale = m.scale.as_ptr().add(block * BLOCK);
            let bias = m.bias.as_ptr().add(block * BLOCK);
            for (row, sums) in sums.iter().enumerate() {
                let by = _mm512_set1_ps(row_scale[r + row]);
                let out = to.as_mut_ptr().add((r + row) * m.width() + block * BLOCK);
                for (c, sum) in sums.iter().enumerate() {
                    let x = _mm512_mul_ps(_mm512_cvtepi32_ps(*sum), by);
                    let x = _mm512_mul_ps(x, _mm512_loadu_ps(scale.add(c * 16)));
                    let x = _mm512_add_ps(x, _mm512_loadu_ps(bias.add(c * 16)));
                    _mm512_storeu_ps(out.add(c * 16), x);
                }
            }
        }
    }

    /// # Safety
    /// As for [`times_avx512`], with AVX2.
    #[target_feature(enable = "avx2")]
    pub unsafe fn times_avx2(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
        let rows = row_scale.len();
        for eighth in 0..m.width() / 8 {
            let mut r = 0;
            while r < rows {
                let left = rows - r;
                // SAFETY: rows r to r + R stand in `a`, `row_scale` and `to`.
                unsafe {
                    match left {
                        4.. => half::<4>(m, eighth, r, a, row_scale, to),
                        3 => half::<3>(m, eighth, r, a, row_scale, to),
                        2 => half::<2>(m, eighth, r, a, row_scale, to),
                        _ => half::<1>(m, eighth, r, a, row_scale, to),
                    }
                }
                r += left.min(4);
            }
        }
    }

    /// R rows by eight columns.
    #[target_feature(enable = "avx2")]
    unsafe fn half<const R: usize>(
        m: &Matrix,
        eighth: usize,
        r: usize,
        a: &[u8],
        row_scale: &[f32],
        to: &mut [f32],
    ) {
        let (block, within) = (eighth * 8 / BLOCK, eighth * 8 % BLOCK);
        // SAFETY: the eight columns lie in one block of the packed weights, and the caller
        // vouches for R rows from `r` on.
        unsafe {
            let mut sums = [[_mm256_setzero_si256(); 2]; R];
            let mut weights = m.packed.as_ptr().add(block * BLOCK * m.inputs + within * 4);
            let rows = a.as_ptr().add(r * m.inputs);
            for k in 0..m.inputs / 4 {
                let low = _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.cast()));
                let high = _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.add(16).cast()));
                weights = weights.add(BLOCK * 4);
                for (row, sums) in sums.iter_mut().enumerate() {
                    let four = rows.add(row * m.inputs + k * 4).cast::<i32>();
                    let four = _mm_cvtepu8_epi16(_mm_cvtsi32_si128(four.read_unaligned()));
                    let four = _mm256_broadcastq_epi64(four);
                    sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(four, low));
                    sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(four, high));
                }
            }
            let at = block * BLOCK + within;
            let start = _mm256_loadu_si256(m.start.as_ptr().add(at).cast());
            let scale = _mm256_loadu_ps(m.scale.as_ptr().add(at));
            let bias = _mm256_loadu_ps(m.bias.as_ptr().add(at));
            for (row, sums) in sums.iter().enumerate() {
                // each column holds two halves of its sum, side by side
                let pairs = _mm256_hadd_epi32(sums[0], sums[1]);
                let order = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                let total = _mm256_add_epi32(order, start);
                let by = _mm256_set1_ps(row_scale[r + row]);
                let x = _mm256_mul_ps(_mm256_cvtepi32_ps(total), by);
                let x = _mm256_add_ps(_mm256_mul_ps(x, scale), bias);
                _mm256_storeu_ps(to.as_mut_ptr().add((r + row) * m.width() + at), x);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like nothing, always the same.
    fn noise(n: usize, mut seed: u64) -> Vec<u8> {
        (0..n)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (seed >> 56) as u8
            })
            .collect()
    }

    #[test]
    fn every_path_gives_the_same_bits() {
        for (inputs, outputs) in [(384, 1152), (1536, 384), (256, 65), (4, 1)] {
            let weights: Vec<i8> = noise(inputs * outputs, 3)
                .iter()
                .map(|b| *b as i8)
                .collect();
            let scale: Vec<f32> = noise(outputs, 5)
                .iter()
                .map(|b| f32::from(*b) / 9e3)
                .collect();
            let bias: Vec<f32> = noise(outputs, 7)
                .iter()
                .map(|b| f32::from(*b) - 99.0)
                .collect();
            let matrix = Matrix::pack(&weights, &scale, &bias);
            for rows in [1, 2, 5, 6, 7, 13] {
                let from = Bytes {
                    bytes: noise(rows * inputs, 11),
                    scale: noise(rows, 13)
                        .iter()
                        .map(|b| f32::from(*b) / 777.0)
                        .collect(),
                };
                let results: Vec<Vec<u32>> = Isa::available()
                    .into_iter()
                    .map(|isa| {
                        let mut to = vec![0.0; rows * matrix.width()];
                        times(isa, &matrix, &from, &mut to);
                        to.iter().map(|x| x.to_bits()).collect()
                    })
                    .collect();
                for other in &results {
                    assert!(*other == results[0], "{inputs} x {outputs}, {rows} rows");
                }
                let plain: i32 = (0..inputs)
                    .map(|i| (i32::from(from.bytes[i]) - 128) * i32::from(weights[i]))
                    .sum();
                let expected = plain as f32 * from.scale[0] * scale[0] + bias[0];
                assert_eq!(f32::from_bits(results[0][0]), expected);
            }
        }
    }
}
