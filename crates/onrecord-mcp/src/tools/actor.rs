//! `actor`: who somebody is, as the record tells it.

use onrecord_record::{Filter, Map, Record};
use serde_json::{Value, json};

use super::Tool;
use crate::arguments::{Argument, Arguments, Takes, must};
use crate::names::{Names, line, list, one_actor, text};
use crate::rows;
use crate::sources::Sources;
use crate::{Answer, Trouble, words};

/// How many ties to others are given.
const TIES: usize = 20;

const OWN: &[Argument] = &[must(
    "name",
    Takes::Text,
    "A name, a part of one, or an id (ac-…).",
)];

pub const TOOL: Tool = Tool {
    name: "actor",
    title: "Who somebody is",
    what: "Shows an actor of the record: names, kind, country, offices, ties to others with the sentence that states each, how \
           many statements, events and positions it has a part in, and the issues it has a position on. If several actors fit \
           the name, it lists them: call again with the id. Cite [ac-…] and the ids of the ties.",
    arguments: &[OWN],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    let actor = one_actor(record, arguments.text("name").unwrap_or_default())?;
    let (names, sources) = (Names::of(record), Sources::of(record));
    let id = text(&actor, "actor_id").to_owned();
    let quoted = id.replace('\'', "''");
    let mut told = format!("[{id}] {}\n", words::in_words("actors", &actor, &names)?);
    for role in actor
        .get("roles")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        told.push_str(&format!("office: {}\n", office(role)));
    }
    let has_part = counts(record, &id)?;
    let parts: Vec<String> = has_part
        .iter()
        .map(|(table, n)| format!("{n} {table}"))
        .collect();
    told.push_str(&format!(
        "has a part in: {}\n",
        or_nothing(parts.join(", "))
    ));
    let issues = record.sql(&format!(
        "select issue, count(*) as positions, min(date) as first, max(date) as last,
                group_concat(distinct stance) as stances
         from positions p join _row_actors r on r.row_id = p.position_id
         where r.actor_id = '{quoted}' and p.actor_id = '{quoted}' group by issue order by issue limit 50"
    ))?;
    for issue in &issues {
        told.push_str(&format!(
            "position on {}: {} ({} rows; `positions` gives them)\n",
            text(issue, "issue"),
            text(issue, "stances"),
            issue["positions"]
        ));
    }
    let ties = record
        .table("relations", &Filter::default().actor(&id), None)?
        .rows;
    let mut given = Vec::new();
    for tie in ties.iter().take(TIES) {
        told.push_str(&words::told("relations", tie, &names, &sources)?);
        given.push(rows::full("relations", tie, &names, &sources)?);
    }
    if ties.len() > TIES {
        told.push_str(&format!("{TIES} of {} ties given\n", ties.len()));
    }
    let aliases: Vec<&str> = list(&actor, "aliases").collect();
    let data = json!({
        "actor": actor,
        "aliases": aliases,
        "has_part_in": Value::from(has_part),
        "issues": issues.rows,
        "relations": given,
        "relations_total": ties.len(),
    });
    Ok(Answer { text: told, data })
}

/// In how many rows of each table the actor has a part.
fn counts(record: &Record, id: &str) -> Result<Map, Trouble> {
    let rows = format!(
        "select substr(row_id, 1, 2) as kind, count(*) as n from _row_actors
         where actor_id = '{}' group by 1",
        id.replace('\'', "''")
    );
    let mut counts = Map::new();
    counts.insert("mentions".to_owned(), record.mentions_of(id)?.into());
    let rows = record.sql(&rows)?;
    for table in [
        "statements",
        "events",
        "positions",
        "outlooks",
        "framings",
        "relations",
    ] {
        let row = rows.iter().find(|row| text(row, "kind") == &table[..2]);
        counts.insert(
            table.to_owned(),
            row.map_or(json!(0), |row| row["n"].clone()),
        );
    }
    Ok(counts)
}

fn office(role: &Value) -> String {
    let part = |name: &str| role[name].as_str().map(line).unwrap_or_default();
    let years = match (part("from"), part("to")) {
        (from, to) if from.is_empty() && to.is_empty() => String::new(),
        (from, to) => format!(", {from} to {to}"),
    };
    let read = match part("sentence_id") {
        id if id.is_empty() => " (from the lexicon, not from a page)".to_owned(),
        id => format!(" [{id}]"),
    };
    let of = match part("of") {
        of if of.is_empty() => String::new(),
        of => format!(" of {of}"),
    };
    format!("{}{of}{years}{read}", part("title"))
}

fn or_nothing(told: String) -> String {
    match told.is_empty() {
        true => "nothing".to_owned(),
        false => told,
    }
}
