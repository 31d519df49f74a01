//! Parquet: a page a row. Only the columns that are used are read. A row's place is `R` and
//! its number, from 1.

use std::io::{self, Read};

use bytes::Bytes;
use onrecord_model::{Note, RawPage};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field as Cell, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use crate::csv::head;
use crate::fields::page_of_row;
use crate::guard::caught;
use crate::open::{Ctx, once};
use crate::source::{ReadSeek, Section, Shared};
use crate::{Pages, trouble};

/// The pages of a Parquet file.
pub(crate) fn pages(ctx: Ctx, source: Box<dyn ReadSeek + Send>) -> Pages {
    let place = ctx.uri.clone();
    match unharmed(&place, || rows(&ctx, source)) {
        Ok(rows) => Box::new(Rows {
            ctx,
            rows,
            row: 0,
            over: false,
        }),
        Err(note) => once(Err(note)),
    }
}

fn rows(ctx: &Ctx, source: Box<dyn ReadSeek + Send>) -> Result<RowIter<'static>, Note> {
    let broken =
        |error: ParquetError| Note::unread("broken-parquet", ctx.uri.as_str(), told(&error));
    let shared = Shared::new(source);
    let length = shared
        .len()
        .map_err(|error| trouble::unread(ctx.uri.as_str(), &error))?;
    let reader = SerializedFileReader::new(File { shared, length }).map_err(broken)?;
    let metadata = reader.metadata();
    // A group is read as a whole.
    let most = ctx.limits().document_bytes.saturating_mul(8);
    for group in metadata.row_groups() {
        if u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX) > most {
            let text = format!("a group of its rows is longer than {most} bytes");
            return Err(Note::unread("too-large", ctx.uri.as_str(), text));
        }
    }
    let schema = metadata.file_metadata().schema();
    let names: Vec<String> = schema
        .get_fields()
        .iter()
        .map(|field| field.name().to_owned())
        .collect();
    head(ctx, names)?;
    let fields = &ctx.options.fields;
    let used = schema
        .get_fields()
        .iter()
        .filter(|field| fields.knows(field.name()));
    let used = Type::group_type_builder(schema.name())
        .with_fields(used.cloned().collect())
        .build()
        .map_err(broken)?;
    RowIter::from_file_into(Box::new(reader))
        .project(Some(used))
        .map_err(broken)
}

/// The crate that knows Parquet panics on some damaged files.
fn unharmed<T>(place: &str, read: impl FnOnce() -> Result<T, Note>) -> Result<T, Note> {
    caught(place, read).map_err(|note| match note.code.as_str() {
        "failed" => Note::unread("broken-parquet", place, "it is damaged"),
        _ => note,
    })
}

fn told(error: &ParquetError) -> String {
    let text: String = error.to_string().chars().take(300).collect();
    format!("it cannot be read as Parquet: {text}")
}

struct Rows {
    ctx: Ctx,
    rows: RowIter<'static>,
    row: u64,
    over: bool,
}

impl Iterator for Rows {
    type Item = Result<RawPage, Note>;

    fn next(&mut self) -> Option<Result<RawPage, Note>> {
        if self.over {
            return None;
        }
        let place = self.ctx.at(&format!("R{}", self.row + 1));
        let row = match unharmed(&place, || Ok(self.rows.next())) {
            Ok(row) => row?,
            Err(note) => {
                self.over = true;
                return Some(Err(note));
            }
        };
        self.row += 1;
        Some(match row {
            Ok(row) => {
                let most = self.ctx.limits().page_bytes;
                page_of_row(&place, &object(row), &self.ctx.options.fields).and_then(|page| {
                    match page.bytes.len() as u64 <= most {
                        true => Ok(page),
                        false => Err(trouble::too_large(place, most)),
                    }
                })
            }
            Err(error) => {
                self.over = true;
                let text = format!("the rest of the file was not read: {}", told(&error));
                Err(Note::partly("broken-parquet", place, text))
            }
        })
    }
}

fn object(row: Row) -> Map<String, Value> {
    let cells = row.into_columns().into_iter();
    cells.map(|(name, cell)| (name, value(&cell))).collect()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Bool(yes) => Value::Bool(*yes),
        Cell::Byte(n) => (*n).into(),
        Cell::Short(n) => (*n).into(),
        Cell::Int(n) => (*n).into(),
        Cell::Long(n) => (*n).into(),
        Cell::UByte(n) => (*n).into(),
        Cell::UShort(n) => (*n).into(),
        Cell::UInt(n) => (*n).into(),
        Cell::ULong(n) => (*n).into(),
        Cell::Str(text) => Value::String(text.clone()),
        Cell::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
            Ok(text) => Value::String(text.to_owned()),
            Err(_) => Value::Null,
        },
        Cell::ListInternal(list) => list.elements().iter().map(value).collect(),
        Cell::Group(group) => {
            let cells = group.get_column_iter();
            Value::Object(
                cells
                    .map(|(name, cell)| (name.clone(), value(cell)))
                    .collect(),
            )
        }
        Cell::Date(_) | Cell::TimestampMillis(_) | Cell::TimestampMicros(_) => time(cell),
        other => Value::String(other.to_string()),
    }
}

/// Days and times as they are written, without the zone that Parquet does not know.
fn time(cell: &Cell) -> Value {
    let text = cell.to_string();
    let text = text.trim().strip_suffix(" +00:00").unwrap_or(text.trim());
    let text = match text.split_once('.') {
        Some((whole, parts)) if parts.bytes().all(|b| b == b'0') => whole,
        _ => text,
    };
    Value::String(text.strip_suffix(" 00:00:00").unwrap_or(text).to_owned())
}

/// A source as the reader of Parquet wants it.
struct File {
    shared: Shared,
    length: u64,
}

impl Length for File {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for File {
    type T = io::BufReader<Section>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        let left = self.length.saturating_sub(start);
        Ok(io::BufReader::new(self.shared.section(start, left)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        // No more is set aside than is there.
        let left = self.length.saturating_sub(start);
        if length as u64 > left {
            return Err(ParquetError::EOF("the file ends too early".to_owned()));
        }
        let mut bytes = Vec::with_capacity(length);
        self.shared
            .section(start, length as u64)
            .read_to_end(&mut bytes)?;
        if bytes.len() != length {
            return Err(ParquetError::EOF("the file ends too early".to_owned()));
        }
        Ok(bytes.into())
    }
}
