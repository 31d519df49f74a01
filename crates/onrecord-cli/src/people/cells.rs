//! The cells of a row.

use onrecord_record::Map;
use serde_json::Value;

/// A cell that holds words; empty where it holds none.
pub fn text<'r>(row: &'r Map, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The words of a cell that holds a list.
pub fn list<'r>(row: &'r Map, name: &str) -> impl Iterator<Item = &'r str> {
    let values = row.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str)
}
