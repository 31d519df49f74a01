//! VNNI on registers of 256 bits: four products and their sum in one instruction, eight sums at
//! a time.

use std::arch::x86_64::*;

use super::{BLOCK, Matrix};

/// Columns of a tile.
const COLUMNS: usize = 32;

/// # Safety
/// The processor has the features named; `a` holds `row_scale.len()` rows of
/// `m.inputs` bytes, `to` as many rows of `m.width()` floats.
#[target_feature(enable = "avx2,avxvnni")]
pub unsafe fn times(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
    let rows = row_scale.len();
    for first in (0..m.width()).step_by(COLUMNS) {
        let mut r = 0;
        while r < rows {
            let left = rows - r;
            // SAFETY: rows r to r + R stand in `a`, `row_scale` and `to`.
            unsafe {
                match left {
                    3.. => tile::<3>(m, first, r, a, row_scale, to),
                    2 => tile::<2>(m, first, r, a, row_scale, to),
                    _ => tile::<1>(m, first, r, a, row_scale, to),
                }
            }
            r += left.min(3);
        }
    }
}

/// R rows by 32 columns.
#[target_feature(enable = "avx2,avxvnni")]
unsafe fn tile<const R: usize>(
    m: &Matrix,
    first: usize,
    r: usize,
    a: &[u8],
    row_scale: &[f32],
    to: &mut [f32],
) {
    let (block, within) = (first / BLOCK, first % BLOCK);
    // SAFETY: the columns lie in one block of the packed weights, and the caller vouches for R
    // rows from `r` on.
    unsafe {
        let start = m.start.as_ptr().add(first).cast::<__m256i>();
        let mut sums = [[_mm256_setzero_si256(); 4]; R];
        for sums in &mut sums {
            for (c, sum) in sums.iter_mut().enumerate() {
                *sum = _mm256_loadu_si256(start.add(c));
            }
        }
        let mut weights = m.packed.as_ptr().add(block * BLOCK * m.inputs + within * 4);
        let rows = a.as_ptr().add(r * m.inputs);
        for k in 0..m.inputs / 4 {
            let mut fours = [_mm256_setzero_si256(); R];
            for (row, four) in fours.iter_mut().enumerate() {
                let at = rows.add(row * m.inputs + k * 4).cast::<i32>();
                *four = _mm256_set1_epi32(at.read_unaligned());
            }
            for c in 0..4 {
                let w = _mm256_loadu_si256(weights.cast::<__m256i>().add(c));
                for (sums, four) in sums.iter_mut().zip(fours) {
                    sums[c] = _mm256_dpbusd_avx_epi32(sums[c], four, w);
                }
            }
            weights = weights.add(BLOCK * 4);
        }
        let scale = m.scale.as_ptr().add(first);
        let bias = m.bias.as_ptr().add(first);
        for (row, sums) in sums.iter().enumerate() {
            let by = _mm256_set1_ps(row_scale[r + row]);
            let out = to.as_mut_ptr().add((r + row) * m.width() + first);
            for (c, sum) in sums.iter().enumerate() {
                let x = _mm256_mul_ps(_mm256_cvtepi32_ps(*sum), by);
                let x = _mm256_mul_ps(x, _mm256_loadu_ps(scale.add(c * 8)));
                let x = _mm256_add_ps(x, _mm256_loadu_ps(bias.add(c * 8)));
                _mm256_storeu_ps(out.add(c * 8), x);
            }
        }
    }
}
