//! Articles that carry sentences of others. What one has of others depends on what those before
//! it have, so one machine goes over all signatures; of words it sees only those of articles
//! that have a run of words with another.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use onrecord::Steps;
use onrecord::model::{
    Across, AcrossPages, Id, PartialDate, PileArticle, Reprint, Shelf, TakeSigned,
};
use onrecord::reprints::Signature;
use onrecord_record::{Inbox, Map, RecordError, as_read_table};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::json;

use super::{Nested, Row, columns, each_row, nested, rows_of};
use crate::failed;
use crate::lexicon::Known;
use crate::table::Table;

pub fn tables() -> Nested {
    ["stories", "reprints", "across_same_text"]
        .map(|name| (name, columns(name)))
        .to_vec()
}

/// An article as it is known without its words.
#[derive(Debug)]
struct Signed {
    published: Option<PartialDate>,
    signature: Vec<u8>,
    source: String,
}

/// Finds who carries which sentences of whom.
#[pyclass(frozen, module = "onrecord")]
#[derive(Debug)]
pub struct TextFinder {
    known: Known,
    shelf: Mutex<OnShelf>,
}

#[derive(Debug)]
struct OnShelf {
    signed: BTreeMap<Id, Signed>,
    words: Inbox,
    fault: Option<RecordError>,
}

#[pymethods]
impl TextFinder {
    /// `path`: a file that is not there yet, for the words of articles.
    #[new]
    #[pyo3(signature = (path, *, lexicon = None))]
    fn new(path: PathBuf, lexicon: Option<PathBuf>) -> PyResult<TextFinder> {
        Ok(TextFinder {
            known: Known::new(lexicon.as_deref())?,
            shelf: Mutex::new(OnShelf {
                signed: BTreeMap::new(),
                words: Inbox::new(&path).map_err(failed)?,
                fault: None,
            }),
        })
    }

    /// Takes rows `what`, `data`: `signed` as a `Keeper` gives them, and `articles` and `sentences`
    /// as read, in JSON.
    fn add(&self, rows: &Bound<'_, PyAny>) -> PyResult<()> {
        let mut shelf = self.shelf();
        each_row(rows, |row| {
            let data: Map = serde_json::from_str(row.needed("data"))
                .map_err(|error| PyValueError::new_err(error.to_string()))?;
            match row.needed("what") {
                "signed" => {
                    let row = Row(data);
                    let numbers = row.numbers("runs").into_iter();
                    let signature = Signature {
                        words: u32::try_from(row.number("words")).unwrap_or_default(),
                        print: row.number("print").cast_unsigned(),
                        runs: numbers.filter_map(|run| u32::try_from(run).ok()).collect(),
                    };
                    let known = Signed {
                        published: row.date("published"),
                        signature: signature.to_bytes(),
                        source: row.needed("source").to_owned(),
                    };
                    shelf
                        .signed
                        .insert(row.needed("article_id").to_owned(), known);
                }
                name => {
                    let table = as_read_table(name)
                        .ok_or_else(|| PyValueError::new_err(format!("no table {name}")))?;
                    shelf.words.put(table, &data).map_err(failed)?;
                }
            }
            Ok(())
        })
    }

    /// Rows of `stories`, `reprints` and `across_same_text`.
    fn finish(&self, py: Python<'_>) -> PyResult<Table> {
        let found = py.detach(|| self.found(&mut self.shelf()));
        let found = found.map_err(failed)?;
        let mut rows = rows_of(&found, &["stories", "reprints"]).map_err(failed)?;
        let same = found.same_text.iter().filter_map(|(article, first)| {
            let row = json!({"article_id": article, "same_text_as": first});
            row.as_object().cloned()
        });
        rows.push(same.collect());
        nested("texts", &tables(), &rows)
    }
}

impl TextFinder {
    fn shelf(&self) -> MutexGuard<'_, OnShelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn found(&self, shelf: &mut OnShelf) -> Result<Across, RecordError> {
        let steps = Steps::new(self.known.lexicon());
        let found = steps.texts(shelf);
        let mut across = Across {
            same_text: found.same_text,
            ..Across::default()
        };
        for carried in &found.carried {
            let [article, from] = [&carried.article, &carried.from].map(|id| {
                let article = shelf.article(id).unwrap_or_default();
                article
                    .sentences
                    .into_iter()
                    .map(|s| s.id)
                    .collect::<Vec<_>>()
            });
            across.reprints.push(Reprint::of(carried, &article, &from));
        }
        for text in &found.texts {
            let articles: Vec<PileArticle> =
                text.iter().filter_map(|id| shelf.article(id)).collect();
            let articles: Vec<&PileArticle> = articles.iter().collect();
            across.stories.push(steps.text_story(&articles));
        }
        match shelf.fault.take() {
            Some(fault) => Err(fault),
            None => Ok(across),
        }
    }
}

impl Shelf for OnShelf {
    fn each(&mut self, take: &mut TakeSigned<'_>) {
        for (id, known) in &self.signed {
            take(id, known.published, &known.signature);
        }
    }

    fn article(&mut self, id: &str) -> Option<PileArticle> {
        match self.words.article(id) {
            Ok(article) => article,
            Err(fault) => {
                self.fault = Some(fault);
                None
            }
        }
    }

    fn source(&mut self, id: &str) -> Option<String> {
        self.signed.get(id).map(|known| known.source.clone())
    }

    fn known(&mut self, _id: &str) -> Option<Vec<u8>> {
        None
    }

    fn keep(&mut self, _id: &str, _known: Vec<u8>) {}
}
