//! Comma-separated values as RFC 4180 has them: a header line, lines end in CR LF, a cell
//! with a comma, quotation mark or line end stands in quotation marks.
//!
//! Lists and objects are JSON. What is missing is an empty cell, an empty text is a pair of
//! quotation marks.
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return (also in the wide
//! forms `＝ ＋ － ＠`, and behind spaces) gets an apostrophe before it, since spreadsheets
//! would run it as a formula; so does one that begins with apostrophes and then any of
//! these. To get the text back, take one apostrophe off where such a character comes after
//! the apostrophes. Numbers are left as they are.

use std::io::Write;

use onrecord_record::{Column, Kind, Table};
use serde_json::Value;

use super::{Format, Shape, out};
use crate::ExportError;
use crate::source::Source;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    extension: "csv",
    what_for: "spreadsheets, R and pandas: one file a table",
    files: "one TABLE.csv a table",
    media_type: "text/csv",
    holds_card: false,
    is_text: false,
    shape: Shape::Tables {
        mixes: false,
        write,
    },
};

fn write(
    source: &Source<'_>,
    table: &Table,
    _mixed: bool,
    to: &mut dyn Write,
) -> Result<u64, ExportError> {
    if source.options.bom {
        out(to.write_all("\u{feff}".as_bytes()))?;
    }
    let names = table.columns.iter().map(|column| column.name.to_owned());
    out(line(to, names))?;
    source.all(table, |row| {
        let cells = table
            .columns
            .iter()
            .map(|column| cell(column, row.get(column.name).unwrap_or(&Value::Null)));
        out(line(to, cells))
    })
}

fn line(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> std::io::Result<()> {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        out.write_all(cell.as_bytes())?;
    }
    out.write_all(b"\r\n")
}

fn cell(column: &Column, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if column.kind == Kind::Text && is_formula(text) => {
            quoted(&format!("'{text}"))
        }
        Value::String(text) => quoted(text),
        other => quoted(&other.to_string()),
    }
}

/// In quotation marks where it must be, or is empty.
fn quoted(text: &str) -> String {
    if text.is_empty() || text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn is_formula(text: &str) -> bool {
    let inner = text.trim_start_matches('\'').trim_start_matches(' ');
    inner.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
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
        assert_eq!(cell("name", "'=1+1".into()), "''=1+1");
        assert_eq!(cell("name", " =1+1".into()), "' =1+1");
        assert_eq!(cell("name", "＝1".into()), "'＝1");
        assert_eq!(cell("name", "- and so on".into()), "'- and so on");
        assert_eq!(cell("name", "\ta".into()), "'\ta");
        assert_eq!(cell("name", "Erbil".into()), "Erbil");
        assert_eq!(cell("name", "'tis, so".into()), "\"'tis, so\"");
        assert_eq!(cell("name", "".into()), "\"\"");
        assert_eq!(cell("lat", (-33.5).into()), "-33.5");
        assert_eq!(cell("geonames", Value::Null), "");
    }
}
