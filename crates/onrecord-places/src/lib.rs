//! Step: expressions to places.
//!
//! Names of the gazetteer that are not taken by an actor. A government named by its capital
//! is an actor already; what is left under that name is the place.

mod find;

use std::collections::BTreeMap;

use onrecord_lexicon::{Lexicon, PlaceEntry};
use onrecord_model::{ArticleReading, Id, Place, PlaceMention, id_of};

/// Finds the places an article names, in order, and the places themselves, each once in
/// order of first mention. No mention overlaps one of an actor.
///
/// Of several places of one name, one in a country that the article speaks of is taken,
/// else the first of the gazetteer.
pub fn find(reading: &ArticleReading, lexicon: &Lexicon) -> (Vec<PlaceMention>, Vec<Place>) {
    let names = find::names(reading, lexicon);
    let countries = countries(reading, lexicon, &names);
    let mut mentions = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for name in names {
        let Some(entry) = choose(lexicon, &name.entries, &countries) else {
            continue;
        };
        let place = place(entry);
        mentions.push(PlaceMention {
            sentence: name.sentence,
            span: name.span,
            place: place.id.clone(),
        });
        if places.iter().all(|p| p.id != place.id) {
            places.push(place);
        }
    }
    (mentions, places)
}

/// How often each country is spoken of: by names that mean one place, and by actors.
fn countries(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    names: &[find::Name],
) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let entries = &lexicon.places.entries;
    let certain = names.iter().filter_map(|name| match name.entries[..] {
        [only] => entries[only].country.clone(),
        _ => name
            .entries
            .iter()
            .map(|e| &entries[*e])
            .find(|e| e.kind == "country")?
            .country
            .clone(),
    });
    let actors = reading
        .actors
        .iter()
        .filter_map(|actor| actor.country.clone());
    for country in certain.chain(actors) {
        *counts.entry(country).or_default() += 1;
    }
    counts
}

fn choose<'a>(
    lexicon: &'a Lexicon,
    among: &[usize],
    countries: &BTreeMap<String, usize>,
) -> Option<&'a PlaceEntry> {
    let entries = &lexicon.places.entries;
    let spoken_of = |at: usize| {
        entries[at]
            .country
            .as_ref()
            .and_then(|c| countries.get(c))
            .copied()
            .unwrap_or(0)
    };
    // A country is meant before a town of its name; then the country spoken of most; then
    // the order of the file.
    let best = among.iter().copied().enumerate().max_by_key(|(n, at)| {
        (
            entries[*at].kind == "country",
            spoken_of(*at),
            std::cmp::Reverse(*n),
        )
    });
    best.map(|(_, at)| &entries[at])
}

fn place(entry: &PlaceEntry) -> Place {
    Place {
        id: place_id(entry),
        name: entry.name.clone(),
        kind: entry.kind.clone(),
        country: entry.country.clone(),
        admin1: entry.admin1.clone(),
        lat: entry.lat,
        lon: entry.lon,
        precision: entry.precision.clone(),
        geonames: None,
    }
}

fn place_id(entry: &PlaceEntry) -> Id {
    let of = |cell: &Option<String>| cell.clone().unwrap_or_default();
    id_of(
        "pl",
        &[
            &entry.name,
            &of(&entry.country),
            &of(&entry.admin1),
            &entry.kind,
        ],
    )
}
