//! Apache Parquet, one file a table, compressed with Snappy.
//!
//! Text is UTF-8, a whole number INT64, a number DOUBLE, a boolean BOOLEAN. A list of texts is
//! a Parquet list of strings; the lists of objects (`pages.notes`, `actors.roles`) and objects
//! are JSON text, marked as JSON. What is missing is null. Dates stay texts, since they may be
//! a year or a month only. The data card lies in the footer under the key `onrecord`.
//!
//! Rows are gathered to groups of at most [`GROUP_ROWS`] rows or [`GROUP_BYTES`] bytes: memory
//! does not grow with the table.

use std::io::Write;
use std::sync::Arc;

use onrecord_record::{Column, Kind, Map, Table};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;

use super::{Format, Shape, out};
use crate::ExportError;
use crate::card::Card;
use crate::source::Source;

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    extension: "parquet",
    what_for: "pandas, polars, R arrow, DuckDB and Spark: one typed, packed file a table",
    files: "one TABLE.parquet a table",
    media_type: "application/vnd.apache.parquet",
    holds_card: true,
    is_text: false,
    shape: Shape::Tables {
        mixes: false,
        write,
    },
};

const GROUP_ROWS: usize = 50_000;
const GROUP_BYTES: usize = 32 << 20;
/// What a cell takes in memory beside its text.
const CELL: usize = 128;

fn write(
    source: &Source<'_>,
    table: &Table,
    _mixed: bool,
    to: &mut dyn Write,
) -> Result<u64, ExportError> {
    let card = Card::of(source, &FORMAT, None)?;
    write_rows(table, &card, to, |take| source.all(table, take))
}

/// A table whose rows `each` hands to what it is given, one by one.
pub(super) fn write_rows(
    table: &Table,
    card: &Card,
    to: &mut dyn Write,
    each: impl FnOnce(&mut dyn FnMut(Map) -> Result<(), ExportError>) -> Result<u64, ExportError>,
) -> Result<u64, ExportError> {
    let card = card.object().to_string();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(vec![KeyValue::new("onrecord".to_owned(), card)]))
        .build();
    let schema = schema(table).map_err(failed)?;
    let mut file =
        SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).map_err(failed)?;
    let mut group: Vec<Map> = Vec::new();
    let mut bytes = 0;
    let n = each(&mut |row| {
        bytes += size(&row);
        group.push(row);
        if group.len() >= GROUP_ROWS || bytes >= GROUP_BYTES {
            write_group(&mut file, table, &group).map_err(failed)?;
            group.clear();
            bytes = 0;
            drain(&mut file, to)?;
        }
        Ok(())
    })?;
    if !group.is_empty() {
        write_group(&mut file, table, &group).map_err(failed)?;
    }
    out(to.write_all(&file.into_inner().map_err(failed)?))?;
    Ok(n)
}

/// Hands on what is written so far. The writer counts its bytes itself.
fn drain(file: &mut SerializedFileWriter<Vec<u8>>, to: &mut dyn Write) -> Result<(), ExportError> {
    out(file.flush())?;
    let done = std::mem::take(file.inner_mut());
    out(to.write_all(&done))
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table
        .columns
        .iter()
        .map(field)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(
        Type::group_type_builder(table.name)
            .with_fields(fields)
            .build()?,
    ))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let plain = |physical, logical: Option<LogicalType>| {
        Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
    };
    let field = match column.kind {
        Kind::Text => plain(Physical::BYTE_ARRAY, Some(LogicalType::String))?,
        Kind::Integer => plain(Physical::INT64, None)?,
        Kind::Real => plain(Physical::DOUBLE, None)?,
        Kind::Boolean => plain(Physical::BOOLEAN, None)?,
        Kind::Object => plain(Physical::BYTE_ARRAY, Some(LogicalType::Json))?,
        Kind::List if column.holds_objects() => {
            plain(Physical::BYTE_ARRAY, Some(LogicalType::Json))?
        }
        Kind::List => {
            let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::String))
                .build()?;
            let list = Type::group_type_builder("list")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![Arc::new(element)])
                .build()?;
            Type::group_type_builder(column.name)
                .with_repetition(Repetition::OPTIONAL)
                .with_converted_type(ConvertedType::LIST)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(list)])
                .build()?
        }
    };
    Ok(Arc::new(field))
}

fn write_group(
    file: &mut SerializedFileWriter<Vec<u8>>,
    table: &Table,
    rows: &[Map],
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for column in table.columns {
        let cells = || {
            rows.iter()
                .map(|row| row.get(column.name).unwrap_or(&Value::Null))
        };
        let Some(mut writer) = group.next_column()? else {
            return Err(ParquetError::General(format!("no column {}", column.name)));
        };
        match column.kind {
            Kind::Integer => put::<Int64Type>(&mut writer, cells().map(Value::as_i64))?,
            Kind::Real => put::<DoubleType>(&mut writer, cells().map(Value::as_f64))?,
            Kind::Boolean => put::<BoolType>(&mut writer, cells().map(Value::as_bool))?,
            Kind::List if !column.holds_objects() => {
                let (values, definition, repetition) = levels(cells());
                writer.typed::<ByteArrayType>().write_batch(
                    &values,
                    Some(&definition),
                    Some(&repetition),
                )?;
            }
            _ => put::<ByteArrayType>(&mut writer, cells().map(bytes_of))?,
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

fn put<T: DataType>(
    writer: &mut parquet::file::writer::SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let mut values = Vec::new();
    let mut definition = Vec::new();
    for cell in cells {
        definition.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    writer
        .typed::<T>()
        .write_batch(&values, Some(&definition), None)?;
    Ok(())
}

/// The texts of lists, with 0 for a missing list, 1 for an empty one and 2 for an element,
/// and 0 where a list begins and 1 where it goes on.
fn levels<'a>(cells: impl Iterator<Item = &'a Value>) -> (Vec<ByteArray>, Vec<i16>, Vec<i16>) {
    let (mut values, mut definition, mut repetition) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        match cell.as_array() {
            None => {
                definition.push(0);
                repetition.push(0);
            }
            Some(items) if items.is_empty() => {
                definition.push(1);
                repetition.push(0);
            }
            Some(items) => {
                for (at, item) in items.iter().enumerate() {
                    values.push(bytes_of(item).unwrap_or_default());
                    definition.push(2);
                    repetition.push(i16::from(at > 0));
                }
            }
        }
    }
    (values, definition, repetition)
}

fn bytes_of(value: &Value) -> Option<ByteArray> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.as_str().into()),
        other => Some(other.to_string().into_bytes().into()),
    }
}

/// About how many bytes a row takes in memory.
fn size(row: &Map) -> usize {
    let of = |value: &Value| match value {
        Value::String(text) => text.len(),
        Value::Array(items) => CELL * items.len(),
        Value::Object(items) => 4 * CELL * items.len(),
        _ => 0,
    };
    row.values().map(|value| CELL + of(value)).sum()
}

fn failed(error: ParquetError) -> ExportError {
    ExportError::Encoding {
        format: FORMAT.name,
        what: error.to_string(),
    }
}
