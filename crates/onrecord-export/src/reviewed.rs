//! Which rows a person has looked at.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Filter, Kind, Map, Record, TABLES, Table};
use serde_json::Value;

use crate::{ExportError, row};

/// Tables that say where rows come from: their rows are taken where a row that is taken
/// names them.
const SOURCES: &[&str] = &["pages", "articles", "sentences", "places"];
/// Tables about the record itself, which are taken whole.
const ABOUT: &[&str] = &["runs"];

/// The rows that a person has accepted or corrected, and what they name.
///
/// A row counts as looked at if a correction that holds (`applied`) is about it, whichever
/// its `field`; of a merge both actors are. A row that names a corrected actor is not looked
/// at by that alone. Memory grows with the corrections, not with the record.
#[derive(Debug, Default)]
pub(crate) struct Reviewed {
    keep: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Reviewed {
    pub(crate) fn of(record: &Record) -> Result<Reviewed, ExportError> {
        let mut reviewed = Reviewed::default();
        let mut ids = BTreeSet::new();
        for correction in &record.table("corrections", &Filter::default(), None)? {
            if correction.get("applied") != Some(&Value::Bool(true)) {
                continue;
            }
            reviewed.keep("corrections", row::word(correction, "correction_id"));
            ids.insert(row::word(correction, "row_key").to_owned());
            if row::word(correction, "field") == "actor_id" {
                ids.insert(row::word(correction, "is").to_owned());
            }
        }
        // A row may have another id than when it was corrected.
        let judged = record.all_judged()?;
        ids.extend(judged.into_iter().map(|judged| judged.row_id));
        for id in &ids {
            for table in TABLES.iter().filter(|t| !is_about(t)) {
                if let Some(found) = reviewed.find(record, table, id)? {
                    reviewed.keep(table.name, id);
                    reviewed.keep_named(record, &found, &mut Vec::new())?;
                }
            }
        }
        Ok(reviewed)
    }

    /// Whether a row is among them.
    pub(crate) fn has(&self, table: &Table, found: &Map) -> bool {
        ABOUT.contains(&table.name)
            || self
                .keep
                .get(table.name)
                .is_some_and(|ids| ids.contains(row::word(found, table.key())))
    }

    fn keep(&mut self, table: &'static str, id: &str) -> bool {
        !id.is_empty() && self.keep.entry(table).or_default().insert(id.to_owned())
    }

    fn find(&self, record: &Record, table: &Table, id: &str) -> Result<Option<Map>, ExportError> {
        let filter = Filter::default().equal(table.key(), id);
        let found = record.table(table.name, &filter, Some(1))?;
        Ok(found.into_iter().next())
    }

    /// Takes the actors, articles, sentences, pages and places that a row names.
    fn keep_named(
        &mut self,
        record: &Record,
        found: &Map,
        stack: &mut Vec<(&'static str, String)>,
    ) -> Result<(), ExportError> {
        named(found, stack);
        while let Some((name, id)) = stack.pop() {
            let Some(table) = onrecord_record::table_named(name) else {
                continue;
            };
            let Some(next) = self.find(record, table, &id)? else {
                continue;
            };
            if self.keep(table.name, &id) && SOURCES.contains(&name) {
                named(&next, stack);
            }
        }
        Ok(())
    }
}

fn is_about(table: &Table) -> bool {
    ABOUT.contains(&table.name) || table.name == "corrections"
}

/// Adds the ids a row names to `stack`, with their tables.
fn named(found: &Map, stack: &mut Vec<(&'static str, String)>) {
    for (column, value) in found {
        let ids: Vec<&str> = match value {
            Value::String(id) => vec![id],
            Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        let table = match column.as_str() {
            "page_id" => "pages",
            "article_id" | "article_ids" => "articles",
            "sentence_id" | "sentence_ids" | "outcome_sentence_ids" => "sentences",
            "place_id" => "places",
            column if is_actor(column) => "actors",
            _ => continue,
        };
        stack.extend(ids.into_iter().map(|id| (table, id.to_owned())));
    }
    if let Some(Value::Array(roles)) = found.get("roles") {
        for role in roles {
            if let Some(id) = role.get("sentence_id").and_then(Value::as_str) {
                stack.push(("sentences", id.to_owned()));
            }
        }
    }
}

fn is_actor(column: &str) -> bool {
    TABLES.iter().any(|table| {
        table
            .column(column)
            .is_some_and(|c| c.actor && matches!(c.kind, Kind::Text | Kind::List))
    })
}
