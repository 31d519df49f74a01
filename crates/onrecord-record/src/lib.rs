//! The record: rows in, rows out.
//!
//! A record is one SQLite file in WAL mode that any SQLite client opens. [`Record`] writes
//! the readings of pages into it, one transaction a page, and answers queries; [`TABLES`]
//! lists its tables and columns. The same pages give the same rows, whatever the order in
//! which they are written, and each row can be cited with its sentence.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("a.onrecord");
//! use onrecord_record::{Filter, Record};
//! let record = Record::open(&path)?;
//! let rows = record.table("statements", &Filter::default(), None)?;
//! assert!(rows.is_empty());
//! # Ok(())
//! # }
//! ```

mod across;
mod as_read;
mod check;
mod cite;
mod compare;
mod corrections;
mod diff;
mod elsewhere;
mod error;
mod filter;
mod find;
mod fts;
mod happened;
mod joins;
mod lanes;
mod merge;
mod names;
mod offsets;
mod open;
mod page;
mod pile;
mod place;
mod query;
mod rows;
mod runs;
mod schema;
mod search;
mod spellings;
mod sql;
mod tables;
mod typed;
mod values;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use as_read::{Inbox, as_read_table, as_read_tables};
pub use cite::Citation;
pub use compare::Compared;
pub use corrections::{
    Anchor, Change, Correction, CorrectionsFile, EVENT_TYPES, Judged, Precision, Rule, State,
    Verdict, rule_of,
};
pub use diff::{Cell, Changed, Diff, Difference, TableDiff};
pub use elsewhere::{FoundElsewhere, across_tables, rows_across};
pub use error::RecordError;
pub use filter::Filter;
pub use happened::{Happened, HappenedChoice};
pub use joins::{FormOf, Joined, JoinedActor, PileActors};
pub use lanes::{Lane, LaneChoice, Lanes, Party, Stand};
pub use merge::TakenOver;
pub use page::{PageState, UnreadPage};
pub use query::{Rows, Snapshot};
pub use runs::RunConfig;
pub use search::{COMPARED, Found, Hit, OF_SENTENCES, Search};
pub use spellings::Spelling;
pub use sql::Interrupter;
pub use tables::{Column, Kind, TABLES, Table, table_named};

use error::Fault;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

/// A row: values by column, in the table's order.
pub type Map = serde_json::Map<String, serde_json::Value>;

/// Numbers of rows by table.
pub type Counts = BTreeMap<String, u64>;

/// A connection to a record.
#[derive(Debug)]
pub struct Record {
    connection: Connection,
    path: PathBuf,
}

impl Record {
    /// Runs `work` and adds the file's name to its error.
    fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, RecordError> {
        work(&self.connection).map_err(|fault| self.named(fault))
    }

    /// Runs `work` as one transaction: all of it is written or nothing.
    fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, RecordError> {
        let done = (|| {
            let behavior = TransactionBehavior::Immediate;
            let tx = self.connection.transaction_with_behavior(behavior)?;
            let done = work(&tx)?;
            tx.commit()?;
            Ok(done)
        })();
        done.map_err(|fault| self.named(fault))
    }

    fn named(&self, fault: Fault) -> RecordError {
        let path = self.path.clone();
        match fault {
            Fault::Reading { page, what } => RecordError::Reading { path, page, what },
            Fault::Sqlite(source) => match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    RecordError::Busy { path }
                }
                Some(ErrorCode::ReadOnly) => RecordError::ReadOnly { path },
                Some(ErrorCode::OperationInterrupted) => RecordError::Interrupted { path },
                _ => RecordError::Sqlite { path, source },
            },
        }
    }
}
