//! `onrecord export`: a record to files.

use std::io;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_export::{ExportError, FORMATS, Options, Target};

use super::{RecordPath, tell};
use crate::exit::{Exit, usage};
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord export pages.db --format jsonl > pages.jsonl
  onrecord export pages.db --format csv -o tables/
  onrecord export pages.db --format csv --tables statements -o statements.csv
  onrecord export pages.db --format jsonl --no-text -o shareable/

A path that ends in `/` or is a folder gets one file a table and a data card; any other path
is one file. The same pages give the same bytes, unless --times is given.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Export {
    #[command(flatten)]
    record: RecordPath,
    /// The format of the files
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: String,
    /// A file, or a folder [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Only these tables
    #[arg(long, value_name = "TABLE,...", value_delimiter = ',')]
    tables: Vec<String>,
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

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.name))
}

/// Writes the export and says which files it is.
pub fn run(args: &Export) -> Result<Exit> {
    let record = args.record.open()?;
    let options = Options {
        tables: args.tables.clone(),
        times: args.times,
        text: !args.no_text,
        bom: args.bom,
    };
    let mut out = output::out();
    let target = match &args.output {
        None => Target::Stream(&mut out),
        Some(path) if path.is_dir() || path.to_string_lossy().ends_with('/') => {
            Target::Folder(path.clone())
        }
        // All tables of a format that keeps them apart: a folder, as the path must become.
        Some(path) if keeps_apart(&args.format) && args.tables.len() != 1 => {
            if path.extension().is_some() {
                return Err(usage(format!(
                    "{} holds one table a file; name one with --tables, or give a folder",
                    args.format
                )));
            }
            Target::Folder(path.clone())
        }
        Some(path) => Target::File(path.clone()),
    };
    match onrecord_export::export(&record, &args.format, target, &options) {
        Ok(done) => {
            for path in &done.files {
                tell(&format!("{}\n", path.display()));
            }
            let rows: u64 = done.rows.values().sum();
            Ok(if rows == 0 { Exit::Nothing } else { Exit::Well })
        }
        Err(ExportError::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            Err(error.into())
        }
        Err(
            error @ (ExportError::NoFormat { .. }
            | ExportError::NoTable { .. }
            | ExportError::OneTable { .. }),
        ) => Err(usage(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

fn keeps_apart(format: &str) -> bool {
    FORMATS
        .iter()
        .any(|known| known.name == format && !known.mixes)
}
