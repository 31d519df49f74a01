//! The float operations of the network, written so that every machine gives the same bits.
//!
//! Only additions, multiplications, fused multiply-adds where the code says `mul_add`,
//! divisions, square roots and comparisons, in a fixed order: IEEE 754 fixes their results
//! everywhere. Sums run in sixteen lanes that are added as a tree; the compiler fuses nothing
//! by itself, and no mathematics library is called but for `mul_add` on processors without it,
//! where it is slow and the same.

/// Floats that are added side by side.
pub const LANES: usize = 16;

/// `x` times the normal distribution's cumulative function: the error function by a
/// polynomial of degree 7 in `x²`, at most 0.0004 off (fitted by `training/gelu.py`).
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    const C: [f32; 8] = [
        0.398_673_4,
        -0.065_887_846,
        0.009_505_398,
        -0.001_006_490_2,
        7.485_501_6e-5,
        -3.657_13e-6,
        1.041_959_3e-7,
        -1.301_292_5e-9,
    ];
    let c = x.clamp(-4.0, 4.0);
    let u = c * c;
    let mut p = C[7];
    p = p.mul_add(u, C[6]);
    p = p.mul_add(u, C[5]);
    p = p.mul_add(u, C[4]);
    p = p.mul_add(u, C[3]);
    p = p.mul_add(u, C[2]);
    p = p.mul_add(u, C[1]);
    p = p.mul_add(u, C[0]);
    x * c.mul_add(p, 0.5)
}

/// `e` to the power of `x`, for `x` of at most 0; 0 below -87.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const MAGIC: f32 = 12_582_912.0; // 1.5 · 2^23: adding it rounds to a whole number
    let x = x.max(-87.0);
    let shifted = x.mul_add(std::f32::consts::LOG2_E, MAGIC);
    let n = shifted - MAGIC;
    let r = n.mul_add(2.121_944_4e-4, n.mul_add(-0.693_359_4, x));
    let mut p: f32 = 1.987_569_1e-4;
    p = p.mul_add(r, 1.398_2e-3);
    p = p.mul_add(r, 8.333_452e-3);
    p = p.mul_add(r, 4.166_579_6e-2);
    p = p.mul_add(r, 1.666_666_5e-1);
    p = p.mul_add(r, 5e-1);
    p = (p * r).mul_add(r, r) + 1.0;
    let power = (shifted.to_bits() << 23).wrapping_add(0x3f80_0000);
    p * f32::from_bits(power)
}

/// The sum of the lanes, as a tree.
#[inline(always)]
pub fn tree_sum(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// The sum of a slice whose length is a multiple of [`LANES`].
#[inline(always)]
pub fn sum(xs: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    for chunk in xs.as_chunks::<LANES>().0 {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += x;
        }
    }
    tree_sum(lanes)
}

/// The larger of two numbers that are no NaN.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// The largest of the lanes.
#[inline(always)]
fn tree_max(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = larger(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

/// The largest value of a slice whose length is a multiple of [`LANES`].
#[inline(always)]
pub fn max(xs: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in xs.as_chunks::<LANES>().0 {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = larger(*lane, *x);
        }
    }
    tree_max(lanes)
}

/// Where the highest score stands, after rounding to 1/1024 toward zero; the first of equals.
#[inline]
pub fn top(scores: &[f32]) -> usize {
    // one pass for the value, one for its place: the compiler makes vectors of the first
    let rounded = |x: &f32| (x * 1024.0) as i32;
    let most = scores.iter().map(rounded).max();
    let highest = |x: &f32| Some(rounded(x)) == most;
    scores.iter().position(highest).unwrap_or(0)
}

/// Layer normalisation in place: mean 0, variance 1, then `weight` and `bias`.
#[inline(always)]
pub fn normalise(x: &mut [f32], weight: &[f32], bias: &[f32]) {
    let n = x.len() as f32;
    let mean = sum(x) / n;
    let mut lanes = [0.0; LANES];
    for chunk in x.as_chunks::<LANES>().0 {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            let d = x - mean;
            *lane = d.mul_add(d, *lane);
        }
    }
    let scale = 1.0 / (tree_sum(lanes) / n + 1e-12).sqrt();
    for ((x, w), b) in x.iter_mut().zip(weight).zip(bias) {
        *x = ((*x - mean) * scale).mul_add(*w, *b);
    }
}

/// Rounds a row to bytes: `value ≈ (byte - 128) · scale`. Returns the scale.
#[inline(always)]
pub fn quantise(x: &[f32], to: &mut [u8]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    for chunk in x.as_chunks::<LANES>().0 {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = larger(*lane, x.abs());
        }
    }
    let top = tree_max(lanes);
    if top < 1e-30 {
        to.fill(128);
        return 0.0;
    }
    let inverse = 127.0 / top;
    for (to, x) in to.iter_mut().zip(x) {
        // rounds to the nearest whole number, ties to even; the low byte is value + 128
        *to = (x * inverse + (12_582_912.0 + 128.0)).to_bits() as u8;
    }
    top / 127.0
}

/// Adds `xs` times `by`.
#[inline(always)]
pub fn add_lanes<const N: usize>(sums: &mut [f32; N], xs: &[f32; N], by: f32) {
    for (sum, x) in sums.iter_mut().zip(xs) {
        *sum = x.mul_add(by, *sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_close() {
        for i in 0..8700 {
            let x = -(i as f32) / 100.0;
            let truth = f64::from(x).exp();
            assert!(
                (f64::from(exp(x)) - truth).abs() <= 2e-7 * truth.max(1e-30),
                "{x}"
            );
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e9) < 1e-37);
    }

    #[test]
    fn gelu_is_close_at_known_points() {
        for (x, y) in [
            (0.0, 0.0),
            (1.0, 0.841_344_7),
            (-1.0, -0.158_655_3),
            (3.0, 2.995_95),
        ] {
            assert!((gelu(x) - y).abs() < 1e-4, "{x}");
        }
        assert!((gelu(30.0) - 30.0).abs() < 2e-2);
        assert!(gelu(-30.0).abs() < 2e-2);
    }

    #[test]
    fn a_row_survives_rounding() {
        let row: Vec<f32> = (0..32).map(|i| (i as f32 - 15.5) / 7.0).collect();
        let mut bytes = vec![0; 32];
        let scale = quantise(&row, &mut bytes);
        for (x, b) in row.iter().zip(&bytes) {
            assert!((x - (f32::from(*b) - 128.0) * scale).abs() <= scale / 2.0 + 1e-6);
        }
        assert_eq!(quantise(&[0.0; 16], &mut bytes[..16]), 0.0);
    }
}
