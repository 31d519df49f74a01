//! `onrecord timeline`: what happened, in order, each story once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::{Filter, Map, Record};
use serde_json::{Value, json};

use super::{RecordPath, one_actor, tell};
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid, Period, bars};
use crate::people::{Names, list, one_line, text};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord timeline pages.db
  onrecord timeline pages.db --actor \"Hill Front\" --with Oskel --since 2018
  onrecord timeline pages.db --type ASSAULT --by year --chart
  onrecord timeline pages.db --issue foreign-troops-in-iraq --format csv

An event told by several sentences or outlets is one line: `told` says by how many sentences,
`outlets` by whom. Events without a date stand last; the chart leaves them out, and those that
were only announced, threatened, alleged or denied.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Timeline {
    #[command(flatten)]
    record: RecordPath,
    /// Events in which this actor acts or is acted upon: a name, a part of one, or an id
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Of these, events in which this actor has a part too
    #[arg(long, value_name = "NAME", requires = "actor")]
    with: Option<String>,
    /// Events of this PLOVER type
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Events from which a position on this issue was read, or that stand in a sentence with one
    #[arg(long)]
    issue: Option<String>,
    /// Events from this date on: 2014, 2014-09 or 2014-09-20
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Events up to this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// What a bar of the chart stands for [default: what gives some twenty bars]
    #[arg(long, value_enum, value_name = "PERIOD")]
    by: Option<Period>,
    /// Print the chart only
    #[arg(long)]
    chart: bool,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes the chart and the events.
pub fn run(args: &Timeline) -> Result<Exit> {
    let record = args.record.open()?;
    let mut parties = Vec::new();
    for name in args.actor.iter().chain(&args.with) {
        match one_actor(&record, name)? {
            Some(id) => parties.push(id),
            None => return Ok(Exit::Nothing),
        }
    }
    let mut filter = Filter {
        since: args.since.clone(),
        until: args.until.clone(),
        actor: parties.first().cloned(),
        ..Filter::default()
    };
    if let Some(kind) = &args.kind {
        filter = filter.equal("event_type", kind);
    }
    let on_issue = args
        .issue
        .as_ref()
        .map(|issue| cited(&record, issue))
        .transpose()?;
    let mut stories: BTreeMap<String, Vec<Map>> = BTreeMap::new();
    record.for_each("events", &filter, None, |row| -> Result<()> {
        let held = list(&row, "actor_ids").chain(list(&row, "recipient_ids"));
        let held: Vec<&str> = held.collect();
        let part = parties.iter().all(|id| held.contains(&id.as_str()));
        let issue = on_issue.as_ref().is_none_or(|ids| {
            ["event_id", "sentence_id"]
                .iter()
                .any(|name| ids.contains(text(&row, name)))
        });
        if part && issue {
            let key = match text(&row, "story_id") {
                "" => text(&row, "event_id"),
                story => story,
            };
            stories.entry(key.to_owned()).or_default().push(row);
        }
        Ok(())
    })?;
    if stories.is_empty() {
        tell("onrecord: no event fits\n");
        return Ok(Exit::Nothing);
    }
    let names = Names::of(&record);
    let mut lines = stories
        .iter()
        .map(|(id, rows)| line(id, rows, &names))
        .collect::<Result<Vec<Map>>>()?;
    lines.sort_by_cached_key(|line| {
        let date = text(line, "date").to_owned();
        (date.is_empty(), date, text(line, "story_id").to_owned())
    });
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        write!(out, "{}", chart(&lines, args.by, format))?;
        if !args.chart {
            writeln!(out)?;
            output::write_grid(&mut out, &grid(&lines), format)?;
        }
    } else {
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &lines, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// What a line tells, in formats for machines.
const COLUMNS: [&str; 13] = [
    "date",
    "date_precision",
    "status",
    "event_type",
    "mode",
    "quad",
    "actors",
    "recipients",
    "place",
    "told",
    "outlets",
    "event_ids",
    "sentence",
];

/// The ids of events and sentences from which a position on an issue was read.
fn cited(record: &Record, issue: &str) -> Result<BTreeSet<String>> {
    let filter = Filter::default().equal("issue", issue);
    let mut found = BTreeSet::new();
    record.for_each("positions", &filter, None, |row| -> Result<()> {
        found.extend(["event_id", "sentence_id"].map(|name| text(&row, name).to_owned()));
        Ok(())
    })?;
    found.remove("");
    Ok(found)
}

/// One story: its most exact date, of several the earliest; the row that has it speaks for the
/// others in type, status and sentence.
fn line(id: &str, rows: &[Map], names: &Names<'_>) -> Result<Map> {
    let exact = |row: &&Map| {
        let date = text(row, "date");
        (
            usize::MAX - date.len(),
            date.to_owned(),
            text(row, "event_id").to_owned(),
        )
    };
    let first = rows.iter().min_by_key(exact).unwrap_or(&rows[0]);
    let all = |name: &str| -> Result<Vec<String>> {
        let mut found = Vec::new();
        for id in rows.iter().flat_map(|row| list(row, name)) {
            let name = names.actor(id)?;
            if !found.contains(&name) {
                found.push(name);
            }
        }
        Ok(found)
    };
    let mut outlets = Vec::new();
    for row in rows {
        let outlet = names.outlet(row)?;
        if !outlet.is_empty() && !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    let ids: Vec<&str> = rows.iter().map(|row| text(row, "event_id")).collect();
    let place = rows
        .iter()
        .map(|row| text(row, "place_id"))
        .find(|id| !id.is_empty());
    let value = |name: &str| first.get(name).cloned().unwrap_or(Value::Null);
    let told = json!({
        "story_id": id,
        "date": value("date"),
        "date_precision": value("date_precision"),
        "status": value("status"),
        "event_type": value("event_type"),
        "mode": value("mode"),
        "quad": value("quad"),
        "actors": all("actor_ids")?,
        "recipients": all("recipient_ids")?,
        "place": place.map(|id| names.place(id)).transpose()?,
        "told": rows.len(),
        "outlets": outlets,
        "event_ids": ids,
        "sentence": names.sentence(text(first, "sentence_id"))?,
    });
    Ok(told.as_object().cloned().unwrap_or_default())
}

fn grid(lines: &[Map]) -> Grid {
    let heads = [
        "date", "status", "who", "what", "to whom", "where", "told", "outlets", "sentence",
    ];
    let mut grid = Grid::new(heads);
    for line in lines {
        let joined = |name: &str| list(line, name).collect::<Vec<_>>().join("; ");
        let what = match text(line, "mode") {
            "" => text(line, "event_type").to_owned(),
            mode => format!("{}/{mode}", text(line, "event_type")),
        };
        grid.rows.push(vec![
            text(line, "date").to_owned(),
            text(line, "status").to_owned(),
            joined("actors"),
            what,
            joined("recipients"),
            text(line, "place").to_owned(),
            line["told"].to_string(),
            joined("outlets"),
            one_line(text(line, "sentence")),
        ]);
    }
    grid.drop_empty_columns();
    grid
}

/// Bars of what took place, conflict and cooperation apart.
fn chart(lines: &[Map], by: Option<Period>, format: Format) -> String {
    let took_place = lines.iter().filter(|l| text(l, "status") == "actual");
    let dated: Vec<(String, bool)> = took_place
        .filter(|line| !text(line, "date").is_empty())
        .map(|line| {
            let conflict = line
                .get("quad")
                .and_then(Value::as_u64)
                .is_some_and(|q| q > 2);
            (text(line, "date").to_owned(), conflict)
        })
        .collect();
    let dates: Vec<&str> = dated.iter().map(|(date, _)| date.as_str()).collect();
    let period = by.unwrap_or_else(|| Period::fitting(&dates));
    let drawn = bars(&dated, period, output::width().min(100));
    let told = format!(
        "{drawn}█ conflict  ░ cooperation; {} of {} events took place and are dated\n",
        dated.len(),
        lines.len()
    );
    match format {
        Format::Md => format!("```\n{told}```\n"),
        _ => told,
    }
}
