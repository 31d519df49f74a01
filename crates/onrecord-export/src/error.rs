use std::path::PathBuf;

use onrecord_record::RecordError;

/// Why an export could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// There is no such format.
    #[error("no format `{format}`; there are {}", formats())]
    NoFormat {
        /// What was asked for.
        format: String,
    },
    /// There is no such table.
    #[error("no table `{table}`; there are {}", tables())]
    NoTable {
        /// What was asked for.
        table: String,
    },
    /// Several tables were to go into one stream of a format that keeps them apart.
    #[error("{format} holds one table a file; name one table, or give a folder for all of them")]
    OneTable {
        /// The format.
        format: &'static str,
    },
    /// The table has no place in the format.
    #[error("{format} takes no rows of `{table}`; it takes {takes}")]
    NotTaken {
        /// The format.
        format: &'static str,
        /// What was asked for.
        table: String,
        /// The tables it takes.
        takes: String,
    },
    /// The format is several files.
    #[error("{format} is several files; give a folder (`-o NAME/`)")]
    NeedsFolder {
        /// The format.
        format: &'static str,
    },
    /// The format cannot be written to a stream.
    #[error("{format} cannot be written to a pipe; give a file or a folder (`-o`)")]
    NeedsFile {
        /// The format.
        format: &'static str,
    },
    /// The format is nothing without the words of the pages.
    #[error("{format} holds the texts themselves; it cannot be written without them")]
    AllText {
        /// The format.
        format: &'static str,
    },
    /// A value cannot be encoded, or a library refuses it.
    #[error("{format}: {what}")]
    Encoding {
        /// The format.
        format: &'static str,
        /// What went wrong.
        what: String,
    },
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A file cannot be written; what lay there before still does.
    #[error("{}: cannot be written ({source}); check the folder and the space left", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The stream cannot be written.
    #[error("the output cannot be written ({0})")]
    Stream(std::io::Error),
}

fn formats() -> String {
    crate::FORMATS
        .iter()
        .map(|f| f.name)
        .collect::<Vec<_>>()
        .join(", ")
}

fn tables() -> String {
    onrecord_record::TABLES
        .iter()
        .map(|t| t.name)
        .collect::<Vec<_>>()
        .join(", ")
}
