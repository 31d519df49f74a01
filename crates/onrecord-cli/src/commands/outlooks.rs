//! `onrecord outlooks`: what was announced, and what became of it.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_model::{Outcome, OutlookType};
use onrecord_record::Map;
use serde_json::json;

use super::filters::Choice;
use super::{RecordPath, tell};
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption, Grid};
use crate::people::{Names, list, one_line, text};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord outlooks pages.db
  onrecord outlooks pages.db --actor \"Hill Front\" --type threat
  onrecord outlooks pages.db --outcome fulfilled --format jsonl
  onrecord outlooks pages.db --outcome open --until 2019

An outcome is what a later page of the record reports, with the sentences that do; an outlook
of which no page tells is open.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Outlooks {
    #[command(flatten)]
    record: RecordPath,
    #[command(flatten)]
    choice: Choice,
    /// Only threats, promises, demands, predictions or warnings
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Only those that were fulfilled, broken, partly fulfilled (partly), or are open
    #[arg(long)]
    outcome: Option<String>,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes what was announced, by date.
pub fn run(args: &Outlooks) -> Result<Exit> {
    let record = args.record.open()?;
    let Some(mut filter) = args.choice.filter(&record)? else {
        return Ok(Exit::Nothing);
    };
    if let Some(kind) = &args.kind {
        let kind = OutlookType::read(kind).ok_or_else(|| {
            usage(format!(
                "no type `{kind}`: threat, promise, demand, prediction, warning"
            ))
        })?;
        filter = filter.equal("type", kind.name());
    }
    if let Some(outcome) = &args.outcome {
        let known = [
            Outcome::Fulfilled,
            Outcome::Broken,
            Outcome::Partly,
            Outcome::Open,
        ];
        if !known.iter().any(|o| o.name() == outcome) {
            let message = format!("no outcome `{outcome}`: fulfilled, broken, partly, open");
            return Err(usage(message));
        }
        filter = filter.equal("outcome", outcome);
    }
    let mut rows = record.table("outlooks", &filter, None)?.rows;
    if rows.is_empty() {
        tell("onrecord: no outlook fits\n");
        return Ok(Exit::Nothing);
    }
    rows.sort_by_cached_key(|row| {
        let made = text(row, "made").to_owned();
        (made.is_empty(), made, text(row, "outlook_id").to_owned())
    });
    let names = Names::of(&record);
    let lines = rows
        .iter()
        .map(|row| line(row, &names))
        .collect::<Result<Vec<Map>>>()?;
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        output::write_grid(&mut out, &grid(&lines), format)?;
        let told = lines
            .iter()
            .filter(|l| text(l, "outcome") != "open")
            .count();
        writeln!(
            out,
            "\n{} outlooks; later pages tell of {told}",
            lines.len()
        )?;
    } else {
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &lines, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// What a line tells, in formats for machines.
const COLUMNS: [&str; 14] = [
    "outlook_id",
    "made",
    "actor_id",
    "actor",
    "type",
    "content",
    "horizon",
    "outlet",
    "sentence_id",
    "sentence",
    "outcome",
    "outcome_note",
    "outcome_sentence_ids",
    "outcome_sentences",
];

fn line(row: &Map, names: &Names<'_>) -> Result<Map> {
    let mut told = Vec::new();
    for id in list(row, "outcome_sentence_ids") {
        told.push(names.sentence(id)?);
    }
    let value = |name: &str| row.get(name).cloned().unwrap_or_default();
    let line = json!({
        "outlook_id": value("outlook_id"),
        "made": value("made"),
        "actor_id": value("actor_id"),
        "actor": names.actor(text(row, "actor_id"))?,
        "type": value("type"),
        "content": value("content"),
        "horizon": value("horizon"),
        "outlet": names.outlet(row)?,
        "sentence_id": value("sentence_id"),
        "sentence": names.sentence(text(row, "sentence_id"))?,
        "outcome": value("outcome"),
        "outcome_note": value("outcome_note"),
        "outcome_sentence_ids": value("outcome_sentence_ids"),
        "outcome_sentences": told,
    });
    Ok(line.as_object().cloned().unwrap_or_default())
}

fn grid(lines: &[Map]) -> Grid {
    let heads = [
        "made",
        "actor",
        "type",
        "what",
        "by when, or if",
        "outcome",
        "as told later",
    ];
    let mut grid = Grid::new(heads);
    for line in lines {
        let told: Vec<String> = list(line, "outcome_sentences").map(one_line).collect();
        grid.rows.push(vec![
            text(line, "made").to_owned(),
            text(line, "actor").to_owned(),
            text(line, "type").to_owned(),
            one_line(text(line, "content")),
            one_line(text(line, "horizon")),
            text(line, "outcome").to_owned(),
            told.join(" / "),
        ]);
    }
    grid.drop_empty_columns();
    grid
}
