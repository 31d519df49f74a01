//! The rows of one sheet, read as they are asked for.

use onrecord_model::{Note, RawPage};
use serde_json::{Map, Value};

use super::Book;
use super::cells::{Strings, Styles, date};
use crate::csv::head;
use crate::fields::page_of_row;
use crate::open::Ctx;
use crate::source::Buffered;
use crate::xml::{Element, Node, Xml, local};
use crate::{Pages, trouble};

/// The bytes of a sheet.
pub(super) type Source = Buffered;

/// As many columns as a sheet can have.
const COLUMNS: usize = 16_384;
/// The longest text that fits in a cell; spreadsheets cut longer ones without a word.
const LONGEST: usize = 32_767;

/// The pages of a sheet.
pub(super) fn pages(ctx: Ctx, source: Source, book: &Book) -> Pages {
    Box::new(Rows {
        ctx,
        xml: Xml::new(source),
        strings: book.strings.clone(),
        styles: book.styles.clone(),
        since_1904: book.since_1904,
        columns: None,
        row: 0,
        over: false,
    })
}

struct Rows {
    ctx: Ctx,
    xml: Xml<Source>,
    strings: Strings,
    styles: Styles,
    since_1904: bool,
    columns: Option<Vec<String>>,
    row: u64,
    over: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    is_date: bool,
    value: String,
    /// Whether the text at hand is the cell's value.
    reads: bool,
}

impl Iterator for Rows {
    type Item = Result<RawPage, Note>;

    fn next(&mut self) -> Option<Result<RawPage, Note>> {
        while !self.over {
            let cells = match self.row() {
                Ok(Some(cells)) => cells,
                Ok(None) => {
                    self.over = true;
                    return None;
                }
                Err(text) => {
                    self.over = true;
                    let place = self.ctx.at(&format!("R{}", self.row + 1));
                    let text = format!("the rest of the sheet was not read: {text}");
                    return Some(Err(Note::partly("broken-workbook", place, text)));
                }
            };
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let Some(columns) = &self.columns else {
                match head(&self.ctx, cells) {
                    Ok(columns) => self.columns = Some(columns),
                    Err(note) => {
                        self.over = true;
                        return Some(Err(note));
                    }
                }
                continue;
            };
            let mut row = Map::new();
            for (name, cell) in columns.iter().zip(cells) {
                row.entry(name.clone()).or_insert(Value::String(cell));
            }
            let place = self.ctx.at(&format!("R{}", self.row));
            let most = self.ctx.limits().page_bytes;
            return Some(
                page_of_row(&place, &row, &self.ctx.options.fields).and_then(|mut page| {
                    if page.bytes.len() as u64 > most {
                        return Err(trouble::too_large(place, most));
                    }
                    let text = String::from_utf8_lossy(&page.bytes);
                    if text.encode_utf16().count() >= LONGEST {
                        let text =
                            "the text fills its cell to the last sign: the spreadsheet cut it off";
                        page.notes.push(Note::partly("cut-off", "", text));
                    }
                    Ok(page)
                }),
            );
        }
        None
    }
}

impl Rows {
    /// The cells of the next row.
    fn row(&mut self) -> Result<Option<Vec<String>>, String> {
        let mut cells: Vec<String> = Vec::new();
        let mut bytes = 0_u64;
        let mut cell: Option<Cell> = None;
        let mut in_row = false;
        let most = self.ctx.limits().page_bytes.saturating_mul(4);
        loop {
            let Some(node) = self.xml.next()? else {
                return match in_row {
                    true => Err("it ends within a row".to_owned()),
                    false => Ok(None),
                };
            };
            match node {
                Node::Open(element) => match local(&element.name) {
                    "row" => {
                        in_row = true;
                        let number = element.get("r").and_then(|r| r.parse().ok());
                        self.row = number.unwrap_or(self.row.saturating_add(1));
                    }
                    "c" if in_row => cell = Some(self.cell(&element, cells.len())),
                    "v" | "t" => {
                        if let Some(cell) = &mut cell {
                            cell.reads = true;
                        }
                    }
                    _ => {}
                },
                Node::Close(name) => match local(&name) {
                    "row" if in_row => return Ok(Some(cells)),
                    "c" => {
                        let Some(cell) = cell.take() else { continue };
                        if cell.column >= COLUMNS {
                            continue;
                        }
                        if cells.len() <= cell.column {
                            cells.resize(cell.column + 1, String::new());
                        }
                        let shown = self.shown(&cell);
                        bytes += shown.len() as u64;
                        if bytes > most {
                            return Err("a row is too long".to_owned());
                        }
                        cells[cell.column] = shown;
                    }
                    "v" | "t" => {
                        if let Some(cell) = &mut cell {
                            cell.reads = false;
                        }
                    }
                    _ => {}
                },
                Node::Text(text) => {
                    if let Some(cell) = cell.as_mut().filter(|cell| cell.reads) {
                        cell.value.push_str(&text);
                    }
                }
            }
        }
    }

    fn cell(&self, element: &Element, next: usize) -> Cell {
        Cell {
            column: element.get("r").and_then(column).unwrap_or(next),
            kind: element.get("t").unwrap_or("n").to_owned(),
            is_date: self.styles.is_date(element.get("s")),
            ..Cell::default()
        }
    }

    fn shown(&self, cell: &Cell) -> String {
        match cell.kind.as_str() {
            "s" => self.strings.get(&cell.value).unwrap_or_default().to_owned(),
            "e" => String::new(),
            "n" if cell.is_date => {
                let number = cell.value.trim().parse().ok();
                let date = number.and_then(|number| date(number, self.since_1904));
                date.unwrap_or_else(|| cell.value.clone())
            }
            _ => unescaped(&cell.value),
        }
    }
}

/// The number of a column from `AB12`, from 0.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let mut number = 0_usize;
    for letter in letters {
        number = number * 26 + usize::from(letter - b'A') + 1;
        if number > COLUMNS {
            return Some(COLUMNS);
        }
    }
    number.checked_sub(1)
}

/// Line ends that are written `_x000D_`.
fn unescaped(text: &str) -> String {
    match text.contains("_x000") {
        true => text.replace("_x000D_", "\r").replace("_x000A_", "\n"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_their_letters() {
        assert_eq!(column("A1"), Some(0));
        assert_eq!(column("AB12"), Some(27));
        assert_eq!(column("XFD1"), Some(COLUMNS - 1));
        assert_eq!(column("ZZZZZZZZZZZZZZZZ1"), Some(COLUMNS));
        assert_eq!(column("7"), None);
    }
}
