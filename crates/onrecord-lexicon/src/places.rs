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
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// `exact` or `area`.
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
            let degrees = |cell: &str, most: f64| {
                cell.parse::<f64>()
                    .ok()
                    .filter(|d| d.abs() <= most)
                    .ok_or_else(|| {
                        file.wrong(
                            line,
                            format!("`{cell}` is no number of degrees up to {most}"),
                        )
                    })
            };
            let entry = PlaceEntry {
                name: name.to_owned(),
                kind: kind.to_owned(),
                country: some(country),
                admin1: some(admin1),
                lat: degrees(lat, 90.0)?,
                lon: degrees(lon, 180.0)?,
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
