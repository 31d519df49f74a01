//! `onrecord correct`: a cell of a row is changed.

use anyhow::Result;
use clap::Args;
use onrecord_lexicon::Lexicon;
use onrecord_model::EventType;
use onrecord_record::{Anchor, Change, Filter, Map, Record, Rule, rule_of};
use serde_json::{Value, json};

use super::signed::{Open, Signed, anchor};
use super::{RecordPath, one_actor, tell};
use crate::exit::{Exit, usage};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord correct ev-3f2a pages.db event_type=THREATEN status=actual
  onrecord correct st-91b0 pages.db speaker_id=\"Foreign Ministry\" --along --why \"its spokesman\"
  onrecord correct ev-3f2a pages.db actor_ids=\"Foreign Ministry; Taymar Oskel\" date=2014-06
  onrecord correct po-77aa pages.db scope=

What follows from a value is changed with it: the quad, intensity and CAMEO code of an event from
its type and mode, the precision of a date from the date. Actors are given by name or id, several
parted by semicolons; an empty value empties a cell that may be empty. `onrecord corrections undo`
takes it back.

Exit codes: 0 all well, 1 no row or actor fits, 2 wrong usage, 3 the record or the file of
corrections cannot be read.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Correct {
    /// The row: its id or the beginning of it
    #[arg(value_name = "ROW")]
    row: String,
    #[command(flatten)]
    record: RecordPath,
    /// The column and its new value
    #[arg(required = true, value_name = "FIELD=VALUE")]
    cells: Vec<String>,
    /// Give the new actor also to the rows that rest on this one and name the actor it had
    #[arg(long)]
    along: bool,
    #[command(flatten)]
    signed: Signed,
}

/// Adds a correction for each cell.
pub fn run(args: &Correct) -> Result<Exit> {
    let open = Open::at(&args.record)?;
    let Some(row) = anchor(&open.record, &args.row)? else {
        return Ok(Exit::Nothing);
    };
    let mut changes = Vec::new();
    // Type and mode of an event follow each other: what was set before counts.
    let mut now = row.clone();
    for cell in &args.cells {
        let Some((field, words)) = cell.split_once('=') else {
            return Err(usage(format!(
                "`{cell}` is no cell; write the column and its value: field=value"
            )));
        };
        let rule = rule_of(&row.table, field).map_err(usage)?;
        let Some(words) = named(&open.record, rule, words)? else {
            return Ok(Exit::Nothing);
        };
        let value = rule
            .read(&words)
            .map_err(|what| usage(format!("`{field}` {what}")))?;
        let with = match field {
            "event_type" | "mode" => plover(&now.row, field, &value)?,
            _ => Map::new(),
        };
        now.row.insert(field.to_owned(), value.clone());
        now.row.extend(with.clone());
        changes.push(Change::Set {
            row: row.clone(),
            field: field.to_owned(),
            value,
            with,
        });
    }
    let resting = resting(&open.record, &row, &changes)?;
    if args.along {
        changes.extend(resting);
    } else if !resting.is_empty() {
        let rows: Vec<String> = resting.iter().filter_map(row_of).collect();
        tell(&format!(
            "onrecord: rows that rest on this one still name the actor it had: {}; --along \
             changes them too\n",
            rows.join(", ")
        ));
    }
    open.correct_all(changes, &args.signed)
}

fn row_of(change: &Change) -> Option<String> {
    match change {
        Change::Set { row, .. } => Some(row.id().to_owned()),
        _ => None,
    }
}

/// Ids in place of the names of actors and places; `None` where there is none, which the
/// user was told.
fn named(record: &Record, rule: Rule, words: &str) -> Result<Option<String>> {
    let words = words.trim();
    match rule {
        Rule::Actor if !words.is_empty() => one_actor(record, words),
        Rule::Voice if words != "narrator" && !words.is_empty() => one_actor(record, words),
        Rule::Actors => {
            let mut ids = Vec::new();
            for name in words.split(';').map(str::trim).filter(|n| !n.is_empty()) {
                match one_actor(record, name)? {
                    Some(id) => ids.push(id),
                    None => return Ok(None),
                }
            }
            Ok(Some(ids.join(",")))
        }
        Rule::Place if !words.is_empty() => one_place(record, words),
        _ => Ok(Some(words.to_owned())),
    }
}

fn one_place(record: &Record, words: &str) -> Result<Option<String>> {
    let mut found = Vec::new();
    for column in ["place_id", "name"] {
        let filter = Filter::default().equal(column, words);
        let rows = record.table("places", &filter, None)?;
        found.extend(rows.iter().filter_map(|row| {
            let text = |column: &str| row[column].as_str().unwrap_or_default().to_owned();
            (!text("place_id").is_empty())
                .then(|| (text("place_id"), text("kind"), text("country")))
        }));
    }
    match found.as_slice() {
        [] => {
            tell(&format!(
                "onrecord: no place of the record has the name or id `{words}`\n"
            ));
            Ok(None)
        }
        [(id, ..)] => Ok(Some(id.clone())),
        several => {
            let of = |(id, kind, country): &(String, String, String)| {
                format!("  {id}  {kind}, {country}")
            };
            let all: Vec<String> = several.iter().map(of).collect();
            Err(usage(format!(
                "several places are called `{words}`; give the id:\n{}",
                all.join("\n")
            )))
        }
    }
}

/// What follows from the type and mode of an event.
pub(super) fn plover(row: &Map, field: &str, value: &Value) -> Result<Map> {
    let text = |column: &str| row.get(column).and_then(Value::as_str).map(str::to_owned);
    let (kind, mode) = match field {
        "event_type" => (value.as_str().map(str::to_owned), None),
        _ => (text("event_type"), value.as_str().map(str::to_owned)),
    };
    let Some(event) = kind.as_deref().and_then(EventType::read) else {
        return Ok(Map::new());
    };
    let plover = &Lexicon::built_in().events.plover;
    let known = plover
        .modes
        .get(event.name())
        .map_or(&[][..], Vec::as_slice);
    if let Some(mode) = &mode
        && !known.contains(mode)
    {
        return Err(usage(format!(
            "`mode` is `{mode}`; {} has {}",
            event.name(),
            match known {
                [] => "no modes".to_owned(),
                _ => known.join(", "),
            }
        )));
    }
    let intensity = f64::from(plover.intensity(event, mode.as_deref())) / 10.0;
    let mut with = Map::new();
    with.insert("intensity".to_owned(), json!(intensity));
    with.insert(
        "cameo".to_owned(),
        json!(plover.cameo(event, mode.as_deref())),
    );
    if field == "event_type" {
        // A mode belongs to its type.
        with.insert("mode".to_owned(), Value::Null);
    }
    Ok(with)
}

/// The same new actor for the positions and outlooks that rest on a statement or event.
fn resting(record: &Record, row: &Anchor, changes: &[Change]) -> Result<Vec<Change>> {
    let new = changes.iter().find_map(|change| match change {
        Change::Set { field, value, .. } if field == "speaker_id" && !value.is_null() => {
            Some((row.row.get("speaker_id")?.clone(), value.clone()))
        }
        _ => None,
    });
    let Some((was, is)) = new.filter(|(was, is)| !was.is_null() && was != is) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (table, key) in [("positions", "position_id"), ("outlooks", "outlook_id")] {
        let article = row.row.get("article_id").and_then(Value::as_str);
        let filter = Filter::default()
            .equal("statement_id", row.id())
            .article(article.unwrap_or_default());
        for other in &record.table(table, &filter, None)? {
            let Some(other) = other.get(key).and_then(Value::as_str) else {
                continue;
            };
            let Some(anchor) = record.anchor(other)? else {
                continue;
            };
            if anchor.row.get("actor_id") == Some(&was) {
                found.push(Change::Set {
                    row: anchor,
                    field: "actor_id".to_owned(),
                    value: is.clone(),
                    with: Map::new(),
                });
            }
        }
    }
    Ok(found)
}
