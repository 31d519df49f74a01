//! CSV and TSV: a page a row, under a head of column names.
//!
//! A row's place is `R` and its number as a spreadsheet counts, the head being row 1.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::WINDOWS_1252;
use onrecord_model::{Note, RawPage};
use serde_json::{Map, Value};

use crate::fields::page_of_row;
use crate::kind::Kind;
use crate::open::{Ctx, once};
use crate::source::Input;
use crate::{Pages, trouble};

/// A row is never longer than so many pages.
const PAGES: u64 = 4;

/// The pages of a table.
pub(crate) fn pages(ctx: Ctx, input: Input, kind: Kind) -> Pages {
    let (head, input) = match input.head(Kind::HEAD) {
        Ok(both) => both,
        Err(error) => return once(Err(trouble::unread(ctx.uri, &error))),
    };
    let input = match in_utf8(&head, input, ctx.limits().document_bytes) {
        Ok(Some(input)) => input,
        Ok(None) => {
            return once(Err(trouble::too_large(
                ctx.uri.clone(),
                ctx.limits().document_bytes,
            )));
        }
        Err(error) => return once(Err(trouble::unread(ctx.uri, &error))),
    };
    let (head, input) = match input.head(Kind::HEAD) {
        Ok(both) => both,
        Err(error) => return once(Err(trouble::unread(ctx.uri, &error))),
    };
    let mark = Arc::new(AtomicU64::new(0));
    let watched = Watched {
        inner: input.buffered(),
        read: 0,
        mark: mark.clone(),
        most: ctx.limits().page_bytes.saturating_mul(PAGES),
    };
    let rows = ReaderBuilder::new()
        .delimiter(delimiter(&head, kind))
        .flexible(true)
        .has_headers(false)
        .from_reader(BufReader::new(watched));
    Box::new(Rows {
        ctx,
        rows,
        mark,
        row: 0,
        columns: None,
        over: false,
    })
}

/// Excel writes UTF-16 as well.
fn in_utf8(head: &[u8], input: Input, most: u64) -> io::Result<Option<Input>> {
    match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
            let Some(bytes) = input.bytes(most)? else {
                return Ok(None);
            };
            let (text, _) = encoding.decode_with_bom_removal(&bytes);
            Ok(Some(Input::of_bytes(text.into_owned().into_bytes())))
        }
        Some((_, length)) => {
            let mut bytes = input.buffered();
            io::copy(&mut (&mut bytes).take(length as u64), &mut io::sink())?;
            Ok(Some(Input::Stream(Box::new(bytes))))
        }
        None => Ok(Some(input)),
    }
}

/// The sign between columns: the one that stands most often in the first line, outside of
/// quotation marks.
fn delimiter(head: &[u8], kind: Kind) -> u8 {
    if kind == Kind::Tsv {
        return b'\t';
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            other => {
                for (sign, count) in &mut counts {
                    *count += usize::from(sign == other);
                }
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let found = counts.iter().find(|(_, count)| *count == most);
    found.map_or(b',', |(sign, _)| *sign)
}

type Source = BufReader<Watched>;

struct Rows {
    ctx: Ctx,
    rows: Reader<Source>,
    mark: Arc<AtomicU64>,
    row: u64,
    columns: Option<Vec<String>>,
    over: bool,
}

impl Iterator for Rows {
    type Item = Result<RawPage, Note>;

    fn next(&mut self) -> Option<Result<RawPage, Note>> {
        let mut record = ByteRecord::new();
        while !self.over {
            self.row += 1;
            let place = self.ctx.at(&format!("R{}", self.row));
            match self.rows.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => {
                    self.over = true;
                    return None;
                }
                Err(error) => {
                    self.over = true;
                    return Some(Err(match error.into_kind() {
                        csv::ErrorKind::Io(error)
                            if error.get_ref().is_some_and(|e| e.is::<TooLong>()) =>
                        {
                            let text = "the row has no end, and the rest of the file was not read: \
                                        perhaps a quotation mark that is never closed";
                            Note::partly("too-large", place, text)
                        }
                        csv::ErrorKind::Io(error) => trouble::broken_off(place, &error),
                        other => Note::partly("broken-row", place, format!("{other:?}")),
                    }));
                }
            }
            self.mark
                .store(self.rows.position().byte(), Ordering::Relaxed);
            let (cells, lossy) = cells(&record);
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
            return Some(self.page(&place, columns, cells, lossy));
        }
        None
    }
}

/// The columns of a table, if one of them holds pages; else the note that says so.
pub(crate) fn head(ctx: &Ctx, columns: Vec<String>) -> Result<Vec<String>, Note> {
    if columns
        .iter()
        .any(|name| ctx.options.fields.holds_text(name))
    {
        return Ok(columns);
    }
    let shown: Vec<&str> = columns.iter().take(20).map(String::as_str).collect();
    let text = format!(
        "no column with the text of a page (such as text, maintext, content, html); name it with \
         --fields; columns: {}",
        shown.join(", ")
    );
    Err(Note::unread("no-text", &*ctx.uri, text))
}

impl Rows {
    fn page(
        &self,
        place: &str,
        columns: &[String],
        cells: Vec<String>,
        lossy: bool,
    ) -> Result<RawPage, Note> {
        let more = cells
            .iter()
            .skip(columns.len())
            .any(|cell| !cell.is_empty());
        if more || cells.len() < columns.len() {
            let (here, there) = (cells.len(), columns.len());
            let text = format!("the row has {here} cells in place of {there}");
            return Err(Note::unread("broken-row", place, text));
        }
        let mut row = Map::new();
        for (name, cell) in columns.iter().zip(cells) {
            row.entry(name.clone()).or_insert(Value::String(cell));
        }
        let mut page = page_of_row(place, &row, &self.ctx.options.fields)?;
        if page.bytes.len() as u64 > self.ctx.limits().page_bytes {
            return Err(trouble::too_large(place, self.ctx.limits().page_bytes));
        }
        if lossy {
            let text = "the row is not UTF-8 and was read as windows-1252";
            page.notes.push(Note::info("charset", "", text));
        }
        Ok(page)
    }
}

/// The cells of a row as text, and whether they had to be read as windows-1252.
fn cells(record: &ByteRecord) -> (Vec<String>, bool) {
    let utf8 = record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
    let cells = record.iter().map(|cell| match utf8 {
        true => String::from_utf8_lossy(cell).into_owned(),
        false => WINDOWS_1252
            .decode_without_bom_handling(cell)
            .0
            .into_owned(),
    });
    (cells.collect(), !utf8)
}

/// Bytes that fail when a row goes on and on.
struct Watched {
    inner: BufReader<Box<dyn Read + Send>>,
    read: u64,
    /// Where the last row ended.
    mark: Arc<AtomicU64>,
    most: u64,
}

#[derive(Debug)]
struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the row has no end")
    }
}

impl std::error::Error for TooLong {}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.read += got as u64;
        if self.read.saturating_sub(self.mark.load(Ordering::Relaxed)) > self.most {
            return Err(io::Error::other(TooLong));
        }
        Ok(got)
    }
}
