//! `onrecord export`: a record to files.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_export::{ExportError, Exported, FORMATS, Format, Options, Target};

use super::tell;
use crate::exit::{Exit, usage};
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord export --list
  onrecord export pages.db --format jsonl > pages.jsonl
  onrecord export pages.db --format csv -o tables/
  onrecord export pages.db --format csv --tables statements -o statements.csv
  onrecord export pages.db --format polecat -o events.tsv
  onrecord export pages.db --format sqlite -o shared.db
  onrecord export pages.db --format jsonl --no-text -o shareable/

A path that ends in `/` or is a folder gets the files of the format and a data card; any other
path is one file. The same pages give the same bytes, unless --times is given.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Export {
    /// The record, as `onrecord read -o` wrote it
    #[arg(value_name = "RECORD", required_unless_present = "list")]
    record: Option<PathBuf>,
    /// The format of the files
    #[arg(long, value_name = "FORMAT", value_parser = formats(), required_unless_present = "list")]
    format: Option<String>,
    /// List the formats: what each is for and which files it writes
    #[arg(long, exclusive = true)]
    list: bool,
    /// A file, or a folder [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    what: What,
}

/// What of a record an export holds.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct What {
    /// Only these tables
    #[arg(long, value_name = "TABLE,...", value_delimiter = ',')]
    tables: Vec<String>,
    /// Only rows that a person has looked at: those which a correction that holds is about,
    /// and the actors, places, sentences, articles and pages they name
    #[arg(long)]
    reviewed_only: bool,
    /// Tell when pages were read and runs began and ended
    #[arg(long)]
    times: bool,
    /// Leave out the words of articles, sentences, statements and outlooks
    #[arg(long)]
    no_text: bool,
    /// Begin CSV files with a byte order mark, which some versions of Excel need
    #[arg(long)]
    bom: bool,
}

impl What {
    /// As the exports take it.
    pub fn options(&self) -> Options {
        Options {
            tables: self.tables.clone(),
            times: self.times,
            text: !self.no_text,
            reviewed: self.reviewed_only,
            bom: self.bom,
        }
    }
}

/// The names of the formats.
pub fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.name))
}

/// Writes the export and says which files it is.
pub fn run(args: &Export) -> Result<Exit> {
    let mut out = output::out();
    let (Some(path), Some(name)) = (&args.record, &args.format) else {
        list(&mut out)?;
        return Ok(Exit::Well);
    };
    let record = onrecord_record::Record::open_read(path)?;
    let options = args.what.options();
    let format = FORMATS.iter().find(|format| format.name == *name);
    let target = match &args.output {
        None => Target::Stream(&mut out),
        Some(path) if path.is_dir() || path.to_string_lossy().ends_with('/') => {
            Target::Folder(path.clone())
        }
        // Several files: a folder, as the path must become.
        Some(path) if format.is_some_and(|f| is_several(f, args)) => {
            if path.extension().is_some() {
                return Err(usage(several(format, name)));
            }
            Target::Folder(path.clone())
        }
        Some(path) => Target::File(path.clone()),
    };
    match onrecord_export::export(&record, name, target, &options) {
        Ok(done) => Ok(told(&done)),
        Err(ExportError::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            Err(error.into())
        }
        Err(
            error @ (ExportError::NoFormat { .. }
            | ExportError::NoTable { .. }
            | ExportError::NotTaken { .. }
            | ExportError::NeedsFolder { .. }
            | ExportError::NeedsFile { .. }
            | ExportError::AllText { .. }
            | ExportError::OneTable { .. }),
        ) => Err(usage(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

fn told(done: &Exported) -> Exit {
    for path in done.files.iter().take(SHOWN) {
        tell(&format!("{}\n", path.display()));
    }
    if done.files.len() > SHOWN {
        tell(&format!("and {} more\n", done.files.len() - SHOWN));
    }
    for (why, n) in &done.left_out {
        tell(&format!("left out: {n} {why}\n"));
    }
    match done.rows.values().sum::<u64>() {
        0 => Exit::Nothing,
        _ => Exit::Well,
    }
}

/// How many of the files written are named.
const SHOWN: usize = 40;

fn is_several(format: &Format, args: &Export) -> bool {
    format.needs_folder() || format.keeps_tables_apart() && args.what.tables.len() != 1
}

fn several(format: Option<&Format>, name: &str) -> String {
    if format.is_some_and(Format::needs_folder) {
        format!("{name} is several files; give a folder")
    } else {
        format!("{name} holds one table a file; name one with --tables, or give a folder")
    }
}

fn list(out: &mut impl Write) -> io::Result<()> {
    for format in FORMATS {
        writeln!(out, "{:<14} {}", format.name, format.what_for)?;
        writeln!(out, "{:<14} writes {}", "", format.files)?;
    }
    out.flush()
}
