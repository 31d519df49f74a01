//! Which actors of the pages are one.

use std::collections::BTreeSet;
use std::path::PathBuf;

use onrecord_record::PileActors;
use pyo3::prelude::*;
use serde_json::json;

use super::{columns, each_row};
use crate::lexicon::Known;
use crate::table::Table;

/// Joins the actors of a pile: `said` has `row_id` and `data`, what pages say of an actor;
/// `names` `actor_id`, `text`, `n`; `met` `actor_id`, `article_id`; `offices` `actor_id`, `role`,
/// `sentence_id`.
#[pyfunction]
#[pyo3(signature = (said, names, met, offices, *, lexicon = None))]
pub fn join_actors(
    py: Python<'_>,
    said: &Bound<'_, PyAny>,
    names: &Bound<'_, PyAny>,
    met: &Bound<'_, PyAny>,
    offices: &Bound<'_, PyAny>,
    lexicon: Option<PathBuf>,
) -> PyResult<Table> {
    let known = Known::new(lexicon.as_deref())?;
    let mut actors = PileActors::default();
    // They come in the order in which tasks end.
    let mut sorted = BTreeSet::new();
    each_row(said, |row| {
        sorted.insert((
            row.needed("row_id").to_owned(),
            row.needed("data").to_owned(),
        ));
        Ok(())
    })?;
    for (id, data) in sorted {
        actors.said(&id, &data);
    }
    let mut sorted = BTreeSet::new();
    each_row(names, |row| {
        let n = u32::try_from(row.number("n")).unwrap_or(u32::MAX);
        let text = row.needed("text").to_owned();
        sorted.insert((row.needed("actor_id").to_owned(), text, n));
        Ok(())
    })?;
    for (id, text, n) in sorted {
        actors.named(&id, &text, n);
    }
    each_row(met, |row| {
        actors.met(row.needed("actor_id"), row.needed("article_id"));
        Ok(())
    })?;
    let mut sorted = BTreeSet::new();
    each_row(offices, |row| {
        let sentence = row.text("sentence_id").map(str::to_owned);
        let role = row.needed("role").to_owned();
        sorted.insert((row.needed("actor_id").to_owned(), role, sentence));
        Ok(())
    })?;
    for (id, role, sentence) in sorted {
        actors.holds(&id, &role, sentence.as_deref());
    }
    let joins = py.detach(|| onrecord::actors::join(&actors.finish(), known.lexicon()));
    let rows = joins.into_iter().filter_map(|join| {
        let percent = (join.confidence.value() * 100.0).round() as i64;
        let row = json!({
            "from_id": join.from,
            "to_id": join.to,
            "reason": join.reason,
            "made_by": join.made_by,
            "confidence": percent,
        });
        row.as_object().cloned()
    });
    Table::of_rows("across_joins", columns("across_joins"), rows.collect())
}
