//! Values of a row.

use onrecord_model::PartialDate;
use onrecord_record::Map;
use serde_json::Value;

/// The text of a column; `None` where it is missing or no text.
pub(crate) fn text<'a>(row: &'a Map, column: &str) -> Option<&'a str> {
    row.get(column).and_then(Value::as_str)
}

/// The text of a column, empty where it is missing.
pub(crate) fn word<'a>(row: &'a Map, column: &str) -> &'a str {
    text(row, column).unwrap_or_default()
}

/// The texts of a list.
pub(crate) fn list<'a>(row: &'a Map, column: &str) -> Vec<&'a str> {
    match row.get(column) {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The whole number of a column.
pub(crate) fn int(row: &Map, column: &str) -> Option<i64> {
    row.get(column).and_then(Value::as_i64)
}

/// The number of a column.
pub(crate) fn real(row: &Map, column: &str) -> Option<f64> {
    row.get(column).and_then(Value::as_f64)
}

/// The date of a column, as exact as the row gives it.
pub(crate) fn date(row: &Map, column: &str) -> Option<PartialDate> {
    PartialDate::parse(text(row, column)?)
}

/// The date of a column if its day is known.
pub(crate) fn day(row: &Map, column: &str) -> Option<PartialDate> {
    date(row, column).filter(|date| date.day_number().is_some())
}

/// A pair of code points `[start, end]`.
pub(crate) fn pair(value: &Value) -> Option<(usize, usize)> {
    let at = |n: usize| usize::try_from(value.get(n)?.as_u64()?).ok();
    Some((at(0)?, at(1)?))
}

/// The pairs under `key` of the column `spans`: one, or a list of them.
pub(crate) fn spans(row: &Map, key: &str) -> Vec<(usize, usize)> {
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
