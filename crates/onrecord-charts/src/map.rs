//! Where it happened: points on the outlines of countries.

mod draw;
mod view;
mod world;

use crate::{Chart, Frame, Kind, Tag};

/// How exactly a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exactness {
    /// A town, a district, a site: a mark on the spot.
    Exact,
    /// The middle of a province or region: a wide ring around it, dashed, without a mark.
    Area,
}

impl Exactness {
    /// Reads the column `precision` of a place and its `kind`; `None` where it must not be
    /// drawn: no coordinates, or a whole country. A country is no spot, and a mark in its
    /// middle would say that something happened there.
    pub fn read(precision: &str, kind: &str) -> Option<Exactness> {
        match (precision, kind) {
            (_, "country") => None,
            ("exact", _) => Some(Exactness::Exact),
            ("area", _) => Some(Exactness::Area),
            _ => None,
        }
    }
}

/// Something at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How exactly the place is known.
    pub exactness: Exactness,
    /// Name of the place: points of one name at one spot are one mark for each kind.
    pub place: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it is told as having taken place, as in [`crate::Spot`].
    pub actual: bool,
    /// What it tells.
    pub tag: Tag,
}

/// Draws the points and the countries around them. Left out and told: points whose coordinates
/// are none. What has no place or only a country has no point: list it beside the map.
pub fn map(frame: &Frame, points: &[Point]) -> Chart {
    draw::draw(frame, points)
}
