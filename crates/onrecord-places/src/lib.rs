//! Step: expressions to places.
//!
//! Names of the lexicon's places, and of the packed gazetteer's where the names head says that
//! they are places, that are not taken by an actor. A government named by its capital is an
//! actor already; what is left under that name is the place.

mod candidates;
mod choose;
mod find;
mod world;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Place, PlaceMention};

/// Finds the places an article names, in order, and the places themselves, each once in
/// order of first mention. No mention overlaps one of an actor.
///
/// Of several places of one name, the one is taken that fits the article best: the division
/// or country told with it, the other places, the countries spoken of, its people.
pub fn find(reading: &ArticleReading, lexicon: &Lexicon) -> (Vec<PlaceMention>, Vec<Place>) {
    let names = find::names(reading, lexicon);
    let chosen = choose::choose(reading, &names);
    let mut mentions = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for (name, candidate) in names.iter().zip(chosen).filter(|(n, _)| n.row) {
        let Some(candidate) = candidate else {
            continue;
        };
        let place = candidate.place();
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
