//! `speech/*.toml`: verbs and phrases of saying, words for sources, and the small words the
//! rules of attribution need.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use onrecord_model::SourceKind;
use serde::Deserialize;

use crate::{Example, File, LexiconError};

mod inflect;

/// What is known of how speech is reported.
#[derive(Clone, Debug, Default)]
pub struct Speech {
    /// The cues, in order of files and entries.
    pub cues: Vec<Cue>,
    /// Words that head a description of a source, with the sentences that test them.
    pub sources: Vec<SourceWords>,
    /// Small words.
    pub small: SmallWords,
    forms: HashMap<String, Vec<CueForm>>,
    heads: HashMap<String, SourceKind>,
}

/// A group of verbs or phrases of saying that are built alike.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Unique key (`say`); a row made by it says `rule:speech.say`.
    pub id: String,
    /// What these verbs do, in a line.
    pub what: String,
    /// What is done by saying it.
    pub force: Force,
    /// What may follow as content.
    pub takes: BTreeSet<Complement>,
    /// Prepositions after which the content stands ("warn **of**", "call **for**").
    pub prepositions: BTreeSet<String>,
    /// What its object is.
    pub object: ObjectRole,
    /// Whether "to" brings the person spoken to ("said **to** reporters").
    pub addressee_after_to: bool,
    /// If not empty, the object must have one of these nouns ("expressed **concern**").
    pub object_nouns: BTreeSet<String>,
    /// If not empty, one of these words must follow the object ("accused X **of**").
    pub object_needs: BTreeSet<String>,
    /// Words with which its content does not begin ("declined to **comment**").
    pub object_excludes: BTreeSet<String>,
    /// If not empty, its source must be of one of these kinds ("the **poll** found that").
    pub sources: BTreeSet<SourceKind>,
    /// Whether the subject must be someone who can speak: "the photo indicates that" is no
    /// statement.
    pub speaker_only: bool,
    /// Whether the source may stand after it ("...," said X); not so for "told X".
    pub inverts: bool,
    /// Sentences it must take.
    pub yes: Vec<Example>,
    /// Sentences it must leave.
    pub no: Vec<Example>,
}

/// What is done by saying something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Force {
    #[default]
    Neutral,
    Demand,
    Threat,
    Warning,
    Promise,
    Accusation,
    Denial,
    Refusal,
    Support,
    Prediction,
}

/// What may follow a cue as content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Complement {
    /// Words in quotation marks.
    Quote,
    /// A clause with or without "that".
    Clause,
    /// A clause without "that" even where no word of it is surely a finite verb.
    Bare,
    /// A clause with "that".
    That,
    /// "whether", "if", "why" and so on with a clause.
    Question,
    /// "to" and a verb.
    Infinitive,
    /// The person spoken to, "to" and a verb.
    ObjectInfinitive,
    /// A noun phrase.
    Object,
    /// A noun phrase and what it is called.
    ObjectPredicate,
    /// A verb in -ing.
    Gerund,
}

/// What the object of a cue is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObjectRole {
    /// It takes none.
    #[default]
    None,
    /// The person spoken to.
    Addressee,
    /// The content, or its beginning.
    Content,
    /// The person who speaks ("quoted the minister as saying").
    Speaker,
}

/// How a cue is used in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbForm {
    /// "say".
    Base,
    /// "says".
    Third,
    /// "said", also as a participle where the two are one.
    Past,
    /// "sworn".
    Participle,
    /// "saying".
    Gerund,
    /// A fixed phrase that brings the source after it ("according to").
    SourceAfter,
    /// A fixed phrase after the source ("was quoted as saying").
    Phrase,
    /// A noun whose content follows ("the claim that").
    Noun,
}

/// A way a cue is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueForm {
    /// Index into [`Speech::cues`].
    pub cue: usize,
    /// The words after the first, lower case.
    pub rest: Vec<String>,
    /// Which form.
    pub form: VerbForm,
    /// Whether the same word is also a noun ("report", "claims").
    pub also_noun: bool,
}

/// Words that head a description of a source.
#[derive(Clone, Debug)]
pub struct SourceWords {
    /// Unique key.
    pub id: String,
    /// What kind of source.
    pub kind: SourceKind,
    /// The words, lower case.
    pub heads: BTreeSet<String>,
    /// Sentences with a source of this kind.
    pub yes: Vec<Example>,
    /// Sentences without one.
    pub no: Vec<Example>,
}

/// The small words the rules of attribution need, by the name of their list.
#[derive(Clone, Debug, Default)]
pub struct SmallWords {
    lists: BTreeMap<String, BTreeSet<String>>,
}

impl SmallWords {
    /// Whether `word`, lower case, stands in the list. A list that is not there holds nothing.
    pub fn has(&self, list: &str, word: &str) -> bool {
        self.lists
            .get(list)
            .is_some_and(|words| words.contains(word))
    }
}

impl Speech {
    /// The ways a cue can begin with this word (lower case, plain apostrophes), longest first.
    ///
    /// ```
    /// let lexicon = onrecord_lexicon::Lexicon::built_in();
    /// let form = &lexicon.speech.forms("said")[0];
    /// assert_eq!(lexicon.speech.cues[form.cue].id, "say");
    /// ```
    pub fn forms(&self, word: &str) -> &[CueForm] {
        self.forms.get(word).map_or(&[], Vec::as_slice)
    }

    /// The cue with this key.
    pub fn cue(&self, id: &str) -> Option<&Cue> {
        self.cues.iter().find(|cue| cue.id == id)
    }

    /// The cue that made a row, from the row's `made_by`.
    ///
    /// ```
    /// let lexicon = onrecord_lexicon::Lexicon::built_in();
    /// let cue = lexicon.speech.cue_of_rule("rule:speech.say").expect("a cue");
    /// assert_eq!(cue.id, "say");
    /// assert!(lexicon.speech.cue_of_rule("rule:speech.carried").is_none());
    /// ```
    pub fn cue_of_rule(&self, made_by: &str) -> Option<&Cue> {
        let by_rule = made_by.strip_prefix("rule:speech.");
        self.cue(by_rule.or_else(|| made_by.strip_prefix("head:attribution."))?)
    }

    /// What kind of source a noun stands for, if it stands for one.
    pub fn source_kind(&self, head: &str) -> Option<SourceKind> {
        self.heads.get(head).copied()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    #[serde(default)]
    cue: Vec<CueEntry>,
    #[serde(default)]
    source: Vec<SourceEntry>,
    #[serde(default)]
    small: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    id: String,
    what: String,
    #[serde(default)]
    force: Force,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    irregular: BTreeMap<String, [String; 4]>,
    #[serde(default)]
    also_nouns: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    source_after: Vec<String>,
    takes: Vec<Complement>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    object: ObjectRole,
    #[serde(default)]
    addressee_after_to: bool,
    #[serde(default)]
    object_nouns: Vec<String>,
    #[serde(default)]
    object_needs: Vec<String>,
    #[serde(default)]
    object_excludes: Vec<String>,
    #[serde(default)]
    sources: Vec<SourceName>,
    #[serde(default)]
    speaker_only: bool,
    #[serde(default = "yes")]
    inverts: bool,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    id: String,
    kind: String,
    heads: Vec<String>,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<Example>,
}

pub(crate) fn read(files: &[&File]) -> Result<Speech, LexiconError> {
    let mut entries: Vec<CueEntry> = Vec::new();
    let mut speech = Speech::default();
    for file in files {
        let room: Room = file.toml()?;
        for entry in room.cue {
            check(file, &entry)?;
            match entries.iter().position(|e| e.id == entry.id) {
                Some(at) => entries[at] = entry,
                None => entries.push(entry),
            }
        }
        for entry in room.source {
            let words = source_words(file, entry)?;
            match speech.sources.iter().position(|s| s.id == words.id) {
                Some(at) => speech.sources[at] = words,
                None => speech.sources.push(words),
            }
        }
        for (list, words) in room.small {
            speech.small.lists.entry(list).or_default().extend(words);
        }
    }
    for (at, entry) in entries.iter().enumerate() {
        for (words, form, also_noun) in forms(entry) {
            let mut words = words.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            let form = CueForm {
                cue: at,
                rest: words.collect(),
                form,
                also_noun,
            };
            let list = speech.forms.entry(first).or_default();
            if !list.contains(&form) {
                list.push(form);
                list.sort_by_key(|f| (std::cmp::Reverse(f.rest.len()), f.cue, f.form));
            }
        }
    }
    speech.cues = entries.into_iter().map(cue).collect();
    for source in &speech.sources {
        for head in &source.heads {
            speech.heads.insert(head.clone(), source.kind);
        }
    }
    Ok(speech)
}

fn yes() -> bool {
    true
}

fn check(file: &File, entry: &CueEntry) -> Result<(), LexiconError> {
    let line = file.line_of(&format!("\"{}\"", entry.id));
    let written = [
        &entry.verbs,
        &entry.nouns,
        &entry.phrases,
        &entry.source_after,
    ];
    if written.iter().all(|words| words.is_empty()) {
        return Err(file.wrong(
            line,
            format!("`{}` needs verbs, nouns, phrases or source_after", entry.id),
        ));
    }
    let known = |verb: &String| entry.verbs.contains(verb);
    if let Some(verb) = entry
        .irregular
        .keys()
        .chain(&entry.also_nouns)
        .find(|v| !known(v))
    {
        return Err(file.wrong(
            line,
            format!("`{}`: `{verb}` is not one of its verbs", entry.id),
        ));
    }
    if entry.takes.is_empty() && entry.prepositions.is_empty() {
        return Err(file.wrong(line, format!("`{}` needs takes or prepositions", entry.id)));
    }
    Ok(())
}

/// Every way a cue is written.
fn forms(entry: &CueEntry) -> Vec<(String, VerbForm, bool)> {
    let mut all = Vec::new();
    for verb in &entry.verbs {
        let also_noun = entry.also_nouns.contains(verb);
        let inflected = match entry.irregular.get(verb) {
            Some([third, past, participle, gerund]) => {
                [verb, third, past, participle, gerund].map(Clone::clone)
            }
            None => inflect::regular(verb),
        };
        let kinds = [
            VerbForm::Base,
            VerbForm::Third,
            VerbForm::Past,
            VerbForm::Participle,
            VerbForm::Gerund,
        ];
        let mut seen = BTreeSet::new();
        for (form, kind) in inflected.into_iter().zip(kinds) {
            if seen.insert(form.clone()) {
                all.push((form, kind, also_noun));
            }
        }
    }
    all.extend(
        entry
            .nouns
            .iter()
            .map(|n| (n.clone(), VerbForm::Noun, true)),
    );
    all.extend(
        entry
            .phrases
            .iter()
            .map(|p| (p.clone(), VerbForm::Phrase, false)),
    );
    all.extend(
        entry
            .source_after
            .iter()
            .map(|p| (p.clone(), VerbForm::SourceAfter, false)),
    );
    all
}

/// A kind of source as the files write it.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SourceName {
    Anonymous,
    Document,
    Outlet,
    Crowd,
}

impl SourceName {
    fn kind(self) -> SourceKind {
        match self {
            Self::Anonymous => SourceKind::Anonymous,
            Self::Document => SourceKind::Document,
            Self::Outlet => SourceKind::Outlet,
            Self::Crowd => SourceKind::Crowd,
        }
    }
}

fn cue(entry: CueEntry) -> Cue {
    Cue {
        id: entry.id,
        what: entry.what,
        force: entry.force,
        takes: entry.takes.into_iter().collect(),
        prepositions: entry.prepositions.into_iter().collect(),
        object: entry.object,
        addressee_after_to: entry.addressee_after_to,
        object_nouns: entry.object_nouns.into_iter().collect(),
        object_needs: entry.object_needs.into_iter().collect(),
        object_excludes: entry.object_excludes.into_iter().collect(),
        sources: entry.sources.into_iter().map(SourceName::kind).collect(),
        speaker_only: entry.speaker_only,
        inverts: entry.inverts,
        yes: entry.yes,
        no: entry.no,
    }
}

fn source_words(file: &File, entry: SourceEntry) -> Result<SourceWords, LexiconError> {
    let kind = match entry.kind.as_str() {
        "anonymous" => SourceKind::Anonymous,
        "document" => SourceKind::Document,
        "outlet" => SourceKind::Outlet,
        "crowd" => SourceKind::Crowd,
        other => {
            let line = file.line_of(&format!("\"{}\"", entry.id));
            return Err(file.wrong(
                line,
                format!(
                    "`{}`: `{other}` is none of anonymous, document, outlet, crowd",
                    entry.id
                ),
            ));
        }
    };
    Ok(SourceWords {
        id: entry.id,
        kind,
        heads: entry.heads.into_iter().collect(),
        yes: entry.yes,
        no: entry.no,
    })
}
