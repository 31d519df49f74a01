//! One JSON object a line.

use std::io::Write;

use onrecord_record::{Map, Record, Table};

use super::Format;
use crate::{ExportError, Options, row};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    extension: "jsonl",
    what_for: "programs and pipes: one row a line, lists and numbers as such",
    media_type: "application/jsonl",
    mixes: true,
    write,
};

fn write(
    record: &Record,
    table: &Table,
    options: &Options,
    mixed: bool,
    out: &mut dyn Write,
) -> Result<u64, ExportError> {
    row::each(record, table, options, |columns| {
        let mut object = Map::with_capacity(columns.len() + 1);
        if mixed {
            object.insert("table".to_owned(), table.name.into());
        }
        object.extend(columns);
        writeln!(out, "{}", serde_json::Value::Object(object)).map_err(ExportError::Stream)
    })
}
