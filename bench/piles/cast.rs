//! Names put for those of a text.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::model::NameKind;

use crate::source::{Part, Source};
use crate::words::{Random, Words};
use crate::{Bench, mixed, number};

/// Names of one story: the same on all its pages.
#[derive(Debug, Default)]
pub struct Names {
    /// Those of the texts, with those put for them.
    pub put: BTreeMap<String, String>,
    /// Of places, without what stands behind their first word.
    places: Vec<(String, String)>,
}

impl Names {
    /// Names for those in some texts; `known` is how many bearers of names there are so far,
    /// the first of which are met most often.
    pub fn new(bench: &Bench, story: u64, known: u64, sources: &[&Source]) -> Names {
        let mut random = Random::new(mixed(&[story, 11]));
        let mut found = Names::default();
        let mut taken = BTreeSet::new();
        let mut bearer = |random: &mut Random| {
            let mut rank = random.rank(known);
            while !taken.insert(rank) {
                rank = random.below(known);
            }
            rank
        };
        // Full names come before the pieces of them.
        let mut names: Vec<(NameKind, &str)> = sources.iter().flat_map(|s| names_of(s)).collect();
        names.sort_by_key(|(_, name)| (std::cmp::Reverse(name.split(' ').count()), *name));
        names.dedup();
        for (kind, name) in names {
            if found.put.contains_key(name) {
                continue;
            }
            let new = match kind {
                NameKind::Person => match found.person(name) {
                    Some(known) => known,
                    None => person(bench, bearer(&mut random), name),
                },
                NameKind::Organization => match found.organization(name) {
                    Some(known) => known,
                    None => organization(&bench.words, bearer(&mut random), name),
                },
                NameKind::Location => {
                    let place = place(bench, bearer(&mut random));
                    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
                    found.places.push((first.to_owned(), place.clone()));
                    let lower = rest.starts_with(char::is_lowercase);
                    if lower {
                        format!("{place} {rest}")
                    } else {
                        place
                    }
                }
            };
            found.put.insert(name.to_owned(), new);
        }
        found
    }

    /// What is put for a name.
    pub fn of<'a>(&'a self, name: &'a str) -> &'a str {
        self.put.get(name).map_or(name, String::as_str)
    }

    /// "Talvarian" of the name put for "Talvaria"; nothing for a word that is no such.
    pub fn demonym(&self, word: &str) -> Option<String> {
        let of = |place: &str| {
            let stem = place.trim_end_matches(['a', 'e', 'o', 'y']);
            stem.len() >= 4 && word.starts_with(stem) && word.len() > place.len()
        };
        let (_, new) = self.places.iter().find(|(place, _)| of(place))?;
        let ending = if new.ends_with('a') { "n" } else { "ian" };
        let plural = if word.ends_with('s') { "s" } else { "" };
        Some(format!("{new}{ending}{plural}"))
    }

    /// The new name of a person of whom a piece of the name is given.
    fn person(&self, name: &str) -> Option<String> {
        let with = |end: &str| self.put.iter().find(|(old, _)| old.ends_with(end));
        let (old, new) = with(&format!(" {}", name.split(' ').next_back()?))?;
        let whole = name.contains(' ') && old.contains(' ');
        match new.split_once(' ') {
            Some((_, surname)) if !whole => Some(surname.to_owned()),
            _ => Some(new.clone()),
        }
    }

    /// The new name of a body of which the initials or the last word are given.
    fn organization(&self, name: &str) -> Option<String> {
        let mut known = self.put.iter().filter(|(old, _)| old.contains(' '));
        if name.len() > 1 && name.chars().all(char::is_uppercase) {
            return known
                .find(|(old, _)| initials(old) == name)
                .map(|(_, new)| initials(new));
        }
        let end = format!(" {name}");
        let (_, new) = known.find(|(old, _)| old.ends_with(&end))?;
        new.split(' ').next_back().map(str::to_owned)
    }
}

fn names_of(source: &Source) -> impl Iterator<Item = (NameKind, &str)> {
    let pieces = source
        .title
        .iter()
        .chain(&source.paragraphs)
        .flat_map(|p| &p.pieces);
    pieces.filter_map(|piece| match piece.part {
        Part::Name(kind) => Some((kind, piece.text.as_str())),
        _ => None,
    })
}

fn initials(name: &str) -> String {
    name.chars().filter(|c| c.is_uppercase()).collect()
}

fn person(bench: &Bench, bearer: u64, name: &str) -> String {
    let surname = bench.words.made(bearer * 3);
    match name.contains(' ') {
        true => {
            let given = &bench.given[number(mixed(&[bearer, 5]), bench.given.len())];
            format!("{given} {surname}")
        }
        false => surname,
    }
}

fn organization(words: &Words, bearer: u64, name: &str) -> String {
    let mut random = Random::new(mixed(&[bearer, 7]));
    let made = words.made(bearer * 3 + 1);
    if name.len() > 1 && name.chars().all(char::is_uppercase) {
        return made.chars().take(3).collect::<String>().to_uppercase();
    }
    match (name.contains(' '), random.chance(50)) {
        (false, _) => made,
        (true, true) => {
            let body = words.any("bodies", &mut random);
            format!("{made} {} {body}", words.any("of", &mut random))
        }
        (true, false) => {
            let body = words.any("bodies", &mut random);
            format!("{made} {body}")
        }
    }
}

/// A city of the lexicon, or one that is made up.
fn place(bench: &Bench, bearer: u64) -> String {
    match bearer % 2 {
        0 => bench.cities[number(bearer / 2, bench.cities.len())].to_owned(),
        _ => bench.words.made(bearer * 3 + 2),
    }
}
