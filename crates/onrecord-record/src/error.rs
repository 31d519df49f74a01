use std::path::PathBuf;

/// Why a record could not be opened, written or asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// Nothing lies there.
    #[error("{}: no such file; `onrecord read PAGES -o {}` makes a record", path.display(), path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Something else lies there.
    #[error("{}: is not a record of onrecord ({why}) and was left as it is; give the name of a record, or of a file that does not exist yet", path.display())]
    NotARecord {
        /// The file.
        path: PathBuf,
        /// What was found instead.
        why: String,
    },
    /// A later version wrote it.
    #[error("{}: was written by a newer onrecord (schema {found}, this one knows {known}) and was left as it is; use the newer onrecord, or read the pages into a new record", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema of this version.
        known: i64,
    },
    /// The file cannot be opened.
    #[error("{}: cannot be opened ({source}); check that the folder exists and that you may write to it", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Rows of a record that is to be taken over were joined or corrected.
    #[error("{}: its rows were joined or corrected; take over a copy of it as it was read", path.display())]
    NotAsRead {
        /// The file.
        path: PathBuf,
    },
    /// A file that was to be made is there.
    #[error("{}: is there already and was left as it is; give the name of a file that does not exist yet", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Rows as read are not all there, or contradict each other.
    #[error("the rows cannot be taken over: {what}; write all tables again, from the same pages")]
    Rows {
        /// What is wrong.
        what: String,
    },
    /// Another program holds the write lock.
    #[error("{}: another program is writing to it; wait until it has ended, then run the command again", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// Something was to be written to a record opened for reading.
    #[error("{}: was opened for reading only; open it for writing", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// SQLite failed: a full disk, a damaged file.
    #[error("{}: {source}; check the disk, then read the pages again: what was written before stays", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A check found damage.
    #[error("{}: is damaged: {what}; read the pages again into a new record", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// A reading contradicts itself; nothing of its page was written.
    #[error("{}: page {page} was not written: {what}; this is a fault of onrecord, please report it with the page", path.display())]
    Reading {
        /// The file.
        path: PathBuf,
        /// The page.
        page: String,
        /// What is wrong with it.
        what: String,
    },
    /// The file of corrections cannot be read or written.
    #[error("{}: the file of corrections cannot be read or written ({source}); check that it is a text file and that you may write to it", path.display())]
    CorrectionsFile {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line of the file of corrections is broken; nothing was changed.
    #[error("{}: line {line} {what}; mend or remove the line, nothing was changed", path.display())]
    CorrectionLine {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The settings of a run are not JSON.
    #[error("{}: the settings of the run are no JSON object ({what})", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        what: String,
    },
    /// There is no such table.
    #[error("{}: no table `{table}`; there are {}", path.display(), tables())]
    NoTable {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        table: String,
    },
    /// There is no such column.
    #[error("{}: table `{table}` has no column `{column}`; it has {columns}", path.display())]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// What was asked for.
        column: String,
        /// The columns there are.
        columns: String,
    },
    /// A filter does not fit the table or holds an impossible value.
    #[error("{}: {what}", path.display())]
    Filter {
        /// The file.
        path: PathBuf,
        /// What is wrong and what fits.
        what: String,
    },
    /// Several rows have an id that begins so.
    #[error("{}: several ids begin with `{id}`: {}; give more of it", path.display(), candidates.join(", "))]
    Ambiguous {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        id: String,
        /// Ids that fit, at most ten.
        candidates: Vec<String>,
    },
    /// The query took too long and was ended.
    #[error("{}: the query was ended before it was done; ask for less", path.display())]
    Interrupted {
        /// The file.
        path: PathBuf,
    },
    /// A statement would change the record.
    #[error("{}: only one statement that reads is taken (SELECT, WITH, VALUES or EXPLAIN)", path.display())]
    NotAQuery {
        /// The file.
        path: PathBuf,
    },
    /// A query is wrong.
    #[error("{}: {message}; `docs/record.md` lists tables and columns", path.display())]
    Query {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        message: String,
    },
}

impl RecordError {
    /// Whether [`crate::Interrupter::interrupt`] ended the query.
    pub fn is_interrupted(&self) -> bool {
        matches!(self, RecordError::Interrupted { .. })
    }
}

fn tables() -> String {
    crate::TABLES
        .iter()
        .map(|table| table.name)
        .collect::<Vec<_>>()
        .join(", ")
}

/// What can go wrong inside a transaction, before the file's name is added.
#[derive(Debug)]
pub(crate) enum Fault {
    Sqlite(rusqlite::Error),
    Reading { page: String, what: String },
}

impl From<rusqlite::Error> for Fault {
    fn from(source: rusqlite::Error) -> Fault {
        Fault::Sqlite(source)
    }
}
