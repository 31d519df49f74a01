//! `onrecord list`: rows of a table.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_record::{Filter, Map, Record, TABLES, Table, table_named};

use super::{RecordPath, one_actor, tell};
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption};
use crate::people::{Names, View};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord list statements pages.db
  onrecord list statements pages.db --actor Oskel --since 2018-09 --contains '\"by force\"'
  onrecord list events pages.db --type THREATEN --status actual --format csv
  onrecord list positions pages.db --stance oppose --outlet Herald

At a terminal, names stand in place of ids, and dates in round brackets are those of the
article. JSONL and CSV give all columns as they are in the record.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct List {
    /// The table
    #[arg(value_parser = PossibleValuesParser::new(TABLES.iter().map(|table| table.name)))]
    table: String,
    #[command(flatten)]
    record: RecordPath,
    /// Rows in which this actor has a part: a name, a part of one, or an id
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Rows of this kind: event type, type of outlook, kind of statement or actor, tie
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Events of this status, outlooks of this outcome
    #[arg(long)]
    status: Option<String>,
    /// Positions of this stance: support, oppose, mixed
    #[arg(long)]
    stance: Option<String>,
    /// Positions on this issue
    #[arg(long)]
    issue: Option<String>,
    /// Rows of articles of this outlet: its name or a part of it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Rows from this date on: 2014, 2014-09 or 2014-09-20
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Rows up to this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Rows whose sentences hold these words: all of them, `"a phrase"`, `begin*`, `OR`
    #[arg(long, value_name = "WORDS")]
    contains: Option<String>,
    /// Rows at least so sure, from 0 to 1
    #[arg(long, value_name = "NUMBER")]
    min_confidence: Option<f64>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    #[command(flatten)]
    format: FormatOption,
}

/// The names of all tables.
pub fn names() -> String {
    TABLES
        .iter()
        .map(|table| table.name)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Writes the rows that fit.
pub fn run(args: &List) -> Result<Exit> {
    let Some(table) = table_named(&args.table) else {
        return Err(usage(format!(
            "no table `{}`; there are {}",
            args.table,
            names()
        )));
    };
    let record = args.record.open()?;
    let Some(filter) = args.filter(table, &record)? else {
        return Ok(Exit::Nothing);
    };
    let rows = args.rows(table, &record, &filter)?;
    let format = args.format.get();
    let mut out = output::out();
    if rows.is_empty() {
        // A CSV file without rows still has its heads.
        if format == Format::Csv {
            output::write_rows(&mut out, &columns(table), &rows, format)?;
            out.flush()?;
        }
        tell("onrecord: no row fits\n");
        return Ok(Exit::Nothing);
    }
    if matches!(format, Format::Table | Format::Md) {
        output::write_grid(
            &mut out,
            &View::of(table.name).grid(&record, &rows)?,
            format,
        )?;
    } else {
        output::write_rows(&mut out, &columns(table), &rows, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

fn columns(table: &Table) -> Vec<String> {
    table
        .columns
        .iter()
        .map(|column| column.name.to_owned())
        .collect()
}

impl List {
    /// What the record is asked; `None` where no actor has the name.
    fn filter(&self, table: &Table, record: &Record) -> Result<Option<Filter>> {
        let mut filter = Filter {
            since: self.since.clone(),
            until: self.until.clone(),
            words: self.contains.clone(),
            ..Filter::default()
        };
        for (option, value, columns) in [
            (
                "--type",
                &self.kind,
                &["event_type", "type", "kind", "predicate"][..],
            ),
            ("--status", &self.status, &["status", "outcome"]),
            ("--stance", &self.stance, &["stance"]),
            ("--issue", &self.issue, &["issue"]),
        ] {
            let Some(value) = value else { continue };
            let column = columns.iter().find(|name| table.column(name).is_some());
            let Some(column) = column else {
                return Err(usage(format!("rows of `{}` have no {option}", table.name)));
            };
            filter = filter.equal(*column, value);
        }
        if let Some(name) = &self.actor {
            match one_actor(record, name)? {
                Some(id) => filter = filter.actor(id),
                None => return Ok(None),
            }
        }
        Ok(Some(filter))
    }

    /// The rows that fit, also by what the record cannot be asked.
    fn rows(&self, table: &Table, record: &Record, filter: &Filter) -> Result<Vec<Map>> {
        if self.min_confidence.is_some() && table.column("confidence").is_none() {
            return Err(usage(format!(
                "rows of `{}` have no confidence",
                table.name
            )));
        }
        let of_article = ["publisher", "article_id", "sentence_id"];
        if self.outlet.is_some() && !of_article.iter().any(|name| table.column(name).is_some()) {
            return Err(usage(format!(
                "rows of `{}` belong to no outlet",
                table.name
            )));
        }
        let all_by_record = self.min_confidence.is_none() && self.outlet.is_none();
        let limit = self.limit.filter(|_| all_by_record);
        let names = Names::of(record);
        let outlet = self.outlet.as_ref().map(|outlet| outlet.to_lowercase());
        let mut rows = Vec::new();
        record.for_each(table.name, filter, limit, |row| -> Result<()> {
            if self.limit.is_some_and(|limit| rows.len() as u64 >= limit) {
                return Ok(());
            }
            let sure = row
                .get("confidence")
                .and_then(|value| value.as_f64())
                .unwrap_or(1.0);
            if self.min_confidence.is_some_and(|least| sure < least) {
                return Ok(());
            }
            if let Some(wanted) = &outlet {
                let of_row = match row.get("publisher") {
                    Some(publisher) => publisher.as_str().unwrap_or_default().to_owned(),
                    None => names.outlet(&row)?,
                };
                if !of_row.to_lowercase().contains(wanted) {
                    return Ok(());
                }
            }
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }
}
