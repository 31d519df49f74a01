//! Rows as they are exported.

use onrecord_record::{Filter, Map, Record, Table};
use serde_json::Value;

use crate::{ExportError, Options};

/// Gives every row of a table to `take`, with the columns left empty that are not wanted.
pub(crate) fn each(
    record: &Record,
    table: &Table,
    options: &Options,
    mut take: impl FnMut(Map) -> Result<(), ExportError>,
) -> Result<u64, ExportError> {
    let empty: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| column.clock && !options.times || column.words && !options.text)
        .map(|column| column.name)
        .collect();
    record.for_each(table.name, &Filter::default(), None, |mut row| {
        for name in &empty {
            if let Some(value) = row.get_mut(*name) {
                *value = Value::Null;
            }
        }
        take(row)
    })
}
