//! The steps across the pages of a pile that many machines read: what `onrecord.spark.compare`
//! calls on each. Whatever is found is found by the functions that a record asks, of the same
//! items; only who gathers them differs.

pub mod actors;
pub mod blocks;
pub mod keep;
pub mod said;
pub mod texts;

use std::path::PathBuf;

use arrow_array::RecordBatch;
use onrecord::Steps;
use onrecord::model::{Across, AcrossPages, Id, PartialDate, PileArticle};
use onrecord_record::{Map, RecordError};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use serde_json::Value;

use crate::arrow::{self, CellKind, Cells};
use crate::lexicon::Known;
use crate::table::Table;
use crate::{capsule, cells, failed};

/// Several tables in one row, each with its columns.
type Nested = Vec<(&'static str, Vec<Cells>)>;

/// What the steps across pages rest on beside the pages.
#[pyfunction]
#[pyo3(signature = (*, lexicon = None))]
pub fn made_with(lexicon: Option<PathBuf>) -> PyResult<String> {
    let known = Known::new(lexicon.as_deref())?;
    Ok(Steps::new(known.lexicon()).made_with())
}

/// An empty table with the columns of what is kept of articles, or found by blocks, among
/// statements or among texts.
#[pyfunction]
pub fn across_schema(name: &str) -> PyResult<Table> {
    let tables = match name {
        "kept" => keep::tables(),
        "blocks" => blocks::tables(),
        "utterances" => said::tables(),
        "texts" => texts::tables(),
        "pairs" => {
            let schema = arrow::schema(&said::pair_columns());
            return Ok(Table::of_batches(name, schema, Vec::new()));
        }
        other => return Err(PyKeyError::new_err(other.to_owned())),
    };
    let schema = arrow::nested_schema(&tables);
    Ok(Table::of_batches(name, schema, Vec::new()))
}

/// The columns of a table: of the record, or of what is found across pages.
fn columns(name: &str) -> Vec<Cells> {
    let mut found = onrecord_record::across_tables().filter(|table| table.name == name);
    found.next().map_or_else(Vec::new, arrow::columns)
}

/// Several tables as one row.
fn nested(name: &str, tables: &Nested, rows: &[Vec<Map>]) -> PyResult<Table> {
    let batch = arrow::nested(tables, rows).map_err(failed)?;
    Ok(Table::of_batches(name, batch.schema(), vec![batch]))
}

/// The rows of these tables that a record holds of what was found.
fn rows_of(across: &Across, tables: &[&str]) -> Result<Vec<Vec<Map>>, RecordError> {
    let mut all = onrecord_record::rows_across(across)?;
    let rows = tables
        .iter()
        .map(|name| all.remove(name).unwrap_or_default());
    Ok(rows.collect())
}

/// Every row of what Python gives.
fn each_row(batches: &Bound<'_, PyAny>, mut take: impl FnMut(Row) -> PyResult<()>) -> PyResult<()> {
    for batch in capsule::batches(batches)?.1 {
        for at in 0..batch.num_rows() {
            take(Row(cells::row(&batch, at)?))?;
        }
    }
    Ok(())
}

/// The rows of a table in each row of a batch.
fn rows_in(batch: &RecordBatch, table: &str) -> PyResult<Vec<Map>> {
    let array = cells::needed(batch, table)?;
    let mut all = Vec::new();
    for at in 0..batch.num_rows() {
        all.extend(cells::rows(array, at)?);
    }
    Ok(all)
}

/// A row whose cells are asked for by name.
struct Row(Map);

impl Row {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    fn needed(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    fn number(&self, name: &str) -> i64 {
        self.0.get(name).and_then(Value::as_i64).unwrap_or_default()
    }

    fn count(&self, name: &str) -> usize {
        usize::try_from(self.number(name)).unwrap_or_default()
    }

    fn numbers(&self, name: &str) -> Vec<i64> {
        let items = self.0.get(name).and_then(Value::as_array);
        let items = items.into_iter().flatten();
        items.filter_map(Value::as_i64).collect()
    }

    fn texts(&self, name: &str) -> Vec<Id> {
        let items = self.0.get(name).and_then(Value::as_array);
        let items = items.into_iter().flatten().filter_map(Value::as_str);
        items.map(str::to_owned).collect()
    }

    fn date(&self, name: &str) -> Option<PartialDate> {
        PartialDate::parse(self.text(name)?)
    }

    /// An article without its rows: id, outlet and date.
    fn head(&self) -> PileArticle {
        PileArticle {
            id: self.needed("article_id").to_owned(),
            publisher: self.text("publisher").map(str::to_owned),
            published: self.date("published"),
            ..PileArticle::default()
        }
    }
}

/// Columns of texts.
fn texts<const N: usize>(names: [&str; N]) -> Vec<Cells> {
    names.map(|name| Cells::of(name, CellKind::Text)).to_vec()
}
