//! A table that leaves for Python: rows in Arrow.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use onrecord_record::Map;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use serde_json::Value;

use crate::arrow::{self, Cells};
use crate::capsule;
use crate::cells;
use crate::failed;

/// Rows to a batch: as many as in a group of a Parquet file, so that no text passes two GB.
const BATCH_ROWS: usize = 50_000;
const BATCH_BYTES: usize = 256 << 20;

#[pyclass(frozen, module = "onrecord")]
#[derive(Debug)]
pub struct Table {
    /// Its name; that of a query is empty.
    #[pyo3(get)]
    name: String,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

/// Gathers rows to batches.
pub struct Filling {
    columns: Vec<Cells>,
    batches: Vec<RecordBatch>,
    rows: Vec<Map>,
    bytes: usize,
}

impl Filling {
    pub fn new(columns: Vec<Cells>) -> Filling {
        Filling {
            columns,
            batches: Vec::new(),
            rows: Vec::new(),
            bytes: 0,
        }
    }

    pub fn push(&mut self, row: Map) -> Result<(), ArrowError> {
        let texts = row.values().filter_map(Value::as_str);
        self.bytes += texts.map(str::len).sum::<usize>();
        self.rows.push(row);
        if self.rows.len() >= BATCH_ROWS || self.bytes >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ArrowError> {
        self.batches.push(arrow::batch(&self.columns, &self.rows)?);
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }

    pub fn table(mut self, name: &str) -> Result<Table, ArrowError> {
        if !self.rows.is_empty() {
            self.flush()?;
        }
        Ok(Table {
            name: name.to_owned(),
            schema: arrow::schema(&self.columns),
            batches: self.batches,
        })
    }
}

impl Table {
    pub fn of_batches(name: &str, schema: SchemaRef, batches: Vec<RecordBatch>) -> Table {
        Table {
            name: name.to_owned(),
            schema,
            batches,
        }
    }

    pub fn of_rows(name: &str, columns: Vec<Cells>, rows: Vec<Map>) -> PyResult<Table> {
        let mut filling = Filling::new(columns);
        for row in rows {
            filling.push(row).map_err(failed)?;
        }
        filling.table(name).map_err(failed)
    }
}

#[pymethods]
impl Table {
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        let name = match self.name.as_str() {
            "" => "query",
            name => name,
        };
        format!("<onrecord.Table {name}: {} rows>", self.num_rows())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets the giver pass over a request that it cannot meet.
        let _ = requested_schema;
        capsule::stream(py, self.schema.clone(), &self.batches)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.schema)
    }

    /// The rows as dictionaries, for those without a library of data frames.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let all = PyList::empty(py);
        for batch in &self.batches {
            for row in 0..batch.num_rows() {
                let dict = PyDict::new(py);
                for (field, array) in self.schema.fields().iter().zip(batch.columns()) {
                    dict.set_item(field.name(), python(py, &cells::value(array, row)?)?)?;
                }
                all.append(dict)?;
            }
        }
        Ok(all)
    }

    /// As a data frame of pandas.
    fn to_pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let table = self.to_pyarrow(py)?;
        table.call_method0("to_pandas")
    }

    /// As a data frame of polars.
    fn to_polars<'py>(slf: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }
}

impl Table {
    fn to_pyarrow<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let stream = capsule::stream(py, self.schema.clone(), &self.batches)?;
        let reader = py.import("pyarrow")?.getattr("RecordBatchReader")?;
        reader
            .call_method1("_import_from_c_capsule", (stream,))?
            .call_method0("read_all")
    }
}

/// A value of JSON as one of Python.
pub fn python<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(yes) => yes.into_pyobject(py)?.to_owned().into_any(),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => whole.into_pyobject(py)?.into_any(),
            None => number.as_f64().into_pyobject(py)?.into_any(),
        },
        Value::String(text) => text.into_pyobject(py)?.into_any(),
        Value::Array(items) => {
            let all = PyList::empty(py);
            for item in items {
                all.append(python(py, item)?)?;
            }
            all.into_any()
        }
        Value::Object(map) => {
            let dict = PyDict::new(py);
            for (key, item) in map {
                dict.set_item(key, python(py, item)?)?;
            }
            dict.into_any()
        }
    })
}
