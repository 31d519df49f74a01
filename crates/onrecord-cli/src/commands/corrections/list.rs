//! `onrecord corrections RECORD`: the corrections and what became of each.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_record::{Change, Correction, Map, Record};
use serde_json::{Value, json};

use crate::commands::{RecordPath, tell};
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption, Grid};
use crate::people::short;

/// What is asked for.
#[derive(Args, Debug)]
pub struct List {
    /// The record, as `onrecord read -o` wrote it
    #[arg(value_name = "RECORD", required = true)]
    record: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes them in the order in which they were made.
pub fn run(args: &List) -> Result<Exit> {
    let Some(record) = args.record.clone() else {
        return Err(usage("give a record, or a task and a record"));
    };
    let record = RecordPath { record }.open()?;
    let all = record.corrections()?;
    if all.is_empty() {
        tell("onrecord: the record has no correction\n");
        return Ok(Exit::Nothing);
    }
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new(["correction", "at", "by", "what", "why", "state"]);
        for (correction, state) in &all {
            grid.rows.push(vec![
                short(&correction.id).to_owned(),
                correction.at.clone().unwrap_or_default(),
                correction.by.clone().unwrap_or_default(),
                told(correction, &record)?,
                correction.why.clone().unwrap_or_default(),
                state.name().to_owned(),
            ]);
        }
        grid.drop_empty_columns();
        output::write_grid(&mut out, &grid, format)?;
    } else {
        let rows: Vec<Map> = all
            .iter()
            .filter_map(|(c, state)| match serde_json::from_str(&c.to_line()) {
                Ok(Value::Object(mut row)) => {
                    row.insert("state".to_owned(), json!(state.name()));
                    Some(row)
                }
                _ => None,
            })
            .collect();
        let columns: Vec<String> = rows
            .first()
            .into_iter()
            .flat_map(Map::keys)
            .cloned()
            .collect();
        output::write_rows(&mut out, &columns, &rows, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// What a correction asks for, in words.
fn told(correction: &Correction, record: &Record) -> Result<String> {
    let name = |id: &str| -> Result<String> {
        let name = record.actor_name(id)?;
        Ok(name.map_or_else(
            || short(id).to_owned(),
            |name| format!("{name} ({})", short(id)),
        ))
    };
    Ok(match correction.change() {
        Some(Change::Merge { from, to }) => {
            format!("merge {} into {}", name(&from)?, name(&to)?)
        }
        Some(Change::Split {
            actor,
            form,
            article,
            name: new,
        }) => {
            let place = article.map_or(String::new(), |a| format!(" in {}", short(&a)));
            format!("split `{form}`{place} from {} as {new}", name(&actor)?)
        }
        Some(Change::Rename { actor, was, name }) => {
            format!(
                "rename {} ({}) to {name}",
                was.unwrap_or_default(),
                short(&actor)
            )
        }
        // The name stands in the pages, but is not to be told.
        Some(Change::Forget { actor }) => format!("forget {}", short(&actor)),
        Some(Change::Apart { actor, other }) => {
            format!("{} is not {}", short(&actor), short(&other))
        }
        Some(Change::Set { row, field, .. }) => {
            let value =
                |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            format!(
                "{field} of {} from {} to {}",
                short(row.id()),
                value(&correction.was),
                value(&correction.is)
            )
        }
        Some(Change::Judge { row, verdict }) => format!("{} {}", short(row.id()), verdict.name()),
        Some(Change::Undo { correction }) => format!("take back {}", short(&correction)),
        None => format!("{} of {}", correction.field, correction.row_key),
    })
}
