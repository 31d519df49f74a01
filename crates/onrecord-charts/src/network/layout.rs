//! Where nodes lie: springs and pushes, in fixed steps from a fixed beginning.

/// A spring between two nodes, by their numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spring {
    pub a: usize,
    pub b: usize,
    /// From 1 up.
    pub pull: f64,
}

const STEPS: usize = 400;
/// The angle by which sunflowers turn from seed to seed.
const TURN: f64 = 2.399_963_229_728_653;

/// A place for each of `n` nodes, the middle of all at 0. Every sum is taken in the order of the
/// nodes and springs; sines are those of `libm`: the same bits everywhere.
pub(crate) fn places(n: usize, springs: &[Spring]) -> Vec<[f64; 2]> {
    let mut at: Vec<[f64; 2]> = (0..n)
        .map(|i| {
            let (r, turn) = ((i as f64 + 0.5).sqrt(), i as f64 * TURN);
            [r * libm::cos(turn), r * libm::sin(turn)]
        })
        .collect();
    let mut bound = vec![0.0_f64; n];
    for spring in springs {
        bound[spring.a] += 1.0;
        bound[spring.b] += 1.0;
    }
    let hottest = 0.25 * (n as f64).sqrt() + 0.2;
    for step in 0..STEPS {
        let mut push = vec![[0.0_f64; 2]; n];
        for i in 0..n {
            for j in i + 1..n {
                let (dx, dy) = (at[i][0] - at[j][0], at[i][1] - at[j][1]);
                let square = (dx * dx + dy * dy).max(1e-4);
                // Far nodes push less than by the rule, so that loose parts stay near.
                let force = 1.4 / square * (1.0 + 0.02 * square).recip();
                push[i][0] += dx * force;
                push[i][1] += dy * force;
                push[j][0] -= dx * force;
                push[j][1] -= dy * force;
            }
        }
        for Spring { a, b, pull } in springs {
            let (dx, dy) = (at[*a][0] - at[*b][0], at[*a][1] - at[*b][1]);
            let length = (dx * dx + dy * dy).sqrt();
            let force = 0.35 * length * pull / (1.0 + 0.15 * bound[*a].min(bound[*b]));
            push[*a][0] -= dx * force;
            push[*a][1] -= dy * force;
            push[*b][0] += dx * force;
            push[*b][1] += dy * force;
        }
        let heat = hottest * (1.0 - step as f64 / STEPS as f64) + 0.005;
        for (place, push) in at.iter_mut().zip(&push) {
            let [mut dx, mut dy] = *push;
            dx -= place[0] * 0.06;
            dy -= place[1] * 0.06;
            let length = (dx * dx + dy * dy).sqrt();
            let cut = if length > heat { heat / length } else { 1.0 };
            place[0] += dx * cut;
            place[1] += dy * cut;
        }
    }
    at
}

/// Moves places into a frame, and apart until no two are nearer than `apart` pixels (or the
/// frame has no more room).
pub(crate) fn fit(at: &mut [[f64; 2]], low: [f64; 2], high: [f64; 2], apart: f64) {
    for axis in 0..2 {
        let least = at.iter().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
        let most = at.iter().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max);
        let (room, middle) = (high[axis] - low[axis], (high[axis] + low[axis]) / 2.0);
        let scale = if most - least > 1e-9 {
            room / (most - least)
        } else {
            0.0
        };
        for place in at.iter_mut() {
            place[axis] = middle + (place[axis] - (least + most) / 2.0) * scale;
        }
    }
    for _ in 0..60 {
        let mut moved = false;
        for i in 0..at.len() {
            for j in i + 1..at.len() {
                let (mut dx, mut dy) = (at[i][0] - at[j][0], at[i][1] - at[j][1]);
                let mut length = (dx * dx + dy * dy).sqrt();
                if length >= apart {
                    continue;
                }
                if length < 1e-6 {
                    (dx, dy, length) = (1.0, 0.0, 1.0);
                }
                let step = (apart - length.min(apart)).max(0.5) / 2.0 / length;
                for (place, sign) in [(i, 1.0), (j, -1.0)] {
                    at[place][0] = (at[place][0] + sign * dx * step).clamp(low[0], high[0]);
                    at[place][1] = (at[place][1] + sign * dy * step).clamp(low[1], high[1]);
                }
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_nodes_lie_nearer_than_others() {
        let springs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)];
        let springs = springs.map(|(a, b)| Spring { a, b, pull: 1.0 });
        let at = places(6, &springs);
        let far = |a: usize, b: usize| {
            let (dx, dy) = (at[a][0] - at[b][0], at[a][1] - at[b][1]);
            (dx * dx + dy * dy).sqrt()
        };
        assert!(far(0, 1) < far(0, 4) && far(3, 5) < far(1, 3), "{at:?}");
    }

    #[test]
    fn nodes_are_moved_apart_inside_the_frame() {
        let mut at = vec![[0.0, 0.0]; 12];
        fit(&mut at, [10.0, 10.0], [400.0, 300.0], 20.0);
        for (i, a) in at.iter().enumerate() {
            assert!((10.0..=400.0).contains(&a[0]) && (10.0..=300.0).contains(&a[1]));
            for b in &at[..i] {
                let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
                assert!((dx * dx + dy * dy).sqrt() > 8.0, "{a:?} {b:?}");
            }
        }
    }
}
