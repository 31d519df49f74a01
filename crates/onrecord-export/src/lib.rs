//! The record to files, one format a file of `formats/`.
//!
//! All formats give the tables and columns of [`onrecord_record::TABLES`] in that order.
//! Unless [`Options::times`] is set, the same pages give the same bytes.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let record = onrecord_record::Record::open(&folder.path().join("a.onrecord"))?;
//! use onrecord_export::{Options, Target, export};
//! let mut out = Vec::new();
//! export(&record, "jsonl", Target::Stream(&mut out), &Options::default())?;
//! assert!(out.is_empty(), "a record without pages has no rows");
//! # Ok(())
//! # }
//! ```

mod card;
mod error;
mod file;
mod formats;
mod row;

use std::io::Write;
use std::path::{Path, PathBuf};

use onrecord_record::{Counts, Record, TABLES, Table};

pub use error::ExportError;
pub use formats::{FORMATS, Format};

/// What is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Names of tables; none stands for all.
    pub tables: Vec<String>,
    /// Whether to tell when pages were read and runs began and ended. Without it these
    /// columns are null, so that the same pages give the same bytes.
    pub times: bool,
    /// Whether to give the words of articles, sentences, statements and outlooks. Without
    /// it these columns are null, for those who may not pass on the texts.
    pub text: bool,
    /// Whether a CSV file begins with a byte order mark, which some versions of Excel need.
    pub bom: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            tables: Vec::new(),
            times: false,
            text: true,
            bom: false,
        }
    }
}

/// Where an export goes.
pub enum Target<'a> {
    /// One stream. Formats that keep tables apart take one table here.
    Stream(&'a mut dyn Write),
    /// One file, written under another name and renamed when it is whole.
    File(PathBuf),
    /// A folder, made where it is missing: one file a table, each written as above, and a
    /// data card in `CARD.md` and `datapackage.json`.
    Folder(PathBuf),
}

/// What was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Rows by table.
    pub rows: Counts,
    /// Files written, in order.
    pub files: Vec<PathBuf>,
}

/// Exports a record; another program may write to it meanwhile.
///
/// # Errors
/// If there is no such format or table, or the record cannot be read or the target written.
pub fn export(
    record: &Record,
    format: &str,
    out: Target<'_>,
    options: &Options,
) -> Result<Exported, ExportError> {
    let format =
        FORMATS
            .iter()
            .find(|f| f.name == format)
            .ok_or_else(|| ExportError::NoFormat {
                format: format.to_owned(),
            })?;
    let tables = chosen(options)?;
    let snapshot = record.snapshot()?;
    let done = match out {
        Target::Folder(folder) => to_folder(record, format, &folder, &tables, options),
        Target::File(path) => {
            let rows = file::replace(&path, |out| {
                to_stream(record, format, out, &tables, options)
            })?;
            Ok(Exported {
                rows,
                files: vec![path],
            })
        }
        Target::Stream(out) => {
            let rows = to_stream(record, format, out, &tables, options)?;
            out.flush().map_err(ExportError::Stream)?;
            Ok(Exported {
                rows,
                files: Vec::new(),
            })
        }
    };
    drop(snapshot);
    done
}

fn to_stream(
    record: &Record,
    format: &Format,
    out: &mut dyn Write,
    tables: &[&'static Table],
    options: &Options,
) -> Result<Counts, ExportError> {
    if tables.len() > 1 && !format.mixes {
        return Err(ExportError::OneTable {
            format: format.name,
        });
    }
    let mut rows = Counts::new();
    for table in tables {
        let n = (format.write)(record, table, options, format.mixes, out)?;
        rows.insert(table.name.to_owned(), n);
    }
    Ok(rows)
}

fn to_folder(
    record: &Record,
    format: &Format,
    folder: &Path,
    tables: &[&'static Table],
    options: &Options,
) -> Result<Exported, ExportError> {
    std::fs::create_dir_all(folder).map_err(|source| ExportError::Write {
        path: folder.to_owned(),
        source,
    })?;
    let mut done = Exported::default();
    for table in tables {
        let path = folder.join(format!("{}.{}", table.name, format.extension));
        let n = file::replace(&path, |out| {
            (format.write)(record, table, options, false, out)
        })?;
        done.rows.insert(table.name.to_owned(), n);
        done.files.push(path);
    }
    let card = card::Card::of(record, format, tables, options, &done.rows)?;
    for (name, text) in [
        ("datapackage.json", card.package()),
        ("CARD.md", card.markdown()),
    ] {
        let path = folder.join(name);
        file::replace(&path, |out| {
            out.write_all(text.as_bytes()).map_err(ExportError::Stream)
        })?;
        done.files.push(path);
    }
    Ok(done)
}

/// The tables wanted, in the order of the record.
fn chosen(options: &Options) -> Result<Vec<&'static Table>, ExportError> {
    if let Some(wrong) = options
        .tables
        .iter()
        .find(|name| onrecord_record::table_named(name).is_none())
    {
        return Err(ExportError::NoTable {
            table: wrong.clone(),
        });
    }
    let wanted = |table: &&Table| {
        options.tables.is_empty() || options.tables.iter().any(|name| name == table.name)
    };
    Ok(TABLES.iter().filter(wanted).collect())
}
