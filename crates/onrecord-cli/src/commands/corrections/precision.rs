//! `onrecord corrections precision`: how many of the rows that were looked at were right.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::{Map, Precision};
use serde_json::{Value, json};

use crate::commands::{RecordPath, tell};
use crate::exit::Exit;
use crate::output::{self, Format, FormatOption, Grid};

/// What is asked for.
#[derive(Args, Debug)]
pub struct PrecisionOf {
    #[command(flatten)]
    record: RecordPath,
    #[command(flatten)]
    format: FormatOption,
}

const COLUMNS: [&str; 9] = [
    "table",
    "actor_kind",
    "accepted",
    "changed",
    "rejected",
    "open",
    "precision",
    "low",
    "high",
];

/// Writes the table.
pub fn run(args: &PrecisionOf) -> Result<Exit> {
    let record = args.record.open()?;
    let found = record.precision()?;
    if found.is_empty() {
        tell(
            "onrecord: nobody has looked at a row yet; `onrecord accept`, `reject` and `correct` \
             say what is right\n",
        );
        return Ok(Exit::Nothing);
    }
    let format = args.format.get();
    let mut out = output::out();
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new([
            "table",
            "actors",
            "right",
            "changed",
            "rejected",
            "open",
            "precision",
            "95 %",
        ]);
        for row in &found {
            grid.rows.push(cells(row));
        }
        output::write_grid(&mut out, &grid, format)?;
    } else {
        let rows: Vec<Map> = found.iter().map(row).collect();
        output::write_rows(&mut out, &COLUMNS.map(str::to_owned), &rows, format)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

fn cells(of: &Precision) -> Vec<String> {
    let kind = match of.actor_kind.as_deref() {
        None => "all",
        Some("") => "none named",
        Some(kind) => kind,
    };
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    vec![
        of.table.clone(),
        kind.to_owned(),
        of.accepted.to_string(),
        of.changed.to_string(),
        of.rejected.to_string(),
        of.open.map(|n| n.to_string()).unwrap_or_default(),
        of.share().map(percent).unwrap_or_default(),
        of.interval()
            .map(|(low, high)| format!("{:.0}-{:.0} %", low * 100.0, high * 100.0))
            .unwrap_or_default(),
    ]
}

fn row(of: &Precision) -> Map {
    let rounded = |share: f64| json!((share * 10_000.0).round() / 10_000.0);
    let interval = of.interval();
    let values: [Value; 9] = [
        json!(of.table),
        json!(of.actor_kind),
        json!(of.accepted),
        json!(of.changed),
        json!(of.rejected),
        json!(of.open),
        of.share().map(rounded).unwrap_or_default(),
        interval.map(|(low, _)| rounded(low)).unwrap_or_default(),
        interval.map(|(_, high)| rounded(high)).unwrap_or_default(),
    ];
    COLUMNS.map(str::to_owned).into_iter().zip(values).collect()
}
