/// Why a lexicon could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// A file or folder cannot be opened.
    #[error(
        "{path}: cannot be read ({source}); give the folder that holds actors/, events/ and so on"
    )]
    Read {
        /// The file or folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file lies where no reader looks for it.
    #[error("{path}: no such room; a lexicon file lies in one of: {rooms}")]
    Room {
        /// The file.
        path: String,
        /// The folders there are.
        rooms: &'static str,
    },
    /// A TOML file is not as it should be; the message names line, column and keys.
    #[error("{path}: {message}")]
    Toml {
        /// The file.
        path: String,
        /// What the parser says.
        message: String,
    },
    /// A line of a TSV file, or an entry of a TOML file, says something impossible.
    #[error("{path}:{line}: {message}")]
    Line {
        /// The file.
        path: String,
        /// The line, from 1; 0 where it is not known.
        line: usize,
        /// What is wrong and what was expected.
        message: String,
    },
}
