//! Between model values, SQLite values and JSON.

use onrecord_model::{Note, PartialDate};
use rusqlite::types::ValueRef;
use serde_json::{Map, Value, json};

use crate::{Column, Kind, Table};

/// A count as SQLite stores it.
pub(crate) fn int(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A JSON array of strings.
pub(crate) fn list<S: AsRef<str>>(items: &[S]) -> String {
    Value::from(items.iter().map(AsRef::as_ref).collect::<Vec<&str>>()).to_string()
}

/// Reads [`list`]; anything else is an empty list.
pub(crate) fn read_list(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

/// A date and its precision.
pub(crate) fn date(date: Option<PartialDate>) -> (Option<String>, Option<&'static str>) {
    (
        date.map(|d| d.to_string()),
        date.map(|d| d.precision().name()),
    )
}

pub(crate) fn read_date(text: Option<String>) -> Option<PartialDate> {
    PartialDate::parse(&text?)
}

pub(crate) fn notes<'a>(notes: impl IntoIterator<Item = &'a Note>) -> String {
    let notes = notes.into_iter().map(|note| {
        json!({
            "code": note.code,
            "severity": note.severity.name(),
            "place": note.place,
            "text": note.text,
        })
    });
    Value::from_iter(notes).to_string()
}

/// A row of `table`, whose columns the statement gives in the table's order.
pub(crate) fn row(table: &Table, row: &rusqlite::Row<'_>) -> rusqlite::Result<Map<String, Value>> {
    columns(table.columns, row)
}

/// Some columns of a row, which the statement gives in this order.
pub(crate) fn columns<'a>(
    columns: impl IntoIterator<Item = &'a Column>,
    row: &rusqlite::Row<'_>,
) -> rusqlite::Result<Map<String, Value>> {
    let mut map = Map::new();
    for (at, column) in columns.into_iter().enumerate() {
        let value = match (column.kind, row.get_ref(at)?) {
            (Kind::Boolean, ValueRef::Integer(number)) => Value::Bool(number != 0),
            (Kind::List | Kind::Object, ValueRef::Text(text)) => {
                serde_json::from_slice(text).unwrap_or_else(|_| plain(ValueRef::Text(text)))
            }
            (_, value) => plain(value),
        };
        map.insert(column.name.to_owned(), value);
    }
    Ok(map)
}

/// A value of no known column.
pub(crate) fn plain(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(bytes) => bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into(),
    }
}
