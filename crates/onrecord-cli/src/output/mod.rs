//! What commands write to standard output.

mod bars;
mod grid;
mod marked;
mod terminal;
mod wrap;

use std::io::{self, BufWriter, StdoutLock, Write};

use clap::{Args, ValueEnum};
use onrecord_record::Map;
use serde_json::Value;

pub use bars::{Period, bars};
pub use grid::Grid;
pub use marked::{in_bold, in_stars};
pub use terminal::{bold, width};
pub use wrap::wrap;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for people, as wide as the terminal
    Table,
    /// One JSON object a line, all columns
    Jsonl,
    /// Comma-separated values, all columns
    Csv,
    /// A Markdown table for people
    Md,
}

/// The option `--format`.
#[derive(Args, Clone, Copy, Debug)]
pub struct FormatOption {
    /// How rows are written [default: table at a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

impl FormatOption {
    /// The format asked for, or the one that fits what standard output is.
    pub fn get(self) -> Format {
        self.format.unwrap_or(match terminal::is_terminal() {
            true => Format::Table,
            false => Format::Jsonl,
        })
    }
}

/// Standard output.
pub type Out = BufWriter<StdoutLock<'static>>;

/// Standard output, to be flushed by who takes it.
pub fn out() -> Out {
    BufWriter::with_capacity(64 * 1024, io::stdout().lock())
}

/// Writes a grid in one of the two formats for people.
pub fn write_grid(out: &mut impl Write, grid: &Grid, format: Format) -> io::Result<()> {
    match format {
        Format::Md => grid.write_markdown(out),
        _ => grid.write(out, width(), bold()),
    }
}

/// Writes rows with all their columns in one of the two formats for machines.
pub fn write_rows<'a>(
    out: &mut impl Write,
    columns: &[String],
    rows: impl IntoIterator<Item = &'a Map>,
    format: Format,
) -> io::Result<()> {
    if format != Format::Csv {
        for row in rows {
            serde_json::to_writer(&mut *out, row)?;
            out.write_all(b"\n")?;
        }
        return Ok(());
    }
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(columns)?;
    for row in rows {
        csv.write_record(
            columns
                .iter()
                .map(|c| cell(row.get(c).unwrap_or(&Value::Null))),
        )?;
    }
    csv.flush()
}

/// A value as a cell of a table: text bare, null empty, lists and objects as JSON.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
