//! `framing/*.toml`: words that characterise an actor, words that announce, what later
//! pages are compared by.
//!
//! One reader for all files of the folder: `[[label]]`, `[[outlook]]`, `[[horizon]]`,
//! `[[measure]]` and `[[fulfilment]]` may stand in any of them.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{EventType, Outcome, OutlookType, Tone};
use serde::Deserialize;

use crate::issues::{Reader, put};
use crate::phrases::Lists;
use crate::{File, LexiconError, Phrase};

/// Labels, announcements and measures.
#[derive(Clone, Debug, Default)]
pub struct Framings {
    /// Words that characterise.
    pub labels: Vec<LabelRule>,
    /// Words that announce.
    pub outlooks: Vec<OutlookRule>,
    /// By when, or under which condition.
    pub horizons: Vec<HorizonRule>,
    /// Numbers that several pages may give for one thing.
    pub measures: Vec<MeasureRule>,
    /// What reported act answers which announcement.
    pub fulfilments: Vec<FulfilmentRule>,
    /// Dictionary forms that the search in the tree reads, by the name of their list;
    /// `labels.toml` tells what each does.
    pub forms: BTreeMap<String, BTreeSet<String>>,
}

/// Words that characterise the actor they stand on or beside.
#[derive(Clone, Debug)]
pub struct LabelRule {
    /// Unique.
    pub id: String,
    /// How they colour.
    pub tone: Tone,
    /// Where the actor's own words stand.
    pub binds: Vec<Bind>,
    /// The wordings.
    pub phrases: Vec<Phrase>,
    /// Sentences in which it is found.
    pub yes: Vec<LabelExample>,
    /// Sentences in which it is not.
    pub no: Vec<LabelExample>,
}

/// Where the words that name an actor stand, seen from the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bind {
    /// The label and the actor's words share a word: "the Iran-backed militias".
    Inside,
    /// Right after the label: "the terrorist group X".
    Next,
    /// Right before it: "the X militia".
    Last,
    /// Before it with a comma or a form of "be" between: "X, a militant group,".
    Apposed,
}

/// A sentence with the label found in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelExample {
    /// The sentence.
    pub text: String,
    /// Words of the actor, verbatim.
    pub actor: Option<String>,
    /// The label, verbatim.
    pub label: Option<String>,
    /// Why a `no` sentence has none.
    pub why: Option<String>,
}

/// A way of announcing.
#[derive(Clone, Debug)]
pub struct OutlookRule {
    /// Unique.
    pub id: String,
    /// What kind of announcement.
    pub outlook_type: OutlookType,
    /// Cues of the statement, in every form; none: any cue.
    pub cues: Vec<Phrase>,
    /// What must stand in the content; none: anything.
    pub content: Vec<Phrase>,
    /// What must not.
    pub unless: Vec<Phrase>,
    /// Wordings with `{holder}` for announcements that are no statement of their own; the
    /// content is what follows, to the end of the clause.
    pub told: Vec<Phrase>,
    /// Sentences in which it is found.
    pub yes: Vec<OutlookExample>,
    /// Sentences in which it is not.
    pub no: Vec<OutlookExample>,
}

/// A sentence with the announcement in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutlookExample {
    /// The sentence.
    pub text: String,
    /// Words of the speaker, verbatim.
    pub speaker: String,
    /// The cue, verbatim; empty where there is no statement.
    #[serde(default)]
    pub cue: String,
    /// The words spoken, verbatim.
    pub content: String,
    /// Horizon that must be found.
    pub horizon: Option<String>,
    /// Why a `no` sentence is none.
    pub why: Option<String>,
}

/// A wording of a time or condition.
#[derive(Clone, Debug)]
pub struct HorizonRule {
    /// Unique.
    pub id: String,
    /// The wordings.
    pub phrases: Vec<Phrase>,
    /// Whether it runs on to the end of its clause ("if ...").
    pub clause: bool,
}

/// A number that pages may give differently.
#[derive(Clone, Debug)]
pub struct MeasureRule {
    /// Unique.
    pub id: String,
    /// What it counts, in a few words.
    pub about: String,
    /// The wordings, with `{number}` and perhaps `{place}`.
    pub phrases: Vec<Phrase>,
    /// Words within six words that make it no such measure.
    pub unless: Vec<Phrase>,
    /// A place must be named, in the phrase or in the sentence.
    pub needs_place: bool,
    /// Whether the number may change with time (a strength) or not (the dead of a day).
    pub changes: bool,
    /// Sentences in which it is found, with the number.
    pub yes: Vec<MeasureExample>,
    /// Sentences in which it is not.
    pub no: Vec<MeasureExample>,
}

/// A sentence with the number in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureExample {
    /// The sentence.
    pub text: String,
    /// The words that give the value, verbatim.
    pub value: Option<String>,
    /// Why a `no` sentence has none.
    pub why: Option<String>,
}

/// What reported act answers which announcement.
#[derive(Clone, Debug)]
pub struct FulfilmentRule {
    /// Unique.
    pub id: String,
    /// Kinds of announcement it answers; none: all.
    pub types: Vec<OutlookType>,
    /// What must stand in the announcement.
    pub announced: Vec<Phrase>,
    /// What must not.
    pub announced_unless: Vec<Phrase>,
    /// What a later sentence must tell; none where only events count.
    pub reported: Vec<Phrase>,
    /// What it must not.
    pub reported_unless: Vec<Phrase>,
    /// Event types that answer it, with actual status.
    pub events: Vec<EventType>,
    /// What it makes of the announcement.
    pub outcome: Outcome,
    /// How many names and rare words the two must share.
    pub shared: usize,
    /// A line for people.
    pub note: String,
    /// Pairs of sentences that it joins.
    pub yes: Vec<FulfilmentExample>,
    /// Pairs that it does not.
    pub no: Vec<FulfilmentExample>,
}

/// An announcement and a later sentence.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FulfilmentExample {
    /// The words announced.
    pub announced: String,
    /// The later sentence.
    pub reported: String,
    /// Why a `no` pair is none.
    pub why: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    #[serde(default)]
    words: Lists,
    #[serde(default)]
    forms: Lists,
    #[serde(default)]
    label: Vec<LabelEntry>,
    #[serde(default)]
    outlook: Vec<OutlookEntry>,
    #[serde(default)]
    horizon: Vec<HorizonEntry>,
    #[serde(default)]
    measure: Vec<MeasureEntry>,
    #[serde(default)]
    fulfilment: Vec<FulfilmentEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelEntry {
    id: String,
    tone: String,
    binds: Vec<Bind>,
    phrases: Vec<String>,
    yes: Vec<LabelExample>,
    no: Vec<LabelExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutlookEntry {
    id: String,
    #[serde(rename = "type")]
    outlook_type: String,
    #[serde(default)]
    cues: Vec<String>,
    #[serde(default)]
    content: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    told: Vec<String>,
    yes: Vec<OutlookExample>,
    no: Vec<OutlookExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HorizonEntry {
    id: String,
    #[serde(default)]
    clause: bool,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureEntry {
    id: String,
    about: String,
    phrases: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    needs_place: bool,
    #[serde(default)]
    changes: bool,
    yes: Vec<MeasureExample>,
    no: Vec<MeasureExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FulfilmentEntry {
    id: String,
    #[serde(default)]
    types: Vec<String>,
    announced: Vec<String>,
    #[serde(default)]
    announced_unless: Vec<String>,
    #[serde(default)]
    reported: Vec<String>,
    #[serde(default)]
    reported_unless: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    outcome: String,
    shared: usize,
    note: String,
    yes: Vec<FulfilmentExample>,
    no: Vec<FulfilmentExample>,
}

pub(crate) fn read(files: &[&File]) -> Result<Framings, LexiconError> {
    let mut all = Framings::default();
    for file in files {
        let room: Room = file.toml()?;
        for (name, words) in room.forms {
            all.forms.insert(name, words.into_iter().collect());
        }
        let reader = Reader {
            file,
            lists: room.words,
        };
        for entry in room.label {
            let Some(tone) = Tone::read(&entry.tone) else {
                return Err(reader.wrong(&entry.id, "tone is positive, negative or neutral"));
            };
            let rule = LabelRule {
                phrases: reader.all(&entry.phrases, &["proper"])?,
                id: entry.id,
                tone,
                binds: entry.binds,
                yes: entry.yes,
                no: entry.no,
            };
            put(&mut all.labels, rule, |r| r.id.clone());
        }
        for entry in room.outlook {
            let rule = OutlookRule {
                outlook_type: outlook_type(&reader, &entry.outlook_type)?,
                cues: reader.all(&entry.cues, &[])?,
                content: reader.all(&entry.content, &["proper", "number"])?,
                unless: reader.all(&entry.unless, &["proper", "number"])?,
                told: reader.all(&entry.told, &["holder"])?,
                id: entry.id,
                yes: entry.yes,
                no: entry.no,
            };
            if rule.cues.is_empty() && rule.content.is_empty() && rule.told.is_empty() {
                return Err(reader.wrong(&rule.id, "an outlook needs cues, content or told"));
            }
            put(&mut all.outlooks, rule, |r| r.id.clone());
        }
        for entry in room.horizon {
            let phrases = reader.all(&entry.phrases, &["number", "proper"])?;
            put(
                &mut all.horizons,
                HorizonRule {
                    id: entry.id,
                    phrases,
                    clause: entry.clause,
                },
                |r| r.id.clone(),
            );
        }
        for entry in room.measure {
            let rule = MeasureRule {
                phrases: reader.all(&entry.phrases, &["number", "place", "nation", "proper"])?,
                unless: reader.all(&entry.unless, &["number"])?,
                id: entry.id,
                about: entry.about,
                needs_place: entry.needs_place,
                changes: entry.changes,
                yes: entry.yes,
                no: entry.no,
            };
            if let Some(phrase) = rule.phrases.iter().find(|p| !p.has_slot("number")) {
                return Err(reader.wrong(&phrase.text, "a measure needs {number}"));
            }
            put(&mut all.measures, rule, |r| r.id.clone());
        }
        for entry in room.fulfilment {
            let rule = fulfilment(&reader, entry)?;
            put(&mut all.fulfilments, rule, |r| r.id.clone());
        }
    }
    Ok(all)
}

fn outlook_type(reader: &Reader<'_>, name: &str) -> Result<OutlookType, LexiconError> {
    OutlookType::read(name).ok_or_else(|| {
        reader.wrong(
            name,
            "type is threat, promise, demand, prediction or warning",
        )
    })
}

fn fulfilment(reader: &Reader<'_>, entry: FulfilmentEntry) -> Result<FulfilmentRule, LexiconError> {
    let outcomes = [Outcome::Fulfilled, Outcome::Broken, Outcome::Partly];
    let Some(outcome) = outcomes.into_iter().find(|o| o.name() == entry.outcome) else {
        return Err(reader.wrong(&entry.id, "outcome is fulfilled, broken or partly"));
    };
    if entry.reported.is_empty() && entry.events.is_empty() {
        return Err(reader.wrong(&entry.id, "a fulfilment needs reported or events"));
    }
    let mut types = Vec::new();
    for name in &entry.types {
        types.push(outlook_type(reader, name)?);
    }
    let mut events = Vec::new();
    for name in &entry.events {
        events.push(
            EventType::read(name)
                .ok_or_else(|| reader.wrong(name, "expected a PLOVER type in capitals"))?,
        );
    }
    Ok(FulfilmentRule {
        types,
        announced: reader.all(&entry.announced, &["proper", "number"])?,
        announced_unless: reader.all(&entry.announced_unless, &["proper", "number"])?,
        reported: reader.all(&entry.reported, &["proper", "number"])?,
        reported_unless: reader.all(&entry.reported_unless, &["proper", "number"])?,
        events,
        id: entry.id,
        outcome,
        shared: entry.shared,
        note: entry.note,
        yes: entry.yes,
        no: entry.no,
    })
}
