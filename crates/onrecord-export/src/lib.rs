//! The record to files, one format a file of `formats/`.
//!
//! Tables leave as they are (JSONL, CSV, Parquet, SQLite): all columns of
//! [`onrecord_record::TABLES`] in that order. The other formats are those of the programs
//! people use; each says at the top of its file what goes where and what is lost. Every
//! export has a data card. Unless [`Options::times`] is set, the same pages give the same
//! bytes.
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
mod codes;
mod error;
mod event;
mod file;
mod formats;
mod import;
mod network;
pub mod references;
mod reviewed;
mod row;
mod source;
mod tsv;
mod written;

use std::io::Write;
use std::path::{Path, PathBuf};

use onrecord_record::{Counts, Record, TABLES, Table};

pub use error::ExportError;
pub use formats::{FORMATS, Format};
pub use import::{ImportError, found_elsewhere, import};

use card::Card;
use formats::Shape;
use source::Source;
use written::Written;

/// What is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Names of tables; none stands for all that the format takes.
    pub tables: Vec<String>,
    /// Whether to tell when pages were read and runs began and ended. Without it these
    /// columns are null, so that the same pages give the same bytes.
    pub times: bool,
    /// Whether to give the words of articles, sentences, statements and outlooks. Without
    /// it these columns are null, for those who may not pass on the texts.
    pub text: bool,
    /// Whether to give only rows that a person has looked at: those which a correction that
    /// holds is about, and the actors, places, sentences, articles and pages they name.
    pub reviewed: bool,
    /// Whether a CSV file begins with a byte order mark, which some versions of Excel need.
    pub bom: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            tables: Vec::new(),
            times: false,
            text: true,
            reviewed: false,
            bom: false,
        }
    }
}

/// Where an export goes.
pub enum Target<'a> {
    /// One stream. Formats that keep tables apart take one table here.
    Stream(&'a mut dyn Write),
    /// One file, written under another name and renamed when it is whole. Where the format
    /// has no place for the data card, it lies beside, in a file that ends in `.card.md`.
    File(PathBuf),
    /// A folder, made where it is missing: the files of the format, each written as above,
    /// and a data card in `CARD.md`, for tables in `datapackage.json` too.
    Folder(PathBuf),
}

/// What was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Rows by table.
    pub rows: Counts,
    /// Rows and values that the format could not take, by reason.
    pub left_out: Counts,
    /// Files written, in order.
    pub files: Vec<PathBuf>,
}

/// Exports a record; another program may write to it meanwhile.
///
/// # Errors
/// If there is no such format or table, the target is none for the format, or the record
/// cannot be read or the target written.
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
    let tables = chosen(format, options)?;
    if !options.text && format.is_text {
        return Err(ExportError::AllText {
            format: format.name,
        });
    }
    let snapshot = record.snapshot()?;
    let source = Source::new(record, options, tables)?;
    let done = match out {
        Target::Folder(folder) => to_folder(&source, format, &folder),
        Target::File(path) => to_file(&source, format, path),
        Target::Stream(out) => {
            let written = to_stream(&source, format, out)?;
            out.flush().map_err(ExportError::Stream)?;
            Ok(Exported {
                rows: written.rows,
                left_out: written.left_out,
                files: Vec::new(),
            })
        }
    };
    drop(snapshot);
    done
}

fn to_stream(
    source: &Source<'_>,
    format: &Format,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    match format.shape {
        Shape::Tables { mixes, write } => {
            if source.tables.len() > 1 && !mixes {
                return Err(ExportError::OneTable {
                    format: format.name,
                });
            }
            let mut written = Written::default();
            for table in &source.tables {
                let n = write(source, table, mixes, out)?;
                written.rows.insert(table.name.to_owned(), n);
            }
            Ok(written)
        }
        Shape::Document { write, .. } => write(source, out),
        Shape::Database { .. } => Err(ExportError::NeedsFile {
            format: format.name,
        }),
        Shape::Files { .. } => Err(ExportError::NeedsFolder {
            format: format.name,
        }),
    }
}

fn to_file(source: &Source<'_>, format: &Format, path: PathBuf) -> Result<Exported, ExportError> {
    let written = match format.shape {
        Shape::Database { write, .. } => file::replace_path(&path, |part| write(source, part))?,
        _ => file::replace(&path, |out| to_stream(source, format, out))?,
    };
    let mut files = vec![path.clone()];
    if !format.holds_card {
        let mut beside = path.into_os_string();
        beside.push(".card.md");
        let beside = PathBuf::from(beside);
        put(
            &beside,
            &Card::of(source, format, Some(&written))?.markdown(),
        )?;
        files.push(beside);
    }
    Ok(Exported {
        rows: written.rows,
        left_out: written.left_out,
        files,
    })
}

fn to_folder(source: &Source<'_>, format: &Format, folder: &Path) -> Result<Exported, ExportError> {
    file::make_folder(folder)?;
    let mut files = Vec::new();
    let written = match format.shape {
        Shape::Tables { write, .. } => {
            let mut written = Written::default();
            for table in &source.tables {
                let path = folder.join(format!("{}.{}", table.name, format.extension));
                let n = file::replace(&path, |out| write(source, table, false, out))?;
                written.rows.insert(table.name.to_owned(), n);
                files.push(path);
            }
            written
        }
        Shape::Document { file, write, .. } => {
            let path = folder.join(file);
            let written = file::replace(&path, |out| write(source, out))?;
            files.push(path);
            written
        }
        Shape::Database { file, write } => {
            let path = folder.join(file);
            let written = file::replace_path(&path, |part| write(source, part))?;
            files.push(path);
            written
        }
        Shape::Files { write, .. } => write(source, folder, &mut files)?,
    };
    let card = Card::of(source, format, Some(&written))?;
    let mut cards = vec![("CARD.md", card.markdown())];
    match format.shape {
        Shape::Tables { .. } => cards.insert(0, ("datapackage.json", card.package())),
        Shape::Database { .. } => cards.insert(0, ("metadata.json", card.datasette())),
        _ => {}
    }
    for (name, text) in cards {
        let path = folder.join(name);
        put(&path, &text)?;
        files.push(path);
    }
    Ok(Exported {
        rows: written.rows,
        left_out: written.left_out,
        files,
    })
}

pub(crate) fn put(path: &Path, text: &str) -> Result<(), ExportError> {
    file::replace(path, |out| {
        out.write_all(text.as_bytes()).map_err(ExportError::Stream)
    })
}

/// The tables wanted, in the order of the record.
fn chosen(format: &Format, options: &Options) -> Result<Vec<&'static Table>, ExportError> {
    let takes = format.takes();
    for name in &options.tables {
        if onrecord_record::table_named(name).is_none() {
            return Err(ExportError::NoTable {
                table: name.clone(),
            });
        }
        if !takes.iter().any(|table| table.name == name) {
            return Err(ExportError::NotTaken {
                format: format.name,
                table: name.clone(),
                takes: takes.iter().map(|t| t.name).collect::<Vec<_>>().join(", "),
            });
        }
    }
    let wanted = |table: &&Table| {
        options.tables.is_empty() || options.tables.iter().any(|name| name == table.name)
    };
    Ok(TABLES
        .iter()
        .filter(|table| takes.iter().any(|taken| taken.name == table.name))
        .filter(wanted)
        .collect())
}
