//! `onrecord second-opinion`: a language model on the user's own machine judges rows.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use onrecord_opinion::{Address, Asker, Material, Opinion, OpinionError, Opinions, Verdict};
use onrecord_record::{Map, OF_SENTENCES, Record, table_named};
use serde_json::Value;

use super::filters::Filters;
use super::{RecordPath, tell};
use crate::clock::now;
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption, Grid};
use crate::people::{one_line, short};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord second-opinion pages.db --url http://127.0.0.1:11434/v1 --model NAME st-3f2a ev-77
  onrecord second-opinion pages.db --url http://127.0.0.1:11434/v1 --model NAME --table events
  onrecord second-opinion pages.db --list

A model is asked twice, with the verdicts in another order; what it quotes must stand in the
sentence. Rows that were judged before are asked about again only if they have changed.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct SecondOpinion {
    #[command(flatten)]
    record: RecordPath,
    /// Rows to judge: ids or their beginnings
    #[arg(value_name = "ROW", conflicts_with = "table")]
    rows: Vec<String>,
    /// Where the model is asked: the address before /chat/completions, of any server that speaks
    /// as OpenAI's does
    #[arg(long, required_unless_present = "list")]
    url: Option<String>,
    /// The name under which the server knows the model
    #[arg(long, value_name = "NAME", required_unless_present = "list")]
    model: Option<String>,
    /// Judge the rows of this table that fit, those not judged before
    #[arg(long, value_parser = PossibleValuesParser::new(OF_SENTENCES))]
    table: Option<String>,
    #[command(flatten)]
    filters: Filters,
    /// Ask about at most so many rows
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Wait so many seconds for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// What chooses the orders of the verdicts; given to the model too
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Ask a server that is not on this machine: the sentences leave it
    #[arg(long)]
    allow_remote: bool,
    /// Show the opinions there are, disagreements first, and ask nothing
    #[arg(long, conflicts_with_all = ["url", "model", "rows", "table"])]
    list: bool,
    #[command(flatten)]
    format: FormatOption,
}

/// Asks, or lists what was answered.
pub fn run(args: &SecondOpinion) -> Result<Exit> {
    let record = args.record.open()?;
    let mut opinions = Opinions::beside(args.record.path())?;
    if args.list {
        let all = opinions.ranked();
        write(&record, &all, args.format.get())?;
        if all.is_empty() {
            tell("onrecord: there is no opinion on the record\n");
            return Ok(Exit::Nothing);
        }
        return Ok(Exit::Well);
    }
    let url = args.url.as_deref().unwrap_or_default();
    let address = match Address::parse(url, args.allow_remote) {
        Ok(address) => address,
        Err(error) => return Err(usage(error.to_string())),
    };
    let model = args.model.as_deref().unwrap_or_default();
    let asker = Asker::new(
        address,
        model,
        args.seed,
        Duration::from_secs(args.timeout.max(1)),
    );
    let Some(chosen) = args.chosen(&record, &opinions, &asker)? else {
        return Ok(Exit::Nothing);
    };
    let before = opinions.all().len();
    let failed = ask(&asker, &chosen, &mut opinions)?;
    let asked: Vec<&Opinion> = opinions.all()[before..].iter().collect();
    write(&record, &asked, args.format.get())?;
    summary(&asked);
    Ok(match (failed, asked.is_empty()) {
        (0, true) => Exit::Nothing,
        (0, false) => Exit::Well,
        _ => Exit::Some,
    })
}

impl SecondOpinion {
    /// What is asked about; `None` if there is nothing, which the user was told.
    fn chosen(
        &self,
        record: &Record,
        opinions: &Opinions,
        asker: &Asker,
    ) -> Result<Option<Vec<Material>>> {
        let mut chosen = Vec::new();
        let mut before = 0;
        if let Some(table) = self.table.as_deref().and_then(table_named) {
            let Some(filter) = self.filters.of(table, record)? else {
                return Ok(None);
            };
            let found = opinions
                .unasked(record, table.name, &filter, &asker.key(), self.limit)
                .map_err(plain)?;
            for error in &found.left_out {
                tell(&format!("onrecord: left out: {error}\n"));
            }
            before = found.asked_before;
            chosen = found.rows;
        } else if self.rows.is_empty() {
            return Err(usage("name rows to judge, or a table with --table"));
        }
        for id in &self.rows {
            let material = match Material::of(record, id) {
                Err(error @ OpinionError::Row { .. }) => return Err(usage(error.to_string())),
                material => material.map_err(plain)?,
            };
            match opinions.find(&material, &asker.key()) {
                Some(_) => before += 1,
                None => chosen.push(material),
            }
        }
        if before > 0 {
            tell(&format!(
                "onrecord: {before} rows were judged before and have not changed; --list shows the opinions\n"
            ));
        }
        if chosen.is_empty() && before == 0 {
            tell("onrecord: no row fits\n");
        }
        Ok(Some(chosen))
    }
}

/// The record's own error, so that wrong usage is told as such.
fn plain(error: OpinionError) -> anyhow::Error {
    match error {
        OpinionError::Record(error) => error.into(),
        error => error.into(),
    }
}

/// Asks about each row and keeps what was answered. Gives how many rows got no answer.
///
/// # Errors
/// The server cannot be asked at all, or three times in a row gave no answer.
fn ask(asker: &Asker, chosen: &[Material], opinions: &mut Opinions) -> Result<usize> {
    const PATIENCE: usize = 3;
    let (mut failed, mut in_a_row) = (0, 0);
    for (n, material) in chosen.iter().enumerate() {
        let place = format!("{} of {}, {}", n + 1, chosen.len(), short(&material.row_id));
        match asker.ask(material, &now()) {
            Ok(opinion) => {
                in_a_row = 0;
                let told = match (opinion.verdict, &opinion.why) {
                    (Some(verdict), _) => verdict.name().to_owned(),
                    (None, why) => format!("no verdict: {}", why.as_deref().unwrap_or_default()),
                };
                opinions.append(opinion)?;
                tell(&format!("onrecord: {place}: {told}\n"));
            }
            Err(error @ (OpinionError::TimedOut { .. } | OpinionError::TooLong { .. })) => {
                failed += 1;
                in_a_row += 1;
                if in_a_row == PATIENCE {
                    return Err(error.into());
                }
                tell(&format!("onrecord: {place}: {error}\n"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(failed)
}

fn summary(asked: &[&Opinion]) {
    if asked.is_empty() {
        return;
    }
    let mut counts: BTreeMap<Option<Verdict>, usize> = BTreeMap::new();
    for opinion in asked {
        *counts.entry(opinion.verdict).or_default() += 1;
    }
    let told = counts.iter().map(|(verdict, n)| {
        let name = verdict.map_or("no verdict", Verdict::name);
        format!("{name} {n}")
    });
    let told: Vec<String> = told.collect();
    tell(&format!(
        "onrecord: {} rows judged: {}\n",
        asked.len(),
        told.join(", ")
    ));
}

fn write(record: &Record, opinions: &[&Opinion], format: Format) -> Result<()> {
    if opinions.is_empty() {
        return Ok(());
    }
    let mut out = output::out();
    let now: Vec<Option<Material>> = opinions
        .iter()
        .map(|opinion| match Material::of(record, &opinion.row_id) {
            Ok(material) => Ok(Some(material)),
            Err(OpinionError::Row { .. }) => Ok(None),
            Err(error) => Err(error),
        })
        .collect::<Result<_, OpinionError>>()?;
    let current = |n: usize| {
        let material = now.get(n).and_then(Option::as_ref);
        material.is_some_and(|m| m.sha256() == opinions[n].content_sha256)
    };
    if matches!(format, Format::Table | Format::Md) {
        let mut grid = Grid::new([
            "row",
            "verdict",
            "field",
            "better",
            "claim",
            "quotation",
            "why",
            "model",
            "row since",
        ]);
        for (n, opinion) in opinions.iter().enumerate() {
            let some = |text: Option<&str>| text.map(one_line).unwrap_or_default();
            let material = now.get(n).and_then(Option::as_ref);
            grid.rows.push(vec![
                short(&opinion.row_id).to_owned(),
                opinion.verdict.map_or("none", Verdict::name).to_owned(),
                some(opinion.field()),
                some(opinion.better()),
                some(material.map(|m| m.claim.as_str())),
                some(opinion.quotation()),
                some(opinion.why.as_deref()),
                opinion.key.model.clone(),
                match (material, current(n)) {
                    (None, _) => "gone",
                    (_, false) => "changed",
                    (_, true) => "",
                }
                .to_owned(),
            ]);
        }
        grid.drop_empty_columns();
        output::write_grid(&mut out, &grid, format)?;
    } else {
        let rows: Vec<Map> = opinions
            .iter()
            .enumerate()
            .filter_map(
                |(n, opinion)| match serde_json::from_str(&opinion.to_line()) {
                    Ok(Value::Object(mut row)) => {
                        let claim = now.get(n).and_then(Option::as_ref).map(|m| m.claim.clone());
                        row.insert("claim".to_owned(), claim.into());
                        row.insert("current".to_owned(), current(n).into());
                        Some(row)
                    }
                    _ => None,
                },
            )
            .collect();
        let columns: Vec<String> = rows
            .first()
            .into_iter()
            .flat_map(|row| row.keys().cloned())
            .collect();
        output::write_rows(&mut out, &columns, &rows, format)?;
    }
    out.flush()?;
    Ok(())
}
