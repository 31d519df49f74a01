//! Names of persons, organisations and places: exact spans, and how many are found at all.

use std::fmt;

use onrecord_model::NameKind;

use crate::parse::share;
use crate::{Agreement, ScoreError};

const VERSION: &str = concat!("onrecord ", env!("CARGO_PKG_VERSION"));

/// The kinds that are measured, in the order of the table.
const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organization, NameKind::Location];

/// One sentence of a file in IOB2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelledSentence {
    /// Its words.
    pub words: Vec<String>,
    /// The label of each: `O`, `B-PER`, `I-PER`, as the file writes it.
    pub labels: Vec<String>,
}

/// How far a system's names agree with the gold ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamesScore {
    /// How many sentences were compared.
    pub sentences: usize,
    /// How many words they have.
    pub words: usize,
    /// `PER`.
    pub persons: KindScore,
    /// `ORG`.
    pub organizations: KindScore,
    /// `LOC`.
    pub locations: KindScore,
    /// Whether mentions were compared, of which nobody has published figures for such a set.
    pub mentions: bool,
}

/// How far the names of one kind agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindScore {
    /// Names with the same first word, last word and kind.
    pub exact: Agreement,
    /// Gold names that share a word with a name of the same kind.
    pub overlapped: usize,
    /// Gold names that share a word with a name of any kind.
    pub overlapped_any: usize,
}

/// A name as a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelledName {
    /// What it names.
    pub kind: NameKind,
    /// Its first word.
    pub first: usize,
    /// The word after its last.
    pub end: usize,
}

impl KindScore {
    /// Share of gold names that share a word with a name of the same kind.
    pub fn overlap_recall(self) -> f64 {
        share(self.overlapped, self.exact.gold)
    }

    /// Share of gold names that share a word with a name of any kind.
    pub fn overlap_recall_any(self) -> f64 {
        share(self.overlapped_any, self.exact.gold)
    }
}

/// Compares labels over the same words.
///
/// # Errors
/// If the two have not the same sentences or a sentence has not the same words.
pub fn evaluate(
    gold: &[LabelledSentence],
    system: &[LabelledSentence],
) -> Result<NamesScore, ScoreError> {
    let differ = |place: String, gold: String, system: String| ScoreError::Differ {
        place,
        gold,
        system,
    };
    let mut score = NamesScore::default();
    for (index, (ours, theirs)) in gold.iter().zip(system).enumerate() {
        let sentence = index + 1;
        if let Some(at) = first_difference(&ours.words, &theirs.words) {
            let word = |words: &[String]| {
                words
                    .get(at)
                    .map_or("its end".into(), |word| format!("{word:?}"))
            };
            return Err(differ(
                format!("word {} of sentence {sentence}", at + 1),
                word(&ours.words),
                word(&theirs.words),
            ));
        }
        if ours.labels.len() != theirs.labels.len() {
            return Err(differ(
                format!("sentence {sentence}"),
                format!("{} labels", ours.labels.len()),
                format!("{} labels", theirs.labels.len()),
            ));
        }
        score.add(&ours.labels, &theirs.labels);
    }
    if gold.len() != system.len() {
        return Err(differ(
            "the last sentence".into(),
            format!("{} sentences", gold.len()),
            format!("{} sentences", system.len()),
        ));
    }
    Ok(score)
}

fn first_difference(gold: &[String], system: &[String]) -> Option<usize> {
    let longer = gold.len().max(system.len());
    (0..longer).find(|&at| gold.get(at) != system.get(at))
}

impl NamesScore {
    /// Adds one sentence, its labels over the same words.
    pub fn add<G: AsRef<str>, S: AsRef<str>>(&mut self, gold: &[G], system: &[S]) {
        self.sentences += 1;
        self.words += gold.len();
        let (gold, system) = (names_of(gold), names_of(system));
        for name in &system {
            self.kind_mut(name.kind).exact.system += 1;
        }
        let mut from = 0;
        for name in &gold {
            while system
                .get(from)
                .is_some_and(|other| other.end <= name.first)
            {
                from += 1;
            }
            let touching = || {
                system[from..]
                    .iter()
                    .take_while(|other| other.first < name.end)
            };
            let score = self.kind_mut(name.kind);
            score.exact.gold += 1;
            score.exact.correct += usize::from(touching().any(|other| other == name));
            score.overlapped += usize::from(touching().any(|other| other.kind == name.kind));
            score.overlapped_any += usize::from(touching().next().is_some());
        }
    }

    /// Over names of one kind.
    pub fn kind(&self, kind: NameKind) -> KindScore {
        match kind {
            NameKind::Person => self.persons,
            NameKind::Organization => self.organizations,
            NameKind::Location => self.locations,
        }
    }

    /// Over names of all kinds, each of the same weight.
    pub fn all(&self) -> KindScore {
        let mut all = KindScore::default();
        for kind in KINDS {
            let one = self.kind(kind);
            all.exact.gold += one.exact.gold;
            all.exact.system += one.exact.system;
            all.exact.correct += one.exact.correct;
            all.overlapped += one.overlapped;
            all.overlapped_any += one.overlapped_any;
        }
        all
    }

    fn kind_mut(&mut self, kind: NameKind) -> &mut KindScore {
        match kind {
            NameKind::Person => &mut self.persons,
            NameKind::Organization => &mut self.organizations,
            NameKind::Location => &mut self.locations,
        }
    }
}

/// The names that labels mark, in order. Of other kinds than the three there are none; `I-`
/// after nothing or after another kind begins a name.
///
/// ```
/// use onrecord_score::names::names_of;
/// let names = names_of(&["I-PER", "I-Person", "B-PER", "O", "B-Weapon"]);
/// assert_eq!(names.iter().map(|n| (n.first, n.end)).collect::<Vec<_>>(), [(0, 2), (2, 3)]);
/// ```
pub fn names_of(labels: &[impl AsRef<str>]) -> Vec<LabelledName> {
    let mut names: Vec<LabelledName> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let label = label.as_ref();
        let kind = label.get(2..).and_then(kind_named);
        let Some(kind) = kind.filter(|_| is_label(label)) else {
            continue;
        };
        match names.last_mut() {
            Some(name) if label.starts_with("I-") && name.kind == kind && name.end == at => {
                name.end += 1;
            }
            _ => names.push(LabelledName {
                kind,
                first: at,
                end: at + 1,
            }),
        }
    }
    names
}

/// The kind that label sets call this.
fn kind_named(name: &str) -> Option<NameKind> {
    match name.to_ascii_lowercase().as_str() {
        "per" | "person" => Some(NameKind::Person),
        "org" | "organisation" | "organization" => Some(NameKind::Organization),
        "loc" | "location" | "gpe" => Some(NameKind::Location),
        _ => None,
    }
}

/// Reads a file in IOB2, a word a line, sentences parted by empty lines; `file` is its name
/// in errors.
///
/// The columns, parted by tabs, are `word label …` or, as in Universal NER, `number word
/// label …` with the numbers 1, 2, 3 in each sentence. Lines that begin with `#` and are
/// not of that form are comments.
///
/// # Errors
/// If a line lacks a column or its label is not `O`, `B-…` or `I-…`, naming the line.
pub fn read(text: &str, file: &str) -> Result<Vec<LabelledSentence>, ScoreError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let numbered = is_numbered(text);
    let mut sentences = Vec::new();
    let mut current = LabelledSentence::default();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() {
            sentences.extend((!current.words.is_empty()).then(|| std::mem::take(&mut current)));
            continue;
        }
        let mut columns = line.split('\t').skip(usize::from(numbered));
        let (word, label) = (columns.next(), columns.next());
        let labelled = label.is_some_and(is_label);
        if line.starts_with('#') && (numbered || !labelled) {
            continue;
        }
        let (Some(word), Some(label), true) = (word, label, labelled) else {
            let found = label.map_or("no label".to_owned(), |label| format!("label {label:?}"));
            let what = format!("{found}, expected O, B-… or I-… after the word and a tab");
            return Err(ScoreError::line(file, index + 1, what));
        };
        current.words.push(word.to_owned());
        current.labels.push(label.to_owned());
    }
    sentences.extend((!current.words.is_empty()).then_some(current));
    Ok(sentences)
}

fn is_label(text: &str) -> bool {
    text == "O" || (text.len() > 2 && (text.starts_with("B-") || text.starts_with("I-")))
}

/// Whether the first column numbers the words of each sentence.
fn is_numbered(text: &str) -> bool {
    let mut before = 0;
    let mut any = false;
    for line in text.lines() {
        if line.is_empty() {
            before = 0;
        } else if !line.starts_with('#') {
            let mut columns = line.split('\t');
            if columns.next().and_then(|number| number.parse().ok()) != Some(before + 1)
                || columns.count() < 2
            {
                return false;
            }
            before += 1;
            any = true;
        }
    }
    any
}

/// F1 of exact spans over all kinds, as published.
const OTHERS: [(&str, f64); 2] = [
    ("XLM-R large, UNER English EWT test", 86.0),
    ("XLM-R large, UNER English PUD test", 80.1),
];

impl fmt::Display for NamesScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}, exact spans, {} sentences, {} words",
            if self.mentions { "Mentions" } else { "Names" },
            self.sentences,
            self.words
        )?;
        writeln!(f)?;
        writeln!(
            f,
            "{:<38} {:>6} {:>9} {:>7} {:>7} {:>7} {:>9} {:>9}",
            "", "F1", "precision", "recall", "gold", "system", "same kind", "any kind"
        )?;
        line(f, VERSION, self.all())?;
        for kind in KINDS {
            line(f, &format!("  {}", kind.as_str()), self.kind(kind))?;
        }
        if !self.mentions {
            for (name, f1) in OTHERS {
                writeln!(f, "{name:<38} {f1:>6.1}")?;
            }
        }
        writeln!(f)?;
        writeln!(
            f,
            "Same kind, any kind: share of gold spans that share a word with one of the system's."
        )?;
        if !self.mentions {
            writeln!(f, "The other figures are published ones.")?;
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, score: KindScore) -> fmt::Result {
    let exact = score.exact;
    writeln!(
        f,
        "{name:<38} {:>6.1} {:>9.1} {:>7.1} {:>7} {:>7} {:>9.1} {:>9.1}",
        100.0 * exact.f1(),
        100.0 * exact.precision(),
        100.0 * exact.recall(),
        exact.gold,
        exact.system,
        100.0 * score.overlap_recall(),
        100.0 * score.overlap_recall_any()
    )
}
