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
