//! `onrecord verify`: every citation against the raw pages.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::RecordPath;
use crate::exit::Exit;
use crate::raw::RawPages;
use crate::{output, verify};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord verify pages.db
  onrecord verify pages.db --pages /archive/2019

A page is looked for at the path it was read from, below the working directory, the record's
folder and the folder given with --pages. Pages that came on standard input are not kept
anywhere and count as missing.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Verify {
    #[command(flatten)]
    record: RecordPath,
    /// A folder in which the raw pages may lie
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
}

/// Writes what is broken, then counts.
pub fn run(args: &Verify) -> Result<Exit> {
    let record = args.record.open()?;
    let mut raw = RawPages::of(args.record.path(), args.pages.as_deref());
    let mut out = output::out();
    let report = verify::verify(&record, &mut raw, &mut out)?;
    write!(out, "{report}")?;
    out.flush()?;
    Ok(match &report {
        report if !report.is_well() => Exit::Some,
        report if report.pages == 0 => Exit::Nothing,
        _ => Exit::Well,
    })
}
