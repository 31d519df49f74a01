//! An actor with what it is compared by.

use onrecord_lexicon::{Actors, Lexicon, spelling_key};
use onrecord_model::{ActorKind, PileActor};
use onrecord_names::{Kind, Prepared};

use super::office::{self, Office};
use crate::book;

/// So many of an actor's names are compared, the most frequent ones.
const NAMES_MOST: usize = 6;

/// An actor with what it is compared by.
pub struct Bearer<'a> {
    pub actor: &'a PileActor,
    pub is_person: bool,
    pub in_lexicon: bool,
    pub mentions: u32,
    /// The names that say who it is, canonical one first: of a person those of several words.
    pub names: Vec<Name<'a>>,
    /// What it is also called: a surname, an acronym, a word.
    pub words: Vec<&'a str>,
    /// The spelling keys of what may stand for the person alone.
    pub surnames: Vec<String>,
    pub offices: Vec<Office>,
    /// `m` or `f`, where a title says so.
    pub gender: Option<char>,
    /// The word of a body's name that says what kind of body it is, in lower case.
    pub head: Option<String>,
}

/// A name, prepared for comparison.
pub struct Name<'a> {
    pub text: &'a str,
    /// Folded and in lower case.
    pub key: String,
    pub prepared: Prepared,
}

impl<'a> Bearer<'a> {
    pub fn new(actor: &'a PileActor, in_lexicon: bool, lexicon: &Lexicon) -> Bearer<'a> {
        let is_person = actor.kind == ActorKind::Person;
        let mut forms: Vec<(&str, u32)> =
            actor.forms.iter().map(|(f, n)| (f.as_str(), *n)).collect();
        forms.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let all = std::iter::once(actor.name.as_str()).chain(forms.iter().map(|(form, _)| *form));
        let mut bearer = Bearer {
            actor,
            is_person,
            in_lexicon,
            mentions: actor.forms.iter().map(|(_, n)| n).sum(),
            names: Vec::new(),
            words: Vec::new(),
            surnames: Vec::new(),
            offices: office::all(&actor.roles, lexicon),
            gender: office::gender(&actor.roles, lexicon),
            head: (!is_person).then(|| head(&actor.name, lexicon)).flatten(),
        };
        for text in all {
            bearer.add(text, lexicon);
        }
        if let (true, Some(name)) = (is_person, bearer.names.first()) {
            bearer.surnames = book::surnames(name.text);
        }
        // Of all actors of a pile there is one in memory.
        bearer.names.shrink_to_fit();
        bearer.words.shrink_to_fit();
        bearer.surnames.shrink_to_fit();
        bearer.offices.shrink_to_fit();
        bearer
    }

    fn add(&mut self, text: &'a str, lexicon: &Lexicon) {
        let key = Actors::key(text).to_lowercase();
        if !self.is_full(text, &key, lexicon) {
            if !self.words.contains(&text) {
                self.words.push(text);
            }
        } else if self.names.len() < NAMES_MOST && self.names.iter().all(|n| n.key != key) {
            let kind = if self.is_person {
                Kind::Person
            } else {
                Kind::Organization
            };
            let prepared = Prepared::new(text, kind);
            self.names.push(Name {
                text,
                key,
                prepared,
            });
        }
    }

    /// Whether a name says who it is without a page around it.
    fn is_full(&self, text: &str, key: &str, lexicon: &Lexicon) -> bool {
        if !self.is_person {
            let head = lexicon.words.organisation_heads.contains_key(key);
            return !is_acronym(text) && !head && key.chars().count() > 3;
        }
        let sound = spelling_key(text);
        // the end of the name alone: "te-Halesh" of "Ruvan te-Halesh"
        let end = self.names.first().is_some_and(|name| {
            let rest = name.key.strip_suffix(key);
            rest.is_some_and(|rest| rest.ends_with(' '))
        });
        sound.contains(' ') && !end
    }

    /// The longest full name, for a choice of names.
    pub fn completeness(&self) -> usize {
        self.names.first().map_or(0, |name| name.key.len())
    }

    /// Whether the pages leave no doubt whether a person or a body is meant.
    pub fn is_sure_of_kind(&self) -> bool {
        if self.in_lexicon || !self.offices.is_empty() {
            return true;
        }
        if self.is_person {
            // called by a part of the name, as only persons are
            let name = self.names.first().map(|name| name.key.as_str());
            let part = |word: &str| {
                let word = Actors::key(word).to_lowercase();
                name.is_some_and(|name| name.split(' ').any(|part| part == word))
            };
            return self.words.iter().any(|word| part(word));
        }
        self.actor.kind != ActorKind::Organization
            || self.head.is_some()
            || self.names.len() + self.words.len() > 1
    }

    /// Whether both stand in an article, as two.
    pub fn meets(&self, other: &Bearer<'_>) -> bool {
        let (few, many) = if self.actor.articles.len() <= other.actor.articles.len() {
            (&self.actor.articles, &other.actor.articles)
        } else {
            (&other.actor.articles, &self.actor.articles)
        };
        few.iter()
            .any(|article| many.binary_search(article).is_ok())
    }
}

/// The last head noun in a body's name.
fn head(name: &str, lexicon: &Lexicon) -> Option<String> {
    let key = Actors::key(name).to_lowercase();
    let mut words = key.rsplit(' ');
    words
        .find(|word| lexicon.words.organisation_heads.contains_key(*word))
        .map(str::to_owned)
}

/// Two to seven capitals, stops and figures among them.
pub fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=7).contains(&letters)
        && text
            .chars()
            .all(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '.' | '-'))
}
