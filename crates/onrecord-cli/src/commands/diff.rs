//! `onrecord diff`: what differs between two records, and why.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_record::{Changed, Diff as Comparison, Difference, Map, Record, TABLES, TableDiff};
use serde_json::{Value, json};

use super::tell;
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid, Out};
use crate::people::one_line;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord diff monday.db tuesday.db
  onrecord diff old.db new.db --table statements --rows
  onrecord diff old.db new.db --rows --format jsonl > changes.jsonl

Exit codes: 0 the records are the same, 1 they differ, 2 wrong usage, 3 one cannot be read.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Diff {
    /// The first record
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The second record
    #[arg(value_name = "B")]
    after: PathBuf,
    /// Only these tables
    #[arg(long, value_name = "TABLE,...", value_delimiter = ',', value_parser = tables())]
    table: Vec<String>,
    /// Every row that differs, in place of their numbers
    #[arg(long)]
    rows: bool,
    #[command(flatten)]
    format: FormatOption,
}

fn tables() -> PossibleValuesParser {
    PossibleValuesParser::new(TABLES.iter().map(|table| table.name))
}

/// What a line about a row tells, in CSV and Markdown.
const HEADS: [&str; 8] = [
    "table", "change", "id", "was_id", "column", "was", "is", "reasons",
];

/// Writes what differs.
pub fn run(args: &Diff) -> Result<Exit> {
    let before = Record::open_read(&args.before)?;
    let after = Record::open_read(&args.after)?;
    let diff = Comparison::of(&before, &after)?;
    let format = args.format.get();
    let mut out = output::out();
    let mut rows = Rows {
        out: &mut out,
        format,
        begun: false,
    };
    let mut sums = Vec::new();
    let wanted = |name: &str| args.table.is_empty() || args.table.iter().any(|t| t == name);
    for table in TABLES.iter().filter(|table| wanted(table.name)) {
        let sum = diff.table(table.name, |found| match args.rows {
            true => rows.write(&found),
            false => Ok(()),
        })?;
        sums.push((table.name, sum));
    }
    for what in diff.read_with() {
        tell(&format!("onrecord: the records were read with: {what}\n"));
    }
    if !args.rows {
        summary(&mut out, &sums, format)?;
    }
    out.flush()?;
    if sums.iter().all(|(_, sum)| sum.same()) {
        tell("onrecord: the records are the same\n");
        return Ok(Exit::Well);
    }
    Ok(Exit::Differ)
}

/// The numbers of all tables; for people only of those that differ.
fn summary(out: &mut Out, sums: &[(&str, TableDiff)], format: Format) -> Result<()> {
    let rows: Vec<Map> = sums
        .iter()
        .map(|(table, sum)| {
            let row = json!({
                "table": table,
                "before": sum.before,
                "after": sum.after,
                "lost": sum.lost,
                "gained": sum.gained,
                "changed": sum.changed,
                "reasons": sum.reasons,
            });
            row.as_object().cloned().unwrap_or_default()
        })
        .collect();
    if matches!(format, Format::Jsonl | Format::Csv) {
        let heads = rows.first().map(|row| row.keys().cloned().collect());
        let heads: Vec<String> = heads.unwrap_or_default();
        return Ok(output::write_rows(out, &heads, &rows, format)?);
    }
    let mut grid = Grid::new([
        "table", "in A", "in B", "lost", "gained", "changed", "reasons",
    ]);
    for (table, sum) in sums.iter().filter(|(_, sum)| !sum.same()) {
        let mut reasons: Vec<(&String, &u64)> = sum.reasons.iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let reasons = reasons
            .iter()
            .map(|(reason, count)| format!("{reason}: {count}"));
        let mut cells = vec![(*table).to_owned()];
        let numbers = [sum.before, sum.after, sum.lost, sum.gained, sum.changed];
        cells.extend(numbers.map(|number| number.to_string()));
        cells.push(reasons.collect::<Vec<_>>().join("; "));
        grid.rows.push(cells);
    }
    match grid.rows.is_empty() {
        true => Ok(()),
        false => Ok(output::write_grid(out, &grid, format)?),
    }
}

/// Writes rows that differ one at a time, so that memory does not grow with their number.
struct Rows<'o> {
    out: &'o mut Out,
    format: Format,
    begun: bool,
}

impl Rows<'_> {
    fn write(&mut self, found: &Difference) -> Result<()> {
        let first = !std::mem::replace(&mut self.begun, true);
        match self.format {
            Format::Table => self.write_for_people(found, first),
            Format::Jsonl => {
                serde_json::to_writer(&mut *self.out, &value(found))?;
                Ok(self.out.write_all(b"\n")?)
            }
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(&mut *self.out);
                if first {
                    csv.write_record(HEADS)?;
                }
                for line in lines(found) {
                    csv.write_record(line)?;
                }
                Ok(csv.flush()?)
            }
            Format::Md => {
                let mut grid = Grid::new(HEADS);
                grid.rows = lines(found);
                let mut text = Vec::new();
                grid.write_markdown(&mut text)?;
                // The heads once, above all rows.
                let text = String::from_utf8_lossy(&text);
                let from = if first { 0 } else { 2 };
                for line in text.lines().skip(from) {
                    writeln!(self.out, "{line}")?;
                }
                Ok(())
            }
        }
    }

    fn write_for_people(&mut self, found: &Difference, first: bool) -> Result<()> {
        if !first {
            writeln!(self.out)?;
        }
        let width = output::width();
        let was = found.was_id.as_ref().map(|id| format!(" (was {id})"));
        let (table, change, id) = (found.table, found.change.name(), &found.id);
        writeln!(
            self.out,
            "{change}  {table}  {id}{}",
            was.unwrap_or_default()
        )?;
        let mut told = Vec::new();
        for cell in &found.cells {
            let [was, is] = [&cell.was, &cell.is].map(shown);
            told.push(format!("{}: {was} → {is}", cell.column));
        }
        told.extend(
            found
                .row
                .as_ref()
                .map(words_of)
                .filter(|text| !text.is_empty()),
        );
        told.push(format!("because: {}", found.reasons.join("; ")));
        for text in told {
            for line in output::wrap(&text, width.saturating_sub(4)) {
                writeln!(self.out, "    {line}")?;
            }
        }
        Ok(())
    }
}

/// A value on one line; what is missing as a dash.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        other => one_line(&output::cell(other)),
    }
}

/// What a row says, by its telling columns.
fn words_of(row: &Map) -> String {
    const TELLING: [&str; 17] = [
        "event_type",
        "issue",
        "stance",
        "predicate",
        "type",
        "kind",
        "name",
        "cue",
        "content",
        "label",
        "about",
        "title",
        "text",
        "uri",
        "date",
        "field",
        "version",
    ];
    let texts = TELLING.iter().filter_map(|name| row.get(*name));
    let texts = texts.filter(|value| !value.is_null()).map(shown);
    texts.collect::<Vec<_>>().join(", ")
}

/// A difference as an object.
fn value(found: &Difference) -> Value {
    let cells: Vec<Value> = found
        .cells
        .iter()
        .map(|cell| json!({"column": cell.column, "was": cell.was, "is": cell.is}))
        .collect();
    json!({
        "table": found.table,
        "change": found.change.name(),
        "id": found.id,
        "was_id": found.was_id,
        "cells": cells,
        "row": found.row,
        "reasons": found.reasons,
    })
}

/// A difference as lines under [`HEADS`]: one a column that changed, else one with the row.
fn lines(found: &Difference) -> Vec<Vec<String>> {
    let line = |column: &str, was: String, is: String| -> Vec<String> {
        let head = [found.table, found.change.name(), &found.id];
        let mut line: Vec<String> = head.map(str::to_owned).to_vec();
        line.push(found.was_id.clone().unwrap_or_default());
        line.extend([column.to_owned(), was, is, found.reasons.join("; ")]);
        line
    };
    let row = || {
        found
            .row
            .clone()
            .map_or(String::new(), |row| Value::Object(row).to_string())
    };
    match found.change {
        Changed::Lost => vec![line("", row(), String::new())],
        Changed::Gained => vec![line("", String::new(), row())],
        Changed::Changed if found.cells.is_empty() => vec![line("", String::new(), String::new())],
        Changed::Changed => found
            .cells
            .iter()
            .map(|cell| line(cell.column, output::cell(&cell.was), output::cell(&cell.is)))
            .collect(),
    }
}
