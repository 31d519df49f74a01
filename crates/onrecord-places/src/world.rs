//! Names that only the packed gazetteer knows: most words are a town somewhere, so the names
//! head or the words around must say that one is meant.

use onrecord_lexicon::Lexicon;
use onrecord_model::{NameKind, Sentence, TokenKind};

use crate::candidates::{self, Candidate};
use crate::find::{Found, Tok, key_of};

/// Words after which a name of any kind is a place.
const IN: [&str; 3] = ["in", "near", "outside"];
/// Words beside a name of the gazetteer that leave it what it is.
const KINDS: [&str; 14] = [
    "city",
    "town",
    "village",
    "province",
    "governorate",
    "region",
    "oblast",
    "prefecture",
    "area",
    "district",
    "north",
    "south",
    "east",
    "west",
];

/// Words that are towns somewhere, and hardly ever meant as such.
const WORDS: [&str; 55] = [
    "avenue",
    "board",
    "central",
    "church",
    "city",
    "coast",
    "college",
    "congress",
    "county",
    "court",
    "delta",
    "eagle",
    "earth",
    "farsi",
    "gates",
    "hall",
    "hill",
    "hospital",
    "house",
    "internet",
    "island",
    "jupiter",
    "lake",
    "lot",
    "mars",
    "metro",
    "mill",
    "mission",
    "moon",
    "mound",
    "new",
    "nice",
    "north",
    "northeast",
    "northwest",
    "old",
    "park",
    "parliament",
    "police",
    "river",
    "road",
    "school",
    "section",
    "senate",
    "south",
    "southeast",
    "southwest",
    "state",
    "street",
    "sun",
    "terrace",
    "union",
    "university",
    "vegas",
    "west",
];
/// Words after which a name is a street.
const STREETS: [&str; 22] = [
    "street",
    "streets",
    "st",
    "avenue",
    "avenues",
    "ave",
    "road",
    "roads",
    "rd",
    "drive",
    "dr",
    "lane",
    "boulevard",
    "blvd",
    "highway",
    "parkway",
    "pike",
    "court",
    "terrace",
    "trail",
    "bypass",
    "turnpike",
];

/// Whether a name is shortened: "Mich.", "S.C.", "KY".
pub fn is_short(toks: &[Tok<'_>], at: usize, to: usize) -> bool {
    let text = toks[to - 1].text;
    text.ends_with('.')
        || toks.get(to).is_some_and(|t| t.text == ".")
        || to == at + 1 && text.len() == 2 && text.chars().all(char::is_uppercase)
}

/// Whether words that name no place themselves speak for one: part of the name of a body
/// ("Velm City Council"), or in no name at all.
pub fn speaks(sentence: &Sentence, toks: &[Tok<'_>], at: usize, to: usize, taken: bool) -> bool {
    let span = toks[at].span.join(toks[to - 1].span);
    let lower = toks[at].lower();
    if to == at + 1 && (lower.len() < 4 || WORDS.contains(&lower.as_str())) || is_street(toks, to) {
        return false;
    }
    let mut names = sentence.names.iter();
    match names.find(|n| n.span.overlaps(span)) {
        Some(name) => name.kind == NameKind::Organization,
        None => !toks[at].first || taken,
    }
}

fn is_street(toks: &[Tok<'_>], to: usize) -> bool {
    toks.get(to)
        .is_some_and(|t| t.is_capital() && STREETS.contains(&t.lower().trim_end_matches('.')))
}

/// The longest name of the gazetteer at a word, if it ends after `past`.
pub fn longest_at(lexicon: &Lexicon, toks: &[Tok<'_>], at: usize, past: usize) -> Option<Found> {
    let gazetteer = lexicon.gazetteer?;
    if !toks[at].is_capital() {
        return None;
    }
    let start = toks[at].key.to_lowercase();
    let most = gazetteer.longest_from(start.split(' ').next()?);
    let limit = (at + most).min(toks.len());
    (at.max(past.saturating_sub(1)) + 1..=limit)
        .rev()
        .filter(|to| *to > past && toks[*to - 1].kind == TokenKind::Word)
        .filter(|to| *to == at + 1 || toks[*to - 1].is_capital())
        .find_map(|to| {
            let key = key_of(&toks[at..to]);
            let forms = gazetteer.by_form(&key.to_lowercase());
            (!forms.is_empty()).then_some(Found {
                to,
                key,
                entries: Vec::new(),
            })
        })
}

/// Whether the names head says that a name is a place, or it is told where it lies.
pub fn is_place(sentence: &Sentence, toks: &[Tok<'_>], at: usize, to: usize, told: bool) -> bool {
    let span = toks[at].span.join(toks[to - 1].span);
    let Some(name) = sentence.names.iter().find(|n| n.span.overlaps(span)) else {
        return told;
    };
    let text = toks[at].text;
    let lower = toks[at].lower();
    if to == at + 1 && WORDS.contains(&lower.as_str()) || is_street(toks, to) {
        return false;
    }
    let acronym = to == at + 1 && text.len() < 4 && !text.chars().any(char::is_lowercase);
    if acronym && !told {
        return false;
    }
    let whole = span.contains(name.span);
    let before = at.checked_sub(1).map(|i| toks[i].lower());
    match name.kind {
        NameKind::Location => {
            let rest = toks.iter().enumerate().filter(|(i, tok)| {
                (*i < at || *i >= to) && name.span.contains(tok.span) && tok.kind == TokenKind::Word
            });
            // "Paris, Texas" is one name to the head at times
            let comma = (at..toks.len()).find(|i| toks[*i].text == ",");
            let until = comma.unwrap_or(toks.len());
            let from = (0..at)
                .rev()
                .find(|i| toks[*i].text == ",")
                .map_or(0, |i| i + 1);
            let mut rest = rest.filter(|(i, _)| (from..until).contains(i));
            rest.all(|(_, tok)| KINDS.contains(&tok.lower().as_str()) || !tok.is_capital())
        }
        NameKind::Person | NameKind::Organization => {
            whole && (told || before.is_some_and(|b| IN.contains(&b.as_str())))
        }
    }
}

/// The place told with a name, and what of the name's candidates lies there.
pub struct Outer {
    pub from: usize,
    pub to: usize,
    pub key: String,
    pub candidates: Vec<Candidate>,
    pub inside: Vec<Candidate>,
}

/// The division or country after a name and a comma or in brackets: "Troy, Mich.", "Velm
/// (Orvia)".
pub fn told_with(lexicon: &Lexicon, toks: &[Tok<'_>], at: usize, found: &Found) -> Option<Outer> {
    toks.get(at).filter(|t| matches!(t.text, "," | "("))?;
    let from = at + 1;
    toks.get(from).filter(|t| t.is_capital())?;
    let mut inner = None;
    let longest = (from + 1..=(from + 4).min(toks.len())).rev();
    for to in longest.filter(|to| toks[*to - 1].kind == TokenKind::Word) {
        let key = key_of(&toks[from..to]);
        let entries = lexicon.places.by_form(&key);
        let mut outer = candidates::of(lexicon, &key, entries, true);
        outer.retain(|c| {
            matches!(
                c.kind.as_str(),
                "country" | "admin1" | "district" | "region"
            )
        });
        if outer.is_empty() {
            continue;
        }
        let inner =
            inner.get_or_insert_with(|| candidates::of(lexicon, &found.key, &found.entries, false));
        outer.retain(|o| inner.iter().any(|c| c.is_in(o)));
        let inside: Vec<Candidate> = inner
            .iter()
            .filter(|c| outer.iter().any(|o| c.is_in(o)))
            .cloned()
            .collect();
        if !inside.is_empty() {
            return Some(Outer {
                from,
                to,
                key,
                candidates: outer,
                inside,
            });
        }
    }
    None
}
