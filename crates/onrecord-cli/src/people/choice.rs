//! Options that choose rows by who, where and when; and the cells of a row.

use anyhow::Result;
use clap::Args;
use onrecord_record::{Filter, Map, Record};
use serde_json::Value;

use crate::commands::one_actor;

/// Options that choose rows by who, where and when.
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
            match one_actor(record, name)? {
                Some(id) => filter = filter.actor(id),
                None => return Ok(None),
            }
        }
        Ok(Some(filter))
    }
}

/// A cell that holds words; empty where it holds none.
pub fn text<'r>(row: &'r Map, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The words of a cell that holds a list.
pub fn list<'r>(row: &'r Map, name: &str) -> impl Iterator<Item = &'r str> {
    let values = row.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str)
}
