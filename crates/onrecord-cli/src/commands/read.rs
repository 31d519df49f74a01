//! `onrecord read`: pages into a record.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use onrecord_model::Note;
use onrecord_record::{Filter, Record, table_named};

use super::fetching::FetchOption;
use super::reading::ReadingOption;
use super::tell;
use crate::corrections;
use crate::exit::{Exit, usage};
use crate::input::{self, Place};
use crate::output::{self, Format, FormatOption};
use crate::people::View;
use crate::run::{self, Progress, Shard};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord read examples/pages -o examples.db --show statements
  onrecord read 'crawl/**/*.html.gz' more/*.txt -o crawl.db --threads 8
  zcat pages.jsonl.gz | onrecord read - -o pages.db
  onrecord read pages/ -o pages.db --lexicon my-lexicon/
  onrecord read archive/ -o part-3.db --shard 3/16
  onrecord read --fetch https://news.example/feed.xml -o pages.db --fetch-limit 20
  onrecord read crawl.warc.gz export.xlsx -o pages.db --fields columns.toml

Text, HTML, MHTML, JSONL, WARC, WACZ, ZIP, TAR, RSS, Atom, JSON Feed, mails, DOCX, ODT, RTF, PDF,
CSV, TSV, XLSX and Parquet are read, each also with .gz. In a folder, files are read by their ending,
hidden ones not; a file that is named is read whatever its ending.";

/// How many rows `--show` shows to people.
const SHOWN: u64 = 20;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Read {
    /// Files, folders, globs, or `-` for standard input
    #[arg(required_unless_present = "fetch", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The record to write, made where it is missing
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    reading: ReadingOption,
    /// Print this table of the record when all is read; of a table for people the first 20 rows
    #[arg(long, value_name = "TABLE")]
    show: Option<String>,
    #[command(flatten)]
    format: FormatOption,
    /// Read only a part of the pages, the I-th of N, for `onrecord merge`: OUTPUT is there when
    /// the part is finished, and is then left as it is
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
    #[command(flatten)]
    fetch: FetchOption,
    /// No progress bar and no summary; pages that cannot be read are named all the same
    #[arg(short, long)]
    quiet: bool,
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
    let loaded = args.reading.load()?;
    let mut inputs = input::expand(&args.paths, &args.output)?;
    inputs
        .sources
        .extend(args.fetch.sources(&args.output, args.quiet)?);
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
    if args.shard.is_some() && args.output.exists() {
        let path = args.output.display();
        tell(&format!(
            "onrecord: {path} is there already; remove it to have it read again\n"
        ));
        return Ok(Exit::Well);
    }
    // A broken line is told before anything is changed.
    corrections::load(&args.output)?;
    let unfinished = input::beside(&args.output, ".part");
    let output = match args.shard {
        Some(_) => &unfinished,
        None => &args.output,
    };
    let mut record = Record::open(output)?;
    let job = loaded.job(&inputs.sources, args.shard.unwrap_or(Shard::ALL));
    let summary = run::run(&mut record, &job, &Progress::new(args.quiet))?;
    let record = match args.shard {
        Some(_) => finished(record, output, &args.output)?,
        None => record,
    };
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

/// Gives a finished part its name: who finds the file finds all of it.
fn finished(record: Record, from: &Path, to: &Path) -> Result<Record> {
    // The last to close it copies the log back and takes it away.
    drop(record);
    if input::beside(from, "-wal").exists() {
        let path = from.display();
        return Err(anyhow!(
            "{path}: another program reads it; end that program, then run the command again"
        ));
    }
    std::fs::rename(from, to).with_context(|| format!("cannot rename {}", from.display()))?;
    Ok(Record::open_read(to)?)
}

/// Reads `3/16`.
fn shard(text: &str) -> Result<Shard, String> {
    let wrong = || format!("`{text}` is no part: write 3/16 for the third of sixteen");
    let (n, of) = text.split_once('/').ok_or_else(wrong)?;
    let (n, of) = (
        n.parse().map_err(|_| wrong())?,
        of.parse().map_err(|_| wrong())?,
    );
    if (1..=of).contains(&n) && of <= 100_000 {
        Ok(Shard { n, of })
    } else {
        Err(wrong())
    }
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
