//! `events/*.toml`: what counts as which PLOVER event, and how verbs are bent.
//!
//! One file holds the rules of one event type; `plover.toml` holds what all types share:
//! modes, intensities, the CAMEO crosswalk, irregular verbs and closed word classes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use onrecord_model::EventType;
use serde::Deserialize;

use crate::{Example, File, LexiconError};

/// All that is known of events.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The rules, in order of files and entries.
    pub rules: Vec<EventRule>,
    /// What all types share.
    pub plover: Plover,
    verbs: HashMap<String, Vec<EventVerbForm>>,
    nouns: HashMap<String, Vec<NounForm>>,
}

/// One way an event of one type is worded.
#[derive(Clone, Debug)]
pub struct EventRule {
    /// Unique key (`assault.strike`).
    pub id: String,
    /// The type it gives.
    pub event: EventType,
    /// What it takes, in a sentence.
    pub what: String,
    /// Where the actor stands, first that is filled: `subject` or a preposition (verbs);
    /// `before` or a preposition (nouns).
    pub actor: Vec<String>,
    /// Where the recipient stands: `object`, `before` or a preposition.
    pub target: Vec<String>,
    /// Which of the two must be found.
    pub needs: Needs,
    /// Mode where no mode word is found.
    pub mode: Option<String>,
    /// Mode to the words after the trigger, in the same clause, that give it.
    pub modes: BTreeMap<String, Vec<String>>,
    /// Words in the clause that rule it out.
    pub unless: Vec<String>,
    /// Words of which the clause must hold one.
    pub with: Vec<String>,
    /// Whether both sides act (a meeting, a clash): recipients join the actors unless the
    /// rule names a target.
    pub mutual: bool,
    /// Whether the rule takes only negated verbs ("does not need"): the event is the refusal.
    pub negated: bool,
    /// Whether a place in the recipient's slot stands for the government of its country.
    pub host: bool,
    /// Sentences it must take.
    pub yes: Vec<Example>,
    /// Sentences it must leave.
    pub no: Vec<Example>,
}

/// Which parties a rule cannot do without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needs {
    /// The actor of an active verb; either party of a passive or a noun.
    #[default]
    Actor,
    /// The recipient, whatever else is found.
    Target,
    /// One of the two.
    Any,
    /// Actor and recipient.
    Both,
}

/// A verb form that may open an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventVerbForm {
    /// Index into [`Events::rules`].
    pub rule: usize,
    /// What the form can be.
    pub shape: Shape,
    /// Words that must follow (`on` of "call on"), lower case.
    pub rest: Vec<String>,
}

/// A noun that may name an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NounForm {
    /// Index into [`Events::rules`].
    pub rule: usize,
    /// Words that must follow.
    pub rest: Vec<String>,
}

/// What a verb form can be; a form can be several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Shape {
    pub base: bool,
    pub third: bool,
    pub past: bool,
    pub participle: bool,
    pub gerund: bool,
}

/// What all event types share.
#[derive(Clone, Debug, Default)]
pub struct Plover {
    /// Modes of each type, by the type's name.
    pub modes: BTreeMap<String, Vec<String>>,
    intensity: BTreeMap<String, i16>,
    cameo: BTreeMap<String, String>,
    irregular: BTreeMap<String, Vec<String>>,
    /// Closed word classes and short lists of the shallow grammar, by name.
    pub lists: BTreeMap<String, BTreeSet<String>>,
}

impl Events {
    /// The verb forms a lower-case word can be.
    pub fn verb(&self, word: &str) -> &[EventVerbForm] {
        self.verbs.get(word).map_or(&[], Vec::as_slice)
    }

    /// The event nouns a lower-case word can open.
    pub fn noun(&self, word: &str) -> &[NounForm] {
        self.nouns.get(word).map_or(&[], Vec::as_slice)
    }
}

impl Plover {
    /// Intensity in tenths of a type and mode; see the head of `plover.toml`.
    pub fn intensity(&self, event: EventType, mode: Option<&str>) -> i16 {
        self.look_up(&self.intensity, event, mode)
            .copied()
            .unwrap_or(0)
    }

    /// CAMEO code of a type and mode, where the crosswalk has one.
    pub fn cameo(&self, event: EventType, mode: Option<&str>) -> Option<&str> {
        self.look_up(&self.cameo, event, mode).map(String::as_str)
    }

    /// Whether a list of the shallow grammar holds a lower-case word.
    pub fn is(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|l| l.contains(word))
    }

    fn look_up<'a, T>(
        &self,
        table: &'a BTreeMap<String, T>,
        event: EventType,
        mode: Option<&str>,
    ) -> Option<&'a T> {
        mode.and_then(|m| table.get(&format!("{}.{m}", event.name())))
            .or_else(|| table.get(event.name()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    event: String,
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    what: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    target: Vec<String>,
    #[serde(default)]
    needs: Needs,
    mode: Option<String>,
    #[serde(default)]
    modes: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    host: bool,
    yes: Vec<Example>,
    no: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PloverFile {
    #[serde(default)]
    modes: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    intensity: BTreeMap<String, i16>,
    #[serde(default)]
    cameo: BTreeMap<String, String>,
    #[serde(default)]
    irregular: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
}

pub(crate) fn read(files: &[&File]) -> Result<Events, LexiconError> {
    let mut events = Events::default();
    let mut words: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for file in files {
        if file.stem() == "plover" {
            add_plover(&mut events.plover, file.toml()?);
        } else {
            add_rules(&mut events.rules, &mut words, file)?;
        }
    }
    for file in files.iter().filter(|f| f.stem() != "plover") {
        check_modes(&events, file)?;
    }
    for (rule, (verbs, nouns)) in words.iter().enumerate() {
        for verb in verbs {
            let (first, rest) = split(verb);
            for (form, shape) in bend(&first, &events.plover.irregular) {
                let list = events.verbs.entry(form).or_default();
                list.push(EventVerbForm {
                    rule,
                    shape,
                    rest: rest.clone(),
                });
            }
        }
        for noun in nouns {
            let (first, rest) = split(noun);
            events
                .nouns
                .entry(first)
                .or_default()
                .push(NounForm { rule, rest });
        }
    }
    Ok(events)
}

fn add_plover(plover: &mut Plover, file: PloverFile) {
    plover.modes.extend(file.modes);
    plover.intensity.extend(file.intensity);
    plover.cameo.extend(file.cameo);
    plover.irregular.extend(file.irregular);
    for (name, list) in file.lists {
        plover.lists.entry(name).or_default().extend(list);
    }
}

fn add_rules(
    rules: &mut Vec<EventRule>,
    words: &mut Vec<(Vec<String>, Vec<String>)>,
    file: &File,
) -> Result<(), LexiconError> {
    let room: RuleFile = file.toml()?;
    let event = EventType::read(&room.event).ok_or_else(|| {
        let names: Vec<_> = EventType::ALL.iter().map(|t| t.name()).collect();
        let line = file.line_of("event");
        file.wrong(
            line,
            format!(
                "no event type `{}`; expected {}",
                room.event,
                names.join(" ")
            ),
        )
    })?;
    for entry in room.rule {
        let line = file.line_of(&format!("\"{}\"", entry.id));
        if entry.verbs.is_empty() == entry.nouns.is_empty() {
            return Err(file.wrong(
                line,
                format!("rule `{}` needs either verbs or nouns", entry.id),
            ));
        }
        if entry.yes.len() < 2 || entry.no.len() < 2 {
            let message = format!(
                "rule `{}` needs two yes and two no sentences at least",
                entry.id
            );
            return Err(file.wrong(line, message));
        }
        let usual = if entry.verbs.is_empty() {
            "before"
        } else {
            "subject"
        };
        let actor = if entry.actor.is_empty() {
            vec![usual.to_owned()]
        } else {
            entry.actor
        };
        let rule = EventRule {
            id: entry.id,
            event,
            what: entry.what,
            actor,
            target: entry.target,
            needs: entry.needs,
            mode: entry.mode,
            modes: entry.modes,
            unless: entry.unless,
            with: entry.with,
            mutual: entry.mutual,
            negated: entry.negated,
            host: entry.host,
            yes: entry.yes,
            no: entry.no,
        };
        match rules.iter().position(|r| r.id == rule.id) {
            Some(at) => {
                rules[at] = rule; // a user's rule over a built-in one
                words[at] = (entry.verbs, entry.nouns);
            }
            None => {
                rules.push(rule);
                words.push((entry.verbs, entry.nouns));
            }
        }
    }
    Ok(())
}

fn check_modes(events: &Events, file: &File) -> Result<(), LexiconError> {
    let room: RuleFile = file.toml()?;
    let known = events
        .plover
        .modes
        .get(&room.event)
        .cloned()
        .unwrap_or_default();
    for rule in &room.rule {
        for mode in rule.mode.iter().chain(rule.modes.keys()) {
            if !known.contains(mode) {
                let line = file.line_of(&format!("\"{}\"", rule.id));
                let message = format!(
                    "rule `{}`: {} has no mode `{mode}`; expected one of: {}",
                    rule.id,
                    room.event,
                    known.join(" ")
                );
                return Err(file.wrong(line, message));
            }
        }
    }
    Ok(())
}

fn split(phrase: &str) -> (String, Vec<String>) {
    let mut words = phrase.split_whitespace().map(str::to_lowercase);
    (words.next().unwrap_or_default(), words.collect())
}

/// The forms of a verb. Irregular verbs give past and participle; all else is by rule.
fn bend(lemma: &str, irregular: &BTreeMap<String, Vec<String>>) -> Vec<(String, Shape)> {
    let none = Shape::default();
    let mut forms: Vec<(String, Shape)> = Vec::new();
    let mut add = |form: String, shape: Shape| match forms.iter_mut().find(|(f, _)| *f == form) {
        Some((_, known)) => {
            known.base |= shape.base;
            known.third |= shape.third;
            known.past |= shape.past;
            known.participle |= shape.participle;
            known.gerund |= shape.gerund;
        }
        None => forms.push((form, shape)),
    };
    add(lemma.to_owned(), Shape { base: true, ..none });
    let sibilant = ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| lemma.ends_with(end));
    let after_consonant = |end: char| {
        lemma
            .strip_suffix(end)
            .is_some_and(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
    };
    let consonant_y = after_consonant('y');
    let third = if sibilant {
        format!("{lemma}es")
    } else if consonant_y {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else {
        format!("{lemma}s")
    };
    add(
        third,
        Shape {
            third: true,
            ..none
        },
    );
    match irregular.get(lemma).map(Vec::as_slice) {
        Some([past]) => add(
            past.clone(),
            Shape {
                past: true,
                participle: true,
                ..none
            },
        ),
        Some([past, participle, more @ ..]) => {
            add(past.clone(), Shape { past: true, ..none });
            add(
                participle.clone(),
                Shape {
                    participle: true,
                    ..none
                },
            );
            for form in more {
                add(
                    form.clone(),
                    Shape {
                        past: true,
                        participle: true,
                        ..none
                    },
                );
            }
        }
        _ => {
            let past = if lemma.ends_with('e') {
                format!("{lemma}d")
            } else if consonant_y {
                format!("{}ied", &lemma[..lemma.len() - 1])
            } else {
                format!("{}ed", doubled(lemma))
            };
            add(
                past,
                Shape {
                    past: true,
                    participle: true,
                    ..none
                },
            );
        }
    }
    let gerund = if let Some(stem) = lemma.strip_suffix("ie") {
        format!("{stem}ying")
    } else if lemma.ends_with('e') && !lemma.ends_with("ee") {
        format!("{}ing", &lemma[..lemma.len() - 1])
    } else {
        format!("{}ing", doubled(lemma))
    };
    add(
        gerund,
        Shape {
            gerund: true,
            ..none
        },
    );
    forms
}

/// The stem with its last consonant doubled where spelling asks for it: one vowel letter
/// before it and the stress on it. Short words are taken as stressed at the end.
fn doubled(lemma: &str) -> String {
    let letters: Vec<char> = lemma.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let [.., before, a, last] = letters.as_slice() else {
        return lemma.to_owned();
    };
    let closed = vowel(*a) && !vowel(*before) && !vowel(*last) && !"wxyh".contains(*last);
    let one_syllable = letters.iter().filter(|c| vowel(**c)).count() == 1;
    let stressed = one_syllable
        || [
            "rebel", "expel", "repel", "deter", "permit", "commit", "admit", "kidnap", "compel",
        ]
        .contains(&lemma);
    if closed && stressed {
        format!("{lemma}{last}")
    } else {
        lemma.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(lemma: &str) -> Vec<String> {
        bend(lemma, &BTreeMap::new())
            .into_iter()
            .map(|(form, _)| form)
            .collect()
    }

    #[test]
    fn verbs_are_bent_as_spelling_asks() {
        assert_eq!(
            forms("attack"),
            ["attack", "attacks", "attacked", "attacking"]
        );
        assert_eq!(
            forms("accuse"),
            ["accuse", "accuses", "accused", "accusing"]
        );
        assert_eq!(forms("deny"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(forms("ban"), ["ban", "bans", "banned", "banning"]);
        assert_eq!(forms("expel"), ["expel", "expels", "expelled", "expelling"]);
        assert_eq!(forms("visit"), ["visit", "visits", "visited", "visiting"]);
        assert_eq!(forms("free"), ["free", "frees", "freed", "freeing"]);
        assert_eq!(
            forms("deploy"),
            ["deploy", "deploys", "deployed", "deploying"]
        );
    }

    #[test]
    fn an_irregular_verb_has_the_forms_it_is_given() {
        let irregular = BTreeMap::from([
            ("hit".to_owned(), vec!["hit".to_owned()]),
            (
                "take".to_owned(),
                vec!["took".to_owned(), "taken".to_owned()],
            ),
        ]);
        let hit = bend("hit", &irregular);
        assert_eq!(hit[0].0, "hit");
        assert!(hit[0].1.base && hit[0].1.past && hit[0].1.participle);
        let take: Vec<_> = bend("take", &irregular)
            .into_iter()
            .map(|(form, _)| form)
            .collect();
        assert_eq!(take, ["take", "takes", "took", "taken", "taking"]);
    }
}
