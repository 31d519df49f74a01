//! Places and nations named in a sentence, by the gazetteer and the word lists.

use onrecord_lexicon::{Actors, Lexicon};
use onrecord_model::{Weekday, printed_dates};

use crate::words::{Kind, Word};

/// The place whose name begins at word `at` and where it ends: the longest form that the
/// gazetteer knows, under the gazetteer's name; else the capitalised words themselves, unless
/// they are a date.
pub(crate) fn place_at(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<(String, usize)> {
    const LONGEST: usize = 4;
    if !words.get(at)?.is_capitalised() {
        return None;
    }

    for length in (1..=LONGEST).rev() {
        let Some(run) = words.get(at..at + length) else {
            continue;
        };
        if run.iter().any(|w| w.kind != Kind::Word) {
            continue;
        }
        let form = run
            .iter()
            .map(|w| w.cased.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        if let Some(place) = lexicon.places.by_form(&Actors::key(&form)).first() {
            return Some((lexicon.places.entries[*place].name.clone(), at + length));
        }
    }
    let run: Vec<&str> = words[at..]
        .iter()
        .take(LONGEST)
        .take_while(|w| w.is_capitalised())
        .map(|w| w.cased.as_str())
        .collect();
    let dated = run
        .iter()
        .any(|w| Weekday::read(w).is_some() || is_month(w));
    (!dated).then(|| (run.join(" "), at + run.len()))
}

fn is_month(word: &str) -> bool {
    !printed_dates(&format!("1 {word} 2000"), None).is_empty()
}

/// The nation of "French soldiers": the ISO code where the word lists know it, else the word.
pub(crate) fn nation_of_word(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<String> {
    let word = words.get(at).filter(|w| w.is_capitalised())?;
    Some(country_of_word(words, at, lexicon).unwrap_or_else(|| word.cased.clone()))
}

/// The country that the words from `at` on name, or whose adjective or people they are, by its
/// ISO code, and where they end: the longest form of up to four words.
pub(crate) fn country_at(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<(String, usize)> {
    const LONGEST: usize = 4;
    let first = words.get(at).filter(|w| w.is_capitalised())?;
    let most = lexicon.places.longest_from(&first.lower).clamp(2, LONGEST);
    (1..=most).rev().find_map(|length| {
        let run = words.get(at..at + length)?;
        if run.iter().any(|w| w.kind != Kind::Word) {
            return None;
        }
        let form: Vec<&str> = run.iter().map(|w| w.cased.as_str()).collect();
        Some((country_of_form(&form.join(" "), lexicon)?, at + length))
    })
}

/// The English name of a country by its ISO code.
pub(crate) fn country_name<'a>(code: &str, lexicon: &'a Lexicon) -> Option<&'a str> {
    let entries = &mut lexicon.places.entries.iter();
    let country = entries.find(|p| p.kind == "country" && p.country.as_deref() == Some(code))?;
    Some(&country.name)
}

/// The country that a word names, or whose adjective or people it is: its ISO code.
pub(crate) fn country_of_word(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<String> {
    let word = words.get(at).filter(|w| w.is_capitalised())?;
    country_of_form(&word.cased, lexicon)
}

fn country_of_form(form: &str, lexicon: &Lexicon) -> Option<String> {
    let lists = &lexicon.words;
    for list in [&lists.demonyms, &lists.peoples] {
        if let Some(code) = list.get(form) {
            return Some(code.clone());
        }
    }
    lexicon
        .places
        .by_form(&Actors::key(form))
        .iter()
        .find_map(|place| {
            let place = &lexicon.places.entries[*place];
            (place.kind == "country")
                .then(|| place.country.clone())
                .flatten()
        })
}
