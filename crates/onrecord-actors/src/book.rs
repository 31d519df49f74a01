//! The actors of one article, and under which names they have been met so far.

mod parts;

use std::collections::{BTreeSet, HashMap};

use onrecord_lexicon::{Actors, Lexicon, spelling_key};
use onrecord_model::{Actor, ActorKind, Role, id_of};
use onrecord_names::{Kind, Prepared};

use crate::candidate::Organ;
use crate::organ;

/// The least score of two full names in one article that are one person's.
const ALIKE: f64 = 0.8;

/// The actors met so far.
pub struct Book<'a> {
    lexicon: &'a Lexicon,
    pub entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    /// Names learnt in this article: acronyms and aliases.
    learnt: HashMap<String, usize>,
    organs: Vec<(Organ, usize)>,
}

/// An actor met.
pub struct Entry {
    pub actor: Actor,
    pub known: Option<usize>,
    pub forms: BTreeSet<String>,
    /// The full names of a person among name and forms, ready to be compared.
    full: Vec<Prepared>,
    /// The spelling keys of what may stand for the name alone.
    surnames: Vec<String>,
    /// Position of the last mention (sentence, token).
    pub last: (usize, usize),
    /// What the person has been called so far: "minister", "chair".
    pub titles: BTreeSet<String>,
}

impl<'a> Book<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Book<'a> {
        Book {
            lexicon,
            entries: Vec::new(),
            by_id: HashMap::new(),
            learnt: HashMap::new(),
            organs: Vec::new(),
        }
    }

    /// The entry of an actor of the lexicon, opened if need be.
    pub fn known(&mut self, at: usize) -> usize {
        let entry = &self.lexicon.actors.entries[at];
        let id = id_of("ac", &["lexicon", &entry.id]);
        if let Some(found) = self.by_id.get(&id) {
            return *found;
        }
        let name_of = |id: &String| {
            self.lexicon
                .actors
                .by_id(id)
                .map_or_else(|| id.clone(), |e| e.name.clone())
        };
        let roles = entry.roles.iter().map(|role| Role {
            title: role.title.clone(),
            of: role.of.as_ref().map(name_of),
            from: role.from.clone(),
            to: role.to.clone(),
            sentence_id: None,
        });
        let actor = Actor {
            id,
            name: entry.name.clone(),
            kind: entry.kind,
            named: true,
            country: entry.country.clone(),
            sectors: entry.sectors.clone(),
            aliases: Vec::new(),
            roles: roles.collect(),
            wikidata: None,
        };
        let surnames = if entry.kind == ActorKind::Person {
            surnames(&entry.name)
        } else {
            Vec::new()
        };
        self.add(actor, Some(at), surnames)
    }

    /// The entry of a person given by one word, opened if need be. The same word on another
    /// page may be another person's: the article is part of the id, and what several pages
    /// tell brings together who is one. Namesakes on one page differ by their title.
    pub fn one_word(&mut self, word: &str, article: &str, title: &str) -> usize {
        let key = Actors::key(word).to_lowercase();
        let id = id_of("ac", &["word", &key, article, title]);
        self.opened(id, word, ActorKind::Person, true)
    }

    /// The entry of an actor the lexicon does not know, opened if need be.
    pub fn named(&mut self, name: &str, kind: ActorKind) -> usize {
        let key = Actors::key(name).to_lowercase();
        let id = id_of("ac", &["name", &key, kind.name()]);
        self.opened(id, name, kind, true)
    }

    fn opened(&mut self, id: String, name: &str, kind: ActorKind, named: bool) -> usize {
        if let Some(found) = self.by_id.get(&id) {
            return *found;
        }
        let actor = Actor {
            id,
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            kind,
            named,
            country: None,
            sectors: Vec::new(),
            aliases: Vec::new(),
            roles: Vec::new(),
            wikidata: None,
        };
        let surnames = if named && kind == ActorKind::Person {
            surnames(name)
        } else {
            Vec::new()
        };
        self.add(actor, None, surnames)
    }

    /// Opens an entry for a party known by description only.
    pub fn unnamed(&mut self, article: &str, at: usize, words: &str, kind: ActorKind) -> usize {
        let id = id_of("ac", &["described", article, &at.to_string()]);
        self.opened(id, words, kind, false)
    }

    /// The entry of an organ of a state; `None` where neither the lexicon nor the gazetteer
    /// knows the country.
    pub fn organ(&mut self, wanted: &Organ) -> Option<usize> {
        if let Some((_, at)) = self.organs.iter().find(|(organ, _)| organ == wanted) {
            return Some(*at);
        }
        let at = match organ::known(self.lexicon, wanted) {
            Some(known) => self.known(known),
            None => {
                let name = organ::name(self.lexicon, wanted)?;
                let at = self.named(&name, wanted.kind);
                let actor = &mut self.entries[at].actor;
                actor.country = Some(wanted.country.clone());
                let sector = match wanted.kind {
                    ActorKind::Government => "GOV",
                    ActorKind::Military => "MIL",
                    _ => "LEG",
                };
                actor.sectors = vec![sector.to_owned()];
                at
            }
        };
        self.organs.push((wanted.clone(), at));
        Some(at)
    }

    fn add(&mut self, actor: Actor, known: Option<usize>, surnames: Vec<String>) -> usize {
        let at = self.entries.len();
        let full = prepared(&actor, &actor.name);
        self.by_id.insert(actor.id.clone(), at);
        self.entries.push(Entry {
            actor,
            known,
            forms: BTreeSet::new(),
            full: full.into_iter().collect(),
            surnames,
            last: (0, 0),
            titles: BTreeSet::new(),
        });
        at
    }

    /// Notes a mention.
    pub fn met(&mut self, at: usize, form: &str, place: (usize, usize)) {
        let entry = &mut self.entries[at];
        entry.last = place;
        let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
        if !entry.forms.contains(&form) {
            if form != entry.actor.name {
                entry.full.extend(prepared(&entry.actor, &form));
            }
            entry.forms.insert(form);
        }
    }

    /// Notes another name that the article gives an actor.
    pub fn learn(&mut self, name: &str, at: usize) {
        self.learnt.entry(Actors::key(name)).or_insert(at);
    }

    /// The actor to whom the article has given this name.
    pub fn learnt(&self, name: &str) -> Option<usize> {
        self.learnt.get(&Actors::key(name)).copied()
    }

    /// Whether an actor of the lexicon has been met.
    pub fn met_known(&self, known: usize) -> Option<usize> {
        self.entries.iter().position(|e| e.known == Some(known))
    }

    /// The actor met for which this name of a country or body, or adjective, stands.
    pub fn by_metonym(&self, name: &str) -> Option<usize> {
        let forms = self.lexicon.actors.by_form(&Actors::key(name));
        if let Some(form) = forms.first() {
            return self.met_known(form.actor);
        }
        let country = self.lexicon.words.demonyms.get(name)?.clone();
        self.met_known(organ::known(
            self.lexicon,
            &Organ {
                kind: ActorKind::Government,
                country,
            },
        )?)
    }

    /// The persons met whose surname this may be, in order of first mention; exact
    /// romanisations of the key.
    pub fn by_surname(&self, word: &str) -> Vec<usize> {
        let key = spelling_key(word);
        // Of very short words nothing but the same letters counts.
        let short = key.chars().count() < 3;
        let printed = |e: &Entry| e.actor.name.split(' ').next_back() == Some(word);
        let has = |e: &Entry| e.surnames.contains(&key) && (!short || printed(e));
        (0..self.entries.len())
            .filter(|i| has(&self.entries[*i]))
            .collect()
    }

    /// The persons met whose name ends in these words ("Suu Kyi"), or begins with this one.
    pub fn by_part(&self, words: &str) -> Vec<usize> {
        let key = Actors::key(words).to_lowercase();
        let has = |e: &Entry| {
            let name = Actors::key(&e.actor.name).to_lowercase();
            let rest = if key.contains(' ') {
                name.strip_suffix(&key)
            } else {
                name.strip_prefix(&key)
            };
            let apart = |r: &str| r.starts_with(' ') || r.ends_with(' ');
            e.actor.kind == ActorKind::Person && rest.is_some_and(apart)
        };
        (0..self.entries.len())
            .filter(|i| has(&self.entries[*i]))
            .collect()
    }

    /// The persons met whose surname differs from this in one letter.
    pub fn by_misspelt_surname(&self, word: &str) -> Vec<usize> {
        let key = spelling_key(word);
        if key.chars().count() < 6 {
            return Vec::new();
        }
        let near = |e: &Entry| e.surnames.iter().any(|s| one_apart(s, &key));
        (0..self.entries.len())
            .filter(|i| near(&self.entries[*i]))
            .collect()
    }

    /// Of several persons the only one the article has already called by this word alone.
    pub fn called(&self, among: &[usize], word: &str) -> Option<usize> {
        let mut called = among
            .iter()
            .filter(|at| self.entries[**at].forms.contains(word));
        called.next().filter(|_| called.next().is_none()).copied()
    }

    /// The persons met under a spelling of this full name: those under this very name, else
    /// those whose name is spelt like it.
    pub fn by_full_name(&self, name: &str) -> Vec<usize> {
        let persons: Vec<usize> = (0..self.entries.len())
            .filter(|i| self.entries[*i].actor.kind == ActorKind::Person)
            .collect();
        let key = Actors::key(name);
        let is = |form: &str| Actors::key(form) == key;
        let exact = persons.iter().filter(|i| {
            let e = &self.entries[**i];
            is(&e.actor.name) || e.forms.iter().any(|form| is(form))
        });
        let exact: Vec<usize> = exact.copied().collect();
        if !exact.is_empty() {
            return exact;
        }
        let name = Prepared::new(name, Kind::Person);
        let alike = |i: &usize| {
            let mut full = self.entries[*i].full.iter();
            full.any(|form| form.spelt_like(&name).is_some_and(|score| score >= ALIKE))
        };
        persons.into_iter().filter(alike).collect()
    }
}

/// A name of a person that has more than one word, for comparison.
fn prepared(actor: &Actor, name: &str) -> Option<Prepared> {
    let full = actor.kind == ActorKind::Person && name.contains([' ', '-']);
    full.then(|| Prepared::new(name, Kind::Person))
}

/// Spelling keys of what stands for a person alone: the last word, and with it the particle
/// words before ("Abdel Mahdi").
pub fn surnames(name: &str) -> Vec<String> {
    let key = spelling_key(name);
    let words: Vec<&str> = key.split(' ').collect();
    let Some(last) = words.last() else {
        return Vec::new();
    };
    let mut found = vec![(*last).to_owned()];
    if let [.., part, last] = words[..]
        && matches!(
            part,
            "abd" | "abu" | "bin" | "van" | "von" | "di" | "da" | "dil"
        )
        && words.len() > 2
    {
        found.push(format!("{part} {last}"));
        found.push(format!("{part}{last}"));
    }
    found
}

/// Whether two keys of the same first letter differ in one letter.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.first() != b.first() || a.len().abs_diff(b.len()) > 1 {
        return a == b;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    a.len().max(b.len()) - end <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_and_misspellings() {
        assert_eq!(
            surnames("Adil Abdul-Mahdi"),
            ["mahdi", "abd mahdi", "abdmahdi"]
        );
        assert!(one_apart("marlun", "marlut") && one_apart("marlun", "marlu"));
        assert!(!one_apart("marlun", "darlun") && !one_apart("marlun", "market"));
    }
}
