//! `actors/*.toml`: people, parties, armed groups, governments.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use onrecord_model::ActorKind;
use serde::Deserialize;

use crate::alike::Alike;
use crate::{File, LexiconError, fold};

/// All actors, and the forms under which they are found in text.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// The actors, in order of files and of entries.
    pub entries: Vec<ActorEntry>,
    forms: HashMap<String, Vec<Form>>,
    any_case: HashMap<String, Vec<Form>>,
    starts: HashMap<String, usize>,
    /// Made at the first look-up: not every command has names to look up.
    persons: OnceLock<Alike>,
    by_id: HashMap<String, usize>,
}

/// An actor of the lexicon.
#[derive(Clone, Debug)]
pub struct ActorEntry {
    /// Unique key in kebab-case.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Person or which kind of body.
    pub kind: ActorKind,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Forms that mean this actor wherever they stand.
    pub also: Vec<String>,
    /// Forms taken only once a full form stood in the same article.
    pub short: Vec<String>,
    /// Place names that are this actor where they speak or act.
    pub metonyms: Vec<String>,
    /// Dated offices.
    pub roles: Vec<ActorRole>,
}

/// An office of an actor.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct ActorRole {
    /// The office.
    pub title: String,
    /// Id of the body it is held in.
    pub of: Option<String>,
    /// Since when.
    pub from: Option<String>,
    /// Until when.
    pub to: Option<String>,
}

/// A way an actor is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form {
    /// Index into [`Actors::entries`].
    pub actor: usize,
    /// How far the form can be trusted.
    pub kind: FormKind,
}

/// How far a form can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKind {
    /// Means the actor wherever it stands.
    Full,
    /// Means the actor once a full form stood in the article.
    Short,
    /// A place name that means the actor where it speaks or acts.
    Metonym,
}

impl Actors {
    /// A text as forms are compared: [`fold`]ed, stops in acronyms dropped ("U.S." and
    /// "US" are one), particles and small words in lower case. Case counts otherwise.
    ///
    /// ```
    /// use onrecord_lexicon::Actors;
    /// assert_eq!(Actors::key("The U.S."), "the US");
    /// assert_eq!(Actors::key("Al-Nahr Party"), "al Nahr Party");
    /// ```
    pub fn key(text: &str) -> String {
        let folded = fold(text);
        let mut key = String::with_capacity(folded.len());
        for word in folded.split(' ').filter(|w| !w.is_empty()) {
            if !key.is_empty() {
                key.push(' ');
            }
            let lower = word.to_lowercase();
            if SMALL.contains(&lower.as_str()) {
                key.push_str(&lower);
            } else if word.contains('.') && word.split('.').all(|piece| piece.chars().count() <= 1)
            {
                key.extend(word.chars().filter(|c| *c != '.'));
            } else {
                key.push_str(word.trim_end_matches('.'));
            }
        }
        key
    }

    /// The actors that a [key](Actors::key) can mean, best first: full forms before short
    /// ones before metonyms.
    pub fn by_form(&self, key: &str) -> &[Form] {
        self.forms.get(key).map_or(&[], Vec::as_slice)
    }

    /// The same for a lower-case key, whatever the case of the form. Forms of two words or
    /// more, and single words of four letters or more that are no acronyms.
    pub fn by_form_any_case(&self, lower: &str) -> &[Form] {
        self.any_case.get(lower).map_or(&[], Vec::as_slice)
    }

    /// The greatest number of words in a form that begins with this word of a
    /// [key](Actors::key), in lower case; 0 if none does.
    pub fn longest_from(&self, first: &str) -> usize {
        self.starts.get(first).copied().unwrap_or(0)
    }

    /// The persons with a full form of at least two words that is spelt like this name, best
    /// first, each with its [score](onrecord_names::Comparison::score).
    ///
    /// ```
    /// let actors = &onrecord_lexicon::Lexicon::built_in().actors;
    /// let found = actors.persons_alike("Sergej Lavrow");
    /// assert_eq!(actors.entries[found[0].0].name, "Sergey Lavrov");
    /// ```
    pub fn persons_alike(&self, name: &str) -> Vec<(usize, f64)> {
        let persons = self.persons.get_or_init(|| {
            let entries = self.entries.iter().enumerate();
            Alike::new(entries.filter(|(_, entry)| entry.kind == ActorKind::Person))
        });
        persons.of(name)
    }

    /// The actor with this id.
    pub fn by_id(&self, id: &str) -> Option<&ActorEntry> {
        self.by_id.get(id).map(|at| &self.entries[*at])
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    #[serde(default)]
    actor: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    kind: String,
    country: Option<String>,
    #[serde(default)]
    sectors: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    metonyms: Vec<String>,
    #[serde(default)]
    role: Vec<ActorRole>,
}

const SECTORS: [&str; 25] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

pub(crate) fn read(files: &[&File]) -> Result<Actors, LexiconError> {
    let mut entries: Vec<ActorEntry> = Vec::new();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let mut in_file: BTreeSet<(String, String)> = BTreeSet::new();
    let mut offices: Vec<(&File, String, String)> = Vec::new();
    for file in files {
        for entry in file.toml::<Room>()?.actor {
            // looked up only for a message: counting lines for every actor is slow
            let line = || file.line_of(&format!("\"{}\"", entry.id));
            let kind = ActorKind::read(&entry.kind).ok_or_else(|| {
                file.wrong(
                    line(),
                    format!(
                        "actor `{}`: unknown kind `{}`; expected person, organization, government, \
                         military, legislature, group or media",
                        entry.id, entry.kind
                    ),
                )
            })?;
            if let Some(sector) = entry
                .sectors
                .iter()
                .find(|s| !SECTORS.contains(&s.as_str()))
            {
                return Err(file.wrong(
                    line(),
                    format!(
                        "actor `{}`: unknown sector `{sector}`; expected PLOVER codes: {}",
                        entry.id,
                        SECTORS.join(" ")
                    ),
                ));
            }
            if !in_file.insert((file.path.clone(), entry.id.clone())) {
                return Err(file.wrong(line(), format!("actor `{}` stands twice", entry.id)));
            }
            for of in entry.role.iter().filter_map(|role| role.of.as_ref()) {
                offices.push((file, entry.id.clone(), of.clone()));
            }
            let actor = ActorEntry {
                id: entry.id.clone(),
                name: entry.name,
                kind,
                country: entry.country,
                sectors: entry.sectors,
                also: entry.also,
                short: entry.short,
                metonyms: entry.metonyms,
                roles: entry.role,
            };
            match by_id.get(&entry.id) {
                Some(at) => entries[*at] = actor, // a user's entry over a built-in one
                None => {
                    by_id.insert(entry.id, entries.len());
                    entries.push(actor);
                }
            }
        }
    }
    for (file, id, of) in offices {
        if !by_id.contains_key(&of) {
            let line = file.line_of(&format!("\"{id}\""));
            return Err(file.wrong(
                line,
                format!("actor `{id}`: there is no actor `{of}` to hold an office in"),
            ));
        }
    }
    let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
    let mut any_case: HashMap<String, Vec<Form>> = HashMap::new();
    let mut starts: HashMap<String, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let full = std::iter::once(&entry.name)
            .chain(&entry.also)
            .map(|f| (f, FormKind::Full));
        let short = entry.short.iter().map(|f| (f, FormKind::Short));
        let metonyms = entry.metonyms.iter().map(|f| (f, FormKind::Metonym));
        for (text, kind) in full.chain(short).chain(metonyms) {
            let key = Actors::key(text);
            let lower = key.to_lowercase();
            let words = key.split(' ').count();
            let form = Form { actor: at, kind };
            let first = lower.split(' ').next().unwrap_or_default().to_owned();
            let most = starts.entry(first).or_default();
            *most = words.max(*most);
            let acronym = key.chars().all(|c| !c.is_lowercase());
            if words > 1 || (!acronym && key.chars().count() >= 4) {
                add(any_case.entry(lower).or_default(), form);
            }
            add(forms.entry(key).or_default(), form);
        }
    }
    Ok(Actors {
        entries,
        forms,
        any_case,
        starts,
        persons: OnceLock::new(),
        by_id,
    })
}

/// Keeps the list best first: full forms before short ones before metonyms, then the order
/// of entries; an actor stands in it once.
fn add(list: &mut Vec<Form>, form: Form) {
    if list.iter().any(|f| f.actor == form.actor) {
        return;
    }
    let at = list.partition_point(|f| (f.kind, f.actor) <= (form.kind, form.actor));
    list.insert(at, form);
}

/// Words written with a capital or without in names.
const SMALL: [&str; 22] = [
    "al", "el", "ul", "bin", "ibn", "bint", "abu", "abd", "abdul", "abdel", "de", "del", "van",
    "von", "the", "of", "and", "for", "in", "on", "to", "der",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn room(text: &str) -> Result<Actors, LexiconError> {
        let file = File {
            name: "actors/x.toml".into(),
            path: "x.toml".into(),
            text: text.into(),
        };
        read(&[&file])
    }

    #[test]
    fn forms_are_found_by_key_best_first() {
        let actors = room(
            "[[actor]]\nid = \"a\"\nname = \"Tarn\"\nkind = \"government\"\nmetonyms = [\"Orvo\"]\n\
             [[actor]]\nid = \"b\"\nname = \"Orvo\"\nkind = \"organization\"\nalso = [\"O.R.V.\"]\n",
        )
        .expect("a lexicon");
        let kinds: Vec<_> = actors
            .by_form("Orvo")
            .iter()
            .map(|f| (f.actor, f.kind))
            .collect();
        assert_eq!(kinds, [(1, FormKind::Full), (0, FormKind::Metonym)]);
        assert_eq!(actors.by_form(&Actors::key("ORV")).len(), 1);
        assert!(actors.by_form("orvo").is_empty() && actors.by_form_any_case("orvo").len() == 2);
    }

    #[test]
    fn a_wrong_kind_is_named_with_its_line() {
        let error = room("[[actor]]\nid = \"a\"\nname = \"A\"\nkind = \"club\"\n").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("x.toml:2: actor `a`: unknown kind `club`"),
            "{error}"
        );
    }
}
