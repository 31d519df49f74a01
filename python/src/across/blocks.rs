//! Items of articles, compared by blocks.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use onrecord::Steps;
use onrecord::model::{Across, AcrossPages, Item, PileArticle};
use onrecord_record::Map;
use pyo3::prelude::*;
use serde_json::json;

use super::{Nested, columns, each_row, nested, rows_of};
use crate::failed;
use crate::lexicon::Known;
use crate::table::Table;

pub fn tables() -> Nested {
    ["stories", "disagreements", "across_outcomes"]
        .map(|name| (name, columns(name)))
        .to_vec()
}

/// The items of one block.
#[derive(Debug, Default)]
struct Block {
    step: String,
    key: String,
    items: Vec<(PileArticle, String)>,
}

/// Compares the items of blocks. Those of one block must come one after another.
#[pyclass(frozen, module = "onrecord")]
#[derive(Debug)]
pub struct BlockComparer {
    known: Known,
    block: Mutex<Block>,
}

#[pymethods]
impl BlockComparer {
    #[new]
    #[pyo3(signature = (*, lexicon = None))]
    fn new(lexicon: Option<PathBuf>) -> PyResult<BlockComparer> {
        Ok(BlockComparer {
            known: Known::new(lexicon.as_deref())?,
            block: Mutex::default(),
        })
    }

    /// Takes rows of `kept`; gives what the blocks that they end show.
    fn add(&self, kept: &Bound<'_, PyAny>) -> PyResult<Table> {
        let mut block = self.block.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Found::default();
        each_row(kept, |row| {
            let (step, key) = (row.needed("step"), row.needed("key"));
            if (block.step.as_str(), block.key.as_str()) != (step, key) {
                let next = Block {
                    step: step.to_owned(),
                    key: key.to_owned(),
                    items: Vec::new(),
                };
                found.add(&self.known, &std::mem::replace(&mut *block, next));
            }
            block
                .items
                .push((row.head(), row.needed("item").to_owned()));
            Ok(())
        })?;
        found.table()
    }

    /// What the last block shows.
    fn finish(&self) -> PyResult<Table> {
        let mut block = self.block.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Found::default();
        found.add(&self.known, &std::mem::take(&mut *block));
        found.table()
    }
}

#[derive(Default)]
struct Found {
    across: Across,
    outcomes: Vec<Map>,
}

impl Found {
    fn add(&mut self, known: &Known, block: &Block) {
        if block.items.is_empty() {
            return;
        }
        let items = block.items.iter();
        let items: Vec<Item<'_>> = items
            .map(|(article, item)| Item { article, item })
            .collect();
        let found = Steps::new(known.lexicon()).compare(&block.step, &block.key, &items);
        self.across.stories.extend(found.stories);
        self.across.disagreements.extend(found.disagreements);
        let mut told = BTreeSet::new();
        for outcome in found.outcomes {
            // Of several in one block the first counts, as in the record.
            if !told.insert(outcome.outlook.clone()) {
                continue;
            }
            let row = json!({
                "outlook_id": outcome.outlook,
                "key": block.key,
                "outcome": outcome.outcome.name(),
                "sentence_ids": outcome.sentences,
                "note": outcome.note,
            });
            self.outcomes.extend(row.as_object().cloned());
        }
    }

    fn table(self) -> PyResult<Table> {
        let mut rows = rows_of(&self.across, &["stories", "disagreements"]).map_err(failed)?;
        rows.push(self.outcomes);
        nested("blocks", &tables(), &rows)
    }
}
