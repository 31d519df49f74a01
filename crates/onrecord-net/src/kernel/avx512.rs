//! AVX-512 with VNNI: four products and their sum in one instruction, sixteen sums at a time.

use std::arch::x86_64::*;

use super::{BLOCK, Matrix};

/// # Safety
/// The processor has the features named; `a` holds `row_scale.len()` rows of
/// `m.inputs` bytes, `to` as many rows of `m.width()` floats.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
pub unsafe fn times(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
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
