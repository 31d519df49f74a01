//! What shapes and colours mean, under a chart.

use crate::svg::{Svg, text_width};

/// Height of a line of the legend.
pub(crate) const LINE: f64 = 20.0;

/// An entry: draws its mark around a point, and says what it means.
pub(crate) struct Entry {
    /// Markup of the mark around (9, 0).
    pub mark: String,
    /// What it means.
    pub text: String,
}

/// Draws the entries in lines from `top` on and gives the height they took.
pub(crate) fn draw(svg: &mut Svg, entries: &[Entry], left: f64, right: f64, top: f64) -> f64 {
    let (mut x, mut y) = (left, top + LINE / 2.0);
    svg.raw("<g class=\"oc-legend\">");
    for entry in entries {
        let wide = 22.0 + text_width(&entry.text) + 16.0;
        if x > left && x + wide > right + 16.0 {
            x = left;
            y += LINE;
        }
        svg.raw(&format!(
            "<g transform=\"translate({} {})\">{}</g>",
            crate::svg::num(x),
            crate::svg::num(y),
            entry.mark
        ));
        svg.text(
            x + 22.0,
            y + 4.0,
            "class=\"oc-quiet\" fill=\"#59636e\"",
            &entry.text,
        );
        x += wide;
    }
    svg.raw("</g>");
    if entries.is_empty() {
        0.0
    } else {
        y + LINE / 2.0 - top
    }
}
