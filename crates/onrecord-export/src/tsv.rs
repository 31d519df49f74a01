//! Lines of cells parted by tabs, for formats without any quoting.

use std::io::Write;

use crate::ExportError;

/// Writes a line. A tab, line end or other control character in a cell becomes a space: the
/// formats have no way to write it, and a stray one shifts all columns after it.
pub(crate) fn line(out: &mut dyn Write, cells: &[String]) -> Result<(), ExportError> {
    let cells: Vec<String> = cells.iter().map(|cell| clean(cell)).collect();
    writeln!(out, "{}", cells.join("\t")).map_err(ExportError::Stream)
}

/// A cell in one line.
pub(crate) fn clean(cell: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    cell.replace(breaks, " ")
}

/// Several values in one cell; a separator in a value becomes a comma.
pub(crate) fn join<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let mut all: Vec<String> = Vec::new();
    for value in values {
        let value = value.as_ref().replace(';', ",");
        if !value.is_empty() && !all.contains(&value) {
            all.push(value);
        }
    }
    all.join("; ")
}

/// A number as short as it can be written; empty where there is none.
pub(crate) fn number(value: Option<f64>) -> String {
    value.map(|n| n.to_string()).unwrap_or_default()
}
