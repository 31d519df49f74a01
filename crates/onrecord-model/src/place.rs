use libm::{acos, cos, sin};

use crate::{Id, PartialDate, Span};

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// From name, country and kind.
    pub id: Id,
    /// Name.
    pub name: String,
    /// country, admin1, city, town, district, base, river, sea, region, crossing, site.
    pub kind: String,
    /// ISO 3166 alpha-3 code, where it lies in one country.
    pub country: Option<String>,
    /// First-level division, by name.
    pub admin1: Option<String>,
    /// Degrees north, where they are known.
    pub lat: Option<f64>,
    /// Degrees east, where they are known.
    pub lon: Option<f64>,
    /// `exact` for a town or site, `area` for the middle of a region, `unknown` without
    /// coordinates.
    pub precision: String,
    /// GeoNames number, where the gazetteer gives one.
    pub geonames: Option<i64>,
}

/// Words that stand for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMention {
    /// Number of the sentence.
    pub sentence: usize,
    /// Where the words stand.
    pub span: Span,
    /// Which place.
    pub place: Id,
}

/// Words that stand for a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Number of the sentence.
    pub sentence: usize,
    /// Where the words stand.
    pub span: Span,
    /// The date they mean.
    pub date: PartialDate,
    /// What it was counted from: `text` where the expression says all, `article date`
    /// where it is relative to it, `copyright year` where only that is known, `date before`
    /// where it goes on from the date named before it, `date of saying` for "yesterday" in a
    /// quotation whose day is named.
    pub anchor: String,
}

/// Kilometres between two points in degrees north and east, on a sphere; the same bits on every
/// machine.
///
/// ```
/// let (paris, oslo) = ((48.86, 2.35), (59.91, 10.75));
/// assert_eq!(onrecord_model::kilometres(paris, oslo).round(), 1341.0);
/// ```
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let across = (b.1 - a.1).abs();
    let across = across.min(360.0 - across).to_radians();
    let (north, other) = (a.0.to_radians(), b.0.to_radians());
    let cosine = sin(north) * sin(other) + cos(north) * cos(other) * cos(across);
    6371.0 * acos(cosine.clamp(-1.0, 1.0))
}
