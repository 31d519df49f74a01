//! What people, joins and language models hold of a row.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use onrecord_opinion::Opinions;
use onrecord_record::{Change, Correction, Filter, Map, Record, State, table_named};
use serde_json::Value;

use crate::people::Names;

/// The corrections of a row, what became of each, and how the row was before.
pub fn corrections(out: &mut impl Write, record: &Record, id: &str) -> Result<()> {
    let names = Names::of(record);
    let all = record.corrections_of(id)?;
    for (correction, state) in &all {
        writeln!(
            out,
            "   corrected  {}: {}{}{}{} ({})",
            correction.id,
            told(correction, &names)?,
            of(" by ", correction.by.as_deref()),
            of(" at ", correction.at.as_deref()),
            of(": ", correction.why.as_deref()),
            state.name()
        )?;
    }
    if all.iter().any(|(_, state)| *state == State::Applied)
        && let Some((table, before)) = record.before_corrections(id)?
    {
        let now = record.row(id)?.map(|(_, row)| row);
        for (column, was) in differences(&table, &before, now.as_ref()) {
            writeln!(out, "   as read    {column} was {}", value(&was, &names)?)?;
        }
    }
    Ok(())
}

/// What language models that were asked hold of a row.
pub fn opinions(out: &mut impl Write, record: &Record, id: &str) -> Result<()> {
    let all = Opinions::beside(record.path())?;
    for opinion in all.of_row(id) {
        let verdict = opinion.verdict.map_or("does not count", |v| v.name());
        writeln!(
            out,
            "   opinion    {} {verdict}{}{}{}",
            opinion.key.model,
            of(", of ", opinion.field()),
            of(", better: ", opinion.better()),
            of(": ", opinion.why.as_deref())
        )?;
    }
    Ok(())
}

fn of(before: &str, text: Option<&str>) -> String {
    text.map_or(String::new(), |text| format!("{before}{text}"))
}

fn told(correction: &Correction, names: &Names<'_>) -> Result<String> {
    Ok(match correction.change() {
        Some(Change::Judge { verdict, .. }) => verdict.name().to_owned(),
        Some(Change::Set {
            field, value: new, ..
        }) => {
            format!("{field} is {}", value(&new, names)?)
        }
        _ => correction.field.clone(),
    })
}

/// The cells that differ; of a row that was taken out, none.
fn differences(table: &str, before: &Map, now: Option<&Map>) -> Vec<(String, Value)> {
    let (Some(table), Some(now)) = (table_named(table), now) else {
        return Vec::new();
    };
    let columns = table.columns.iter().map(|column| column.name);
    let differs = |name: &&str| before.get(*name) != now.get(*name);
    columns
        .filter(differs)
        .filter(|name| *name != "story_id")
        .map(|name| {
            (
                name.to_owned(),
                before.get(name).cloned().unwrap_or_default(),
            )
        })
        .collect()
}

/// A cell, actors by name.
fn value(value: &Value, names: &Names<'_>) -> Result<String> {
    Ok(match value {
        Value::Null => "nothing".to_owned(),
        Value::String(id) if id.starts_with("ac-") => names.actor(id)?,
        Value::String(text) => text.clone(),
        Value::Array(all) => {
            let told: Result<Vec<String>> = all.iter().map(|v| self::value(v, names)).collect();
            told?.join(", ")
        }
        other => other.to_string(),
    })
}

/// How the names in a sentence came to the actors of a row, where that is not by the page
/// alone: joins across pages, and corrections.
pub fn joined(
    out: &mut impl Write,
    record: &Record,
    table: &str,
    row: &Map,
    sentence_id: &str,
) -> Result<()> {
    let Some(table) = table_named(table) else {
        return Ok(());
    };
    let mut actors = BTreeSet::new();
    for column in table.columns[1..].iter().filter(|column| column.actor) {
        match row.get(column.name) {
            Some(Value::String(id)) => {
                actors.insert(id.clone());
            }
            Some(Value::Array(ids)) => {
                actors.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            _ => {}
        }
    }
    let names = Names::of(record);
    for actor in actors {
        let filter = Filter::default()
            .sentence(sentence_id)
            .equal("actor_id", &actor);
        let mentions = record.table("mentions", &filter, None)?;
        let words: BTreeSet<&str> = mentions
            .iter()
            .filter_map(|m| m.get("text").and_then(Value::as_str))
            .collect();
        for form in record.forms_of(&actor)? {
            if !words.contains(form.form.as_str()) {
                continue;
            }
            for join in &form.joined {
                writeln!(
                    out,
                    "   joined     `{}` is {}: {}  [{}]",
                    form.form,
                    names.actor(&actor)?,
                    join.reason,
                    join.made_by
                )?;
            }
        }
    }
    Ok(())
}
