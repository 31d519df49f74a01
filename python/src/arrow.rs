//! Rows of the record as Arrow, with the same types as in its Parquet export.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, ListArray, RecordBatch, RecordBatchOptions, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use onrecord_record::{Column, Kind, Map, Table};
use serde_json::Value;

/// A column: its name and what its values are.
#[derive(Clone, Debug)]
pub struct Cells {
    /// Its name.
    pub name: String,
    /// The type of its values.
    pub kind: CellKind,
}

impl Cells {
    /// A column.
    pub fn of(name: &str, kind: CellKind) -> Cells {
        Cells {
            name: name.to_owned(),
            kind,
        }
    }
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text; objects as their JSON.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// True or false.
    Boolean,
    /// A list of texts.
    Texts,
    /// A list of whole numbers.
    Integers,
}

/// The columns of a table of the record.
pub fn columns(table: &Table) -> Vec<Cells> {
    table.columns.iter().map(column).collect()
}

fn column(column: &Column) -> Cells {
    let kind = match column.kind {
        Kind::Integer => CellKind::Integer,
        Kind::Real => CellKind::Real,
        Kind::Boolean => CellKind::Boolean,
        Kind::List if !column.holds_objects() => CellKind::Texts,
        Kind::List | Kind::Text | Kind::Object => CellKind::Text,
    };
    Cells {
        name: column.name.to_owned(),
        kind,
    }
}

/// The columns of rows whose types are not known beforehand, as those of a query.
pub fn guessed(names: &[String], rows: &[Map]) -> Vec<Cells> {
    let kind = |name: &String| {
        let values = || {
            let cells = rows.iter().filter_map(|row| row.get(name));
            cells.filter(|value| !value.is_null())
        };
        match () {
            () if values().next().is_none() => CellKind::Text,
            () if values().all(Value::is_i64) => CellKind::Integer,
            () if values().all(Value::is_number) => CellKind::Real,
            () => CellKind::Text,
        }
    };
    let of = |name: &String| Cells {
        name: name.clone(),
        kind: kind(name),
    };
    names.iter().map(of).collect()
}

/// The fields of columns.
pub fn fields(columns: &[Cells]) -> Fields {
    columns
        .iter()
        .map(|cells| Field::new(&cells.name, data_type(cells.kind), true))
        .collect()
}

/// The schema of columns.
pub fn schema(columns: &[Cells]) -> SchemaRef {
    Arc::new(Schema::new(fields(columns)))
}

fn data_type(kind: CellKind) -> DataType {
    match kind {
        CellKind::Text => DataType::Utf8,
        CellKind::Integer => DataType::Int64,
        CellKind::Real => DataType::Float64,
        CellKind::Boolean => DataType::Boolean,
        CellKind::Texts => DataType::List(element(DataType::Utf8)),
        CellKind::Integers => DataType::List(element(DataType::Int64)),
    }
}

fn element(kind: DataType) -> Arc<Field> {
    Arc::new(Field::new("element", kind, true))
}

/// Rows as arrays, one a column.
pub fn arrays(columns: &[Cells], rows: &[Map]) -> Vec<ArrayRef> {
    columns.iter().map(|cells| array(cells, rows)).collect()
}

/// Rows as a batch.
///
/// # Errors
/// If the rows are too many for one.
pub fn batch(columns: &[Cells], rows: &[Map]) -> Result<RecordBatch, ArrowError> {
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    RecordBatch::try_new_with_options(schema(columns), arrays(columns, rows), &options)
}

/// Tables as one row: a column a table, in it a list of its rows.
///
/// # Errors
/// If the rows of one are too many.
pub fn nested(tables: &[(&str, Vec<Cells>)], rows: &[Vec<Map>]) -> Result<RecordBatch, ArrowError> {
    let arrays = tables.iter().zip(rows);
    let arrays = arrays.map(|((_, columns), rows)| list(columns, rows));
    RecordBatch::try_new(nested_schema(tables), arrays.collect::<Result<_, _>>()?)
}

/// The schema of what [`nested`] gives.
pub fn nested_schema(tables: &[(&str, Vec<Cells>)]) -> SchemaRef {
    let fields = tables.iter();
    let fields = fields.map(|(name, columns)| Field::new(*name, list_type(columns), true));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// Rows as one value: a list of them. An array of that one value.
///
/// # Errors
/// If the rows are too many for one.
fn list(columns: &[Cells], rows: &[Map]) -> Result<ArrayRef, ArrowError> {
    let fields = fields(columns);
    let rows_array =
        StructArray::try_new_with_length(fields.clone(), arrays(columns, rows), None, rows.len())?;
    Ok(Arc::new(ListArray::try_new(
        Arc::new(Field::new("element", DataType::Struct(fields), true)),
        OffsetBuffer::from_lengths([rows.len()]),
        Arc::new(rows_array),
        None,
    )?))
}

/// The type of what [`list`] gives.
fn list_type(columns: &[Cells]) -> DataType {
    let rows = DataType::Struct(fields(columns));
    DataType::List(Arc::new(Field::new("element", rows, true)))
}

fn array(cells: &Cells, rows: &[Map]) -> ArrayRef {
    let values = || {
        rows.iter()
            .map(|row| row.get(&cells.name).unwrap_or(&Value::Null))
    };
    match cells.kind {
        CellKind::Integer => {
            let mut all = Int64Builder::with_capacity(rows.len());
            all.extend(values().map(Value::as_i64));
            Arc::new(all.finish())
        }
        CellKind::Real => {
            let mut all = Float64Builder::with_capacity(rows.len());
            all.extend(values().map(Value::as_f64));
            Arc::new(all.finish())
        }
        CellKind::Boolean => {
            let mut all = BooleanBuilder::with_capacity(rows.len());
            all.extend(values().map(Value::as_bool));
            Arc::new(all.finish())
        }
        CellKind::Text => {
            let mut all = StringBuilder::new();
            for value in values() {
                match value {
                    Value::Null => all.append_null(),
                    Value::String(text) => all.append_value(text),
                    other => all.append_value(other.to_string()),
                }
            }
            Arc::new(all.finish())
        }
        CellKind::Texts => {
            let mut all =
                ListBuilder::new(StringBuilder::new()).with_field(element(DataType::Utf8));
            for value in values() {
                for item in value.as_array().into_iter().flatten() {
                    match item.as_str() {
                        Some(text) => all.values().append_value(text),
                        None => all.values().append_value(item.to_string()),
                    }
                }
                all.append(value.is_array());
            }
            Arc::new(all.finish())
        }
        CellKind::Integers => {
            let mut all =
                ListBuilder::new(Int64Builder::new()).with_field(element(DataType::Int64));
            for value in values() {
                let items = value.as_array().into_iter().flatten();
                all.append_value(items.map(Value::as_i64));
            }
            Arc::new(all.finish())
        }
    }
}
