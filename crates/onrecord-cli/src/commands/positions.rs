//! `onrecord positions`: where actors stand on an issue, over time.

mod chart;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_lexicon::{Issues, Lexicon};
use onrecord_record::{Lane, LaneChoice, Map, Party, Record, Stand};
use serde_json::{Value, json};

use super::filters::Choice;
use super::tell;
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption, Grid, Period};
use crate::people::{one_line, text};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord positions pages.db
  onrecord positions foreign-troops-in-iraq pages.db
  onrecord positions foreign-troops-in-iraq pages.db --actor \"Hill Front\" --changes
  onrecord positions ceasefire pages.db --chart --by year
  onrecord positions ceasefire pages.db --format csv

Without an issue, the issues of the record are listed. What a spokesman says stands in the lane
of the body he speaks for too. A change is two stands of one actor and one scope that differ,
the later after the earlier; stands without a date are listed and change nothing.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Positions {
    /// The issue, or a part of its id; left out, the issues of the record are listed
    #[arg(value_name = "ISSUE")]
    first: PathBuf,
    /// The record, as `onrecord read -o` wrote it
    #[arg(value_name = "RECORD")]
    second: Option<PathBuf>,
    #[command(flatten)]
    choice: Choice,
    /// Only stands of this stance: support, oppose, mixed
    #[arg(long)]
    stance: Option<String>,
    /// What a column of the chart stands for [default: what gives some twenty columns]
    #[arg(long, value_enum, value_name = "PERIOD")]
    by: Option<Period>,
    /// Print the chart only
    #[arg(long, conflicts_with = "changes")]
    chart: bool,
    /// Print the changes only
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    format: FormatOption,
}

/// Writes the chart, the stands and the changes.
pub fn run(args: &Positions) -> Result<Exit> {
    let Some(path) = &args.second else {
        return list_issues(&Record::open_read(&args.first)?, args.format.get());
    };
    let record = Record::open_read(path)?;
    let wanted = args.first.to_string_lossy();
    let Some(issue) = issue_named(&record, &wanted)? else {
        return Ok(Exit::Nothing);
    };
    let Some(filter) = args.choice.filter(&record)? else {
        return Ok(Exit::Nothing);
    };
    let mut filter = filter.equal("issue", &issue);
    // The lane of the actor, with what is said for it.
    let actors = filter.actor.take().into_iter().collect();
    if let Some(stance) = &args.stance {
        filter = filter.equal("stance", stance);
    }
    let choice = LaneChoice {
        filter,
        actors,
        ..LaneChoice::default()
    };
    let lanes = record.lanes(&choice)?.lanes;
    if lanes.is_empty() {
        tell("onrecord: no position fits\n");
        return Ok(Exit::Nothing);
    }
    let changes: Vec<(&Lane, [&Stand; 2])> = lanes
        .iter()
        .flat_map(|lane| lane.changes().into_iter().map(move |pair| (lane, pair)))
        .collect();
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let issues = &Lexicon::built_in().issues;
        if !args.changes {
            writeln!(
                out,
                "{}\n",
                question(issues, &issue).unwrap_or(issue.clone())
            )?;
            let drawn = chart::chart(&lanes, args.by, output::width().min(110));
            match format {
                Format::Md => writeln!(out, "```\n{drawn}```")?,
                _ => write!(out, "{drawn}")?,
            }
        }
        if !args.chart && !args.changes {
            writeln!(out)?;
            output::write_grid(&mut out, &stands_grid(&lanes), format)?;
        }
        if !args.chart {
            match (changes.is_empty(), args.changes) {
                (true, true) => tell("onrecord: no actor's stand changed\n"),
                (true, false) => {}
                (false, only) => {
                    if !only {
                        writeln!(out, "\nChanges\n")?;
                    }
                    output::write_grid(&mut out, &changes_grid(&changes), format)?;
                }
            }
        }
    } else if args.changes {
        let lines: Vec<Map> = changes
            .iter()
            .map(|(lane, pair)| change(lane, pair))
            .collect();
        output::write_rows(&mut out, &CHANGE.map(str::to_owned), &lines, format)?;
    } else {
        let lines: Vec<Map> = lanes.iter().flat_map(lines).collect();
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &lines, format)?;
    }
    out.flush()?;
    Ok(if args.changes && changes.is_empty() {
        Exit::Nothing
    } else {
        Exit::Well
    })
}

/// What a line tells, in formats for machines.
const COLUMNS: [&str; 14] = [
    "issue",
    "actor_id",
    "actor",
    "date",
    "date_precision",
    "stance",
    "scope",
    "through",
    "according_to",
    "outlet",
    "position_id",
    "changed_from",
    "sentence_id",
    "sentence",
];

/// What a change tells.
const CHANGE: [&str; 11] = [
    "actor_id",
    "actor",
    "scope",
    "was",
    "was_date",
    "was_position_id",
    "was_sentence",
    "is",
    "is_date",
    "is_position_id",
    "is_sentence",
];

fn lines(lane: &Lane) -> Vec<Map> {
    let before: BTreeMap<&str, &str> = lane
        .changes()
        .into_iter()
        .map(|[was, is]| (is.position_id.as_str(), was.position_id.as_str()))
        .collect();
    let line = |stand: &Stand| {
        let line = json!({
            "issue": lane.issue,
            "actor_id": lane.actor.id,
            "actor": lane.actor.name,
            "date": stand.date,
            "date_precision": stand.date_precision,
            "stance": stand.stance,
            "scope": stand.scope,
            "through": name(&stand.through),
            "according_to": name(&stand.according_to),
            "outlet": stand.publisher,
            "position_id": stand.position_id,
            "changed_from": before.get(stand.position_id.as_str()),
            "sentence_id": stand.sentence_id,
            "sentence": stand.sentence,
        });
        line.as_object().cloned().unwrap_or_default()
    };
    lane.stands.iter().map(line).collect()
}

fn name(party: &Option<Party>) -> Option<String> {
    party.as_ref().map(|party| party.name.clone())
}

fn change(lane: &Lane, [was, is]: &[&Stand; 2]) -> Map {
    let line = json!({
        "actor_id": lane.actor.id,
        "actor": lane.actor.name,
        "scope": is.scope,
        "was": was.stance,
        "was_date": was.date,
        "was_position_id": was.position_id,
        "was_sentence": was.sentence,
        "is": is.stance,
        "is_date": is.date,
        "is_position_id": is.position_id,
        "is_sentence": is.sentence,
    });
    line.as_object().cloned().unwrap_or_default()
}

fn stands_grid(lanes: &[Lane]) -> Grid {
    let heads = [
        "actor",
        "date",
        "stance",
        "scope",
        "through",
        "according to",
        "outlet",
        "position",
        "sentence",
    ];
    let mut grid = Grid::new(heads);
    for lane in lanes {
        for stand in &lane.stands {
            let some = |cell: &Option<String>| cell.clone().unwrap_or_default();
            grid.rows.push(vec![
                lane.actor.name.clone(),
                some(&stand.date),
                stand.stance.clone(),
                some(&stand.scope),
                some(&name(&stand.through)),
                some(&name(&stand.according_to)),
                some(&stand.publisher),
                stand.position_id.chars().take(11).collect(),
                one_line(&stand.sentence),
            ]);
        }
    }
    grid.drop_empty_columns();
    grid
}

fn changes_grid(changes: &[(&Lane, [&Stand; 2])]) -> Grid {
    let mut grid = Grid::new(["actor", "scope", "was", "sentence", "is", "sentence"]);
    for (lane, [was, is]) in changes {
        let told = |s: &Stand| format!("{} {}", s.stance, s.date.as_deref().unwrap_or_default());
        grid.rows.push(vec![
            lane.actor.name.clone(),
            is.scope.clone().unwrap_or_default(),
            told(was),
            one_line(&was.sentence),
            told(is),
            one_line(&is.sentence),
        ]);
    }
    grid.drop_empty_columns();
    grid
}

/// The issue of the record that has this id, or the only one whose id holds it.
pub fn issue_named(record: &Record, wanted: &str) -> Result<Option<String>> {
    let all = counts(record)?;
    if all.contains_key(wanted) {
        return Ok(Some(wanted.to_owned()));
    }
    let key = wanted.to_lowercase().replace(' ', "-");
    let issues = &Lexicon::built_in().issues;
    let mut near: Vec<&String> = all.keys().filter(|id| issues.is(id, wanted)).collect();
    if near.is_empty() {
        near = all.keys().filter(|id| id.contains(&key)).collect();
    }
    match near.as_slice() {
        [one] => Ok(Some((*one).clone())),
        [] => {
            let known: Vec<&str> = all.keys().map(String::as_str).collect();
            tell(&format!(
                "onrecord: the record has no position on `{wanted}`; it has some on: {}\n",
                if known.is_empty() {
                    "nothing".to_owned()
                } else {
                    known.join(", ")
                }
            ));
            Ok(None)
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|id| id.as_str()).collect();
            Err(usage(format!(
                "several issues fit `{wanted}`: {}",
                ids.join(", ")
            )))
        }
    }
}

/// The issues of a record: stands, actors, first and last date.
fn counts(record: &Record) -> Result<BTreeMap<String, Map>> {
    let rows = record.sql(
        "select issue, count(*) as positions, count(distinct actor_id) as actors,
                min(date) as first, max(date) as last
         from positions group by issue",
    )?;
    let issue = |row: Map| (text(&row, "issue").to_owned(), row);
    Ok(rows.into_iter().map(issue).collect())
}

fn list_issues(record: &Record, format: Format) -> Result<Exit> {
    let all = counts(record)?;
    if all.is_empty() {
        tell("onrecord: the record has no position\n");
        return Ok(Exit::Nothing);
    }
    let issues = &Lexicon::built_in().issues;
    let mut lines = Vec::new();
    for (issue, row) in &all {
        let line = json!({
            "issue": issue,
            "question": question(issues, issue),
            "positions": row["positions"],
            "actors": row["actors"],
            "first": row["first"],
            "last": row["last"],
        });
        lines.push(line.as_object().cloned().unwrap_or_default());
    }
    let heads = ["issue", "question", "positions", "actors", "first", "last"];
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new(heads);
        for line in &lines {
            let cells = heads
                .iter()
                .map(|head| output::cell(line.get(*head).unwrap_or(&Value::Null)));
            grid.rows.push(cells.collect());
        }
        output::write_grid(&mut out, &grid, format)?;
    } else {
        output::write_rows(&mut out, &heads.map(str::to_owned), &lines, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// The question of an issue of the record, where the lexicon knows it.
pub fn question(issues: &Issues, id: &str) -> Option<String> {
    if let Some(issue) = issues.entries.iter().find(|i| i.id == id) {
        return Some(issue.question.clone());
    }
    let per = issues.entries.iter().filter(|i| i.per.is_some());
    let issue = per
        .filter(|i| {
            id.strip_prefix(&i.id)
                .is_some_and(|rest| rest.starts_with('-'))
        })
        .max_by_key(|i| i.id.len())?;
    let places = Lexicon::built_in().places.entries.iter();
    let named = |name: &str| issue.of_country(name).0 == id;
    let country = places
        .filter(|p| p.kind == "country")
        .find(|p| named(&p.name))?;
    Some(issue.of_country(&country.name).1)
}
