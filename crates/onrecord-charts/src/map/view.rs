//! The part of the world that is drawn, and how degrees become pixels.

/// A window on the world. Degrees of longitude are as wide as they are in its middle.
#[derive(Clone, Debug)]
pub(crate) struct View {
    west: f64,
    north: f64,
    /// Pixels a degree.
    across: f64,
    down: f64,
    pub width: f64,
    pub height: f64,
}

/// Kilometres a degree of latitude.
const DEGREE: f64 = 111.32;
/// The least that is shown from top to bottom, in degrees.
const LEAST: f64 = 3.0;

impl View {
    /// A window so wide that holds all points (degrees east and north) with room around them.
    pub(crate) fn around(points: &[[f64; 2]], width: f64) -> View {
        let least = |at: usize| points.iter().map(|p| p[at]).fold(f64::INFINITY, f64::min);
        let most = |at: usize| {
            points
                .iter()
                .map(|p| p[at])
                .fold(f64::NEG_INFINITY, f64::max)
        };
        let (west, east, south, north) = (least(0), most(0), least(1), most(1));
        let middle = (south + north) / 2.0;
        let squeeze = libm::cos(middle.clamp(-75.0, 75.0).to_radians()).max(0.25);
        let shape = 0.66;
        let tall = ((north - south) * 1.25).max(LEAST);
        let wide = ((east - west) * squeeze * 1.25).max(LEAST / shape);
        // Degrees of latitude from left to right.
        let wide = wide.max(tall / shape).min(360.0 * squeeze);
        let tall = (wide * shape).min(180.0);
        let scale = width / wide;
        let mid_lon = (west + east) / 2.0;
        let north = (middle + tall / 2.0).min(90.0).max(tall - 90.0);
        View {
            west: mid_lon - wide / squeeze / 2.0,
            north,
            across: scale * squeeze,
            down: scale,
            width,
            height: tall * scale,
        }
    }

    /// Where a point lies.
    pub(crate) fn at(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        [
            (lon - self.west) * self.across,
            (self.north - lat) * self.down,
        ]
    }

    /// What of a ring lies in the window (and a little beside it), in pixels; points that
    /// nobody could tell apart are left out. `turn` is added to degrees east.
    pub(crate) fn clip(&self, ring: &[[f64; 2]], turn: f64) -> Vec<[f64; 2]> {
        const BESIDE: f64 = 4.0;
        let moved = |[lon, lat]: &[f64; 2]| self.at([lon + turn, *lat]);
        let mut points: Vec<[f64; 2]> = ring.iter().map(moved).collect();
        let inside = |low: f64, high: f64, axis: usize, points: &[[f64; 2]]| {
            points.iter().any(|p| p[axis] > low) && points.iter().any(|p| p[axis] < high)
        };
        if !inside(-BESIDE, self.width + BESIDE, 0, &points)
            || !inside(-BESIDE, self.height + BESIDE, 1, &points)
        {
            return Vec::new();
        }
        for (axis, edge, sign) in [
            (0, -BESIDE, 1.0),
            (0, self.width + BESIDE, -1.0),
            (1, -BESIDE, 1.0),
            (1, self.height + BESIDE, -1.0),
        ] {
            points = cut(&points, axis, edge, sign);
        }
        let mut thin: Vec<[f64; 2]> = Vec::new();
        for point in points {
            let near = thin.last().is_some_and(|last| {
                (last[0] - point[0]).abs() < 0.4 && (last[1] - point[1]).abs() < 0.4
            });
            if !near {
                thin.push(point);
            }
        }
        if thin.len() < 3 { Vec::new() } else { thin }
    }

    /// A round number of kilometres that is about a fifth of the window, and its pixels.
    pub(crate) fn scale(&self) -> (u64, f64) {
        let km = DEGREE / self.down;
        let mut best = 1;
        for n in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] {
            if n as f64 / km <= self.width * 0.22 {
                best = n;
            }
        }
        (best, best as f64 / km)
    }
}

/// What of a polygon lies on one side of an edge (Sutherland and Hodgman's way).
fn cut(points: &[[f64; 2]], axis: usize, edge: f64, sign: f64) -> Vec<[f64; 2]> {
    let inside = |p: &[f64; 2]| (p[axis] - edge) * sign >= 0.0;
    let mut kept = Vec::with_capacity(points.len());
    let Some(mut before) = points.last() else {
        return kept;
    };
    for point in points {
        if inside(point) != inside(before) {
            let t = (edge - before[axis]) / (point[axis] - before[axis]);
            let mut crossing = [0.0; 2];
            crossing[axis] = edge;
            crossing[1 - axis] = before[1 - axis] + (point[1 - axis] - before[1 - axis]) * t;
            kept.push(crossing);
        }
        if inside(point) {
            kept.push(*point);
        }
        before = point;
    }
    kept
}

/// Area and middle of a ring; the area is without sign.
pub(crate) fn middle(ring: &[[f64; 2]]) -> (f64, [f64; 2]) {
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (n, a) in ring.iter().enumerate() {
        let b = ring[(n + 1) % ring.len()];
        let cross = a[0] * b[1] - b[0] * a[1];
        area += cross;
        x += (a[0] + b[0]) * cross;
        y += (a[1] + b[1]) * cross;
    }
    if area.abs() < 1e-9 {
        return (0.0, ring.first().copied().unwrap_or_default());
    }
    (area.abs() / 2.0, [x / (3.0 * area), y / (3.0 * area)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_inside() {
        for points in [
            vec![[10.0, 50.0]],
            vec![[-179.0, -89.0], [179.0, 89.0]],
            vec![[44.0, 33.0], [43.0, 36.5], [47.8, 30.5]],
        ] {
            let view = View::around(&points, 700.0);
            assert!(view.height > 100.0 && view.height < 1000.0);
            for point in points {
                let [x, y] = view.at(point);
                assert!(
                    (0.0..=700.0).contains(&x) && (0.0..=view.height).contains(&y),
                    "{x} {y}"
                );
            }
        }
    }

    #[test]
    fn a_square_is_cut_to_the_window() {
        let view = View::around(&[[10.0, 50.0]], 700.0);
        let whole = [[-40.0, 0.0], [60.0, 0.0], [60.0, 89.0], [-40.0, 89.0]];
        let (area, _) = middle(&view.clip(&whole, 0.0));
        assert!((area - 708.0 * (view.height + 8.0)).abs() < 1.0, "{area}");
        assert!(
            view.clip(&[[100.0, 0.0], [101.0, 0.0], [101.0, 1.0]], 0.0)
                .is_empty()
        );
    }
}
