//! AVX2: products in pairs of 16 bits.

use std::arch::x86_64::*;

use super::{BLOCK, Matrix};

/// # Safety
/// The processor has the features named; `a` holds `row_scale.len()` rows of
/// `m.inputs` bytes, `to` as many rows of `m.width()` floats.
#[target_feature(enable = "avx2")]
pub unsafe fn times(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
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
