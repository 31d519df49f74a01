//! `onrecord list`: rows of a table.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_record::{Record, Rows, TABLES, Table, table_named};

use super::filters::Filters;
use super::{RecordPath, tell};
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption};
use crate::people::View;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord list statements pages.db
  onrecord list statements pages.db --actor Oskel --since 2018-09 --contains '\"by force\"'
  onrecord list events pages.db --type THREATEN --status actual --format csv
  onrecord list positions pages.db --stance oppose --outlet Herald
  onrecord list events pages.db --sample 50 --unreviewed

At a terminal, names stand in place of ids, and dates in round brackets are those of the
article. JSONL and CSV give all columns as they are in the record.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct List {
    /// The table
    #[arg(value_parser = PossibleValuesParser::new(TABLES.iter().map(|table| table.name)))]
    table: String,
    #[command(flatten)]
    record: RecordPath,
    #[command(flatten)]
    filters: Filters,
    /// Rows whose sentences hold these words: all of them, `"a phrase"`, `begin*`, `-without`, `OR`
    #[arg(long, value_name = "WORDS")]
    contains: Option<String>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// So many rows drawn as if at random, the same each time
    #[arg(long, value_name = "N", conflicts_with = "limit")]
    sample: Option<u64>,
    #[command(flatten)]
    format: FormatOption,
}

/// The names of all tables.
pub fn names() -> String {
    TABLES
        .iter()
        .map(|table| table.name)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Writes the rows that fit.
pub fn run(args: &List) -> Result<Exit> {
    let Some(table) = table_named(&args.table) else {
        return Err(usage(format!(
            "no table `{}`; there are {}",
            args.table,
            names()
        )));
    };
    let record = args.record.open()?;
    let Some(mut filter) = args.filters.of(table, &record)? else {
        return Ok(Exit::Nothing);
    };
    filter.words.clone_from(&args.contains);
    let rows = match args.sample {
        Some(n) => record.sample(table.name, &filter, n)?,
        None => record.table(table.name, &filter, args.limit)?,
    };
    write(&record, table, &rows, args.format.get())
}

/// Writes rows of a table; says so if there are none.
///
/// # Errors
/// The record cannot be read or standard output not written.
pub fn write(record: &Record, table: &Table, rows: &Rows, format: Format) -> Result<Exit> {
    let mut out = output::out();
    if rows.is_empty() {
        // A CSV file without rows still has its heads.
        if format == Format::Csv {
            output::write_rows(&mut out, &rows.columns, rows, format)?;
            out.flush()?;
        }
        tell("onrecord: no row fits\n");
        return Ok(Exit::Nothing);
    }
    if matches!(format, Format::Table | Format::Md) {
        let grid = View::of(table.name).grid(record, rows)?;
        output::write_grid(&mut out, &grid, format)?;
    } else {
        output::write_rows(&mut out, &rows.columns, rows, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}
