//! Rows as their pages were read, as Parquet, for `onrecord import`.
//!
//! Not what the record says now: joins, corrections, stories, disagreements, outcomes and reprints
//! are left out, since they come of all pages together and are made anew by who imports the rows.
//! One `TABLE.parquet` for each of [`onrecord_record::as_read_tables`]: the tables of the record
//! that hold rows of pages, and `read_...` with what is kept of pages beside. Columns are as in
//! `parquet`; without the times of reading these are empty texts. Nothing is lost but the corrections, which
//! lie in their own file.

use std::path::{Path, PathBuf};

use onrecord_record::{Map, Record, TABLES, Table, as_read_tables};

use serde_json::Value;

use super::{Format, Shape, parquet};
use crate::card::Card;
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, file};

pub(super) const FORMAT: Format = Format {
    name: "as-read",
    extension: "parquet",
    what_for: "onrecord import: the rows before joins and corrections, to be put together elsewhere",
    files: "one TABLE.parquet for each table of rows as read",
    media_type: "application/vnd.apache.parquet",
    holds_card: true,
    is_text: true,
    shape: Shape::Files {
        takes: &[
            "pages",
            "articles",
            "sentences",
            "mentions",
            "relations",
            "statements",
            "events",
            "positions",
            "outlooks",
            "framings",
            "runs",
        ],
        write,
    },
};

fn write(
    source: &Source<'_>,
    folder: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<Written, ExportError> {
    if source.options.reviewed || !source.options.tables.is_empty() {
        return Err(ExportError::Encoding {
            format: FORMAT.name,
            what:
                "the rows of some tables, or of what was reviewed, cannot be imported; export all"
                    .to_owned(),
        });
    }
    file::scratch(&folder.join(".as-read.db"), |bare| {
        // The export holds the state of its own connection, which cannot be copied meanwhile.
        let record = Record::open_read(source.record.path())?.copy_as_read(bare)?;
        let card = Card::of(source, &FORMAT, None)?;
        let mut written = Written::default();
        for table in as_read_tables() {
            let path = folder.join(format!("{}.{}", table.name, FORMAT.extension));
            let rows = file::replace(&path, |out| {
                parquet::write_rows(table, &card, out, |take| {
                    record.for_each_as_read(table, |mut row| {
                        if !source.options.times {
                            untimed(table, &mut row);
                        }
                        take(row)
                    })
                })
            })?;
            if TABLES.iter().any(|own| own.name == table.name) {
                written.rows.insert(table.name.to_owned(), rows);
            }
            files.push(path);
        }
        Ok(written)
    })
}

/// Leaves out when the program ran.
fn untimed(table: &Table, row: &mut Map) {
    for column in table.columns.iter().filter(|column| column.clock) {
        if let Some(value) = row.get_mut(column.name) {
            *value = if column.null { Value::Null } else { "".into() };
        }
    }
}
