use std::path::{Path, PathBuf};

/// Why a measure could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum ScoreError {
    /// A file cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{path}: {what}", path = path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What was expected, and what was found.
        what: String,
    },
}

impl ScoreError {
    pub(crate) fn file(path: &Path, source: std::io::Error) -> ScoreError {
        ScoreError::File {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn content(path: &Path, what: impl ToString) -> ScoreError {
        ScoreError::Content {
            path: path.to_owned(),
            what: what.to_string(),
        }
    }
}
