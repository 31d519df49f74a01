//! `weights/places.bin`: the towns and divisions of the world, packed from GeoNames.
//!
//! Read where it lies in the binary: nothing is unpacked, a name is found by halving. What
//! the file holds and how it is made stands in `training/gazetteer.py`.

use std::sync::OnceLock;

use libm::exp2;

/// The file that the library carries.
static BUILT_IN: &[u8] = include_bytes!("../../../weights/places.bin");

const MAGIC: &[u8] = b"ONPLACE1";
const ENTRY: usize = 16;
const OTHER: usize = 0x80_0000;
const SHORT: usize = 0x40_0000;
const KINDS: [&str; 6] = ["country", "admin1", "city", "town", "district", "region"];

/// The packed gazetteer.
#[derive(Debug)]
pub struct Gazetteer {
    entries: &'static [u8],
    keys: usize,
    block: usize,
    starts: &'static [u8],
    blob: &'static [u8],
    names: &'static [u8],
    countries: Vec<&'static str>,
    admins: Vec<&'static str>,
    /// Words that begin keys of several words, in order, with the most words.
    longest: Vec<(&'static str, u8)>,
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct GazetteerPlace {
    /// Usual name.
    pub name: String,
    /// country, admin1, city, town, district (a second-level division) or region.
    pub kind: &'static str,
    /// ISO 3166 alpha-3.
    pub country: Option<&'static str>,
    /// First-level division.
    pub admin1: Option<&'static str>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How many people live there, roughly.
    pub people: f64,
    /// GeoNames number, where known.
    pub geonames: Option<i64>,
}

/// What a name can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GazetteerForm {
    /// Number of the place, for [`Gazetteer::place`].
    pub place: usize,
    /// The usual name, another, or a state shortened ("Mich.").
    pub kind: GazetteerFormKind,
}

/// How a place is called by a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GazetteerFormKind {
    /// The usual name.
    Usual,
    /// A shortened state, to be read after the name of a town only.
    Short,
    /// Another spelling or language.
    Other,
}

impl Gazetteer {
    /// The gazetteer in the binary; none if it is damaged.
    pub fn built_in() -> Option<&'static Gazetteer> {
        static READ: OnceLock<Option<Gazetteer>> = OnceLock::new();
        READ.get_or_init(|| Gazetteer::read(BUILT_IN)).as_ref()
    }

    fn read(file: &'static [u8]) -> Option<Gazetteer> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut take = |n: usize| -> Option<&'static [u8]> {
            let (part, after) = rest.split_at_checked(n)?;
            rest = after;
            Some(part)
        };
        let head = take(28)?;
        let [places, keys, block, starts, blob, names, words] =
            std::array::from_fn(|n| number(head, 4 * n, 4));
        let entries = take(places * ENTRY)?;
        let (starts, blob) = (take(starts)?, take(blob)?);
        let (names, mut words) = (take(names)?, take(words)?);
        let mut list = |counted: bool| -> Option<Vec<(&'static str, u8)>> {
            let mut list = Vec::new();
            loop {
                let (length, after) = words.split_first()?;
                words = after;
                if *length == 0xff {
                    return Some(list);
                }
                let (word, after) = words.split_at_checked(usize::from(*length))?;
                words = after;
                let mut count = 0;
                if counted {
                    (count, words) = words.split_first().map(|(n, after)| (*n, after))?;
                }
                list.push((std::str::from_utf8(word).ok()?, count));
            }
        };
        let only = |list: Vec<(&'static str, u8)>| list.into_iter().map(|(w, _)| w).collect();
        Some(Gazetteer {
            countries: only(list(false)?),
            admins: only(list(false)?),
            longest: list(true)?,
            entries,
            keys,
            block,
            starts,
            blob,
            names,
        })
    }

    /// What a [key](crate::Actors::key) in lower case can mean: usual names first, then the
    /// places with more people.
    pub fn by_form(&self, key: &str) -> Vec<GazetteerForm> {
        let key = key.as_bytes();
        // the last block that does not begin after the key
        let (mut from, mut to) = (0, self.starts.len() / 4);
        while to - from > 1 {
            let middle = from.midpoint(to);
            if self.first_of(middle) <= key {
                from = middle;
            } else {
                to = middle;
            }
        }
        let mut found = Vec::new();
        self.walk(from, |spelt, forms| {
            if spelt == key {
                found = forms.chunks_exact(3).map(form).collect();
            }
            spelt < key
        });
        found
    }

    /// The greatest number of words in a key that begins with this word; 1 if the word begins
    /// no longer one.
    pub fn longest_from(&self, first: &str) -> usize {
        self.longest
            .binary_search_by(|(word, _)| word.as_bytes().cmp(first.as_bytes()))
            .map_or(1, |at| usize::from(self.longest[at].1))
    }

    /// The place of this number.
    pub fn place(&self, at: usize) -> Option<GazetteerPlace> {
        let entry = self.entries.get(at * ENTRY..(at + 1) * ENTRY)?;
        let lat = i16::from_le_bytes([entry[4], entry[5]]);
        let some =
            |list: &[&'static str], n: usize| n.checked_sub(1).and_then(|n| list.get(n).copied());
        let geonames = number(entry, 0, 4);
        Some(GazetteerPlace {
            name: self.name(number(entry, 8, 3))?,
            kind: KINDS.get(usize::from(entry[15]))?,
            country: some(&self.countries, number(entry, 11, 1)),
            admin1: some(&self.admins, number(entry, 12, 2)),
            lat: f64::from(lat) / 100.0,
            lon: (number(entry, 6, 2) as f64 - 18000.0) / 100.0,
            people: exp2(f64::from(entry[14]) / 8.0) - 1.0,
            geonames: i64::try_from(geonames).ok().filter(|n| *n > 0),
        })
    }

    /// The country with this ISO 3166 alpha-3 code, for distances: its middle is no place at
    /// which anything happened.
    pub fn country(&self, code: &str) -> Option<GazetteerPlace> {
        let country = self.countries.iter().position(|c| *c == code)? + 1;
        let at = self
            .entries
            .chunks_exact(ENTRY)
            .position(|entry| entry[15] == 0 && number(entry, 11, 1) == country)?;
        self.place(at)
    }

    fn name(&self, at: usize) -> Option<String> {
        if at & OTHER != 0 {
            let (length, after) = self.names.get(at & !OTHER..)?.split_first()?;
            let name = std::str::from_utf8(after.get(..usize::from(*length))?).ok()?;
            return Some(name.to_owned());
        }
        if at >= self.keys {
            return None;
        }
        let mut left = at % self.block;
        let mut name = Vec::new();
        self.walk(at / self.block, |spelt, _| {
            if left == 0 {
                name = spelt.to_vec();
                return false;
            }
            left -= 1;
            true
        });
        let mut spelt = String::with_capacity(name.len());
        for word in std::str::from_utf8(&name).ok()?.split(' ') {
            if !spelt.is_empty() {
                spelt.push(' ');
            }
            let mut letters = word.chars();
            spelt.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            spelt.push_str(letters.as_str());
        }
        Some(spelt)
    }

    fn first_of(&self, block: usize) -> &[u8] {
        let at = number(self.starts, 4 * block, 4);
        let length = number(self.blob, at + 1, 1);
        self.blob.get(at + 2..at + 2 + length).unwrap_or_default()
    }

    /// Goes through the keys of a block while `go_on` says so, giving each with its forms.
    fn walk(&self, block: usize, mut go_on: impl FnMut(&[u8], &[u8]) -> bool) {
        let mut at = number(self.starts, 4 * block, 4);
        let mut key: Vec<u8> = Vec::new();
        for _ in 0..self.block.min(self.keys.saturating_sub(block * self.block)) {
            key.truncate(number(self.blob, at, 1));
            let length = number(self.blob, at + 1, 1);
            at += 2;
            key.extend(self.blob.get(at..at + length).unwrap_or_default());
            at += length;
            let forms = 3 * number(self.blob, at, 1);
            at += 1;
            if !go_on(&key, self.blob.get(at..at + forms).unwrap_or_default()) {
                return;
            }
            at += forms;
        }
    }
}

/// A number of so many bytes, little-endian; 0 past the end.
fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    let bytes = bytes.get(at..at + length).unwrap_or_default();
    let shifted = bytes.iter().rev();
    shifted.fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

fn form(bytes: &[u8]) -> GazetteerForm {
    let at = number(bytes, 0, 3);
    GazetteerForm {
        place: at & !(OTHER | SHORT),
        kind: if at & OTHER != 0 {
            GazetteerFormKind::Other
        } else if at & SHORT != 0 {
            GazetteerFormKind::Short
        } else {
            GazetteerFormKind::Usual
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Actors;

    fn of(name: &str) -> Vec<(GazetteerFormKind, GazetteerPlace)> {
        let gazetteer = Gazetteer::built_in().expect("the file is whole");
        let key = Actors::key(name).to_lowercase();
        let forms = gazetteer.by_form(&key).into_iter();
        forms
            .map(|f| (f.kind, gazetteer.place(f.place).expect("a place")))
            .collect()
    }

    #[test]
    fn a_name_gives_its_places_the_largest_first() {
        let found = of("Springfield");
        assert!(found.len() > 10);
        assert!(found.iter().all(|(_, p)| p.name.contains("Springfield")));
        let paris = of("Paris");
        assert_eq!(paris[0].1.country, Some("FRA"));
        assert!((paris[0].1.lat - 48.85).abs() < 0.1 && (paris[0].1.lon - 2.35).abs() < 0.1);
        assert!(paris.iter().any(|(_, p)| p.admin1 == Some("Texas")));
        let lake = of("Salt Lake City");
        assert_eq!(lake[0].1.name, "Salt Lake City");
        assert!((lake[0].1.lon + 111.9).abs() < 0.2);
        assert!(of("Xqzzt").is_empty() && of("").is_empty());
    }

    #[test]
    fn divisions_and_countries() {
        let (kind, michigan) = of("Mich.")
            .into_iter()
            .find(|(kind, _)| *kind == GazetteerFormKind::Short)
            .expect("a shortened state");
        assert_eq!(kind, GazetteerFormKind::Short);
        assert_eq!(
            (michigan.name.as_str(), michigan.kind),
            ("Michigan", "admin1")
        );
        let gazetteer = Gazetteer::built_in().expect("the file is whole");
        let country = gazetteer.country("IRQ").expect("a country");
        assert_eq!((country.name.as_str(), country.kind), ("Iraq", "country"));
        assert_eq!(gazetteer.country("XTL"), None);
        assert!(gazetteer.longest_from("salt") >= 3);
        assert_eq!(gazetteer.longest_from("xqzzt"), 1);
    }

    #[test]
    fn a_damaged_file_is_no_gazetteer() {
        assert!(Gazetteer::read(b"ONPLACE1").is_none());
        assert!(Gazetteer::read(&BUILT_IN[..BUILT_IN.len() / 2]).is_none());
    }
}
