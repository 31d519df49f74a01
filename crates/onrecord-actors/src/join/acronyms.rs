//! Acronyms that stand alone on some pages.

use std::collections::BTreeMap;

use super::bearer::is_acronym;
use super::clusters::Clusters;
use super::link::{Link, Why};

/// An acronym that no page introduces has at least so many letters: of two letters too many
/// names are made.
const LETTERS_LEAST: usize = 3;
/// So many bodies are asked whether an acronym is theirs.
const CLAIMS_MOST: usize = 16;

/// Links bodies known by an acronym only with the body that has it on another page, or whose
/// first letters it has. Where two bodies can claim it, it stays alone.
pub fn find(clusters: &mut Clusters<'_, '_>) {
    let bearers = clusters.bearers;
    let mut given: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut fitting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut alone: Vec<usize> = Vec::new();
    for (at, bearer) in bearers.iter().enumerate().filter(|(_, b)| !b.is_person) {
        if bearer.names.is_empty() {
            if is_acronym(&bearer.actor.name) {
                alone.push(at);
            }
            continue;
        }
        for word in bearer.words.iter().filter(|word| is_acronym(word)) {
            given.entry(letters(word)).or_default().push(at);
        }
        for name in &bearer.names {
            fitting.entry(initials(&name.key)).or_default().push(at);
        }
    }
    let mut links = Vec::new();
    for at in alone {
        let acronym = bearers[at].actor.name.as_str();
        let key = letters(acronym);
        let claims = |by: &BTreeMap<String, Vec<usize>>| -> Vec<usize> {
            let mut bodies: Vec<usize> = Vec::new();
            for other in by.get(&key).into_iter().flatten().take(CLAIMS_MOST) {
                if bodies
                    .iter()
                    .all(|at| clusters.root(*at) != clusters.root(*other))
                {
                    bodies.push(*other);
                }
            }
            bodies
        };
        let (given, fitting) = (claims(&given), claims(&fitting));
        let (other, why) = match (&given[..], &fitting[..]) {
            ([only], _) => (*only, Why::Acronym),
            ([], [only]) if key.len() >= LETTERS_LEAST => (*only, Why::Letters),
            _ => continue,
        };
        let Some(name) = bearers[other].names.first() else {
            continue;
        };
        links.push(Link {
            a: at,
            b: other,
            one: acronym,
            two: name.text,
            why,
            strength: if why == Why::Acronym { 900 } else { 700 },
        });
    }
    clusters.take_all(links);
}

fn letters(acronym: &str) -> String {
    let letters = acronym.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The first letters of a folded name, small words left out.
fn initials(key: &str) -> String {
    let small = ["the", "of", "and", "for", "al", "el", "in", "de"];
    let words = key.split(' ').filter(|word| !small.contains(word));
    words.filter_map(|word| word.chars().next()).collect()
}
