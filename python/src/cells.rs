//! Cells of Arrow batches that Python hands in.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use onrecord_record::Map;
use pyo3::PyResult;
use pyo3::exceptions::PyValueError;
use serde_json::Value;

/// The column of this name.
pub fn column<'a>(batch: &'a RecordBatch, name: &str) -> Option<&'a ArrayRef> {
    batch.column_by_name(name)
}

/// The column of this name, which must be there.
pub fn needed<'a>(batch: &'a RecordBatch, name: &str) -> PyResult<&'a ArrayRef> {
    column(batch, name).ok_or_else(|| {
        let schema = batch.schema();
        let there: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        PyValueError::new_err(format!(
            "there is no column {name}; the columns are {}",
            there.join(", ")
        ))
    })
}

/// A text, of any type that holds texts; `None` where it is null.
pub fn text(array: &ArrayRef, row: usize) -> PyResult<Option<&str>> {
    if array.is_null(row) {
        return Ok(None);
    }
    Ok(Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row),
        DataType::Utf8View => array.as_string_view().value(row),
        other => return Err(wrong(other, "text")),
    }))
}

/// Bytes, or those of a text; `None` where it is null.
pub fn bytes(array: &ArrayRef, row: usize) -> PyResult<Option<&[u8]>> {
    if array.is_null(row) {
        return Ok(None);
    }
    Ok(Some(match array.data_type() {
        DataType::Binary => array.as_binary::<i32>().value(row),
        DataType::LargeBinary => array.as_binary::<i64>().value(row),
        DataType::BinaryView => array.as_binary_view().value(row),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            return Ok(text(array, row)?.map(str::as_bytes));
        }
        other => return Err(wrong(other, "bytes")),
    }))
}

/// A whole number; `None` where it is null.
pub fn number(array: &ArrayRef, row: usize) -> PyResult<Option<i64>> {
    if array.is_null(row) {
        return Ok(None);
    }
    Ok(Some(match array.data_type() {
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        other => return Err(wrong(other, "whole number")),
    }))
}

/// Whole numbers in a list.
pub fn numbers(array: &ArrayRef, row: usize) -> PyResult<Vec<i64>> {
    if array.is_null(row) {
        return Ok(Vec::new());
    }
    let items = match array.data_type() {
        DataType::List(_) => array.as_list::<i32>().value(row),
        DataType::LargeList(_) => array.as_list::<i64>().value(row),
        other => return Err(wrong(other, "list of whole numbers")),
    };
    (0..items.len())
        .map(|at| Ok(number(&items, at)?.unwrap_or_default()))
        .collect()
}

/// A row of a batch, as the record gives rows.
pub fn row(batch: &RecordBatch, row: usize) -> PyResult<Map> {
    let schema = batch.schema();
    let cells = schema.fields().iter().zip(batch.columns());
    cells
        .map(|(field, array)| Ok((field.name().clone(), value(array, row)?)))
        .collect()
}

/// The rows in a cell that holds a list of them; none where it is null.
pub fn rows(array: &ArrayRef, row: usize) -> PyResult<Vec<Map>> {
    if array.is_null(row) {
        return Ok(Vec::new());
    }
    let DataType::List(_) = array.data_type() else {
        return Err(wrong(array.data_type(), "list of rows"));
    };
    let items = array.as_list::<i32>().value(row);
    let Some(items) = items.as_struct_opt() else {
        return Err(wrong(items.data_type(), "list of rows"));
    };
    let cells = || items.fields().iter().zip(items.columns());
    (0..items.len())
        .map(|at| {
            cells()
                .map(|(field, array)| Ok((field.name().clone(), value(array, at)?)))
                .collect()
        })
        .collect()
}

/// A cell as a field of a table of pages holds it.
pub fn value(array: &ArrayRef, row: usize) -> PyResult<Value> {
    if array.is_null(row) {
        return Ok(Value::Null);
    }
    Ok(match array.data_type() {
        DataType::Null => Value::Null,
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Int32 | DataType::Int64 => number(array, row)?.into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
            let bytes = bytes(array, row)?.unwrap_or_default();
            std::str::from_utf8(bytes).map_or(Value::Null, Value::from)
        }
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let all: PyResult<Vec<Value>> = (0..items.len()).map(|at| value(&items, at)).collect();
            all?.into()
        }
        _ => text(array, row)?.into(),
    })
}

fn wrong(is: &DataType, wanted: &str) -> pyo3::PyErr {
    PyValueError::new_err(format!(
        "a column holds {is}, where a {wanted} is wanted; write it as such first (days and times as \
         text: 2026-03-01)"
    ))
}
