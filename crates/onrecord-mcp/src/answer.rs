//! What a tool gives back.

use onrecord_record::RecordError;
use serde_json::Value;

/// The answer of a tool: the same for a model that reads and for a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// For reading. Lines that begin with `>` are text of pages.
    pub text: String,
    /// For programs.
    pub data: Value,
}

/// Why a tool could not answer; its words say what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// The caller's: an argument that is missing, misspelt or does not fit.
    #[error("{0}")]
    Asked(String),
    /// The record's.
    #[error("{}", without_path(.0))]
    Record(#[from] RecordError),
}

/// The error without the file's name, which the caller did not give.
fn without_path(error: &RecordError) -> String {
    let told = error.to_string();
    match error {
        RecordError::Filter { what, .. } => what.clone(),
        RecordError::Ambiguous { path, .. } | RecordError::NoTable { path, .. } => {
            let path = format!("{}: ", path.display());
            told.strip_prefix(&path).unwrap_or(&told).to_owned()
        }
        _ => told,
    }
}

/// An error of the caller.
pub(crate) fn asked<T>(what: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Asked(what.into()))
}
