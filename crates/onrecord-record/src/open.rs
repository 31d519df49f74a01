//! Opening a record.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::error::Fault;
use crate::{Record, RecordError, schema};

/// How long one program waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(30);

impl Record {
    /// Opens a record for writing, or makes an empty one where no file lies.
    ///
    /// # Errors
    /// If the file is no record, was written by a newer version, or cannot be opened. A
    /// file that is refused is left as it is.
    pub fn open(path: &Path) -> Result<Record, RecordError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(path, flags).map_err(|source| RecordError::Open {
                path: path.to_owned(),
                source,
            })?;
        let mut record = Record {
            connection,
            path: path.to_owned(),
        };
        let found = record.first_look()?;
        record.prepare_connection()?;
        record.with(|c| {
            c.pragma_update(None, "journal_mode", "wal")?;
            // A commit is safe from a killed program at once, and from a power cut once the
            // log is copied back. Pages lost to a power cut are read again by the next run,
            // which is cheaper than waiting for the disk after each of a million pages.
            c.pragma_update(None, "synchronous", "normal")?;
            // Ids are hashes, so a page touches many parts of the file: a long log and a
            // large cache (64 and at most 256 MB) double the pages written in a second.
            c.pragma_update(None, "wal_autocheckpoint", 16_000)?;
            c.pragma_update(None, "cache_size", -256 * 1024)?;
            Ok(())
        })?;
        if found == Found::Empty {
            record.create()?;
        }
        Ok(record)
    }

    /// An empty record in memory, which is gone when it is dropped; [`Record::save`] writes it.
    ///
    /// # Errors
    /// If there is no memory for it.
    ///
    /// ```
    /// # fn main() -> Result<(), onrecord_record::RecordError> {
    /// let record = onrecord_record::Record::in_memory()?;
    /// assert_eq!(record.counts()?["pages"], 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn in_memory() -> Result<Record, RecordError> {
        let path = PathBuf::from("(a record in memory)");
        let connection = Connection::open_in_memory().map_err(|source| RecordError::Open {
            path: path.clone(),
            source,
        })?;
        let mut record = Record { connection, path };
        record.prepare_connection()?;
        record.create()?;
        Ok(record)
    }

    /// Writes the record as it is to a new file.
    ///
    /// # Errors
    /// If a file lies there already, or the file cannot be written.
    pub fn save(&self, to: &Path) -> Result<(), RecordError> {
        if to.exists() {
            return Err(RecordError::Exists {
                path: to.to_owned(),
            });
        }
        self.vacuum_into(to)
    }

    /// Writes a copy of the file, packed.
    pub(crate) fn vacuum_into(&self, to: &Path) -> Result<(), RecordError> {
        self.with(|c| {
            // It writes the copy alone, but SQLite holds it to be a change.
            let only: bool = c.query_row("pragma query_only", [], |row| row.get(0))?;
            c.pragma_update(None, "query_only", false)?;
            let copied = c.execute("vacuum into ?", [to.to_string_lossy()]);
            c.pragma_update(None, "query_only", only)?;
            copied?;
            Ok(())
        })
    }

    /// Opens a record for reading, also while another program writes to it.
    ///
    /// # Errors
    /// As [`Record::open`], and if no file lies there.
    pub fn open_read(path: &Path) -> Result<Record, RecordError> {
        if !path.exists() {
            return Err(RecordError::Missing {
                path: path.to_owned(),
            });
        }
        let open = |target: &Path, flags: OpenFlags| {
            Connection::open_with_flags(target, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(
                |source| RecordError::Open {
                    path: path.to_owned(),
                    source,
                },
            )
        };
        // Opened so that the last to close it can tidy up the log, though nothing is written.
        let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .or_else(|_| open(path, OpenFlags::SQLITE_OPEN_READ_ONLY))?;
        let mut record = Record {
            connection,
            path: path.to_owned(),
        };
        let found = match record.first_look() {
            // A folder one may not write to, and nobody writes: no log is needed.
            Err(RecordError::Open { .. }) if !beside(path, "-wal").exists() => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                record.connection = open(Path::new(&immutable(path)), flags)?;
                record.first_look()?
            }
            found => found?,
        };
        if found == Found::Empty {
            return Err(not_a_record(path, "the file is empty"));
        }
        record.prepare_connection()?;
        record.with(|c| {
            // Searches look up thousands of rows all over the file: at most 64 MB.
            c.pragma_update(None, "cache_size", -64 * 1024)?;
            Ok(c.pragma_update(None, "query_only", true)?)
        })?;
        Ok(record)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn prepare_connection(&self) -> Result<(), RecordError> {
        self.connection.set_prepared_statement_cache_capacity(128);
        self.with(|c| c.busy_timeout(PATIENCE).map_err(Fault::from))
    }

    /// What lies there; an error unless it is a record of this version or nothing at all.
    fn first_look(&self) -> Result<Found, RecordError> {
        let path = &self.path;
        let look = || -> rusqlite::Result<(i64, i64, i64)> {
            let c = &self.connection;
            c.busy_timeout(PATIENCE)?;
            let one = |sql: &str| c.query_row(sql, [], |row| row.get::<_, i64>(0));
            Ok((
                one("select count(*) from sqlite_schema")?,
                one("pragma application_id")?,
                one("pragma user_version")?,
            ))
        };
        let (entries, application, version) =
            look().map_err(|source| match source.sqlite_error_code() {
                Some(ErrorCode::NotADatabase) => not_a_record(path, "no SQLite file"),
                Some(ErrorCode::DatabaseBusy) => RecordError::Busy { path: path.clone() },
                _ => RecordError::Open {
                    path: path.clone(),
                    source,
                },
            })?;
        match (entries, application, version) {
            (0, 0, 0) => Ok(Found::Empty),
            (_, schema::APPLICATION_ID, schema::VERSION) => Ok(Found::Record),
            (_, schema::APPLICATION_ID, found) if found > schema::VERSION => {
                Err(RecordError::Newer {
                    path: path.clone(),
                    found,
                    known: schema::VERSION,
                })
            }
            (_, schema::APPLICATION_ID, found) => Err(not_a_record(
                path,
                &format!("an older onrecord wrote it, schema {found}; read its pages again"),
            )),
            _ => Err(not_a_record(path, "an SQLite file of another program")),
        }
    }

    fn create(&mut self) -> Result<(), RecordError> {
        let path = self.path.clone();
        let work = |c: &mut Connection| -> rusqlite::Result<()> {
            let tx = c.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Two programs may have found the file empty at the same time.
            if tx.query_row("pragma user_version", [], |row| row.get::<_, i64>(0))? == 0 {
                tx.execute_batch(&schema::create())?;
            }
            tx.commit()
        };
        work(&mut self.connection).map_err(|source| RecordError::Sqlite { path, source })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Empty,
    Record,
}

fn not_a_record(path: &Path, why: &str) -> RecordError {
    RecordError::NotARecord {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}

pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The address under which SQLite reads a file without looking for a log.
fn immutable(path: &Path) -> String {
    let mut uri = String::from("file:");
    for c in path.to_string_lossy().chars() {
        match c {
            '%' | '?' | '#' => uri.push_str(&format!("%{:02X}", u32::from(c))),
            c => uri.push(c),
        }
    }
    uri + "?immutable=1"
}
