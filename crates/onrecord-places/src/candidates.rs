//! What a name can mean: entries of the lexicon, then places of the packed gazetteer.

use libm::log10;
use onrecord_lexicon::{Actors, GazetteerFormKind, Lexicon, PlaceEntry};
use onrecord_model::{Id, Place, id_of, kilometres};

/// A place that a name can mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub name: String,
    pub kind: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    /// Degrees north and east; of a country its middle, for distances only.
    pub at: Option<(f64, f64)>,
    pub precision: String,
    pub geonames: Option<i64>,
    /// How likely it is meant before anything is read: about the logarithm of its people.
    pub prior: f64,
    /// Whether it is an entry of the lexicon.
    pub lexicon: bool,
}

/// No more than so many candidates a name: those with the most people.
const MOST: usize = 40;
/// What an entry of the lexicon has before the gazetteer's.
const LEXICON: f64 = 1.0;
/// What a country or a wide region has.
const WIDE: f64 = 10.0;
/// People, as a logarithm, of an entry of the lexicon that the gazetteer does not know.
const UNKNOWN: f64 = 5.0;
/// What a spelling loses that is not the usual name.
const OTHER: f64 = 1.5;
/// What a shortened state gains: "Kan." is hardly a town.
const SHORT: f64 = 3.0;
/// Kilometres within which two places of one name are one.
const SAME: f64 = 60.0;

/// The candidates of a name: the lexicon's entries in its order, then the gazetteer's places
/// that are none of these. `short` takes shortened states too.
pub fn of(lexicon: &Lexicon, key: &str, entries: &[usize], short: bool) -> Vec<Candidate> {
    let entries = match respelt(key) {
        Some(other) if entries.is_empty() => lexicon.places.by_form(&other),
        _ => entries,
    };
    let mut all: Vec<Candidate> = entries
        .iter()
        .map(|at| from_entry(&lexicon.places.entries[*at]))
        .collect();
    let own = all.len();
    let Some(gazetteer) = lexicon.gazetteer else {
        return all;
    };
    let forms = gazetteer.by_form(&key.to_lowercase());
    for form in forms {
        if form.kind == GazetteerFormKind::Short && !short || all.len() >= MOST + own {
            continue;
        }
        // other spellings of far places say little where the lexicon knows the name
        if form.kind == GazetteerFormKind::Other && own > 0 {
            continue;
        }
        let Some(place) = gazetteer.place(form.place) else {
            continue;
        };
        let at = (place.lat, place.lon);
        let people = log10(place.people + 1.0);
        let country = place.country.map(str::to_owned);
        let known = all[..own].iter_mut().find(|c| {
            c.country == country
                && (c.kind == place.kind
                    || is_town(&c.kind) == is_town(place.kind)
                        && c.at.is_some_and(|at_c| kilometres(at_c, at) < SAME))
        });
        if let Some(known) = known {
            if known.kind != "country" {
                known.prior = known.prior.max(people + LEXICON);
            }
            continue;
        }
        if own > 0
            && all[..own]
                .iter()
                .any(|c| c.country == country && !is_town(place.kind) && place.kind != "admin1")
        {
            continue;
        }
        all.push(Candidate {
            name: place.name,
            kind: place.kind.to_owned(),
            country,
            admin1: place.admin1.map(str::to_owned),
            at: Some(at),
            precision: if is_town(place.kind) { "exact" } else { "area" }.to_owned(),
            geonames: place.geonames,
            lexicon: false,
            prior: match form.kind {
                GazetteerFormKind::Usual if own > 0 && place.kind == "admin1" => people - 1.0,
                GazetteerFormKind::Usual => people,
                GazetteerFormKind::Other => people - OTHER,
                GazetteerFormKind::Short => people + SHORT,
            },
        });
    }
    all
}

/// "Al Velm" and "Velm Province" as the lexicon writes them: al-Velm, Velm province.
fn respelt(key: &str) -> Option<String> {
    let begins = key
        .get(..3)
        .filter(|begin| begin.eq_ignore_ascii_case("al "));
    if begins.is_some() {
        return Some(Actors::key(&format!("al-{}", &key[3..])));
    }
    let (name, kind) = key.rsplit_once(' ')?;
    Some(format!("{name} {}", kind.to_lowercase()))
}

fn from_entry(entry: &PlaceEntry) -> Candidate {
    let wide = matches!(entry.kind.as_str(), "country" | "region" | "sea" | "river");
    Candidate {
        name: entry.name.clone(),
        kind: entry.kind.clone(),
        country: entry.country.clone(),
        admin1: entry.admin1.clone(),
        at: entry.lat.zip(entry.lon),
        precision: entry.precision.clone(),
        geonames: None,
        prior: if wide { WIDE } else { UNKNOWN + LEXICON },
        lexicon: true,
    }
}

fn is_town(kind: &str) -> bool {
    !matches!(
        kind,
        "country" | "admin1" | "district" | "region" | "sea" | "river"
    )
}

impl Candidate {
    /// Whether this place lies in that country or division.
    pub fn is_in(&self, outer: &Candidate) -> bool {
        if outer.country != self.country || outer.country.is_none() {
            return false;
        }
        match outer.kind.as_str() {
            "country" => self.kind != "country",
            "admin1" => {
                self.kind != "country"
                    && self.kind != "admin1"
                    && (self.admin1.as_ref() == Some(&outer.name)
                        || self.admin1.as_deref().map(plain) == Some(plain(&outer.name)))
            }
            "district" | "region" => {
                is_town(&self.kind)
                    && matches!((self.at, outer.at), (Some(a), Some(b)) if kilometres(a, b) < 60.0)
            }
            _ => false,
        }
    }

    /// The row of the place. A country has no coordinates.
    pub fn place(&self) -> Place {
        let point = self.at.filter(|_| self.kind != "country");
        let precision = if point.is_some() {
            self.precision.as_str()
        } else {
            "unknown"
        };
        Place {
            id: self.id(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            country: self.country.clone(),
            admin1: self.admin1.clone(),
            lat: point.map(|(lat, _)| lat),
            lon: point.map(|(_, lon)| lon),
            precision: precision.to_owned(),
            geonames: self.geonames,
        }
    }

    fn id(&self) -> Id {
        let of = |cell: &Option<String>| cell.clone().unwrap_or_default();
        let (country, admin1) = (of(&self.country), of(&self.admin1));
        let number = self.geonames.map(|n| n.to_string());
        let mut parts = vec![self.name.as_str(), &country, &admin1, &self.kind];
        parts.extend(number.as_deref());
        id_of("pl", &parts)
    }
}

/// The first-level division's name without "Governorate", "Oblast".
fn plain(name: &str) -> String {
    let folded = onrecord_lexicon::fold(name).to_lowercase();
    let words = folded.split(' ');
    let words = words.filter(|w| {
        !matches!(
            *w,
            "governorate" | "province" | "oblast" | "region" | "al" | "state"
        )
    });
    words.collect::<Vec<_>>().join(" ")
}
