//! Links between a body's name and the same name with words left out.

use std::collections::BTreeMap;

use onrecord_lexicon::{Lexicon, spelling_key};

use super::clusters::Clusters;
use super::link::{Link, Why};

/// So many names may share a word and a head noun before they say nothing.
const BLOCK_MOST: usize = 48;
/// A short name leaves out no more words.
const LEFT_OUT_MOST: usize = 2;

/// A body's name as words, by sound.
struct Words<'a> {
    text: &'a str,
    head: Option<String>,
    rest: Vec<String>,
}

/// Links "Mines Ministry" with "Ministry of Mines and Waters" and "Open Hand" with "Party of
/// the Open Hand", where only one longer name of the pile can be meant.
pub fn find(clusters: &mut Clusters<'_, '_>, lexicon: &Lexicon) {
    let bearers = clusters.bearers;
    let mut names: Vec<(usize, Words<'_>)> = Vec::new();
    for (at, bearer) in bearers.iter().enumerate().filter(|(_, b)| !b.is_person) {
        for name in &bearer.names {
            names.push((at, Words::of(name.text, &name.key, lexicon)));
        }
    }
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, (_, words)) in names.iter().enumerate() {
        for word in &words.rest {
            by_word.entry(word).or_default().push(n);
        }
    }
    let mut links: Vec<Link<'_>> = Vec::new();
    for (at, short) in &names {
        let rare = short
            .rest
            .iter()
            .filter_map(|word| by_word.get(word.as_str()));
        let Some(block) = rare.min_by_key(|block| block.len()) else {
            continue;
        };
        if block.len() > BLOCK_MOST {
            continue;
        }
        let longer: Vec<usize> = block
            .iter()
            .copied()
            .filter(|n| names[*n].0 != *at && short.is_of(&names[*n].1))
            .collect();
        // every longer name is the same body's
        let mut roots: Vec<usize> = longer.iter().map(|n| clusters.root(names[*n].0)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let ([_], Some(n)) = (roots.as_slice(), longer.first()) {
            links.push(Link {
                a: *at,
                b: names[*n].0,
                one: short.text,
                two: names[*n].1.text,
                why: Why::Short,
                strength: 700,
            });
        }
    }
    clusters.take_all(links);
}

impl<'a> Words<'a> {
    fn of(text: &'a str, key: &str, lexicon: &Lexicon) -> Words<'a> {
        let heads = &lexicon.words.organisation_heads;
        let is_small = |word: &str| lexicon.words.function_words.contains(word);
        let words: Vec<&str> = key.split(' ').collect();
        // "Council of Elders" is a council, "Elders Council" as well
        let before = words.iter().position(|word| matches!(*word, "of" | "for"));
        let first = &words[..before.unwrap_or(words.len())];
        let last = |words: &[&str]| words.iter().rposition(|word| heads.contains_key(*word));
        let head = last(first).or_else(|| last(&words));
        let rest = words.iter().enumerate();
        let rest = rest.filter(|(n, word)| Some(*n) != head && !is_small(word));
        Words {
            text,
            head: head.map(|n| words[n].to_owned()),
            rest: rest.map(|(_, word)| spelling_key(word)).collect(),
        }
    }

    /// Whether this is the other name with words left out: of the same head noun, or the
    /// whole name after its head noun.
    fn is_of(&self, long: &Words<'_>) -> bool {
        let Some(head) = &long.head else { return false };
        let within = self.rest.iter().all(|word| long.rest.contains(word));
        let left_out = long.rest.len().saturating_sub(self.rest.len());
        match &self.head {
            Some(own) => own == head && within && (1..=LEFT_OUT_MOST).contains(&left_out),
            None => within && left_out == 0 && self.rest.len() > 1,
        }
    }
}
