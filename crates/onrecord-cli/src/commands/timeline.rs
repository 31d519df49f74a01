//! `onrecord timeline`: what happened, in order, each story once.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::{Filter, Happened, HappenedChoice, Map};
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
  onrecord timeline pages.db --limit 20

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
    /// Events in a sentence from which a position on this issue was read
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
    /// At most so many lines, the newest [default: 500 in tables, all in other formats and
    /// under a chart alone]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
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
        ..Filter::default()
    };
    if let Some(kind) = &args.kind {
        filter = filter.equal("event_type", kind);
    }
    let format = args.format.get();
    let for_people = matches!(format, Format::Table | Format::Md);
    let chart_only = for_people && args.chart;
    let choice = HappenedChoice {
        filter,
        parties,
        issue: args.issue.clone(),
        columns: if chart_only {
            CHARTED.into()
        } else {
            Vec::new()
        },
        newest: args.limit.or((for_people && !chart_only).then_some(NEWEST)),
    };
    let (stories, more) = record.happened(&choice)?;
    if stories.is_empty() {
        tell("onrecord: no event fits\n");
        return Ok(Exit::Nothing);
    }
    let mut stories: Vec<(&Map, &Happened)> = stories
        .iter()
        .filter_map(|story| Some((speaker(&story.events)?, story)))
        .collect();
    stories.sort_by_key(|(first, story)| {
        let date = text(first, "date");
        (date.is_empty(), date, story.id.as_str())
    });
    let mut out = output::out();
    if for_people {
        write!(out, "{}", chart(&stories, args.by, format))?;
        if !chart_only {
            writeln!(out)?;
        }
    }
    if !chart_only {
        let names = Names::of(&record);
        let lines = stories
            .iter()
            .map(|(first, story)| line(first, &story.events, &names))
            .collect::<Result<Vec<Map>>>()?;
        if for_people {
            output::write_grid(&mut out, &grid(&lines), format)?;
        } else {
            output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &lines, format)?;
        }
    }
    out.flush()?;
    if more {
        tell(&format!(
            "onrecord: the newest {}; --limit gives more, --since and --until others\n",
            stories.len()
        ));
    }
    Ok(Exit::Well)
}

/// Stories that people are shown unless they ask for more.
const NEWEST: u64 = 500;

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

/// The columns that a chart is drawn from.
const CHARTED: [&str; 5] = ["event_id", "story_id", "date", "status", "quad"];

/// The row of a story that speaks for the others in date, type, status and sentence: that with
/// the most exact date, of several the earliest.
fn speaker(rows: &[Map]) -> Option<&Map> {
    rows.iter().min_by_key(|row| {
        let date = text(row, "date");
        (usize::MAX - date.len(), date, text(row, "event_id"))
    })
}

/// One story.
fn line(first: &Map, rows: &[Map], names: &Names<'_>) -> Result<Map> {
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
fn chart(stories: &[(&Map, &Happened)], by: Option<Period>, format: Format) -> String {
    let told = stories.iter().map(|(first, _)| first);
    let dated: Vec<(String, bool)> = told
        .filter(|row| text(row, "status") == "actual" && !text(row, "date").is_empty())
        .map(|row| {
            let quad = row.get("quad").and_then(Value::as_u64);
            (text(row, "date").to_owned(), quad.is_some_and(|q| q > 2))
        })
        .collect();
    let dates: Vec<&str> = dated.iter().map(|(date, _)| date.as_str()).collect();
    let period = by.unwrap_or_else(|| Period::fitting(&dates));
    let drawn = bars(&dated, period, output::width().min(100));
    let told = format!(
        "{drawn}█ conflict  ░ cooperation; {} of {} events took place and are dated\n",
        dated.len(),
        stories.len()
    );
    match format {
        Format::Md => format!("```\n{told}```\n"),
        _ => told,
    }
}
