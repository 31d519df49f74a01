//! `positions`: where actors stand on an issue, and what changed.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Filter, Map, Record};
use serde_json::{Value, json};

use super::Tool;
use crate::answer::asked;
use crate::arguments::{Argument, Arguments, Takes, may};
use crate::names::{Names, actor_id, line, text};
use crate::rows::{self, BOUNDS, Listed};
use crate::sources::Sources;
use crate::{Answer, Trouble, words};

/// How many changes are given.
const CHANGES: usize = 20;

const OWN: &[Argument] = &[
    may(
        "issue",
        Takes::Text,
        "The id of an issue, or a part of it. Without issue and actor, the issues are listed.",
    ),
    may(
        "actor",
        Takes::Text,
        "Whose stands: a name, a part of one, or an id (ac-…).",
    ),
    may(
        "stance",
        Takes::OneOf(&["support", "oppose", "mixed"]),
        "Only stands of this stance.",
    ),
    may(
        "since",
        Takes::Text,
        "From this date on: 2014, 2014-09 or 2014-09-20.",
    ),
    may(
        "until",
        Takes::Text,
        "Up to this date: 2014, 2014-09 or 2014-09-20.",
    ),
];

pub const TOOL: Tool = Tool {
    name: "positions",
    title: "Where actors stand",
    what: "Shows where actors stand on an issue over time, each stand with its sentence, the newest first, and the changes: two \
           stands of one actor and scope on one issue that differ, the later after the earlier. For a body, what its spokesmen \
           say counts too and is marked. Without arguments it lists the issues. `mixed` is not neutral. Cite [po-…] ids.",
    arguments: &[OWN, BOUNDS],
    run,
};

/// A stand of an actor, perhaps through somebody who speaks for it.
struct Stand {
    actor: String,
    row: Map,
}

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    if ["issue", "actor"]
        .iter()
        .all(|name| arguments.text(name).is_none())
    {
        return issues(record, arguments);
    }
    let mut filter = Filter {
        since: arguments.text("since").map(str::to_owned),
        until: arguments.text("until").map(str::to_owned),
        ..Filter::default()
    };
    if let Some(wanted) = arguments.text("issue") {
        filter = filter.equal("issue", issue_named(record, wanted)?);
    }
    let actor = arguments
        .text("actor")
        .map(|name| actor_id(record, name))
        .transpose()?;
    let mut stands = stands(record, &filter, actor.as_deref())?;
    stands.sort_by_cached_key(|stand| {
        let row = &stand.row;
        (
            text(row, "date").to_owned(),
            text(row, "position_id").to_owned(),
        )
    });
    let changes = changes(&stands);
    let stance = arguments.text("stance");
    let shown = stands.iter().rev();
    let shown: Vec<&Stand> = shown
        .filter(|stand| stance.is_none_or(|stance| text(&stand.row, "stance") == stance))
        .collect();
    let listed = Listed {
        total: shown.len() as u64,
        ..Listed::default()
    };
    let (names, sources) = (Names::of(record), Sources::of(record));
    let given = rows::cut(shown, arguments.whole("offset"), arguments.whole("limit"));
    let (count, mut data) = rows::count(given.len(), &listed, arguments);
    let mut told = format!("positions: {count}; {} changes\n", changes.len());
    let mut objects = Vec::new();
    for Stand { actor, row } in given {
        told.push('\n');
        let mut object = rows::full("positions", row, &names, &sources)?;
        if actor != text(row, "actor_id") {
            let name = line(&names.of_id(actor)?);
            told.push_str(&format!("for {name}, by one who speaks for it:\n"));
            object["speaks_for"] = actor.as_str().into();
        }
        told.push_str(&words::told("positions", row, &names, &sources)?);
        objects.push(object);
    }
    let mut changed = Vec::new();
    for [was, is] in changes.iter().take(CHANGES) {
        told.push_str(&format!(
            "\nchange of {} on {}: {} {} [{}] -> {} {} [{}]\n",
            line(&names.of_id(&is.0)?),
            text(is.1, "issue"),
            text(was.1, "stance"),
            text(was.1, "date"),
            text(was.1, "position_id"),
            text(is.1, "stance"),
            text(is.1, "date"),
            text(is.1, "position_id"),
        ));
        changed.push(json!({
            "actor_id": is.0, "issue": is.1["issue"], "scope": is.1["scope"],
            "was": was.1["stance"], "was_date": was.1["date"], "was_position_id": was.1["position_id"],
            "is": is.1["stance"], "is_date": is.1["date"], "is_position_id": is.1["position_id"],
        }));
    }
    if changes.len() > CHANGES {
        told.push_str(&format!("{CHANGES} of {} changes given\n", changes.len()));
    }
    data["positions"] = objects.into();
    data["changes"] = changed.into();
    data["changes_total"] = changes.len().into();
    Ok(Answer { text: told, data })
}

/// The stands of the actor and of those who speak for it; of all without an actor.
fn stands(record: &Record, filter: &Filter, actor: Option<&str>) -> Result<Vec<Stand>, Trouble> {
    let mut found = Vec::new();
    let mut take = |whose: Option<&str>, holder: Option<&str>| {
        let mut filter = filter.clone();
        if let Some(whose) = whose {
            // The rows of an actor are found at once, those with a value in a column are not.
            filter = filter.actor(whose).equal("actor_id", whose);
        }
        record.for_each("positions", &filter, None, |row| -> Result<(), Trouble> {
            let actor = holder.unwrap_or(text(&row, "actor_id")).to_owned();
            found.push(Stand { actor, row });
            Ok(())
        })
    };
    let Some(actor) = actor else {
        take(None, None)?;
        return Ok(found);
    };
    take(Some(actor), Some(actor))?;
    for spokesman in speak_for(record, actor)? {
        take(Some(&spokesman), Some(actor))?;
    }
    Ok(found)
}

/// Who speaks for a body.
pub fn speak_for(record: &Record, body: &str) -> Result<BTreeSet<String>, Trouble> {
    let filter = Filter::default()
        .actor(body)
        .equal("predicate", "speaks_for")
        .equal("object_id", body);
    let rows = record.table("relations", &filter, None)?.rows;
    Ok(rows
        .iter()
        .map(|row| text(row, "subject_id").to_owned())
        .collect())
}

type Pair<'s> = [(String, &'s Map); 2];

/// Each stand that differs from the dated one before it of the same actor, issue and scope.
/// Two of one date, or of which it is not known which is later, are no change.
fn changes(stands: &[Stand]) -> Vec<Pair<'_>> {
    let mut last: BTreeMap<(&str, &str, &str), &Stand> = BTreeMap::new();
    let mut found = Vec::new();
    for stand in stands {
        let date = text(&stand.row, "date");
        if date.is_empty() {
            continue;
        }
        let key = (
            stand.actor.as_str(),
            text(&stand.row, "issue"),
            text(&stand.row, "scope"),
        );
        if let Some(before) = last.insert(key, stand) {
            let was = text(&before.row, "date");
            let later = !date.starts_with(was) && !was.starts_with(date);
            if later && text(&before.row, "stance") != text(&stand.row, "stance") {
                found.push([before, stand].map(|s| (s.actor.clone(), &s.row)));
            }
        }
    }
    found
}

/// The issue of the record that has this id, or the only one whose id holds it.
pub fn issue_named(record: &Record, wanted: &str) -> Result<String, Trouble> {
    let rows = record.sql("select distinct issue from positions order by issue")?;
    let all: Vec<&str> = rows.iter().map(|row| text(row, "issue")).collect();
    let key = wanted.trim().to_lowercase().replace([' ', '_'], "-");
    if let Some(one) = all.iter().find(|issue| **issue == key) {
        return Ok((*one).to_owned());
    }
    let near: Vec<&str> = all
        .iter()
        .copied()
        .filter(|issue| issue.contains(&key))
        .collect();
    match near.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] if all.is_empty() => asked("the record has no position on any issue"),
        [] => asked(format!(
            "no position on `{}`; there are some on {}",
            line(wanted),
            all.join(", ")
        )),
        several => asked(format!(
            "several issues fit `{}`: {}",
            line(wanted),
            several.join(", ")
        )),
    }
}

fn issues(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    let rows = record.sql(
        "select issue, count(*) as positions, count(distinct actor_id) as actors,
                min(date) as first, max(date) as last
         from positions group by issue order by issue",
    )?;
    let listed = Listed {
        total: rows.len() as u64,
        ..Listed::default()
    };
    let given = rows::cut(
        rows.rows,
        arguments.whole("offset"),
        arguments.whole("limit"),
    );
    let (count, mut data) = rows::count(given.len(), &listed, arguments);
    let mut told = format!("issues: {count}\n");
    for row in &given {
        told.push_str(&format!(
            "{}: {} positions of {} actors, {} to {}\n",
            text(row, "issue"),
            row["positions"],
            row["actors"],
            text(row, "first"),
            text(row, "last"),
        ));
    }
    data["issues"] = Value::from_iter(given);
    Ok(Answer { text: told, data })
}
