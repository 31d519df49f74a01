//! Where labels go: beside their marks, and not over one another where that can be had.

/// A rectangle: left, top, right, bottom.
pub(crate) type Box4 = [f64; 4];

/// A mark with a label to place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub x: f64,
    pub y: f64,
    /// Half the width of the mark.
    pub r: f64,
    /// Width of the text.
    pub width: f64,
}

/// Where a label is written: the point of its anchor on the line of writing, and the anchor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Placed {
    pub x: f64,
    pub y: f64,
    pub anchor: &'static str,
    /// What it covers.
    pub area: Box4,
    /// How much of it lies over other things, in square pixels.
    pub overlap: f64,
}

const HEIGHT: f64 = 14.0;

/// Places the labels one after another, each where it covers least of the marks, of the labels
/// before it and of what lies outside the frame.
pub(crate) fn place(wanted: &[Wanted], frame: Box4) -> Vec<Placed> {
    let mut taken: Vec<Box4> = wanted
        .iter()
        .map(|w| [w.x - w.r, w.y - w.r, w.x + w.r, w.y + w.r])
        .collect();
    let mut placed = Vec::with_capacity(wanted.len());
    for (own, w) in wanted.iter().enumerate() {
        let gap = w.r + 4.0;
        let spots = [
            (w.x + gap, w.y + 4.0, "start"),
            (w.x - gap, w.y + 4.0, "end"),
            (w.x, w.y + gap + 9.0, "middle"),
            (w.x, w.y - gap - 1.0, "middle"),
            (w.x + gap * 0.75, w.y + gap + 5.0, "start"),
            (w.x + gap * 0.75, w.y - gap + 3.0, "start"),
            (w.x - gap * 0.75, w.y + gap + 5.0, "end"),
            (w.x - gap * 0.75, w.y - gap + 3.0, "end"),
        ];
        let mut best: Option<(f64, Placed)> = None;
        for (n, (x, y, anchor)) in spots.into_iter().enumerate() {
            let left = match anchor {
                "start" => x,
                "end" => x - w.width,
                _ => x - w.width / 2.0,
            };
            let area = [left, y - HEIGHT + 3.0, left + w.width, y + 3.0];
            let others = taken.iter().enumerate().filter(|(at, _)| *at != own);
            let overlap: f64 = others.map(|(_, other)| shared(area, *other)).sum();
            let inside = shared(area, frame);
            let outside = w.width * HEIGHT - inside;
            let cost = overlap + outside * 4.0 + n as f64 * 2.0;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                let spot = Placed {
                    x,
                    y,
                    anchor,
                    area,
                    overlap: overlap + outside,
                };
                best = Some((cost, spot));
            }
        }
        if let Some((_, spot)) = best {
            placed.push(spot);
            taken.push(spot.area);
        }
    }
    placed
}

/// The area that two rectangles share.
pub(crate) fn shared(a: Box4, b: Box4) -> f64 {
    let w = (a[2].min(b[2]) - a[0].max(b[0])).max(0.0);
    let h = (a[3].min(b[3]) - a[1].max(b[1])).max(0.0);
    w * h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_marks_have_labels_apart() {
        let wanted = [(100.0, 100.0), (112.0, 104.0), (106.0, 90.0)].map(|(x, y)| Wanted {
            x,
            y,
            r: 5.0,
            width: 60.0,
        });
        let placed = place(&wanted, [0.0, 0.0, 300.0, 200.0]);
        assert!(placed.iter().all(|p| p.overlap < 1.0), "{placed:?}");
    }
}
