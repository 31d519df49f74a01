//! `positions`: where actors stand on an issue, and what changed.

use std::cmp::Reverse;

use onrecord_record::{Filter, Lane, LaneChoice, Record, Stand};
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
    let lanes = lanes(record, filter, actor.as_slice())?;
    let changes = changes(&lanes);
    let stance = arguments.text("stance");
    let mut shown: Vec<(&Lane, &Stand)> = lanes
        .iter()
        .flat_map(|lane| lane.stands.iter().map(move |stand| (lane, stand)))
        // Without an actor, what a spokesman says stands in his own lane.
        .filter(|(_, stand)| actor.is_some() || stand.through.is_none())
        .filter(|(_, stand)| stance.is_none_or(|stance| stand.stance == stance))
        .collect();
    let key = |stand: &Stand| (stand.date.clone(), stand.position_id.clone());
    shown.sort_by_cached_key(|(_, stand)| Reverse(key(stand)));
    let listed = Listed {
        total: shown.len() as u64,
        ..Listed::default()
    };
    let (names, sources) = (Names::of(record), Sources::of(record));
    let given = rows::cut(shown, arguments.whole("offset"), arguments.whole("limit"));
    let (count, mut data) = rows::count(given.len(), &listed, arguments);
    let mut told = format!("positions: {count}; {} changes\n", changes.len());
    let mut objects = Vec::new();
    for (lane, stand) in given {
        let Some((_, row)) = record.row(&stand.position_id)? else {
            continue;
        };
        told.push('\n');
        let mut object = rows::full("positions", &row, &names, &sources)?;
        if stand.through.is_some() {
            let name = line(&lane.actor.name);
            told.push_str(&format!("for {name}, by one who speaks for it:\n"));
            object["speaks_for"] = lane.actor.id.as_str().into();
        }
        told.push_str(&words::told("positions", &row, &names, &sources)?);
        objects.push(object);
    }
    let mut changed = Vec::new();
    for (lane, [was, is]) in changes.iter().take(CHANGES) {
        let date = |stand: &Stand| stand.date.clone().unwrap_or_default();
        told.push_str(&format!(
            "\nchange of {} on {}: {} {} [{}] -> {} {} [{}]\n",
            line(&lane.actor.name),
            lane.issue,
            was.stance,
            date(was),
            was.position_id,
            is.stance,
            date(is),
            is.position_id,
        ));
        changed.push(json!({
            "actor_id": lane.actor.id, "issue": lane.issue, "scope": is.scope,
            "was": was.stance, "was_date": was.date, "was_position_id": was.position_id,
            "is": is.stance, "is_date": is.date, "is_position_id": is.position_id,
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

/// The lanes of the actor, of all without one.
fn lanes(record: &Record, filter: Filter, actors: &[String]) -> Result<Vec<Lane>, Trouble> {
    let choice = LaneChoice {
        filter,
        actors: actors.to_vec(),
        ..LaneChoice::default()
    };
    Ok(record.lanes(&choice)?.lanes)
}

/// The changes of all lanes, the earliest first.
fn changes(lanes: &[Lane]) -> Vec<(&Lane, [&Stand; 2])> {
    let mut all: Vec<_> = lanes
        .iter()
        .flat_map(|lane| lane.changes().into_iter().map(move |pair| (lane, pair)))
        .collect();
    all.sort_by_key(|(_, [_, is])| (is.date.clone(), is.position_id.clone()));
    all
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
