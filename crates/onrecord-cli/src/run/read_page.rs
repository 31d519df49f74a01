//! What happens to one page of the input, on a worker's thread.

use std::sync::{Mutex, PoisonError};

use onrecord::VERSION;
use onrecord_model::{Note, RawPage, Reading, Severity, id_of};
use onrecord_pages::HostLines;
use onrecord_record::{PageState, Record, UnreadPage};
use serde_json::Value;

use super::Job;
use super::survey::Survey;
use crate::input::{Fed, Key, load};

/// What became of a page of the input.
#[derive(Debug)]
pub enum Outcome {
    /// It was read.
    Read {
        reading: Box<Reading>,
        fingerprint: String,
        why: Why,
    },
    /// The record holds it, read with the same.
    Unchanged {
        page_id: String,
        uri: String,
        notes: Vec<Note>,
    },
    /// The same bytes stand earlier in the input.
    Same {
        page_id: String,
        uri: String,
        first: String,
    },
    /// It has bytes, but nothing can be read in them.
    Unread {
        page: UnreadPage,
        fingerprint: String,
    },
    /// There are no bytes.
    Trouble(Note),
}

/// Why a page was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The record did not hold it.
    New,
    /// The record holds it as another version of onrecord read it.
    OtherVersion,
    /// The record holds it as it was read with another lexicon.
    OtherLexicon,
    /// The record holds it as it was read with another engine.
    OtherWeights,
    /// Its host repeats other lines than before.
    OtherLines,
}

/// Reads pages; shared by all workers.
pub struct Reader<'a> {
    pub job: &'a Job<'a>,
    pub survey: &'a Survey,
    pub run_id: &'a str,
    /// The record, to be asked what it holds.
    pub known: Mutex<Record>,
}

impl Reader<'_> {
    /// Reads one page.
    pub fn read(&self, key: Key, fed: Fed<'_>) -> Outcome {
        let raw = match fed {
            Fed::File(source) => match load(source, &self.job.options) {
                Ok(raw) => raw,
                Err(note) => return Outcome::Trouble(note),
            },
            Fed::Line(raw) => raw,
            Fed::Trouble(note) => return Outcome::Trouble(note),
        };
        let page_id = id_of("pg", &[&raw.sha256]);
        if let Some((source, number)) = self.survey.again.get(&key) {
            let mut first = self.job.sources[*source].uri.clone();
            if *number > 0 {
                first.push_str(&format!(", page {number} of the file"));
            }
            return Outcome::Same {
                page_id,
                uri: raw.uri,
                first,
            };
        }
        match onrecord::guard::caught(|| self.page(&page_id, &raw)) {
            Ok(outcome) => outcome,
            Err(message) => self.unread(&raw, onrecord::guard::failed(&message)),
        }
    }

    fn page(&self, page_id: &str, raw: &RawPage) -> Outcome {
        let (page, notes) = match onrecord_pages::decode(raw) {
            Ok(decoded) => decoded,
            Err(note) => return self.unread(raw, note),
        };
        let host_lines = onrecord_pages::host_lines(&page, &self.survey.hosts);
        let fingerprint = onrecord_pages::fingerprint(&host_lines);
        let why = match self.state(page_id) {
            None => Why::New,
            Some(state) if state.run_id != self.run_id => self.other_run(&state.run_id),
            Some(state) if state.fingerprint != fingerprint => Why::OtherLines,
            Some(_) => return self.unchanged(page_id.to_owned(), raw.uri.clone()),
        };
        let reading = Box::new(onrecord::read(page, notes, &host_lines, self.job.kit));
        Outcome::Read {
            reading,
            fingerprint,
            why,
        }
    }

    /// What has changed since the run that read a page.
    fn other_run(&self, run_id: &str) -> Why {
        let run = self.ask(|record| Some(record.row(run_id).ok()??.1));
        let was = |column: &str, now: &str| {
            run.as_ref().and_then(|run| run[column].as_str()) == Some(now)
        };
        if !was("version", VERSION) {
            Why::OtherVersion
        } else if was("weights_sha256", &self.job.weights_sha256) {
            Why::OtherLexicon
        } else {
            Why::OtherWeights
        }
    }

    fn unread(&self, raw: &RawPage, note: Note) -> Outcome {
        Outcome::Unread {
            page: UnreadPage::of(raw, note),
            fingerprint: onrecord_pages::fingerprint(&HostLines::new()),
        }
    }

    fn unchanged(&self, page_id: String, uri: String) -> Outcome {
        // Its notes count in every run: what could not be read then is not read now.
        let row = self.ask(|record| record.row(&page_id).ok().flatten());
        let notes = row
            .map(|(_, row)| notes_of(&row["notes"]))
            .unwrap_or_default();
        Outcome::Unchanged {
            page_id,
            uri,
            notes,
        }
    }

    fn state(&self, page_id: &str) -> Option<PageState> {
        // A page whose state cannot be had is read again, which is never wrong.
        self.ask(|record| record.state(page_id).ok().flatten())
    }

    fn ask<T>(&self, question: impl FnOnce(&Record) -> T) -> T {
        question(&self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The notes in a row of `pages`.
fn notes_of(value: &Value) -> Vec<Note> {
    let word = |note: &Value, name: &str| note[name].as_str().unwrap_or_default().to_owned();
    let of = |note: &Value| Note {
        code: word(note, "code"),
        severity: match note["severity"].as_str() {
            Some("unread") => Severity::Unread,
            Some("partly") => Severity::Partly,
            _ => Severity::Info,
        },
        place: word(note, "place"),
        text: word(note, "text"),
    };
    value.as_array().into_iter().flatten().map(of).collect()
}
