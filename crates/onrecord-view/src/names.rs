//! Names by id, each looked up once a page.

use std::cell::RefCell;
use std::collections::BTreeMap;

use maud::{Markup, html};
use onrecord_record::Record;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::shown;
use crate::view::text;

pub(crate) struct Names<'r> {
    record: &'r Record,
    known: RefCell<BTreeMap<String, Option<(String, String)>>>,
}

impl Names<'_> {
    pub fn of(record: &Record) -> Names<'_> {
        Names {
            record,
            known: RefCell::default(),
        }
    }

    /// The name of an actor; the id where the record has none.
    pub fn actor(&self, id: &str) -> Result<String, Fault> {
        Ok(self
            .name("actors", "actor_id", id)?
            .map_or_else(|| id.to_owned(), |(name, _)| name))
    }

    /// The kind of an actor: `person`, `government`.
    pub fn kind(&self, id: &str) -> Result<String, Fault> {
        Ok(self
            .name("actors", "actor_id", id)?
            .map_or_else(String::new, |(_, kind)| kind))
    }

    /// The name of a place.
    pub fn place(&self, id: &str) -> Result<String, Fault> {
        Ok(self
            .name("places", "place_id", id)?
            .map_or_else(|| id.to_owned(), |(name, _)| name))
    }

    /// An actor's name that leads to its page.
    pub fn link(&self, id: &str) -> Result<Markup, Fault> {
        let name = self.actor(id)?;
        Ok(html! { a.actor href={ "/actor/" (id) } { (shown::name(&name)) } })
    }

    /// Several, with commas.
    pub fn links<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Result<Markup, Fault> {
        let all: Vec<Markup> = ids
            .take(12)
            .map(|id| self.link(id))
            .collect::<Result<_, _>>()?;
        Ok(html! {
            @for (n, one) in all.iter().enumerate() {
                @if n > 0 { ", " }
                (one)
            }
        })
    }

    fn name(&self, table: &str, key: &str, id: &str) -> Result<Option<(String, String)>, Fault> {
        if let Some(found) = self.known.borrow().get(id) {
            return Ok(found.clone());
        }
        let query = format!("select name, kind from {table} where {key} = ?1");
        let rows = self.record.sql_with(&query, &[json!(id)])?;
        let found = rows.first().filter(|row| row["name"] != Value::Null);
        let found = found.map(|row| (text(row, "name").to_owned(), text(row, "kind").to_owned()));
        self.known.borrow_mut().insert(id.to_owned(), found.clone());
        Ok(found)
    }
}
