//! Comma-separated values as RFC 4180 has them: a header line, lines end in CR LF, a cell
//! with a comma, quotation mark or line end stands in quotation marks.
//!
//! Lists and objects are JSON, what is missing is an empty cell. A text that begins with
//! `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe before it, since
//! spreadsheets would run it as a formula; numbers are left as they are.

use std::io::Write;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use onrecord_record::{Column, Kind, Record, Table};
use serde_json::Value;

use super::Format;
use crate::{ExportError, Options, row};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    extension: "csv",
    what_for: "spreadsheets, R and pandas: one file a table",
    media_type: "text/csv",
    mixes: false,
    write,
};

fn write(
    record: &Record,
    table: &Table,
    options: &Options,
    _mixed: bool,
    out: &mut dyn Write,
) -> Result<u64, ExportError> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())
            .map_err(ExportError::Stream)?;
    }
    let mut csv = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(out);
    csv.write_record(table.columns.iter().map(|column| column.name))
        .map_err(failed)?;
    let n = row::each(record, table, options, |row| {
        for column in table.columns {
            csv.write_field(cell(column, row.get(column.name).unwrap_or(&Value::Null)))
                .map_err(failed)?;
        }
        csv.write_record(None::<&[u8]>).map_err(failed)
    })?;
    csv.flush().map_err(ExportError::Stream)?;
    Ok(n)
}

fn cell(column: &Column, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if column.kind == Kind::Text && is_formula(text) => format!("'{text}"),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn failed(error: csv::Error) -> ExportError {
    ExportError::Stream(match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_are_guarded() {
        let table = onrecord_record::table_named("places").expect("a table");
        let cell =
            |column: &str, value: Value| cell(table.column(column).expect("a column"), &value);
        assert_eq!(cell("name", "=1+1".into()), "'=1+1");
        assert_eq!(cell("name", "- and so on".into()), "'- and so on");
        assert_eq!(cell("name", "Erbil".into()), "Erbil");
        assert_eq!(cell("lat", (-33.5).into()), "-33.5");
        assert_eq!(cell("geonames", Value::Null), "");
    }
}
