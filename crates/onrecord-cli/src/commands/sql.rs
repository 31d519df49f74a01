//! `onrecord sql`: a query in SQL.

use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::RecordPath;
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid, cell};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord sql pages.db \"SELECT publisher, count(*) AS n FROM articles GROUP BY 1 ORDER BY n DESC\"
  onrecord sql pages.db \"SELECT date, content FROM statements WHERE kind = 'direct'\" --format csv

The record is opened for reading only. docs/record.md lists tables and columns.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Sql {
    #[command(flatten)]
    record: RecordPath,
    /// One statement that reads: SELECT, WITH, VALUES or EXPLAIN
    query: String,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes the rows of the query.
pub fn run(args: &Sql) -> Result<Exit> {
    let rows = args.record.open()?.sql(&args.query)?;
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new(rows.columns.iter().map(String::as_str));
        grid.rows = rows
            .iter()
            .map(|row| row.values().map(cell).collect())
            .collect();
        output::write_grid(&mut out, &grid, format)?;
    } else {
        output::write_rows(&mut out, &rows.columns, &rows, format)?;
    }
    out.flush()?;
    Ok(if rows.is_empty() {
        Exit::Nothing
    } else {
        Exit::Well
    })
}
