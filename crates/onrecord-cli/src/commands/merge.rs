//! `onrecord merge`: one record of several.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onrecord_record::{CorrectionsFile, Filter, Record, RecordError, TakenOver};

use tempfile::TempDir;

use super::{kit, tell};
use crate::exit::{Exit, usage};
use crate::people::text;
use crate::{clock, corrections, run};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord merge part-*.db -o archive.db
  onrecord merge mine.db colleague.db -o ours.db

The rows are those of one run over all pages: read the parts with `onrecord read --shard`, all
with the same input, version and settings. A record that was joined or corrected is taken over
as its pages were read; its corrections are added with `onrecord corrections add`.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Merge {
    /// The records whose pages are taken over, in any order
    #[arg(required = true, value_name = "RECORD")]
    records: Vec<PathBuf>,
    /// The record to write, made where it is missing
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// A lexicon folder of yours, over the built-in one: the one the pages were read with
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
    /// No summary
    #[arg(short, long)]
    quiet: bool,
}

/// Takes the pages over, then compares them with one another.
pub fn run(args: &Merge) -> Result<Exit> {
    // All of them are looked at before anything is written.
    for path in &args.records {
        drop(Record::open_read(path)?);
        if same_file(path, &args.output) {
            return Err(usage(format!(
                "{} is the record to write and one of those to take over",
                path.display()
            )));
        }
    }
    let lexicon = kit::lexicon(args.lexicon.as_deref())?;
    let reader = args.engine.reader()?;
    corrections::load(&args.output)?;
    let mut record = Record::open(&args.output)?;
    let mut all = TakenOver::default();
    for path in &args.records {
        let taken = take_over(&mut record, path)?;
        all.pages += taken.pages;
        all.known += taken.known;
        let left = CorrectionsFile::beside(path)?;
        if left.is_there {
            let [from, to, file] = [path, &args.output, left.path()].map(Path::display);
            tell(&format!(
                "onrecord: the corrections of {from} are not taken over; add them with: onrecord \
                 corrections add {to} {file}\n"
            ));
        }
    }
    run::compare(&mut record, reader.kit(&lexicon))?;
    finish(&mut record, all, args.quiet)?;
    Ok(Exit::Well)
}

/// Ends the runs of a record that took over others, and tells what it holds.
pub fn finish(record: &mut Record, all: TakenOver, quiet: bool) -> Result<()> {
    let runs = record.table("runs", &Filter::default(), None)?;
    for run in &runs {
        record.end_run(text(run, "run_id"), &clock::now())?;
    }
    corrections::warn(record)?;
    if !quiet {
        tell(&format!(
            "{:<10} {} taken over, {} there already\n",
            "pages", all.pages, all.known
        ));
        for (table, n) in record.counts()? {
            if n > 0 && !matches!(table.as_str(), "pages" | "runs") {
                tell(&format!("{table:<10} {n}\n"));
            }
        }
    }
    let differ = |column: &str| {
        let values: BTreeSet<&str> = runs.iter().map(|run| text(run, column)).collect();
        values.len() > 1
    };
    for (column, what) in [
        ("version", "versions of onrecord"),
        ("lexicon_sha256", "lexicons"),
        ("weights_sha256", "engines"),
    ] {
        if differ(column) {
            tell(&format!(
                "onrecord: the pages were read with several {what}; read them again with one to have \
                 rows that can be compared\n"
            ));
        }
    }
    Ok(())
}

/// Takes over the pages of one record; of one that was joined or corrected those of a copy.
fn take_over(record: &mut Record, path: &Path) -> Result<TakenOver> {
    match record.take_over(path) {
        Err(RecordError::NotAsRead { .. }) => {
            let folder = beside(record.path())?;
            let bare = folder.path().join("as-read.db");
            drop(Record::open_read(path)?.copy_as_read(&bare)?);
            Ok(record.take_over(&bare)?)
        }
        taken => Ok(taken?),
    }
}

/// A folder beside a record, for what is taken over; it is gone when it is dropped.
pub fn beside(record: &Path) -> Result<TempDir> {
    let folder = record.parent().filter(|p| !p.as_os_str().is_empty());
    tempfile::tempdir_in(folder.unwrap_or(Path::new(".")))
        .context("cannot make a folder for a copy")
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
