//! What the pages are served with.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use onrecord_record::Map;
use serde_json::Value;

/// What the pages are served with.
#[derive(Clone)]
pub struct Options {
    /// The record.
    pub record: PathBuf,
    /// Who gives it may write: random, and told to nobody but who starts the server.
    pub token: String,
    /// Whether it is needed for reading too, as it should where other machines can ask.
    pub token_to_read: bool,
    /// Names by which this machine may be asked, besides those of the loopback.
    pub hosts: Vec<String>,
    /// How long a page may take.
    pub patience: Duration,
    /// Who corrects, as corrections say it.
    pub by: String,
    /// What is known outside the record.
    pub outside: Arc<dyn Outside>,
}

impl Options {
    /// The usual ones: this machine only, ten seconds a page, nothing known outside.
    pub fn new(record: &Path, token: &str) -> Options {
        Options {
            record: record.to_owned(),
            token: token.to_owned(),
            token_to_read: false,
            hosts: Vec::new(),
            patience: Duration::from_secs(10),
            by: "unknown".to_owned(),
            outside: Arc::new(Nothing),
        }
    }
}

/// What the pages need and cannot take from the record. The library reads no clock, no
/// lexicon and no files but the record; who serves it gives them.
pub trait Outside: Send + Sync {
    /// The time, as corrections have it (ISO 8601).
    fn now(&self) -> String {
        String::new()
    }

    /// The question that an issue asks.
    fn question(&self, issue: &str) -> Option<String> {
        let _ = issue;
        None
    }

    /// The cells of an event that follow from a new value of `event_type` or `mode`, as the
    /// codebook says: mode, intensity, CAMEO code.
    ///
    /// # Errors
    /// If the value does not fit the row, or the codebook is not at hand.
    fn follows(&self, row: &Map, field: &str, value: &Value) -> Result<Map, String> {
        let _ = (row, value);
        Err(format!(
            "`{field}` cannot be changed here, since other cells follow from it by the codebook; \
             `onrecord correct` does it."
        ))
    }

    /// Whether [`Outside::add`] can be asked.
    fn adds(&self) -> bool {
        false
    }

    /// Reads files into the record, and tells how far it has come as it goes. It is asked by
    /// one at a time, beside those who read the record.
    ///
    /// # Errors
    /// Why nothing could be added, for people; a file that cannot be read is no error.
    fn add(&self, files: Vec<Upload>, told: &(dyn Fn(Progress) + Sync)) -> Result<Added, String> {
        let _ = (files, told);
        Err("pages are added with `onrecord read`".to_owned())
    }

    /// The page that was read at `uri`.
    fn page(&self, uri: &str, sha256: &str) -> RawText {
        let _ = (uri, sha256);
        RawText::Missing
    }
}

struct Nothing;

impl Outside for Nothing {}

/// A file that was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// Its name as the browser gives it: not to be trusted as a path.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// How far the reading of pages has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What is done just now: "Reading".
    pub stage: String,
    /// How many are done.
    pub done: u64,
    /// Of how many; 0 where that is not known.
    pub all: u64,
}

/// What became of files that were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// What was read, in lines for people.
    pub told: String,
    /// What could not be read, or only in part: a file and why, each in a line.
    pub failed: Vec<String>,
}

/// A page as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawText {
    /// It is what was read.
    Same {
        /// Its text, decoded, without a byte order mark.
        text: String,
        /// The parts that are no article, where that is known; code points, in order.
        removed: Vec<Removed>,
    },
    /// It is there and another one now.
    Changed,
    /// It cannot be found.
    Missing,
}

/// A part of a page that is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// First code point on the page.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// What it is: "menu", "comment".
    pub what: String,
}
