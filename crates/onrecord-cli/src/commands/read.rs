//! `onrecord read`: pages into a record.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_model::Note;
use onrecord_pages::MAX_BYTES;
use onrecord_record::{Filter, Record, table_named};

use super::{kit, tell};
use crate::corrections;
use crate::exit::{Exit, usage};
use crate::input::{self, Limits, Place};
use crate::output::{self, Format, FormatOption};
use crate::people::View;
use crate::run::{self, Job, Progress};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord read examples/pages -o examples.db --show statements
  onrecord read 'crawl/**/*.html.gz' more/*.txt -o crawl.db --threads 8
  zcat pages.jsonl.gz | onrecord read - -o pages.db
  onrecord read pages/ -o pages.db --lexicon my-lexicon/

In a folder, files ending in .txt, .html, .htm, .xhtml, .jsonl, .json and .ndjson are read,
each also with .gz; hidden files are not. A file that is named is read whatever its ending.";

/// How many rows `--show` shows to people.
const SHOWN: u64 = 20;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Read {
    /// Files, folders, globs, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The record to write, made where it is missing
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How many threads read [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    threads: Option<u16>,
    /// A lexicon folder of yours, over the built-in one
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
    /// Print this table of the record when all is read; of a table for people the first 20 rows
    #[arg(long, value_name = "TABLE")]
    show: Option<String>,
    #[command(flatten)]
    format: FormatOption,
    /// No progress bar and no summary; pages that cannot be read are named all the same
    #[arg(short, long)]
    quiet: bool,
    /// Most bytes of one page, unpacked
    #[arg(long, value_name = "BYTES", default_value_t = MAX_BYTES as u64,
          value_parser = clap::value_parser!(u64).range(1..=MAX_BYTES as u64))]
    max_page_bytes: u64,
}

/// Reads the pages, then tells what was done.
pub fn run(args: &Read) -> Result<Exit> {
    if let Some(table) = &args.show
        && table_named(table).is_none()
    {
        return Err(usage(format!(
            "no table `{table}` to show; there are {}",
            super::list::names()
        )));
    }
    let lexicon = kit::lexicon(args.lexicon.as_deref())?;
    let reader = args.engine.reader()?;
    let inputs = input::expand(&args.paths, &args.output)?;
    if inputs.sources.is_empty() {
        tell(&format!(
            "onrecord: no pages found{}\n",
            left_out(&inputs).map_or(String::new(), |n| format!("; {}", n.text))
        ));
        return Ok(Exit::Nothing);
    }
    if let Some(failed) = nothing_there(&inputs) {
        tell(&failed);
        return Ok(Exit::Some);
    }
    // A broken line is told before anything is changed.
    corrections::load(&args.output)?;
    let mut record = Record::open(&args.output)?;
    let job = Job {
        sources: &inputs.sources,
        limits: Limits {
            page_bytes: args.max_page_bytes,
        },
        threads: kit::threads(args.threads),
        kit: reader.kit(&lexicon),
        weights_sha256: reader.sha256.clone(),
    };
    let summary = run::run(&mut record, &job, &Progress::new(args.quiet))?;
    if let Some(table) = &args.show {
        show(&record, table, args)?;
    }
    if !args.quiet {
        tell(&summary.to_string());
        if let Some(note) = left_out(&inputs) {
            tell(&format!("{:<10} {}\n", "", note.text));
        }
    }
    if summary.has_failed() {
        tell(&format!(
            "Could not be read, or only in part:\n{}",
            summary.failures()
        ));
    }
    Ok(match summary {
        s if s.has_failed() => Exit::Some,
        s if s.is_empty() => Exit::Nothing,
        _ => Exit::Well,
    })
}

/// Writes a table; for people its first rows only, and says so.
fn show(record: &Record, table: &str, args: &Read) -> Result<()> {
    let format = args.format.get();
    let for_people = matches!(format, Format::Table | Format::Md);
    let limit = for_people.then_some(SHOWN);
    let rows = record.table(table, &Filter::default(), limit)?;
    let mut out = output::out();
    if for_people {
        let grid = View::of(table).grid(record, &rows)?;
        output::write_grid(&mut out, &grid, format)?;
    } else {
        output::write_rows(&mut out, &rows.columns, &rows, format)?;
    }
    out.flush()?;
    let all = record.counts()?.get(table).copied().unwrap_or(0);
    if for_people && all > SHOWN {
        let path = record.path().display();
        tell(&format!(
            "\n{} more: onrecord list {table} {path}\n",
            all - SHOWN
        ));
    }
    if for_people && !args.quiet {
        tell("\n");
    }
    Ok(())
}

/// What to say if nothing that was named is there; then no record is made.
fn nothing_there(inputs: &input::Inputs) -> Option<String> {
    let mut text = String::from("Could not be read:\n");
    for source in &inputs.sources {
        match &source.place {
            Place::Nowhere(note) => {
                text.push_str(&format!(
                    "  {}: {} ({})\n",
                    source.uri, note.text, note.code
                ));
            }
            _ => return None,
        }
    }
    Some(text)
}

/// A note on the files in folders that are no pages by their ending.
fn left_out(inputs: &input::Inputs) -> Option<Note> {
    if inputs.left_out.is_empty() {
        return None;
    }
    let count: usize = inputs.left_out.values().sum();
    let kinds: Vec<String> = inputs
        .left_out
        .iter()
        .map(|(kind, n)| format!("{n} {kind}"))
        .collect();
    let text = format!(
        "{count} files in folders were left out by their ending ({}); name a file to have it read",
        kinds.join(", ")
    );
    Some(Note::info("left-out", "", text))
}
