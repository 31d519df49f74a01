//! `places/*.tsv`: the gazetteer.

use std::collections::HashMap;

use crate::{Actors, File, LexiconError};

/// All places, and the forms under which they are found.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// In order of files and lines.
    pub entries: Vec<PlaceEntry>,
    forms: HashMap<String, Vec<usize>>,
    starts: HashMap<String, usize>,
}

/// A line of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceEntry {
    /// Name.
    pub name: String,
    /// country, admin1, city, town, district, base, river, sea, region, crossing, site.
    pub kind: String,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Degrees north; both or neither are given.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// `exact`, `area`, or `unknown` where there are no coordinates.
    pub precision: String,
    /// Other spellings.
    pub also: Vec<String>,
}

const KINDS: [&str; 11] = [
    "country", "admin1", "city", "town", "district", "base", "river", "sea", "region", "crossing",
    "site",
];

impl Places {
    /// Indices of the places that a [key](crate::Actors::key) can mean, in order of the
    /// files.
    pub fn by_form(&self, key: &str) -> &[usize] {
        self.forms.get(key).map_or(&[], Vec::as_slice)
    }

    /// The greatest number of words in a form that begins with this word of a key, in lower
    /// case; 0 if none does.
    pub fn longest_from(&self, first: &str) -> usize {
        self.starts.get(first).copied().unwrap_or(0)
    }
}

pub(crate) fn read(files: &[&File]) -> Result<Places, LexiconError> {
    let mut places = Places::default();
    let some = |cell: &str| (!cell.is_empty() && cell != "-").then(|| cell.to_owned());
    for file in files {
        for (line, cells) in file.tsv(7, 8)? {
            let [name, kind, country, admin1, lat, lon, precision, also] = cells[..] else {
                continue; // tsv() gives eight cells
            };
            if !KINDS.contains(&kind) {
                return Err(file.wrong(
                    line,
                    format!("unknown kind `{kind}`; expected {}", KINDS.join(", ")),
                ));
            }
            let degrees = |cell: &str, most: f64| match cell {
                "-" | "" => Ok(None),
                cell => match cell.parse::<f64>() {
                    Ok(degrees) if degrees.abs() <= most => Ok(Some(degrees)),
                    _ => {
                        let message =
                            format!("`{cell}` is no number of degrees up to {most}, nor `-`");
                        Err(file.wrong(line, message))
                    }
                },
            };
            let (lat, lon) = (degrees(lat, 90.0)?, degrees(lon, 180.0)?);
            let fits = match (lat, lon) {
                (Some(_), Some(_)) => matches!(precision, "exact" | "area"),
                (None, None) => precision == "unknown",
                _ => false,
            };
            if !fits {
                return Err(file.wrong(
                    line,
                    "give lat and lon with precision `exact` or `area`, or `-` for both with \
                     precision `unknown`",
                ));
            }
            let entry = PlaceEntry {
                name: name.to_owned(),
                kind: kind.to_owned(),
                country: some(country),
                admin1: some(admin1),
                lat,
                lon,
                precision: precision.to_owned(),
                also: also
                    .split('|')
                    .map(str::trim)
                    .filter(|s| !s.is_empty() && *s != "-")
                    .map(str::to_owned)
                    .collect(),
            };
            let at = places.entries.len();
            for form in std::iter::once(&entry.name).chain(&entry.also) {
                let key = Actors::key(form);
                let first = key.split(' ').next().unwrap_or_default().to_lowercase();
                let most = places.starts.entry(first).or_default();
                *most = key.split(' ').count().max(*most);
                let list = places.forms.entry(key).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
            places.entries.push(entry);
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Result<Places, LexiconError> {
        let file = File {
            name: "places/a.tsv".to_owned(),
            path: "a.tsv".to_owned(),
            text: line.to_owned(),
        };
        read(&[&file])
    }

    #[test]
    fn coordinates_are_known_or_said_to_be_unknown() {
        let known = one("Tal\ttown\tXTL\t-\t1.50\t-2.25\texact\t-").expect("a place");
        assert_eq!(known.entries[0].lat, Some(1.5));
        let unknown = one("Tal\ttown\tXTL\t-\t-\t-\tunknown\t-").expect("a place");
        assert_eq!(unknown.entries[0].lat, None);
        for wrong in [
            "Tal\ttown\tXTL\t-\t-\t-\texact\t-",
            "Tal\ttown\tXTL\t-\t1.5\t-\tarea\t-",
            "Tal\ttown\tXTL\t-\t95\t10\texact\t-",
            "Tal\tvillage\tXTL\t-\t1.5\t10\texact\t-",
        ] {
            let error = one(wrong).expect_err(wrong).to_string();
            assert!(error.starts_with("a.tsv:1: "), "{error}");
        }
    }
}
