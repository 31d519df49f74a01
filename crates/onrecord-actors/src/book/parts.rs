//! Actors met, by what stands for a part of their names.

use onrecord_lexicon::Actors;
use onrecord_model::ActorKind;

use super::{Book, Entry};
use crate::view::Line;

/// Small words that an acronym leaves out.
const BETWEEN: [&str; 8] = ["the", "of", "and", "for", "al", "el", "in", "de"];

impl Book<'_> {
    /// The actor whose name stands before a token of a sentence, nothing but the rest of the
    /// name, an acronym and marks between.
    pub fn named_before(&self, line: &Line<'_>, at: usize) -> Option<usize> {
        let before = |e: &&Entry| e.last.0 == line.n && e.last.1 < at && !e.forms.is_empty();
        let entry = self
            .entries
            .iter()
            .filter(before)
            .max_by_key(|e| e.last.1)?;
        let name = |i: usize| {
            let lower = line.lower(i);
            lower.is_empty() || line.is_capital(i) || matches!(lower, "of" | "the" | "and" | "for")
        };
        let at_entry = self.by_id.get(&entry.actor.id).copied();
        (entry.last.1..at).all(name).then_some(at_entry).flatten()
    }

    /// The only body met whose name this acronym is by its first letters.
    pub fn by_initials(&self, acronym: &str) -> Option<usize> {
        let letters = acronym.to_lowercase();
        let long = letters.chars().count() >= 3 && letters.chars().all(char::is_alphabetic);
        let fits = |e: &Entry| {
            let key = Actors::key(&e.actor.name).to_lowercase();
            let words = key.split(' ').filter(|word| !BETWEEN.contains(word));
            let initials: String = words.filter_map(|word| word.chars().next()).collect();
            e.actor.kind != ActorKind::Person && initials == letters
        };
        if long { self.only(fits) } else { None }
    }

    /// The only body met that has this head noun in its name, and more.
    pub fn by_head(&self, head: &str) -> Option<usize> {
        let head = head.to_lowercase();
        self.only(|e| {
            let key = Actors::key(&e.actor.name).to_lowercase();
            let end = [" of ", " for "].iter().filter_map(|of| key.find(of)).min();
            let first = &key[..end.unwrap_or(key.len())];
            let own = e.actor.kind != ActorKind::Person && key.contains(' ');
            own && first.rsplit(' ').next() == Some(&head)
        })
    }

    /// The only person met with this given name, which no list of given names has.
    pub fn by_given(&self, word: &str) -> Option<usize> {
        self.only(|e| {
            let name = e.actor.name.split_once(' ');
            e.actor.kind == ActorKind::Person && name.is_some_and(|(given, _)| given == word)
        })
    }

    fn only(&self, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
        let mut found = (0..self.entries.len()).filter(|at| fits(&self.entries[*at]));
        found.next().filter(|_| found.next().is_none())
    }
}
