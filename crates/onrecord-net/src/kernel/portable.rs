//! Whatever the compiler makes of plain Rust.

use super::{BLOCK, Matrix};

/// Rows times matrix, as [`super::times`].
pub fn times(m: &Matrix, a: &[u8], row_scale: &[f32], to: &mut [f32]) {
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
