//! `issues/*.toml`: questions on which actors take a stand.
//!
//! A file with a `question` is an issue; its name without the ending is the issue's id. A
//! file without one holds what all issues share: the verbs of being for and against.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{EventType, Stance};
use serde::Deserialize;

use crate::phrases::Lists;
use crate::{File, LexiconError, Phrase, PhraseIndex, fold};

/// The issues, and the wordings of stands that all of them share.
#[derive(Clone, Debug, Default)]
pub struct Issues {
    /// In order of files.
    pub entries: Vec<Issue>,
    /// Ways of being for or against that hold for every issue.
    pub stances: Vec<StanceRule>,
    /// What an event about a target says of where its actor stands.
    pub events: Vec<EventStance>,
    /// Words that turn a stand round ("not", "no longer").
    pub negators: Vec<Phrase>,
    /// Words before a wording that make it no stand ("if", "whether").
    pub blockers: Vec<Phrase>,
    /// Words between a wording and its target that turn the target into another thing
    /// ("plans to end the ...").
    pub spoilers: Vec<Phrase>,
    /// Words before a holder that limit whose stand it is ("some", "most").
    pub quantifiers: Vec<Phrase>,
    /// Dictionary forms that the search in the tree reads, by the name of their list: what
    /// lets a stand through (`through`), turns it (`turns`), and so on; `stances.toml` tells.
    pub forms: BTreeMap<String, BTreeSet<String>>,
}

/// A question on which actors take a stand.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The file's name without its ending.
    pub id: String,
    /// The question, so put that "support" is yes. `{country}` stands for the country of an
    /// issue that is one for each.
    pub question: String,
    /// Other names of the issue, as people would ask for it; a country's stands as `{country}`.
    pub also: Vec<String>,
    /// Whether the file stands for one issue a country.
    pub per: Option<Per>,
    /// Words one of which must stand in the sentence, or often enough in the article, for
    /// it to be about this issue. Empty: any article will do.
    pub about: Vec<Phrase>,
    /// Words after a target that show it is another one (another country).
    pub elsewhere: Vec<Phrase>,
    /// What one can be for or against.
    pub targets: Vec<Target>,
    /// The wordings of all targets, one target's after the other's.
    pub index: PhraseIndex,
    /// Ways of being for or against of this issue's own, tried before the shared ones.
    pub stances: Vec<StanceRule>,
    /// What can limit a stand.
    pub scopes: Vec<Scope>,
    /// Sentences that show a stand.
    pub yes: Vec<StanceExample>,
    /// Sentences that show none.
    pub no: Vec<StanceExample>,
}

/// What parts an issue into one a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// The country where the thing is.
    Place,
    /// The country that the slot `{nation}` of a target names.
    Nation,
}

impl Issue {
    /// The id and the question of the issue for one country, by the country's English name.
    ///
    /// ```
    /// let lexicon = onrecord_lexicon::Lexicon::built_in();
    /// let troops = lexicon.issues.entries.iter().find(|i| i.id == "foreign-troops-in");
    /// let (id, question) = troops.unwrap().of_country("South Sudan");
    /// assert_eq!(id, "foreign-troops-in-south-sudan");
    /// assert!(question.contains("South Sudan"));
    /// ```
    pub fn of_country(&self, name: &str) -> (String, String) {
        let slug = fold(name)
            .to_lowercase()
            .replace(|c: char| !c.is_alphanumeric(), "-");
        (
            format!("{}-{slug}", self.id),
            self.question.replace("{country}", name),
        )
    }
}

impl Issues {
    /// Whether a name given by people means the issue with this id: its own id, with spaces or
    /// hyphens, or one of its other names, without regard to case; of an issue for each country,
    /// with the country's.
    ///
    /// ```
    /// let issues = &onrecord_lexicon::Lexicon::built_in().issues;
    /// assert!(issues.is("foreign-troops-in-iraq", "Foreign troops in Iraq"));
    /// assert!(!issues.is("foreign-troops-in-iraq", "Foreign troops in Mali"));
    /// ```
    pub fn is(&self, id: &str, name: &str) -> bool {
        let key = |text: &str| {
            let text = fold(text).to_lowercase();
            let words = text.split(|c: char| !c.is_alphanumeric());
            words
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join("-")
        };
        let name = key(name);
        if key(id) == name {
            return true;
        }
        self.entries.iter().any(|issue| match issue.per {
            None => issue.id == id && issue.also.iter().any(|also| key(also) == name),
            Some(_) => {
                let country = id.strip_prefix(&issue.id).and_then(|c| c.strip_prefix('-'));
                country.is_some_and(|country| {
                    let mut names = issue.also.iter();
                    names.any(|also| key(&also.replace("{country}", country)) == name)
                })
            }
        })
    }
}

/// Something one can be for or against.
#[derive(Clone, Debug)]
pub struct Target {
    /// Unique in its issue.
    pub id: String,
    /// Whether to be for it is to say yes to the question.
    pub toward: Toward,
    /// Taken only where another target stands in the sentence or the one before ("these
    /// forces").
    pub echo: bool,
    /// Its wordings.
    pub phrases: Vec<Phrase>,
}

/// A way of being for or against.
#[derive(Clone, Debug)]
pub struct StanceRule {
    /// Unique in its file.
    pub id: String,
    /// Which way.
    pub toward: Toward,
    /// Verbs, nouns and adjectives that take the thing, with the preposition they take it by:
    /// `oppose`, `call for`, `opposition to`. Who stands so is read off the tree.
    pub takes: Vec<String>,
    /// Its wordings. One with `{holder}` tells where that actor stands, wherever it is
    /// written; one without tells where a speaker stands and counts in their words only.
    pub phrases: Vec<Phrase>,
}

/// For or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Toward {
    For,
    Against,
}

impl Toward {
    /// For a thing one is for, or against a thing one is against: for.
    pub fn times(self, other: Toward) -> Toward {
        if self == other {
            Toward::For
        } else {
            Toward::Against
        }
    }

    /// Turned round.
    pub fn flipped(self) -> Toward {
        self.times(Toward::Against)
    }

    /// The stance of one who is this.
    pub fn stance(self) -> Stance {
        match self {
            Toward::For => Stance::Support,
            Toward::Against => Stance::Oppose,
        }
    }
}

/// What an event about a target says of where its actor stands on it.
#[derive(Clone, Debug)]
pub struct EventStance {
    /// Unique.
    pub id: String,
    /// Which event.
    pub event_type: EventType,
    /// Its mode; `None` takes any.
    pub mode: Option<String>,
    /// Which way.
    pub toward: Toward,
}

/// What limits a stand.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The words the record uses.
    pub name: String,
    /// Its wordings, near the target.
    pub phrases: Vec<Phrase>,
}

/// A sentence with the stand it shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StanceExample {
    /// The sentence.
    pub text: String,
    /// Words of the holder, verbatim.
    pub holder: Option<String>,
    /// `support` or `oppose`.
    pub stance: Option<String>,
    /// Whose words the content is, verbatim, where that is not the holder.
    pub speaker: Option<String>,
    /// The words spoken, verbatim, where the stand is taken in them.
    pub content: Option<String>,
    /// What limits it.
    pub scope: Option<String>,
    /// Why a `no` sentence shows none.
    pub why: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    question: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    per: Option<Per>,
    #[serde(default)]
    about: Vec<String>,
    #[serde(default)]
    elsewhere: Vec<String>,
    #[serde(default)]
    words: Lists,
    #[serde(default)]
    forms: Lists,
    #[serde(default)]
    target: Vec<TargetEntry>,
    #[serde(default)]
    stance: Vec<StanceEntry>,
    #[serde(default)]
    event: Vec<EventEntry>,
    #[serde(default)]
    scope: Vec<ScopeEntry>,
    #[serde(default)]
    yes: Vec<StanceExample>,
    #[serde(default)]
    no: Vec<StanceExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetEntry {
    id: String,
    toward: Toward,
    #[serde(default)]
    echo: bool,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StanceEntry {
    id: String,
    toward: Toward,
    #[serde(default)]
    takes: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventEntry {
    id: String,
    #[serde(rename = "type")]
    event_type: String,
    mode: Option<String>,
    toward: Toward,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeEntry {
    name: String,
    phrases: Vec<String>,
}

pub(crate) fn read(files: &[&File]) -> Result<Issues, LexiconError> {
    let mut rooms = Vec::new();
    let mut shared = Lists::new();
    for file in files {
        let room: Room = file.toml()?;
        if room.question.is_none() {
            shared.extend(room.words.clone());
        }
        rooms.push((*file, room));
    }
    let mut issues = Issues::default();
    for (file, room) in rooms {
        let mut lists = shared.clone();
        lists.extend(room.words);
        let reader = Reader { file, lists };
        let mut stances = Vec::new();
        for entry in room.stance {
            let phrases = reader.all(&entry.phrases, &["target", "holder"])?;
            if let Some(at) = phrases.iter().position(|p| !p.has_slot("target")) {
                // a stand needs something it is taken on, unless the file is an issue's own
                if room.question.is_none() {
                    return Err(reader.wrong(&entry.phrases[at], "a shared stance needs {target}"));
                }
            }
            stances.push(StanceRule {
                id: entry.id,
                toward: entry.toward,
                takes: entry.takes,
                phrases,
            });
        }
        let mut events = Vec::new();
        for entry in room.event {
            let Some(event_type) = EventType::read(&entry.event_type) else {
                return Err(reader.wrong(&entry.event_type, "expected a PLOVER type in capitals"));
            };
            let EventEntry {
                id, mode, toward, ..
            } = entry;
            events.push(EventStance {
                id,
                event_type,
                mode,
                toward,
            });
        }
        let Some(question) = room.question else {
            for stance in stances {
                put(&mut issues.stances, stance, |s| s.id.clone());
            }
            for event in events {
                put(&mut issues.events, event, |e| e.id.clone());
            }
            for (list, into) in [
                ("negator", &mut issues.negators),
                ("blocker", &mut issues.blockers),
                ("spoiler", &mut issues.spoilers),
                ("quantifier", &mut issues.quantifiers),
            ] {
                if reader.lists.contains_key(list) {
                    *into = reader.all(&[format!("{{{list}}}")], &[])?;
                }
            }
            for (name, words) in room.forms {
                issues.forms.insert(name, words.into_iter().collect());
            }
            continue;
        };
        if !events.is_empty() {
            return Err(reader.wrong(
                "[[event]]",
                "events are shared by all issues; put them in a file without a question",
            ));
        }
        let mut targets = Vec::new();
        for entry in room.target {
            let phrases = reader.all(&entry.phrases, &["number", "nation", "place"])?;
            let nationless = phrases.iter().position(|p| !p.has_slot("nation"));
            if let (Some(Per::Nation), Some(at)) = (room.per, nationless) {
                return Err(reader.wrong(
                    &entry.phrases[at],
                    "an issue `per = \"nation\"` needs {nation} in every wording of a target",
                ));
            }
            targets.push(Target {
                id: entry.id,
                toward: entry.toward,
                echo: entry.echo,
                phrases,
            });
        }
        let mut scopes = Vec::new();
        for entry in room.scope {
            let phrases = reader.all(&entry.phrases, &["target"])?;
            scopes.push(Scope {
                name: entry.name,
                phrases,
            });
        }
        let issue = Issue {
            index: PhraseIndex::new(targets.iter().flat_map(|t| &t.phrases)),
            id: file.stem().to_owned(),
            question,
            also: room.also,
            per: room.per,
            about: reader.all(&room.about, &[])?,
            elsewhere: reader.all(&room.elsewhere, &[])?,
            targets,
            stances,
            scopes,
            yes: room.yes,
            no: room.no,
        };
        put(&mut issues.entries, issue, |i| i.id.clone());
    }
    Ok(issues)
}

/// Puts an entry in place of the one with its key, else at the end.
pub(crate) fn put<T>(list: &mut Vec<T>, entry: T, key: impl Fn(&T) -> String) {
    match list.iter().position(|e| key(e) == key(&entry)) {
        Some(at) => list[at] = entry,
        None => list.push(entry),
    }
}

/// Reads the phrases of one file.
pub(crate) struct Reader<'a> {
    pub(crate) file: &'a File,
    pub(crate) lists: Lists,
}

impl Reader<'_> {
    pub(crate) fn all(
        &self,
        texts: &[String],
        slots: &[&str],
    ) -> Result<Vec<Phrase>, LexiconError> {
        texts
            .iter()
            .map(|text| {
                Phrase::read(text, &self.lists, slots).map_err(|says| self.wrong(text, &says))
            })
            .collect()
    }

    pub(crate) fn wrong(&self, near: &str, says: &str) -> LexiconError {
        self.file.wrong(self.file.line_of(near), says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File {
            name: format!("issues/{name}"),
            path: name.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn an_issue_needs_little() {
        let issue = file(
            "dam.toml",
            "question = 'Should the dam be built?'\n\
             [[target]]\nid = 'dam'\ntoward = 'for'\nphrases = ['{the}? dam']\n",
        );
        let shared = file(
            "stances.toml",
            "[words]\nthe = ['the', 'a']\nnegator = ['not']\n\
             [[stance]]\nid = 'oppose'\ntoward = 'against'\nphrases = ['{holder} opposed {target}']\n",
        );
        let issues = read(&[&issue, &shared]).expect("issues");
        assert_eq!(issues.entries[0].id, "dam");
        assert_eq!((issues.stances.len(), issues.negators.len()), (1, 1));
    }

    #[test]
    fn an_error_names_the_line() {
        let issue = file(
            "dam.toml",
            "question = 'Should the dam be built?'\n\
             [[target]]\nid = 'dam'\ntoward = 'for'\nphrases = ['{dams} wall']\n",
        );
        let error = read(&[&issue]).expect_err("an error").to_string();
        assert!(
            error.starts_with("dam.toml:5:") && error.contains("{dams}"),
            "{error}"
        );
    }
}
