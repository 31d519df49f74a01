//! The options that choose rows, the same for every command that lists some.

use anyhow::Result;
use clap::Args;
use onrecord_record::{Filter, Record, Table};

use super::one_actor;
use crate::exit::usage;

/// Which rows are wanted, by who, where and when.
#[derive(Args, Clone, Debug)]
pub struct Choice {
    /// Rows in which this actor has a part: a name, a part of one, or an id
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Rows of articles of this outlet: its name or a part of it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Rows from this date on: 2014, 2014-09 or 2014-09-20
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Rows up to this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl Choice {
    /// What the record is asked; `None` where no actor has the name, which the user was told.
    ///
    /// # Errors
    /// Several actors fit the name.
    pub fn filter(&self, record: &Record) -> Result<Option<Filter>> {
        let mut filter = Filter {
            since: self.since.clone(),
            until: self.until.clone(),
            outlet: self.outlet.clone(),
            ..Filter::default()
        };
        if let Some(name) = &self.actor {
            filter.actor = one_actor(record, name)?;
            if filter.actor.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(filter))
    }
}

/// Which rows are wanted: those that fit all that is given.
#[derive(Args, Debug)]
pub struct Filters {
    #[command(flatten)]
    choice: Choice,
    /// Of these, rows in which this actor has a part too
    #[arg(long, value_name = "NAME", requires = "actor")]
    with: Option<String>,
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
    /// Rows at least so sure, from 0 to 1
    #[arg(long, value_name = "NUMBER")]
    min_confidence: Option<f64>,
    /// Only rows that a person has accepted or changed: those of which a correction holds
    #[arg(long, conflicts_with = "unreviewed")]
    reviewed: bool,
    /// Only rows that nobody has looked at
    #[arg(long)]
    unreviewed: bool,
}

impl Filters {
    /// What the record is asked; `None` where no actor has the name, which the user was told.
    ///
    /// # Errors
    /// An option that rows of the table do not know, or a name that fits several actors.
    pub fn of(&self, table: &Table, record: &Record) -> Result<Option<Filter>> {
        let Some(mut filter) = self.choice.filter(record)? else {
            return Ok(None);
        };
        filter.min_confidence = self.min_confidence;
        filter.reviewed = match (self.reviewed, self.unreviewed) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
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
        if let Some(name) = &self.with {
            filter.with = one_actor(record, name)?;
            if filter.with.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(filter))
    }
}
