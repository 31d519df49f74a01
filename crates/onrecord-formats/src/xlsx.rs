//! XLSX: a page a row of each sheet, under a head of column names.
//!
//! A row's place is the sheet's name, `#`, then `R` and the row's number. Shown values are
//! read; formulas are not computed.

mod cells;
mod sheet;

use onrecord_model::Note;

use crate::open::{Ctx, once};
use crate::source::{ReadSeek, Shared};
use crate::xml::{Node, Xml, decoded, local};
use crate::zip::Directory;
use crate::{Pages, place};
use cells::{Strings, Styles};

/// The pages of a workbook, sheet by sheet.
pub(crate) fn pages(ctx: Ctx, source: Box<dyn ReadSeek + Send>) -> Pages {
    let book = match Book::open(&ctx, source) {
        Ok(book) => book,
        Err(text) => return once(Err(Note::unread("broken-workbook", ctx.uri, text))),
    };
    let sheets = book.sheets.clone();
    let rows = sheets.into_iter().flat_map(move |(name, path)| {
        let inside = ctx.inside(&place::escape(&name));
        match book.rows(&path) {
            Ok(rows) => sheet::pages(inside, rows, &book),
            Err(text) => once(Err(Note::unread("broken-workbook", inside.uri, text))),
        }
    });
    Box::new(rows)
}

pub(super) struct Book {
    shared: Shared,
    directory: Directory,
    limits: crate::Limits,
    /// Names of sheets and where they lie.
    sheets: Vec<(String, String)>,
    strings: Strings,
    styles: Styles,
    since_1904: bool,
}

impl Book {
    fn open(ctx: &Ctx, source: Box<dyn ReadSeek + Send>) -> Result<Book, String> {
        let shared = Shared::new(source);
        let limits = *ctx.limits();
        let directory = Directory::read(&shared, &limits)?;
        let part = |name: &str| -> Result<Option<String>, String> {
            let Some(entry) = directory.find(name) else {
                return Ok(None);
            };
            let bytes = entry.bytes(&shared, &limits, limits.document_bytes);
            let bytes = bytes.map_err(|text| format!("its {name}: {text}"))?;
            Ok(Some(decoded(&bytes)))
        };
        let book = part("xl/workbook.xml")?.ok_or("it has no xl/workbook.xml")?;
        let links = part("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
        let strings = part("xl/sharedStrings.xml")?.unwrap_or_default();
        let styles = part("xl/styles.xml")?.unwrap_or_default();
        let (sheets, since_1904) = sheets(&book, &links, limits.members)?;
        Ok(Book {
            strings: Strings::read(&strings, limits.document_bytes)?,
            styles: Styles::read(&styles),
            shared,
            directory,
            limits,
            sheets,
            since_1904,
        })
    }

    fn rows(&self, path: &str) -> Result<sheet::Source, String> {
        let entry = self
            .directory
            .find(path)
            .ok_or(format!("it has no {path}"))?;
        let input = entry
            .open(&self.shared, &self.limits)
            .map_err(|(_, text)| text)?;
        Ok(input.buffered())
    }
}

/// The sheets' names and paths, and whether days are counted from 1904.
fn sheets(book: &str, links: &str, most: usize) -> Result<(Vec<(String, String)>, bool), String> {
    let mut targets = std::collections::BTreeMap::new();
    let mut xml = Xml::new(links.as_bytes());
    while let Ok(Some(node)) = xml.next() {
        if let Node::Open(element) = node
            && let (Some(id), Some(target)) = (element.get("Id"), element.get("Target"))
        {
            let path = match target.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.insert(id.to_owned(), path);
        }
    }
    let mut sheets = Vec::new();
    let mut since_1904 = false;
    let mut xml = Xml::new(book.as_bytes());
    while let Ok(Some(node)) = xml.next() {
        let Node::Open(element) = node else { continue };
        match local(&element.name) {
            "workbookPr" => since_1904 = matches!(element.get("date1904"), Some("1" | "true")),
            "sheet" if sheets.len() < most => {
                let name = element.get("name").unwrap_or_default().to_owned();
                let target = element.get("r:id").and_then(|id| targets.get(id));
                let path = match target {
                    Some(path) => path.clone(),
                    None => format!("xl/worksheets/sheet{}.xml", sheets.len() + 1),
                };
                sheets.push((name, path));
            }
            _ => {}
        }
    }
    match sheets.is_empty() {
        true => Err("it names no sheet".to_owned()),
        false => Ok((sheets, since_1904)),
    }
}
