//! `onrecord framings`: the words by which actors are characterised, and by whom.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::Map;
use serde_json::json;

use super::filters::Choice;
use super::{RecordPath, tell};
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid};
use crate::people::{Names, list, text};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord framings pages.db
  onrecord framings pages.db --actor \"Hill Front\"
  onrecord framings pages.db --outlet Herald --format csv

One line for each actor, label and voice: who calls whom what, how often, and where. The
narrator's words are the outlet's own; a speaker's are not.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Framings {
    #[command(flatten)]
    record: RecordPath,
    #[command(flatten)]
    choice: Choice,
    /// Only labels of this tone: positive, negative, neutral
    #[arg(long)]
    tone: Option<String>,
    /// Only the outlets' own words
    #[arg(long)]
    narrator: bool,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes a line for each actor, label and voice.
pub fn run(args: &Framings) -> Result<Exit> {
    let record = args.record.open()?;
    let Some(mut filter) = args.choice.filter(&record)? else {
        return Ok(Exit::Nothing);
    };
    if let Some(tone) = &args.tone {
        filter = filter.equal("tone", tone);
    }
    if args.narrator {
        filter = filter.equal("voice", "narrator");
    }
    let names = Names::of(&record);
    let rows = record.table("framings", &filter, None)?.rows;
    if rows.is_empty() {
        tell("onrecord: no framing fits\n");
        return Ok(Exit::Nothing);
    }
    let mut lines: BTreeMap<(String, String, String, String), Vec<&Map>> = BTreeMap::new();
    for row in &rows {
        let voice = match text(row, "voice") {
            "narrator" => "narrator".to_owned(),
            speaker => names.actor(speaker)?,
        };
        let key = (
            names.actor(text(row, "actor_id"))?,
            text(row, "label").to_lowercase(),
            voice,
            text(row, "tone").to_owned(),
        );
        lines.entry(key).or_default().push(row);
    }
    let lines: Vec<Map> = lines
        .into_iter()
        .map(|((actor, label, voice, tone), rows)| {
            let outlets = |row: &&&Map| !text(row, "publisher").is_empty();
            let outlets: BTreeSet<&str> = rows
                .iter()
                .filter(outlets)
                .map(|row| text(row, "publisher"))
                .collect();
            let ids: Vec<&str> = rows.iter().map(|row| text(row, "framing_id")).collect();
            let sentences: Vec<&str> = rows.iter().map(|row| text(row, "sentence_id")).collect();
            let line = json!({
                "actor_id": text(rows[0], "actor_id"),
                "actor": actor,
                "label": label,
                "tone": tone,
                "voice": voice,
                "times": rows.len(),
                "outlets": outlets,
                "framing_ids": ids,
                "sentence_ids": sentences,
            });
            line.as_object().cloned().unwrap_or_default()
        })
        .collect();
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new(["actor", "label", "tone", "voice", "times", "outlets"]);
        for line in &lines {
            grid.rows.push(vec![
                text(line, "actor").to_owned(),
                text(line, "label").to_owned(),
                text(line, "tone").to_owned(),
                text(line, "voice").to_owned(),
                line["times"].to_string(),
                list(line, "outlets").collect::<Vec<_>>().join("; "),
            ]);
        }
        grid.drop_empty_columns();
        output::write_grid(&mut out, &grid, format)?;
    } else {
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &lines, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// What a line tells, in formats for machines.
const COLUMNS: [&str; 9] = [
    "actor_id",
    "actor",
    "label",
    "tone",
    "voice",
    "times",
    "outlets",
    "framing_ids",
    "sentence_ids",
];
