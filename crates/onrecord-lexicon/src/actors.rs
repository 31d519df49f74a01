//! `actors/*.toml`: people, parties, armed groups, governments.

use std::collections::{BTreeMap, HashMap};

use onrecord_model::ActorKind;
use serde::Deserialize;

use crate::{File, LexiconError, fold};

/// All actors, and the forms under which they are found in text.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// The actors, in order of files and of entries.
    pub entries: Vec<ActorEntry>,
    forms: HashMap<String, Vec<Form>>,
    by_id: HashMap<String, usize>,
    longest: usize,
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
    /// The actors a folded form can mean, best first; see [`fold`]. Case counts.
    pub fn by_form(&self, folded: &str) -> &[Form] {
        self.forms.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The actor with this id.
    pub fn by_id(&self, id: &str) -> Option<&ActorEntry> {
        self.by_id.get(id).map(|at| &self.entries[*at])
    }

    /// The greatest number of words in a folded form.
    pub fn longest_form(&self) -> usize {
        self.longest
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
    let mut in_file: BTreeMap<(String, String), ()> = BTreeMap::new();
    for file in files {
        for entry in file.toml::<Room>()?.actor {
            let line = file.line_of(&format!("\"{}\"", entry.id));
            let kind = ActorKind::read(&entry.kind).ok_or_else(|| {
                file.wrong(
                    line,
                    format!(
                        "actor `{}`: unknown kind `{}`; expected person, organization, government, \
                         military, legislature, group or media",
                        entry.id, entry.kind
                    ),
                )
            })?;
            if let Some(sector) = entry.sectors.iter().find(|s| !SECTORS.contains(&s.as_str())) {
                return Err(file.wrong(
                    line,
                    format!(
                        "actor `{}`: unknown sector `{sector}`; expected PLOVER codes: {}",
                        entry.id,
                        SECTORS.join(" ")
                    ),
                ));
            }
            if in_file.insert((file.path.clone(), entry.id.clone()), ()).is_some() {
                return Err(file.wrong(line, format!("actor `{}` stands twice", entry.id)));
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
    let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
    let mut longest = 0;
    for (at, entry) in entries.iter().enumerate() {
        let full = std::iter::once(&entry.name).chain(&entry.also).map(|f| (f, FormKind::Full));
        let short = entry.short.iter().map(|f| (f, FormKind::Short));
        let metonyms = entry.metonyms.iter().map(|f| (f, FormKind::Metonym));
        for (form, kind) in full.chain(short).chain(metonyms) {
            let folded = fold(form);
            longest = longest.max(folded.split(' ').count());
            let list = forms.entry(folded).or_default();
            if !list.iter().any(|f| f.actor == at) {
                list.push(Form { actor: at, kind });
            }
        }
    }
    // best first: full forms before short ones before metonyms, then the order of entries
    let mut keys: Vec<String> = forms.keys().cloned().collect();
    keys.sort();
    for key in keys {
        if let Some(list) = forms.get_mut(&key) {
            list.sort_by_key(|f| (f.kind, f.actor));
        }
    }
    Ok(Actors { entries, forms, by_id, longest })
}
