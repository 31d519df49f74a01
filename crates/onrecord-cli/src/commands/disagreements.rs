//! `onrecord disagreements`: what pages tell differently, side by side.

use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};
use onrecord_record::{Filter, Map, Record};
use serde_json::json;

use super::{RecordPath, tell};
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid};
use crate::people::{Names, list, one_line, text};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord disagreements pages.db
  onrecord disagreements pages.db --kind change
  onrecord disagreements pages.db --format jsonl

A difference is two tellings of one thing at one time that cannot both be right; a change over
time is one thing at several times.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Disagreements {
    #[command(flatten)]
    record: RecordPath,
    /// Only differences, or only changes over time
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    #[command(flatten)]
    format: FormatOption,
}

/// Kinds of disagreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Told differently of one time
    Difference,
    /// Told of several times
    Change,
}

/// Writes each thing with its tellings.
pub fn run(args: &Disagreements) -> Result<Exit> {
    let record = args.record.open()?;
    let filter = match args.kind {
        None => Filter::default(),
        Some(Kind::Difference) => Filter::default().equal("kind", "difference"),
        Some(Kind::Change) => Filter::default().equal("kind", "change over time"),
    };
    let rows = record.table("disagreements", &filter, None)?;
    if rows.is_empty() {
        tell("onrecord: no disagreement fits\n");
        return Ok(Exit::Nothing);
    }
    let names = Names::of(&record);
    let mut lines = Vec::new();
    for row in &rows {
        for (value, sentence) in list(row, "values").zip(list(row, "sentence_ids")) {
            lines.push(line(row, value, sentence, &record, &names)?);
        }
    }
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new(["about", "kind", "told", "outlet", "published", "sentence"]);
        let mut before = String::new();
        for line in &lines {
            let same = before == text(line, "disagreement_id");
            before = text(line, "disagreement_id").to_owned();
            let head = |name: &str| {
                if same {
                    String::new()
                } else {
                    text(line, name).to_owned()
                }
            };
            grid.rows.push(vec![
                head("about"),
                head("kind"),
                text(line, "told").to_owned(),
                text(line, "outlet").to_owned(),
                text(line, "published").to_owned(),
                one_line(text(line, "sentence")),
            ]);
        }
        output::write_grid(&mut out, &grid, format)?;
    } else {
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &lines, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// What a line tells, in formats for machines: one telling of one thing.
const COLUMNS: [&str; 8] = [
    "disagreement_id",
    "about",
    "kind",
    "told",
    "outlet",
    "published",
    "sentence_id",
    "sentence",
];

fn line(row: &Map, value: &str, sentence: &str, record: &Record, names: &Names<'_>) -> Result<Map> {
    let of = record.table(
        "sentences",
        &Filter::default().equal("sentence_id", sentence),
        Some(1),
    )?;
    let of = of.first().cloned().unwrap_or_default();
    let line = json!({
        "disagreement_id": text(row, "disagreement_id"),
        "about": text(row, "about"),
        "kind": text(row, "kind"),
        "told": value,
        "outlet": names.outlet(&of)?,
        "published": names.published(&of)?,
        "sentence_id": sentence,
        "sentence": text(&of, "text"),
    });
    Ok(line.as_object().cloned().unwrap_or_default())
}
