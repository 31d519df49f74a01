//! `onrecord actors RECORD`: who is in a record, the most mentioned first.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_model::ActorKind;
use onrecord_record::Map;
use serde_json::{Value, json};

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
    limit: Option<u32>,
    #[command(flatten)]
    format: FormatOption,
}

const COLUMNS: [&str; 8] = [
    "actor_id", "name", "kind", "named", "country", "mentions", "articles", "forms",
];

/// Articles and forms are counted of those only that are shown.
const COUNTED: &str = "
    select x.*,
           (select count(distinct m.article_id) from mentions m where m.actor_id = x.actor_id)
               as articles,
           (select count(distinct m.text) from mentions m
            where m.actor_id = x.actor_id and m.kind = 'name') as forms
    from (select a.actor_id, a.name, a.kind, a.named, a.country,
                 coalesce(m.mentions, 0) as mentions
          from actors a left join _mentioned m on m.actor_id = a.actor_id
          where (?1 is null or a.kind = ?1) and (?2 is null or a.country = ?2 collate nocase)
                and (?3 = 0 or a.named)
          order by mentions desc, a.name, a.actor_id limit ?4) x
    order by mentions desc, name, actor_id";

/// Writes the actors that fit.
pub fn run(args: &List) -> Result<Exit> {
    let Some(record) = args.record.clone() else {
        return Err(usage("give a record, or a task and a record"));
    };
    let record = RecordPath { record }.open()?;
    let values = [
        json!(args.kind),
        json!(args.country),
        json!(args.named),
        // To SQLite none is all.
        json!(args.limit.map_or(-1, i64::from)),
    ];
    let mut rows: Vec<Map> = record.sql_with(COUNTED, &values)?.into_iter().collect();
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
