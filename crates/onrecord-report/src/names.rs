//! Rows by id, each looked up once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord_record::{Filter, Map, Record, RecordError};
use serde_json::Value;

/// Looks rows up and remembers them.
pub(crate) struct Names<'r> {
    record: &'r Record,
    known: RefCell<BTreeMap<String, Option<Rc<Map>>>>,
}

impl<'r> Names<'r> {
    pub(crate) fn of(record: &'r Record) -> Names<'r> {
        Names {
            record,
            known: RefCell::default(),
        }
    }

    /// The name of an actor; the id where it is not in the record.
    pub(crate) fn actor(&self, id: &str) -> Result<String, RecordError> {
        let row = self.row("actors", "actor_id", id)?;
        Ok(row.map_or(id.to_owned(), |row| text(&row, "name").to_owned()))
    }

    /// A row by its id.
    pub(crate) fn row(
        &self,
        table: &str,
        key: &str,
        id: &str,
    ) -> Result<Option<Rc<Map>>, RecordError> {
        if id.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.known.borrow().get(id) {
            return Ok(known.clone());
        }
        let filter = Filter::default().equal(key, id);
        let row = self.record.table(table, &filter, Some(1))?.rows.pop();
        let row = row.map(Rc::new);
        self.known.borrow_mut().insert(id.to_owned(), row.clone());
        Ok(row)
    }
}

/// The text of a column, empty where it is missing.
pub(crate) fn text<'a>(row: &'a Map, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The same, none where it is missing or empty.
pub(crate) fn some(row: &Map, name: &str) -> Option<String> {
    Some(text(row, name).to_owned()).filter(|text| !text.is_empty())
}

/// The texts of a list column.
pub(crate) fn list<'a>(row: &'a Map, name: &str) -> Vec<&'a str> {
    let all = row.get(name).and_then(Value::as_array);
    all.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// The spans under a key of the column `spans`: one or several pairs of code points.
pub(crate) fn spans(row: &Map, key: &str) -> Vec<(usize, usize)> {
    let pair = |value: &Value| -> Option<(usize, usize)> {
        let [start, end] = value.as_array()?.as_slice() else {
            return None;
        };
        let at = |value: &Value| usize::try_from(value.as_u64()?).ok();
        Some((at(start)?, at(end)?))
    };
    let Some(value) = row.get("spans").and_then(|spans| spans.get(key)) else {
        return Vec::new();
    };
    match pair(value) {
        Some(one) => vec![one],
        None => value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(pair)
            .collect(),
    }
}
