//! Places and nations named in a sentence, by the gazetteer and the word lists.

use onrecord_lexicon::{Actors, Lexicon};

use crate::words::{Kind, Word};

/// The place whose name begins at word `at` (its name in the gazetteer) and where it ends:
/// the longest form known.
pub(crate) fn place_at(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<(String, usize)> {
    const LONGEST: usize = 4;
    if !words.get(at)?.is_capitalised() {
        return None;
    }

    for length in (1..=LONGEST).rev() {
        let Some(run) = words.get(at..at + length) else { continue };
        if run.iter().any(|w| w.kind != Kind::Word) {
            continue;
        }
        let form = run.iter().map(|w| w.cased.as_str()).collect::<Vec<_>>().join(" ");
        if let Some(place) = lexicon.places.by_form(&Actors::key(&form)).first() {
            return Some((lexicon.places.entries[*place].name.clone(), at + length));
        }
    }
    None
}

/// The country that a word names, or whose adjective or people it is: its ISO code.
pub(crate) fn country_of_word(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<String> {
    let word = words.get(at).filter(|w| w.is_capitalised())?;
    let lists = &lexicon.words;
    for list in [&lists.demonyms, &lists.peoples] {
        if let Some(code) = list.get(&word.cased) {
            return Some(code.clone());
        }
    }
    lexicon.places.by_form(&Actors::key(&word.cased)).iter().find_map(|place| {
        let place = &lexicon.places.entries[*place];
        (place.kind == "country").then(|| place.country.clone()).flatten()
    })
}
