//! `onrecord actors RECORD`: who is in a record, the most mentioned first.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_model::ActorKind;
use onrecord_record::Map;
use serde_json::Value;

use super::super::tell;
use crate::commands::RecordPath;
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption, Grid, cell};
use crate::people::short;

/// What is asked for.
#[derive(Args, Debug)]
pub struct List {
    /// The record, as `onrecord read -o` wrote it
    #[arg(value_name = "RECORD", required = true)]
    record: Option<PathBuf>,
    /// Actors of this kind
    #[arg(long, value_name = "KIND",
          value_parser = PossibleValuesParser::new(ActorKind::ALL.map(ActorKind::name)))]
    kind: Option<String>,
    /// Actors of this country: its ISO 3166 alpha-3 code
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Only actors known by name, not those known by description alone
    #[arg(long)]
    named: bool,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    format: FormatOption,
}

const COLUMNS: [&str; 8] = [
    "actor_id", "name", "kind", "named", "country", "mentions", "articles", "forms",
];

const COUNTED: &str = "
    select a.actor_id, a.name, a.kind, a.named, a.country, count(m.mention_id) as mentions,
           count(distinct m.article_id) as articles,
           count(distinct case when m.kind = 'name' then m.text end) as forms
    from actors a left join mentions m on m.actor_id = a.actor_id
    group by a.actor_id order by mentions desc, a.name, a.actor_id";

/// Writes the actors that fit.
pub fn run(args: &List) -> Result<Exit> {
    let Some(record) = args.record.clone() else {
        return Err(usage("give a record, or a task and a record"));
    };
    let record = RecordPath { record }.open()?;
    let fits = |row: &Map| {
        let is = |column: &str, wanted: &Option<String>| {
            let value = row[column].as_str().unwrap_or_default();
            wanted
                .as_ref()
                .is_none_or(|w| w.eq_ignore_ascii_case(value))
        };
        is("kind", &args.kind)
            && is("country", &args.country)
            && (!args.named || row["named"].as_i64() == Some(1))
    };
    let mut rows: Vec<Map> = record.sql(COUNTED)?.into_iter().filter(fits).collect();
    rows.truncate(args.limit.unwrap_or(usize::MAX));
    for row in &mut rows {
        let named = row["named"].as_i64() == Some(1);
        row.insert("named".to_owned(), Value::Bool(named));
    }
    let format = args.format.get();
    let mut out = output::out();
    if rows.is_empty() {
        if format == Format::Csv {
            output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &rows, format)?;
            out.flush()?;
        }
        tell("onrecord: no actor fits\n");
        return Ok(Exit::Nothing);
    }
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new([
            "actor", "name", "kind", "country", "mentions", "articles", "forms",
        ]);
        for row in &rows {
            let mut cells: Vec<String> =
                ["name", "kind", "country", "mentions", "articles", "forms"]
                    .map(|column| cell(&row[column]))
                    .into();
            cells.insert(
                0,
                short(row["actor_id"].as_str().unwrap_or_default()).to_owned(),
            );
            grid.rows.push(cells);
        }
        grid.drop_empty_columns();
        output::write_grid(&mut out, &grid, format)?;
    } else {
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &rows, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}
