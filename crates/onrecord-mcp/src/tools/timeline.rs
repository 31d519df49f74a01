//! `timeline`: what happened, in order, each story once.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{EVENT_TYPES, Map, Record};
use serde_json::{Value, json};

use super::{Tool, positions};
use crate::arguments::{Argument, Arguments, Takes, may};
use crate::names::{Names, line, list, text};
use crate::rows::{self, BOUNDS, CHOICE, Listed};
use crate::sources::{Sources, lines, object};
use crate::{Answer, Trouble, words};

const OWN: &[Argument] = &[
    may(
        "event_type",
        Takes::OneOf(EVENT_TYPES),
        "The PLOVER type of the events.",
    ),
    may(
        "issue",
        Takes::Text,
        "Events from which a position on this issue was read, or that stand in a sentence with one.",
    ),
];

pub const TOOL: Tool = Tool {
    name: "timeline",
    title: "What happened, in order",
    what: "Lists events of an actor, between two actors (`actor` and `with`), or on an issue, the oldest first; an event told by \
           several articles is one line, with how many sentences and which outlets tell it. Give actor or issue. Events without \
           a date stand last. Tell the status: only `actual` events happened, as the articles tell it. Cite [ev-…] ids.",
    arguments: &[OWN, CHOICE, BOUNDS],
    run,
};

fn run(record: &Record, arguments: &Arguments) -> Result<Answer, Trouble> {
    rows::refuse_whole_table(arguments, &["actor", "issue"])?;
    let mut filter = rows::filter(record, arguments)?;
    if let Some(kind) = arguments.text("event_type") {
        filter = filter.equal("event_type", kind);
    }
    let mut stories: BTreeMap<String, Vec<Map>> = BTreeMap::new();
    let parties: Vec<String> = filter.actor.iter().chain(&filter.with).cloned().collect();
    let mut take = |row: Map| {
        let held: Vec<&str> = list(&row, "actor_ids")
            .chain(list(&row, "recipient_ids"))
            .collect();
        if parties.iter().all(|id| held.contains(&id.as_str())) {
            let story = text(&row, "story_id");
            let key = if story.is_empty() {
                text(&row, "event_id")
            } else {
                story
            };
            stories.entry(key.to_owned()).or_default().push(row);
        }
    };
    match arguments.text("issue") {
        None => {
            record.for_each("events", &filter, None, |row| -> Result<(), Trouble> {
                take(row);
                Ok(())
            })?;
        }
        Some(issue) => {
            for id in cited(record, &positions::issue_named(record, issue)?)? {
                let filter = filter.clone().equal("event_id", id);
                record
                    .table("events", &filter, Some(1))?
                    .into_iter()
                    .for_each(&mut take);
            }
        }
    }
    answer(record, stories, arguments)
}

/// The events from which a position on an issue was read, or that stand in a sentence with
/// one.
fn cited(record: &Record, issue: &str) -> Result<BTreeSet<String>, Trouble> {
    let quoted = issue.replace('\'', "''");
    let rows = record.sql(&format!(
        "select p.event_id from positions p where p.issue = '{quoted}' and p.event_id is not null
         union
         select e.event_id from positions p
         cross join sentences s on s.sentence_id = p.sentence_id
         cross join events e on e.article_id = s.article_id and e.sentence_id = s.sentence_id
         where p.issue = '{quoted}'"
    ))?;
    Ok(rows
        .iter()
        .map(|row| text(row, "event_id").to_owned())
        .collect())
}

fn answer(
    record: &Record,
    stories: BTreeMap<String, Vec<Map>>,
    arguments: &Arguments,
) -> Result<Answer, Trouble> {
    let mut stories: Vec<(String, Vec<Map>)> = stories.into_iter().collect();
    stories.sort_by_cached_key(|(id, rows)| {
        let date = text(first(rows), "date").to_owned();
        (date.is_empty(), date, id.clone())
    });
    let listed = Listed {
        total: stories.len() as u64,
        ..Listed::default()
    };
    let given = rows::cut(stories, arguments.whole("offset"), arguments.whole("limit"));
    let (names, sources) = (Names::of(record), Sources::of(record));
    let (count, mut data) = rows::count(given.len(), &listed, arguments);
    let mut told = format!("events, each story once: {count}\n");
    let mut all = Vec::new();
    for (story, rows) in &given {
        let first = first(rows);
        let mut outlets = BTreeSet::new();
        for row in rows {
            for sentence in sources.of_row(row, 1)? {
                outlets.extend(sentence.publisher.as_deref().map(line));
            }
        }
        let ids: Vec<&str> = rows.iter().map(|row| text(row, "event_id")).collect();
        let sentence = sources.of_row(first, 1)?;
        let date = match text(first, "date") {
            "" => "without date",
            date => date,
        };
        told.push_str(&format!(
            "\n{date} [{}] {}\n",
            text(first, "event_id"),
            words::in_words("events", first, &names)?
        ));
        sentence.iter().for_each(|s| told.push_str(&lines(s)));
        if rows.len() > 1 {
            let outlets: Vec<&str> = outlets.iter().map(String::as_str).collect();
            told.push_str(&format!(
                "  told by {} sentences; outlets: {}\n",
                rows.len(),
                outlets.join(", ")
            ));
        }
        let who = |name: &str| -> Result<Vec<String>, Trouble> {
            let ids: BTreeSet<&str> = rows.iter().flat_map(|row| list(row, name)).collect();
            ids.into_iter().map(|id| names.of_id(id)).collect()
        };
        all.push(json!({
            "story_id": Some(story).filter(|id| !id.starts_with("ev-")),
            "date": first["date"],
            "date_precision": first["date_precision"],
            "event_type": first["event_type"],
            "mode": first["mode"],
            "status": first["status"],
            "actors": who("actor_ids")?,
            "recipients": who("recipient_ids")?,
            "told": rows.len(),
            "outlets": outlets,
            "event_ids": ids.iter().take(20).collect::<Vec<_>>(),
            "sentence": sentence.first().map_or(Value::Null, object),
        }));
    }
    data["events"] = all.into();
    Ok(Answer { text: told, data })
}

/// The row with the most exact date, of several the earliest: it speaks for the others.
fn first(rows: &[Map]) -> &Map {
    let exact = |row: &&Map| {
        let date = text(row, "date");
        (
            usize::MAX - date.len(),
            date.to_owned(),
            text(row, "event_id").to_owned(),
        )
    };
    rows.iter().min_by_key(exact).unwrap_or(&rows[0])
}
