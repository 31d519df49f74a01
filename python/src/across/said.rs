//! Statements that report one utterance: pairs by the runs of words they share, then groups.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use onrecord::Steps;
use onrecord::model::{Across, AcrossPages, Id, Pair, PileArticle, PileStatement, Said};
use onrecord_record::Map;
use pyo3::prelude::*;
use serde_json::{Value, json};

use super::{Nested, Row, columns, each_row, nested, rows_of, texts};
use crate::arrow::{CellKind, Cells};
use crate::failed;
use crate::lexicon::Known;
use crate::table::Table;

const TABLES: [&str; 2] = ["stories", "disagreements"];

pub fn tables() -> Nested {
    TABLES.map(|name| (name, columns(name))).to_vec()
}

/// Two statements, the one with the lower id first, and how many runs of words they share.
pub fn pair_columns() -> Vec<Cells> {
    let mut columns = texts(["a", "b"]);
    columns.push(Cells::of("shared", CellKind::Integer));
    columns
}

/// How many statements with a run of words are paired by it, those with the lowest ids.
#[pyfunction]
pub fn most_of_a_run() -> usize {
    Steps::new(onrecord::lexicon::Lexicon::built_in()).most_of_a_run()
}

/// A statement with its article, from the text that a `Keeper` gives.
struct Entry {
    article: PileArticle,
    statement: PileStatement,
}

impl Entry {
    fn read(said: &str) -> Entry {
        let row = Row(serde_json::from_str::<Map>(said).unwrap_or_default());
        Entry {
            article: row.head(),
            statement: PileStatement {
                id: row.needed("statement_id").to_owned(),
                sentences: row.texts("sentence_ids"),
                speaker: row.text("speaker_id").map(str::to_owned),
                content: row.texts("content"),
                direct: row.0.get("direct").and_then(Value::as_bool) == Some(true),
                date: row.date("date"),
            },
        }
    }

    fn said(&self) -> Said<'_> {
        Said {
            article: &self.article,
            statement: &self.statement,
        }
    }
}

fn pair(row: &Row) -> Option<Map> {
    let pair = json!({"a": row.needed("a"), "b": row.needed("b"), "shared": row.number("shared")});
    pair.as_object().cloned()
}

/// Of the pairs `a`, `b`, `size_a`, `size_b`, `shared` those that can report one utterance.
#[pyfunction]
pub fn can_be_same(pairs: &Bound<'_, PyAny>) -> PyResult<Table> {
    let steps = Steps::new(onrecord::lexicon::Lexicon::built_in());
    let mut rows = Vec::new();
    each_row(pairs, |row| {
        let shorter = row.count("size_a").min(row.count("size_b"));
        if steps.can_be_same(shorter, row.count("shared")) {
            rows.extend(pair(&row));
        }
        Ok(())
    })?;
    Table::of_rows("pairs", pair_columns(), rows)
}

/// Of the pairs `a`, `b`, `shared`, `said_a`, `said_b` those that report one utterance.
#[pyfunction]
#[pyo3(signature = (pairs, *, lexicon = None))]
pub fn are_same(pairs: &Bound<'_, PyAny>, lexicon: Option<PathBuf>) -> PyResult<Table> {
    let known = Known::new(lexicon.as_deref())?;
    let steps = Steps::new(known.lexicon());
    let mut rows = Vec::new();
    each_row(pairs, |row| {
        let [a, b] = ["said_a", "said_b"].map(|name| Entry::read(row.needed(name)));
        if steps.is_same(a.said(), b.said(), row.count("shared")) {
            rows.extend(pair(&row));
        }
        Ok(())
    })?;
    Table::of_rows("pairs", pair_columns(), rows)
}

/// The statements that pairs join, each with the lowest number of those it is joined to:
/// `statement_id`, `together`.
#[pyfunction]
pub fn groups(pairs: &Bound<'_, PyAny>) -> PyResult<Table> {
    let mut all: Vec<(Id, Id)> = Vec::new();
    each_row(pairs, |row| {
        all.push((row.needed("a").to_owned(), row.needed("b").to_owned()));
        Ok(())
    })?;
    let ids = all.iter().flat_map(|(a, b)| [a.as_str(), b.as_str()]);
    let ids: BTreeMap<&str, usize> = ids.map(|id| (id, 0)).collect();
    let numbers: BTreeMap<&str, usize> = ids.into_keys().zip(0..).collect();
    let mut parent: Vec<usize> = (0..numbers.len()).collect();
    let root = |parent: &mut Vec<usize>, mut at: usize| {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    };
    for (a, b) in &all {
        let (a, b) = (
            root(&mut parent, numbers[a.as_str()]),
            root(&mut parent, numbers[b.as_str()]),
        );
        parent[a.max(b)] = a.min(b);
    }
    let mut rows = Vec::new();
    for (id, at) in &numbers {
        let together = root(&mut parent, *at);
        let row = json!({"statement_id": id, "together": together});
        rows.extend(row.as_object().cloned());
    }
    let mut columns = texts(["statement_id"]);
    columns.push(Cells::of("together", CellKind::Integer));
    Table::of_rows("groups", columns, rows)
}

/// The statements of one group, and their pairs.
#[derive(Default)]
struct Group {
    together: i64,
    entries: Vec<Entry>,
    pairs: Vec<(Id, Id, usize)>,
}

/// Finds the utterances of groups. The rows of a group must come one after another: statements
/// with `said`, pairs with `a`, `b` and `shared`.
#[pyclass(frozen, module = "onrecord")]
pub struct UtteranceFinder {
    known: Known,
    group: Mutex<Group>,
}

#[pymethods]
impl UtteranceFinder {
    #[new]
    #[pyo3(signature = (*, lexicon = None))]
    fn new(lexicon: Option<PathBuf>) -> PyResult<UtteranceFinder> {
        Ok(UtteranceFinder {
            known: Known::new(lexicon.as_deref())?,
            group: Mutex::default(),
        })
    }

    /// Takes rows; gives what the groups that they end report.
    fn add(&self, rows: &Bound<'_, PyAny>) -> PyResult<Table> {
        let mut group = self.group.lock().unwrap_or_else(PoisonError::into_inner);
        let mut across = Across::default();
        each_row(rows, |row| {
            let together = row.number("together");
            if together != group.together {
                let next = Group {
                    together,
                    ..Group::default()
                };
                let ended = std::mem::replace(&mut *group, next);
                self.find(ended, &mut across);
            }
            match row.text("said") {
                Some(said) => group.entries.push(Entry::read(said)),
                None => {
                    let (a, b) = (row.needed("a").to_owned(), row.needed("b").to_owned());
                    group.pairs.push((a, b, row.count("shared")));
                }
            }
            Ok(())
        })?;
        found(&across)
    }

    /// What the last group reports.
    fn finish(&self) -> PyResult<Table> {
        let mut group = self.group.lock().unwrap_or_else(PoisonError::into_inner);
        let mut across = Across::default();
        self.find(std::mem::take(&mut *group), &mut across);
        found(&across)
    }
}

fn found(across: &Across) -> PyResult<Table> {
    nested(
        "utterances",
        &tables(),
        &rows_of(across, &TABLES).map_err(failed)?,
    )
}

impl UtteranceFinder {
    fn find(&self, mut group: Group, found: &mut Across) {
        group
            .entries
            .sort_by(|a, b| a.statement.id.cmp(&b.statement.id));
        group
            .entries
            .dedup_by(|a, b| a.statement.id == b.statement.id);
        group.pairs.sort();
        group.pairs.dedup();
        let at: BTreeMap<&str, usize> = group
            .entries
            .iter()
            .enumerate()
            .map(|(n, entry)| (entry.statement.id.as_str(), n))
            .collect();
        let pairs = group.pairs.iter().filter_map(|(a, b, shared)| {
            Some(Pair {
                a: *at.get(a.as_str())?,
                b: *at.get(b.as_str())?,
                shared: *shared,
            })
        });
        let pairs: Vec<Pair> = pairs.collect();
        let said: Vec<Said<'_>> = group.entries.iter().map(Entry::said).collect();
        for utterance in Steps::new(self.known.lexicon()).utterances(&said, &pairs) {
            found.stories.push(utterance.story);
            found.disagreements.extend(utterance.differs);
        }
    }
}
