//! Persons of the lexicon by names that are spelt otherwise.

use std::collections::HashMap;

use onrecord_names::{Key, Kind, Prepared, keys};

use crate::actors::ActorEntry;

/// The least score of two spellings that count as one name without the rest of a page: more
/// than what makes two names possibly the same, since a lexicon holds many.
const LEAST: f64 = 0.85;

/// The full names of persons, to be looked up by what they have in common.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// Index of the actor, and one of its full names.
    names: Vec<(usize, Prepared)>,
    blocks: HashMap<Key, Vec<usize>>,
}

impl Alike {
    /// Names of at least two words, of these actors with their indices.
    pub fn new<'a>(persons: impl Iterator<Item = (usize, &'a ActorEntry)>) -> Alike {
        let mut alike = Alike::default();
        for (at, entry) in persons {
            for name in std::iter::once(&entry.name).chain(&entry.also) {
                if !name.contains([' ', '-']) {
                    continue;
                }
                let name = Prepared::new(name, Kind::Person);
                for key in keys(&name) {
                    let block = alike.blocks.entry(key).or_default();
                    block.push(alike.names.len());
                }
                alike.names.push((at, name));
            }
        }
        alike
    }

    /// The actors with a name that is spelt like this one, best first, each once.
    pub fn of(&self, name: &str) -> Vec<(usize, f64)> {
        let name = Prepared::new(name, Kind::Person);
        let mut seen: Vec<usize> = keys(&name)
            .iter()
            .filter_map(|key| self.blocks.get(key))
            .flatten()
            .copied()
            .collect();
        seen.sort_unstable();
        seen.dedup();
        let mut found: Vec<(usize, f64)> = Vec::new();
        for (at, other) in seen.into_iter().map(|n| &self.names[n]) {
            let score = name.spelt_like(other).unwrap_or_default();
            if score < LEAST {
                continue;
            }
            match found.iter_mut().find(|(actor, _)| actor == at) {
                Some((_, best)) => *best = best.max(score),
                None => found.push((*at, score)),
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }
}
