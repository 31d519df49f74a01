//! A record, in a file or in memory.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use onrecord::model::Note;
use onrecord_record::{Filter, RecordError, Search, TABLES, table_named};
use pyo3::exceptions::{PyKeyError, PyLookupError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde_json::{Value, json};

use crate::arrow::{self, CellKind, Cells};
use crate::table::{Filling, Table, python};
use crate::{cluster, failed};

#[pyclass(frozen, module = "onrecord")]
#[derive(Debug)]
pub struct Record {
    record: Mutex<onrecord_record::Record>,
    notes: Vec<Note>,
}

/// Opens the record in a file.
#[pyfunction]
pub fn open(py: Python<'_>, path: PathBuf) -> PyResult<Record> {
    let opened = py.detach(|| onrecord_record::Record::open_read(&path));
    Ok(Record::new(opened.map_err(failed)?, Vec::new()))
}

/// Either an error of the record or of Arrow.
struct Failed(String);

impl From<RecordError> for Failed {
    fn from(error: RecordError) -> Failed {
        Failed(error.to_string())
    }
}

impl From<arrow_schema::ArrowError> for Failed {
    fn from(error: arrow_schema::ArrowError) -> Failed {
        Failed(error.to_string())
    }
}

impl Record {
    pub fn new(record: onrecord_record::Record, notes: Vec<Note>) -> Record {
        Record {
            record: Mutex::new(record),
            notes,
        }
    }

    fn held(&self) -> MutexGuard<'_, onrecord_record::Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Record {
    /// The names of the tables.
    #[getter]
    fn tables(&self) -> Vec<&'static str> {
        TABLES.iter().map(|table| table.name).collect()
    }

    /// What could not be read at all.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python(py, &Value::from_iter(self.notes.iter().map(note)))
    }

    fn __repr__(&self) -> PyResult<String> {
        let record = self.held();
        let counts = record.counts().map_err(failed)?;
        let count = |name: &str| counts.get(name).copied().unwrap_or_default();
        Ok(format!(
            "<onrecord.Record {}: {} pages, {} articles, {} statements, {} events>",
            record.path().display(),
            count("pages"),
            count("articles"),
            count("statements"),
            count("events"),
        ))
    }

    /// How many rows each table has.
    fn counts(&self, py: Python<'_>) -> PyResult<std::collections::BTreeMap<String, u64>> {
        py.detach(|| self.held().counts()).map_err(failed)
    }

    /// A table.
    #[pyo3(signature = (name, *, actor = None, issue = None, event_type = None, since = None,
                        until = None, outlet = None, limit = None))]
    #[allow(clippy::too_many_arguments)] // each is a filter by its name
    fn table(
        &self,
        py: Python<'_>,
        name: &str,
        actor: Option<&str>,
        issue: Option<&str>,
        event_type: Option<&str>,
        since: Option<&str>,
        until: Option<&str>,
        outlet: Option<&str>,
        limit: Option<u64>,
    ) -> PyResult<Table> {
        let Some(table) = table_named(name) else {
            return Err(PyKeyError::new_err(format!(
                "no table {name}; there are {}",
                self.tables().join(", ")
            )));
        };
        let mut filter = Filter::default();
        if let Some(actor) = actor {
            filter = filter.actor(actor);
        }
        if let Some(outlet) = outlet {
            filter = filter.outlet(outlet);
        }
        if let Some(since) = since {
            filter = filter.since(since);
        }
        if let Some(until) = until {
            filter = filter.until(until);
        }
        for (column, value) in [("issue", issue), ("event_type", event_type)] {
            if let Some(value) = value {
                filter = filter.equal(column, value);
            }
        }
        let filled = py.detach(|| {
            let mut filling = Filling::new(arrow::columns(table));
            self.held()
                .for_each::<Failed>(name, &filter, limit, |row| Ok(filling.push(row)?))?;
            Ok(filling.table(name)?)
        });
        filled.map_err(|Failed(error)| failed(error))
    }

    fn __getitem__(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        self.table(py, name, None, None, None, None, None, None, None)
    }

    /// Sentences and titles that hold the words, the best first.
    #[pyo3(signature = (words, *, exact = false, newest = false, limit = 20))]
    fn search(
        &self,
        py: Python<'_>,
        words: String,
        exact: bool,
        newest: bool,
        limit: u64,
    ) -> PyResult<Table> {
        let search = Search {
            words,
            exact,
            newest,
            limit: Some(limit),
            ..Search::default()
        };
        let found = py.detach(|| self.held().search(&search)).map_err(failed)?;
        let text = |name: &str| Cells {
            name: name.to_owned(),
            kind: CellKind::Text,
        };
        let mut columns = [
            "row_id",
            "text",
            "article_id",
            "title",
            "author",
            "publisher",
        ]
        .map(text)
        .to_vec();
        columns.extend(["published", "page_id", "uri"].map(text));
        let rows = found.all.into_iter().map(|hit| {
            object(json!({
                "row_id": hit.row_id,
                "text": hit.text,
                "article_id": hit.article_id,
                "title": hit.title,
                "author": hit.author,
                "publisher": hit.publisher,
                "published": hit.published,
                "page_id": hit.page_id,
                "uri": hit.uri,
            }))
        });
        Table::of_rows("search", columns, rows.collect())
    }

    /// The rows of a query.
    #[pyo3(signature = (query, values = None))]
    fn sql(
        &self,
        py: Python<'_>,
        query: &str,
        values: Option<Vec<Bound<'_, PyAny>>>,
    ) -> PyResult<Table> {
        let values: Vec<Value> = values
            .unwrap_or_default()
            .iter()
            .map(json_of)
            .collect::<PyResult<_>>()?;
        let rows = py
            .detach(|| self.held().sql_with(query, &values))
            .map_err(failed)?;
        Table::of_rows("", arrow::guessed(&rows.columns, &rows), rows.rows)
    }

    /// The sentences that a row rests on.
    fn cite<'py>(&self, py: Python<'py>, row_id: &str) -> PyResult<Bound<'py, PyAny>> {
        let (found, known) = py
            .detach(|| {
                let record = self.held();
                let found = record.citation(row_id)?;
                let known = !found.is_empty() || record.row(row_id)?.is_some();
                Ok((found, known))
            })
            .map_err(|error: RecordError| failed(error))?;
        if !known {
            return Err(PyLookupError::new_err(format!("no row {row_id}")));
        }
        let all = found.into_iter().map(|c| {
            json!({
                "sentence_id": c.sentence_id,
                "text": c.text,
                "n": c.n,
                "start": c.start,
                "end": c.end,
                "page_start": c.page_start,
                "page_end": c.page_end,
                "article_id": c.article_id,
                "title": c.title,
                "author": c.author,
                "publisher": c.publisher,
                "published": c.published,
                "page_id": c.page_id,
                "uri": c.uri,
                "sha256": c.sha256,
            })
        });
        python(py, &Value::from_iter(all))
    }

    /// The row with this id, or `None`.
    fn row<'py>(&self, py: Python<'py>, row_id: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let row = py.detach(|| self.held().row(row_id)).map_err(failed)?;
        row.map(|(_, row)| python(py, &Value::Object(row)))
            .transpose()
    }

    /// Writes the record to a new file.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.held().save(&path)).map_err(failed)
    }

    /// All rows as read in one row of Arrow: a column a table.
    fn stage(&self, py: Python<'_>) -> PyResult<Table> {
        py.detach(|| cluster::stage(&self.held(), &self.notes))
            .map_err(failed)
    }
}

/// A note as an object.
pub fn note(note: &Note) -> Value {
    json!({
        "place": note.place,
        "code": note.code,
        "severity": note.severity.name(),
        "text": note.text,
    })
}

fn object(value: Value) -> onrecord_record::Map {
    match value {
        Value::Object(map) => map,
        _ => onrecord_record::Map::new(),
    }
}

/// A value for a place in a query.
fn json_of(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = value.extract::<String>() {
        return Ok(text.into());
    }
    if let Ok(whole) = value.extract::<i64>() {
        return Ok(whole.into());
    }
    if let Ok(number) = value.extract::<f64>() {
        return Ok(number.into());
    }
    let kind = value.get_type();
    if value.cast::<PyDict>().is_ok() || value.cast::<PyList>().is_ok() {
        return Err(PyTypeError::new_err(
            "give lists and objects as their JSON text",
        ));
    }
    Err(PyTypeError::new_err(format!(
        "no value for a query: {}",
        kind.name()?
    )))
}
