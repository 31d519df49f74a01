//! One page about an actor, an issue or a span of time: figures, pictures, statements with their
//! sentences, deeds by status, what became of announcements, how each outlet tells it, and how
//! far all of it can be trusted.
//!
//! The page is HTML with everything in it (no script, nothing from outside, readable in light,
//! dark and print) or Markdown. It says which rule chose what it shows and how much it leaves
//! out. The same record and the same [`Meta`] give the same bytes.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let record = onrecord_record::Record::open(&folder.path().join("a.db"))?;
//! use onrecord_report::{Form, Meta, Scope, write};
//! let scope = Scope { since: Some("2019".into()), ..Scope::default() };
//! let page = write(&record, &scope, Form::Markdown, &Meta::default())?;
//! assert!(page.starts_with("# The record since 2019"));
//! # Ok(())
//! # }
//! ```

mod choose;
mod doc;
mod facts;
mod html;
mod markdown;
mod measures;
mod names;
mod near;
mod review;
mod sections;

use std::collections::BTreeMap;

use onrecord_record::{Record, RecordError};

pub use measures::measures;
pub use near::{near_actors, near_issues};

/// What a report is about: all that is set together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Id of an actor: rows in which it has a part.
    pub actor: Option<String>,
    /// Id of an issue: positions on it, and the statements, events and outlooks that stand in
    /// sentences from which one was read.
    pub issue: Option<String>,
    /// First date wanted, `2014`, `2014-09` or `2014-09-20`: of the row, or of its article
    /// where the row has none.
    pub since: Option<String>,
    /// Last date wanted.
    pub until: Option<String>,
    /// At most so many lines a section.
    pub limit: usize,
    /// Whether the words of sentences are given.
    pub text: bool,
}

impl Default for Scope {
    fn default() -> Scope {
        Scope {
            actor: None,
            issue: None,
            since: None,
            until: None,
            limit: 20,
            text: true,
        }
    }
}

/// How the page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A whole HTML page with pictures.
    Html,
    /// Markdown with tables, without pictures.
    Markdown,
}

/// What the record does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Name of the record, as it is told.
    pub record: String,
    /// Version of onrecord that writes the page.
    pub version: String,
    /// Day on which the page is written; without it, it is not told.
    pub written: Option<String>,
    /// The questions of issues, by id.
    pub questions: BTreeMap<String, String>,
    /// How right the rows are on labelled sets: what was measured, the figure, and on what.
    pub measures: Vec<Measure>,
}

/// A measured figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// What was measured: `events`.
    pub what: String,
    /// The figure.
    pub figure: String,
    /// On which texts and how.
    pub how: String,
}

/// Writes the report.
///
/// # Errors
/// If the actor or issue is not in the record, a date is none, or the file cannot be read.
pub fn write(
    record: &Record,
    scope: &Scope,
    form: Form,
    meta: &Meta,
) -> Result<String, RecordError> {
    let snapshot = record.snapshot()?;
    let facts = facts::Facts::of(record, scope, meta)?;
    let doc = sections::document(&facts)?;
    drop(snapshot);
    Ok(match form {
        Form::Html => html::page(&doc),
        Form::Markdown => markdown::page(&doc),
    })
}
