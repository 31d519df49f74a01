//! The steps of a pile that many machines read: what `onrecord.spark` calls on each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use onrecord::model::Note;
use onrecord::pages::{Hosts, PageLine};
use onrecord_record::{Map, as_read_tables};
use pyo3::prelude::*;
use serde_json::{Value, json};

use crate::arrow::{self, CellKind, Cells};
use crate::cells::{column, needed, number, numbers, text};
use crate::pages::{Pieces, all, open};
use crate::read::{host_of, settled};
use crate::record::note;
use crate::table::Table;
use crate::{capsule, failed};

/// What is known of all pages before they are read.
#[pyclass(frozen, module = "onrecord")]
#[derive(Debug, Default)]
pub struct Survey {
    /// What hosts repeat.
    pub hosts: Hosts,
    /// Pages whose bytes stand earlier in the input.
    pub again: BTreeSet<(i64, i64)>,
}

impl Survey {
    /// The number of the row in the input: that of the file, where pages have one of their own.
    pub fn key(batch: &RecordBatch, row: usize) -> PyResult<i64> {
        Ok(match column(batch, "n") {
            Some(column) => number(column, row)?.unwrap_or_default(),
            None => i64::try_from(row).unwrap_or_default(),
        })
    }
}

#[pymethods]
impl Survey {
    /// `lines`: columns `host`, `lines`; `again`: columns `n`, `number`.
    #[new]
    fn new(lines: &Bound<'_, PyAny>, again: &Bound<'_, PyAny>) -> PyResult<Survey> {
        let mut hosts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for batch in capsule::batches(lines)?.1 {
            for row in 0..batch.num_rows() {
                let host = text(needed(&batch, "host")?, row)?.unwrap_or_default();
                let lines = numbers(needed(&batch, "lines")?, row)?;
                let lines = lines.into_iter().map(i64::cast_unsigned);
                hosts.entry(host.to_owned()).or_default().extend(lines);
            }
        }
        let mut all = BTreeSet::new();
        for batch in capsule::batches(again)?.1 {
            for row in 0..batch.num_rows() {
                let at = |name: &str| {
                    Ok::<_, PyErr>(number(needed(&batch, name)?, row)?.unwrap_or_default())
                };
                all.insert((at("n")?, at("number")?));
            }
        }
        Ok(Survey {
            hosts: settled(hosts),
            again: all,
        })
    }
}

/// Looks at the pages of a batch: their content and the lines that their hosts may repeat.
#[pyfunction]
pub fn survey_batch(py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Table> {
    let (_, batches) = capsule::batches(batch)?;
    let mut looked = Looked::default();
    for batch in &batches {
        let pieces = Pieces::of(batch)?;
        for row in 0..batch.num_rows() {
            let n = Survey::key(batch, row)?;
            let pages = pieces.pages(row)?;
            py.detach(|| {
                for (number, page) in pages {
                    if let Ok(raw) = page {
                        looked.add(n, number, &raw.sha256, host_of(&raw));
                    }
                }
            });
        }
    }
    looked.table().map_err(failed)
}

#[derive(Default)]
struct Looked {
    n: Int64Builder,
    number: Int64Builder,
    content: StringBuilder,
    host: StringBuilder,
    hashes: ListBuilder<Int64Builder>,
    words: ListBuilder<Int64Builder>,
}

impl Looked {
    fn add(&mut self, n: i64, number: i64, content: &str, host: Option<(String, Vec<PageLine>)>) {
        self.n.append_value(n);
        self.number.append_value(number);
        self.content.append_value(content);
        let (host, lines) = host.map_or((None, Vec::new()), |(host, lines)| (Some(host), lines));
        self.host.append_option(host);
        for line in lines {
            self.hashes.values().append_value(line.hash.cast_signed());
            let words = i64::try_from(line.words).unwrap_or(i64::MAX);
            self.words.values().append_value(words);
        }
        self.hashes.append(true);
        self.words.append(true);
    }

    fn table(mut self) -> Result<Table, arrow_schema::ArrowError> {
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("n", Arc::new(self.n.finish())),
            ("number", Arc::new(self.number.finish())),
            ("content", Arc::new(self.content.finish())),
            ("host", Arc::new(self.host.finish())),
            ("hashes", Arc::new(self.hashes.finish())),
            ("words", Arc::new(self.words.finish())),
        ];
        let batch = RecordBatch::try_from_iter(columns)?;
        Ok(Table::of_batches("survey", batch.schema(), vec![batch]))
    }
}

/// Counts the lines of hosts; all pages of a host must come here, in the order of the input.
#[pyclass(frozen, module = "onrecord")]
#[derive(Debug, Default)]
pub struct HostCounter {
    hosts: Mutex<Hosts>,
}

#[pymethods]
impl HostCounter {
    #[new]
    fn new() -> HostCounter {
        HostCounter::default()
    }

    /// Counts the pages of a batch with the columns `host`, `hashes` and `words`.
    fn add(&self, batch: &Bound<'_, PyAny>) -> PyResult<()> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        for batch in capsule::batches(batch)?.1 {
            for row in 0..batch.num_rows() {
                let Some(host) = text(needed(&batch, "host")?, row)? else {
                    continue;
                };
                let hashes = numbers(needed(&batch, "hashes")?, row)?;
                let words = numbers(needed(&batch, "words")?, row)?;
                let lines: Vec<PageLine> = hashes
                    .into_iter()
                    .zip(words)
                    .map(|(hash, words)| PageLine {
                        hash: hash.cast_unsigned(),
                        words: usize::try_from(words).unwrap_or_default(),
                    })
                    .collect();
                hosts.add(host, &lines);
            }
        }
        Ok(())
    }

    /// The lines that are furniture, a host a row, and nothing is left.
    fn finish(&self) -> PyResult<Table> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut hosts = std::mem::take(&mut *hosts);
        hosts.settle();
        let (mut names, mut all) = (StringBuilder::new(), ListBuilder::new(Int64Builder::new()));
        for (host, lines) in hosts.lines() {
            names.append_value(host);
            all.append_value(lines.into_iter().map(|line| Some(line.cast_signed())));
        }
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("host", Arc::new(names.finish())),
            ("lines", Arc::new(all.finish())),
        ];
        let batch = RecordBatch::try_from_iter(columns).map_err(failed)?;
        Ok(Table::of_batches("lines", batch.schema(), vec![batch]))
    }
}

/// The pages of a file, a place a row: a manifest.
#[pyfunction]
#[pyo3(signature = (path, *, uri = None, n = 0))]
pub fn places(py: Python<'_>, path: PathBuf, uri: Option<String>, n: i64) -> PyResult<Table> {
    let path = path.to_string_lossy().into_owned();
    let uri = uri.unwrap_or_else(|| path.clone());
    let rows: Vec<Map> = py.detach(|| {
        let row = |uri: &str, number: i64, place: Option<&str>| {
            let row = json!({"n": n, "number": number, "uri": uri, "path": path, "place": place});
            match row {
                Value::Object(row) => row,
                _ => Map::new(),
            }
        };
        let file = match open(&path, &uri) {
            Ok(file) => file,
            // What cannot be opened is told when it is read.
            Err(_) => return vec![row(&uri, 0, None)],
        };
        all(uri.clone(), file)
            .map(|(number, page)| {
                let address = page.map_or_else(|note| note.place, |raw| raw.uri);
                let place = address
                    .strip_prefix(&uri)
                    .and_then(|rest| rest.strip_prefix('#'));
                row(&address, number, place)
            })
            .collect()
    });
    let columns = [
        ("n", CellKind::Integer),
        ("number", CellKind::Integer),
        ("uri", CellKind::Text),
        ("path", CellKind::Text),
        ("place", CellKind::Text),
    ];
    let columns = columns.map(|(name, kind)| Cells::of(name, kind));
    Table::of_rows("places", columns.to_vec(), rows)
}

/// The columns of notes on what could not be read at all.
fn notes_columns() -> Vec<Cells> {
    let of = |name| Cells::of(name, CellKind::Text);
    ["place", "code", "severity", "text"].map(of).to_vec()
}

/// The tables of a stage, each with its columns.
fn stage_tables() -> Vec<(&'static str, Vec<Cells>)> {
    let tables = as_read_tables().map(|table| (table.name, arrow::columns(table)));
    tables.chain([("read_notes", notes_columns())]).collect()
}

/// An empty table with the columns of [`stage`].
#[pyfunction]
pub fn stage_schema() -> Table {
    Table::of_batches("stage", arrow::nested_schema(&stage_tables()), Vec::new())
}

/// The rows of a record as read, all in one row: a column a table, in it a list of its rows.
pub fn stage(record: &onrecord_record::Record, notes: &[Note]) -> Result<Table, String> {
    let (tables, mut all) = (stage_tables(), Vec::new());
    for (name, _) in &tables {
        let mut rows: Vec<Map> = Vec::new();
        match onrecord_record::as_read_table(name) {
            Some(table) => {
                record
                    .for_each_as_read(table, |row| {
                        rows.push(row);
                        Ok::<_, onrecord_record::RecordError>(())
                    })
                    .map_err(|error| error.to_string())?;
            }
            None => rows.extend(notes.iter().filter_map(|n| match note(n) {
                Value::Object(row) => Some(row),
                _ => None,
            })),
        }
        all.push(rows);
    }
    let batch = arrow::nested(&tables, &all).map_err(|error| error.to_string())?;
    Ok(Table::of_batches("stage", batch.schema(), vec![batch]))
}
