//! What is kept of articles for the steps across pages.

use std::collections::BTreeMap;
use std::path::PathBuf;

use onrecord::Steps;
use onrecord::model::{AcrossPages, Id, PileArticle, Shingled};
use onrecord::reprints::Signature;
use onrecord_record::{Inbox, Map, RecordError, as_read_tables};
use pyo3::prelude::*;
use serde_json::{Value, json};

use super::{Nested, each_row, nested, rows_in, texts};
use crate::arrow::{CellKind, Cells};
use crate::lexicon::Known;
use crate::table::Table;
use crate::{capsule, failed};

/// The tables of rows as read that the steps across pages look at.
const SEEN: [&str; 6] = [
    "articles",
    "sentences",
    "statements",
    "events",
    "positions",
    "outlooks",
];

pub fn tables() -> Nested {
    let with = |mut columns: Vec<Cells>, name: &str, kind| {
        columns.push(Cells::of(name, kind));
        columns
    };
    let kept = [
        "step",
        "key",
        "article_id",
        "publisher",
        "published",
        "item",
    ];
    let said = with(texts(["statement_id", "said"]), "runs", CellKind::Integers);
    let signed = texts(["article_id", "published", "source"]);
    let signed = with(signed, "words", CellKind::Integer);
    let signed = with(signed, "print", CellKind::Integer);
    vec![
        ("kept", texts(kept)),
        ("said", said),
        ("signed", with(signed, "runs", CellKind::Integers)),
    ]
}

/// Keeps of each article what the steps across pages have to know.
#[pyclass(frozen, module = "onrecord")]
#[derive(Debug)]
pub struct Keeper {
    joins: BTreeMap<Id, Id>,
    known: Known,
}

#[pymethods]
impl Keeper {
    /// `joins`: columns `from_id`, `to_id`.
    #[new]
    #[pyo3(signature = (joins, *, lexicon = None))]
    fn new(joins: &Bound<'_, PyAny>, lexicon: Option<PathBuf>) -> PyResult<Keeper> {
        let mut all = BTreeMap::new();
        each_row(joins, |row| {
            all.insert(
                row.needed("from_id").to_owned(),
                row.needed("to_id").to_owned(),
            );
            Ok(())
        })?;
        Ok(Keeper {
            joins: all,
            known: Known::new(lexicon.as_deref())?,
        })
    }

    /// The names of the columns of a stage that `keep` looks at.
    #[staticmethod]
    fn looks_at() -> Vec<&'static str> {
        SEEN.to_vec()
    }

    /// What is kept of the articles of a stage: rows of `kept`, `said` and `signed`.
    fn keep(&self, py: Python<'_>, stage: &Bound<'_, PyAny>) -> PyResult<Table> {
        let mut all = vec![Vec::new(), Vec::new(), Vec::new()];
        for batch in capsule::batches(stage)?.1 {
            // A row at a time: of all rows of a batch the articles may be very many.
            for at in 0..batch.num_rows() {
                let row = batch.slice(at, 1);
                let mut found = Vec::new();
                for table in as_read_tables().filter(|table| SEEN.contains(&table.name)) {
                    found.push((table, rows_in(&row, table.name)?));
                }
                py.detach(|| {
                    let mut inbox = Inbox::in_memory()?;
                    for (table, rows) in &found {
                        rows.iter().try_for_each(|row| inbox.put(table, row))?;
                    }
                    for article in inbox.pile()?.articles {
                        self.article(article, &mut all);
                    }
                    Ok::<_, RecordError>(())
                })
                .map_err(failed)?;
            }
        }
        nested("kept", &tables(), &all)
    }
}

impl Keeper {
    fn article(&self, mut article: PileArticle, all: &mut [Vec<Map>]) {
        article.join(&self.joins);
        let steps = Steps::new(self.known.lexicon());
        let published = article.published.map(|date| date.to_string());
        let mut put = |table: usize, row: Value| {
            if let Value::Object(row) = row {
                all[table].push(row);
            }
        };
        for kept in steps.keep(&article) {
            let row = json!({
                "step": kept.step,
                "key": kept.key,
                "article_id": article.id,
                "publisher": article.publisher,
                "published": published,
                "item": kept.item,
            });
            put(0, row);
        }
        for Shingled { statement, runs } in steps.shingled(&article) {
            let Some(said) = article.statements.iter().find(|s| s.id == statement) else {
                continue;
            };
            let said = json!({
                "article_id": article.id,
                "publisher": article.publisher,
                "published": published,
                "statement_id": said.id,
                "sentence_ids": said.sentences,
                "speaker_id": said.speaker,
                "content": said.content,
                "direct": said.direct,
                "date": said.date.map(|date| date.to_string()),
            });
            let runs: Vec<i64> = runs.into_iter().map(u64::cast_signed).collect();
            let row = json!({"statement_id": statement, "said": said.to_string(), "runs": runs});
            put(1, row);
        }
        let signed = steps.signed(&article);
        if let Ok(signature) = Signature::from_bytes(&signed.signature) {
            let row = json!({
                "article_id": article.id,
                "published": published,
                "source": signed.source,
                "words": signature.words,
                "print": signature.print.cast_signed(),
                "runs": signature.runs,
            });
            put(2, row);
        }
    }
}
