//! `onrecord verify`: every citation against the raw pages, and an export against the record.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{RecordPath, export};
use crate::exit::{Exit, usage};
use crate::raw::RawPages;
use crate::{output, verify};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord verify pages.db
  onrecord verify pages.db --pages /archive/2019
  onrecord verify pages.db --export tables/ --format csv

A page is looked for at the path it was read from, below the working directory, the record's
folder and the folder given with --pages. Pages that came on standard input are not kept
anywhere and count as missing. An export is written anew and compared byte for byte: give the options
it was written with.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Verify {
    #[command(flatten)]
    record: RecordPath,
    /// A folder in which the raw pages may lie
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// An export of the record to check as well: its file or folder
    #[arg(long, value_name = "PATH", requires = "format")]
    export: Option<PathBuf>,
    /// The format of the export
    #[arg(long, value_name = "FORMAT", value_parser = export::formats(), requires = "export")]
    format: Option<String>,
    #[command(flatten)]
    what: export::What,
}

/// Writes what is broken, then counts.
pub fn run(args: &Verify) -> Result<Exit> {
    if args.export.is_none() && args.what != export::What::default() {
        return Err(usage(
            "options of an export were given without --export: name the export to check",
        ));
    }
    let record = args.record.open()?;
    let mut raw = RawPages::of(args.record.path(), args.pages.as_deref());
    let mut out = output::out();
    let report = verify::verify(&record, &mut raw, &mut out)?;
    write!(out, "{report}")?;
    let mut same = true;
    if let (Some(path), Some(format)) = (&args.export, &args.format) {
        let options = args.what.options();
        same = verify::check_export(&record, path, format, &options, &mut out)?;
    }
    out.flush()?;
    Ok(match &report {
        _ if !same => Exit::Some,
        report if !report.is_well() => Exit::Some,
        report if report.pages == 0 => Exit::Nothing,
        _ => Exit::Well,
    })
}
