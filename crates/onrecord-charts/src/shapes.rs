//! The shapes of marks.

use crate::svg::num;

/// The outline of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Circle,
    Square,
    Diamond,
    Up,
    Down,
    Cross,
    Pentagon,
}

impl Shape {
    /// Markup of the shape around a point, `r` pixels from its middle; `paint` is markup of
    /// fill and stroke.
    pub(crate) fn draw(self, x: f64, y: f64, r: f64, paint: &str) -> String {
        let points = |offsets: &[(f64, f64)]| {
            let at: Vec<String> = offsets
                .iter()
                .map(|(dx, dy)| format!("{},{}", num(x + dx * r), num(y + dy * r)))
                .collect();
            format!("<polygon points=\"{}\" {paint}/>", at.join(" "))
        };
        match self {
            Shape::Circle => circle(x, y, r * 0.92, paint),
            Shape::Square => points(&[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]),
            Shape::Diamond => points(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)]),
            Shape::Up => points(&[(0.0, -1.15), (1.1, 0.8), (-1.1, 0.8)]),
            Shape::Down => points(&[(0.0, 1.15), (1.1, -0.8), (-1.1, -0.8)]),
            Shape::Pentagon => points(&[
                (0.0, -1.1),
                (1.05, -0.34),
                (0.65, 0.89),
                (-0.65, 0.89),
                (-1.05, -0.34),
            ]),
            Shape::Cross => points(&[
                (-1.05, -0.6),
                (-0.6, -1.05),
                (0.0, -0.45),
                (0.6, -1.05),
                (1.05, -0.6),
                (0.45, 0.0),
                (1.05, 0.6),
                (0.6, 1.05),
                (0.0, 0.45),
                (-0.6, 1.05),
                (-1.05, 0.6),
                (-0.45, 0.0),
            ]),
        }
    }
}

fn circle(x: f64, y: f64, r: f64, paint: &str) -> String {
    format!(
        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {paint}/>",
        num(x),
        num(y),
        num(r)
    )
}

/// A colour by role: a class that a style sheet sets, and what is drawn without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Colour {
    /// Class without `oc-`.
    pub class: &'static str,
    /// For a light page.
    pub light: &'static str,
}

impl Colour {
    /// Filled.
    pub(crate) fn full(self) -> String {
        format!(
            "class=\"oc-full oc-{0}\" fill=\"{1}\" stroke=\"{1}\" stroke-width=\"1.5\"",
            self.class, self.light
        )
    }

    /// Only an outline, on the colour of the page.
    pub(crate) fn hollow(self) -> String {
        format!(
            "class=\"oc-hollow oc-{}\" fill=\"#fff\" stroke=\"{}\" stroke-width=\"1.5\"",
            self.class, self.light
        )
    }

    /// A dashed outline.
    pub(crate) fn dashed(self) -> String {
        format!("{} stroke-dasharray=\"2 1.5\"", self.hollow())
    }

    /// A line.
    pub(crate) fn line(self, width: f64, dash: &str) -> String {
        let dash = match dash {
            "" => String::new(),
            dash => format!(" stroke-dasharray=\"{dash}\""),
        };
        format!(
            "class=\"oc-line oc-{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{dash}",
            self.class,
            self.light,
            num(width)
        )
    }
}

const fn colour(class: &'static str, light: &'static str) -> Colour {
    Colour { class, light }
}

pub(crate) const SUPPORT: Colour = colour("support", "#1a66a8");
pub(crate) const OPPOSE: Colour = colour("oppose", "#b8430e");
pub(crate) const MIXED: Colour = colour("mixed", "#6f4a99");
pub(crate) const SPEECH: Colour = colour("speech", "#59636e");
pub(crate) const VERBAL_COOPERATION: Colour = colour("verbal-cooperation", "#3d86c6");
pub(crate) const MATERIAL_COOPERATION: Colour = colour("material-cooperation", "#14598f");
pub(crate) const VERBAL_CONFLICT: Colour = colour("verbal-conflict", "#c26a14");
pub(crate) const MATERIAL_CONFLICT: Colour = colour("material-conflict", "#a32018");
pub(crate) const OTHER: Colour = colour("other", "#6b7580");
