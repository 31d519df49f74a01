//! One JSON object a line.

use std::io::Write;

use onrecord_record::{Map, Table};

use super::{Format, Shape};
use crate::ExportError;
use crate::source::Source;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    extension: "jsonl",
    what_for: "programs and pipes: one row a line, lists and numbers as such",
    files: "one TABLE.jsonl a table",
    media_type: "application/jsonl",
    holds_card: false,
    is_text: false,
    shape: Shape::Tables { mixes: true, write },
};

fn write(
    source: &Source<'_>,
    table: &Table,
    mixed: bool,
    out: &mut dyn Write,
) -> Result<u64, ExportError> {
    source.all(table, |columns| {
        let mut object = Map::with_capacity(columns.len() + 1);
        if mixed {
            object.insert("table".to_owned(), table.name.into());
        }
        object.extend(columns);
        writeln!(out, "{}", serde_json::Value::Object(object)).map_err(ExportError::Stream)
    })
}
