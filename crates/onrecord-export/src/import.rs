//! Rows as read, from the Parquet files that `as-read`, or a cluster, wrote.
#![allow(clippy::disallowed_methods)] // an edge: files are read here

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use onrecord_record::{
    Counts, FoundElsewhere, Inbox, Map, RecordError, Table, across_tables, as_read_tables,
};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

/// Why rows cannot be imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A table is not there.
    #[error("{}: has no {table}.parquet and no folder {table}; what `onrecord export --format as-read` and `onrecord.spark` write can be imported: tables of a finished record cannot, since its rows were joined", path.display())]
    NoTable {
        /// The folder.
        path: PathBuf,
        /// The table.
        table: &'static str,
    },
    /// A folder of a table was not written to its end.
    #[error("{}: has no file _SUCCESS, so its writer did not end; write the tables again", path.display())]
    Unfinished {
        /// The folder.
        path: PathBuf,
    },
    /// A file cannot be read.
    #[error("{}: {what}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        what: String,
    },
    /// The rows contradict each other, or the record cannot be written.
    #[error("{}: {source}", path.display())]
    Rows {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        source: RecordError,
    },
}

/// Puts the tables of rows as read that lie in `folder` into `inbox`, and says how many rows there
/// are. A table is one file `TABLE.parquet`, or a folder `TABLE` or `TABLE.parquet` of such files
/// with a file `_SUCCESS`, as clusters write it.
///
/// # Errors
/// If a table is missing, was not written to its end, cannot be read, or contradicts another. The
/// inbox is then of no use.
pub fn import(folder: &Path, inbox: &mut Inbox) -> Result<Counts, ImportError> {
    // All of them are looked for before the first is read.
    let tables: Vec<(&'static Table, Vec<PathBuf>)> = as_read_tables()
        .map(|table| Ok((table, files(folder, table)?)))
        .collect::<Result<_, ImportError>>()?;
    read(folder, tables, |table, row| inbox.put(table, row))
}

/// Puts the tables of what was found across pages that lie in `folder` into `found`; false if
/// there is no table `across_made`.
///
/// # Errors
/// As [`import`].
pub fn found_elsewhere(folder: &Path, found: &mut FoundElsewhere) -> Result<bool, ImportError> {
    let mut tables = Vec::new();
    for table in across_tables() {
        match files(folder, table) {
            Err(ImportError::NoTable { .. }) if tables.is_empty() => return Ok(false),
            files => tables.push((table, files?)),
        }
    }
    read(folder, tables, |table, row| found.put(table, row))?;
    Ok(true)
}

fn read(
    folder: &Path,
    tables: Vec<(&'static Table, Vec<PathBuf>)>,
    mut put: impl FnMut(&Table, &Map) -> Result<(), RecordError>,
) -> Result<Counts, ImportError> {
    let mut counts = Counts::new();
    for (table, files) in tables {
        let mut n = 0;
        for path in files {
            let mut put = |row: &Map| put(table, row);
            n += file(&path, table, &mut put).map_err(|error| match error {
                Fault::Parquet(what) => ImportError::File { path, what },
                Fault::Record(source) => ImportError::Rows {
                    path: folder.to_owned(),
                    source,
                },
            })?;
        }
        counts.insert(table.name.to_owned(), n);
    }
    Ok(counts)
}

/// The files of a table, sorted.
fn files(folder: &Path, table: &'static Table) -> Result<Vec<PathBuf>, ImportError> {
    let whole = folder.join(format!("{}.parquet", table.name));
    if whole.is_file() {
        return Ok(vec![whole]);
    }
    let named = folder.join(table.name);
    let Some(parts) = [whole, named].into_iter().find(|path| path.is_dir()) else {
        return Err(ImportError::NoTable {
            path: folder.to_owned(),
            table: table.name,
        });
    };
    if !parts.join("_SUCCESS").exists() {
        return Err(ImportError::Unfinished { path: parts });
    }
    let failed = |error: std::io::Error| ImportError::File {
        path: parts.clone(),
        what: format!("cannot be read ({error})"),
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(&parts).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".parquet") && !name.starts_with(['.', '_']) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

enum Fault {
    Parquet(String),
    Record(RecordError),
}

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Fault {
        Fault::Parquet(format!("cannot be read as Parquet ({error})"))
    }
}

fn file(
    path: &Path,
    table: &Table,
    put: &mut dyn FnMut(&Map) -> Result<(), RecordError>,
) -> Result<u64, Fault> {
    let opened = File::open(path).map_err(|e| Fault::Parquet(format!("cannot be read ({e})")))?;
    let reader = SerializedFileReader::new(opened)?;
    let schema = reader.metadata().file_metadata().schema();
    let there = |name: &str| schema.get_fields().iter().any(|f| f.name() == name);
    if let Some(lacks) = table.columns.iter().find(|c| !there(c.name)) {
        return Err(Fault::Parquet(format!(
            "has no column {}; the columns of {} are {}",
            lacks.name,
            table.name,
            table
                .columns
                .iter()
                .map(|c| c.name)
                .collect::<Vec<_>>()
                .join(", ")
        )));
    }
    let mut n = 0;
    for row in reader.get_row_iter(None)? {
        let cells = row?.into_columns().into_iter();
        let row: Map = cells
            .map(|(name, cell)| Ok((name, value(&cell)?)))
            .collect::<Result<_, Fault>>()?;
        put(&row).map_err(Fault::Record)?;
        n += 1;
    }
    Ok(n)
}

fn value(cell: &Field) -> Result<Value, Fault> {
    Ok(match cell {
        Field::Null => Value::Null,
        Field::Bool(yes) => (*yes).into(),
        Field::Int(n) => (*n).into(),
        Field::Long(n) => (*n).into(),
        Field::Float(n) => (*n).into(),
        Field::Double(n) => (*n).into(),
        Field::Str(text) => text.as_str().into(),
        Field::ListInternal(list) => {
            let items = list.elements().iter().map(value);
            items.collect::<Result<Vec<_>, _>>()?.into()
        }
        other => {
            return Err(Fault::Parquet(format!(
                "holds a value of another type than onrecord writes: {other}"
            )));
        }
    })
}
