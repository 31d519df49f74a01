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
    /// A line does not hold what it should.
    #[error("{file}:{line}: {what}")]
    Line {
        /// The file, as the caller names it.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What was found, and what was expected.
        what: String,
    },
    /// A sentence cannot be compared with any other.
    #[error("{side} sentence {sentence}: {what}")]
    Sentence {
        /// `gold` or `system`.
        side: &'static str,
        /// Its number, and its `sent_id` where it has one.
        sentence: String,
        /// What is wrong, and what was expected.
        what: String,
    },
    /// Gold and system are not about the same text.
    #[error("gold and system differ at {place}: gold has {gold}, system has {system}")]
    Differ {
        /// The sentences, and how far into the text.
        place: String,
        /// What gold has there.
        gold: String,
        /// What the system has there.
        system: String,
    },
}

impl ScoreError {
    /// What `read` makes of each line of a file that is neither empty nor a comment, with the
    /// file's name and the line's number; where it makes nothing, an error that says `what`.
    pub(crate) fn each_line<T>(
        name: &str,
        file: &str,
        what: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<(String, T)>, ScoreError> {
        let lines = file.lines().enumerate();
        lines
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(n, line)| match read(line.trim()) {
                Some(found) => Ok((format!("{name}:{}", n + 1), found)),
                None => Err(ScoreError::line(name, n + 1, what)),
            })
            .collect()
    }

    pub(crate) fn line(file: &str, line: usize, what: impl ToString) -> ScoreError {
        ScoreError::Line {
            file: file.to_owned(),
            line,
            what: what.to_string(),
        }
    }

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
