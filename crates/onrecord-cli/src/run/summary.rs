//! What a run did, told to people on standard error.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_model::{Note, Reading, Severity};
use onrecord_record::Counts;

use super::read_page::Why;

/// How many places of a kind of note are named.
const PLACES: usize = 3;
/// How many inputs that could not be read are named.
const FAILED: usize = 20;
/// How many of them are kept, for those who tell each once.
const KEPT: usize = 10_000;

/// What a run did.
#[derive(Debug, Default)]
pub struct Summary {
    new: usize,
    unchanged: usize,
    other_version: usize,
    other_lexicon: usize,
    other_weights: usize,
    other_lines: usize,
    unread: usize,
    same: usize,
    articles: usize,
    sentences: usize,
    notes: BTreeMap<(Severity, String), Notes>,
    failed: Vec<String>,
    failed_more: usize,
    /// Pages of the record that were not in the input and were read with another version
    /// or lexicon.
    pub left_over: u64,
    /// Pages of the record that have changed since at their place, and stay beside the newer.
    pub older: u64,
    /// Rows of the whole record, by table.
    pub counts: Counts,
    /// How long it took.
    pub seconds: f64,
}

#[derive(Debug, Default)]
struct Notes {
    count: usize,
    places: Vec<String>,
}

impl Summary {
    pub(super) fn read(&mut self, reading: &Reading, why: Why) {
        let notes = reading
            .notes
            .iter()
            .chain(reading.articles.iter().flat_map(|a| &a.notes));
        let lost = reading.articles.is_empty()
            && notes.clone().any(|note| note.severity == Severity::Unread);
        match why {
            _ if lost => self.unread += 1,
            Why::New => self.new += 1,
            Why::OtherVersion => self.other_version += 1,
            Why::OtherLexicon => self.other_lexicon += 1,
            Why::OtherWeights => self.other_weights += 1,
            Why::OtherLines => self.other_lines += 1,
        }
        self.articles += reading.articles.len();
        self.sentences += reading
            .articles
            .iter()
            .map(|a| a.sentences.len())
            .sum::<usize>();
        self.all(&reading.page.uri, notes);
    }

    pub(super) fn unchanged(&mut self, uri: &str, notes: &[Note]) {
        self.unchanged += 1;
        self.all(uri, notes);
    }

    pub(super) fn unread(&mut self, uri: &str, notes: &[Note]) {
        self.unread += 1;
        self.all(uri, notes);
    }

    pub(super) fn same(&mut self, uri: &str, first: &str) {
        self.same += 1;
        let text = format!("the same content as {first}, read once");
        self.all(uri, [&Note::info("same-content", "", text)]);
    }

    pub(super) fn trouble(&mut self, note: &Note) {
        self.unread += usize::from(note.severity > Severity::Info);
        let uri = note.place.clone();
        self.all(
            &uri,
            [&Note {
                place: String::new(),
                ..note.clone()
            }],
        );
    }

    /// Counts the notes of one page of the input.
    fn all<'a>(&mut self, uri: &str, notes: impl IntoIterator<Item = &'a Note>) {
        let mut worst: Option<&Note> = None;
        for note in notes {
            let kind = self
                .notes
                .entry((note.severity, note.code.clone()))
                .or_default();
            kind.count += 1;
            if kind.places.len() < PLACES {
                kind.places.push(match note.place.is_empty() {
                    true => uri.to_owned(),
                    false => format!("{uri}, {}", note.place),
                });
            }
            if note.severity > Severity::Info && worst.is_none_or(|w| w.severity < note.severity) {
                worst = Some(note);
            }
        }
        if let Some(note) = worst {
            if self.failed.len() < KEPT {
                let how = if note.severity == Severity::Unread {
                    "not read"
                } else {
                    "read in part"
                };
                self.failed
                    .push(format!("{uri}: {how}: {} ({})", note.text, note.code));
            } else {
                self.failed_more += 1;
            }
        }
    }

    /// Whether the input held any page.
    pub fn is_empty(&self) -> bool {
        self.pages() == 0
    }

    /// Whether some of the input could not be read.
    pub fn has_failed(&self) -> bool {
        !self.failed.is_empty()
    }

    /// The inputs that could not be read, or only in part; nothing if there are none.
    pub fn failures(&self) -> String {
        let mut text = String::new();
        for line in self.failed.iter().take(FAILED) {
            text.push_str(&format!("  {line}\n"));
        }
        let more = self.failed.len().saturating_sub(FAILED) + self.failed_more;
        if more > 0 {
            text.push_str(&format!("  and {more} more\n"));
        }
        text
    }

    /// The inputs that could not be read, or only in part: the first ten thousand of them.
    pub fn failed(&self) -> &[String] {
        &self.failed
    }

    /// Which pages were read, in a line.
    pub fn pages_told(&self) -> String {
        let mut told = format!("{} new, {} unchanged", self.new, self.unchanged);
        for (count, what) in [
            (self.again(), "read again"),
            (self.same, "with the content of another"),
            (self.unread, "not read"),
        ] {
            if count > 0 {
                told.push_str(&format!(", {count} {what}"));
            }
        }
        told
    }

    /// How much was read, and how fast; only the time if nothing was.
    pub fn speed_told(&self) -> String {
        let mut told = format!("{:.1} s", self.seconds);
        if self.sentences > 0 {
            let speed = self.sentences as f64 / self.seconds.max(1e-3);
            told.push_str(&format!(
                ", {} sentences in {} articles read, {speed:.0} sentences a second",
                self.sentences, self.articles
            ));
        }
        told
    }

    fn again(&self) -> usize {
        self.other_version + self.other_lexicon + self.other_weights + self.other_lines
    }

    fn pages(&self) -> usize {
        self.new + self.unchanged + self.again() + self.unread + self.same
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<10} {}", "pages", self.pages_told())?;
        for (count, why) in [
            (self.other_version, "this is another version of onrecord"),
            (self.other_lexicon, "the lexicon is another"),
            (self.other_weights, "the engine is another"),
            (self.other_lines, "their host repeats other lines"),
        ] {
            if count > 0 {
                writeln!(f, "{:<10} {count} of them since {why}", "")?;
            }
        }
        if self.left_over > 0 {
            writeln!(
                f,
                "{:<10} {} in the record were not in the input and stay as another version, \
                 lexicon or engine read them",
                "", self.left_over
            )?;
        }
        if self.older > 0 {
            let what = "in the record have changed at their place since; both versions stay";
            writeln!(f, "{:<10} {} {what}", "", self.older)?;
        }
        let rows = |f: &mut fmt::Formatter<'_>, head: &str, tables: &[&str]| {
            let counts: Vec<String> = tables
                .iter()
                .map(|table| format!("{} {table}", self.counts.get(*table).copied().unwrap_or(0)))
                .collect();
            writeln!(f, "{head:<10} {}", counts.join(", "))
        };
        rows(
            f,
            "record",
            &[
                "pages",
                "articles",
                "sentences",
                "actors",
                "mentions",
                "relations",
            ],
        )?;
        rows(
            f,
            "",
            &[
                "statements",
                "events",
                "places",
                "positions",
                "outlooks",
                "framings",
            ],
        )?;
        rows(f, "", &["disagreements", "stories", "reprints"])?;
        let mut head = "notes";
        for ((severity, code), notes) in self.notes.iter().rev() {
            let more = if notes.count > notes.places.len() {
                ", ..."
            } else {
                ""
            };
            let places = notes.places.join("; ");
            writeln!(
                f,
                "{head:<10} {} {code} ({}): {places}{more}",
                notes.count,
                severity.name()
            )?;
            head = "";
        }
        writeln!(f, "{:<10} {}", "time", self.speed_told())
    }
}
