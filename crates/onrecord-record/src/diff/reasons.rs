//! Why a row differs between two records, as far as they tell.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;
use serde_json::Value;

use super::{Changed, Difference};
use crate::corrections::State;
use crate::{Filter, Map, Record, RecordError, table_named};

/// What two records were read with, and which corrections hold in one only.
#[derive(Debug)]
pub(super) struct Reasons {
    /// The runs of either record by id.
    runs: BTreeMap<String, Map>,
    read_with: Vec<String>,
    /// Rows that a correction is about, with the correction.
    corrected: BTreeMap<String, BTreeSet<String>>,
}

impl Reasons {
    pub(super) fn of(before: &Record, after: &Record) -> Result<Reasons, RecordError> {
        let mut of_records = Vec::new();
        for record in [before, after] {
            let rows = record.table("runs", &Filter::default(), None)?;
            let with_id = |run: Map| (text(&run, "run_id").to_owned(), run);
            let runs: BTreeMap<String, Map> = rows.into_iter().map(with_id).collect();
            of_records.push(runs);
        }
        let (ours, theirs) = (&of_records[0], &of_records[1]);
        let mut read_with = BTreeSet::new();
        let only = |a: &BTreeMap<String, Map>, b: &BTreeMap<String, Map>| -> Vec<Map> {
            let alone = a.iter().filter(|(id, _)| !b.contains_key(*id));
            alone.map(|(_, run)| run.clone()).collect()
        };
        let (mut left, mut right) = (only(ours, theirs), only(theirs, ours));
        if left.is_empty() != right.is_empty() {
            // One record was read with more than the other.
            let all = |runs: &BTreeMap<String, Map>| runs.values().cloned().collect();
            match left.is_empty() {
                true => left = all(ours),
                false => right = all(theirs),
            }
        }
        for one in &left {
            right
                .iter()
                .for_each(|other| read_with.extend(differ(one, other)));
        }
        let mut corrected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut hold = Vec::new();
        for record in [before, after] {
            let all = record.corrections()?.into_iter();
            let applied = all.filter(|(_, state)| *state == State::Applied);
            let by_id = applied.map(|(correction, _)| (correction.id.clone(), correction));
            hold.push(by_id.collect::<BTreeMap<_, _>>());
        }
        for (mine, others, which) in [(0, 1, "first"), (1, 0, "second")] {
            for (id, correction) in &hold[mine] {
                if hold[others].contains_key(id) {
                    continue;
                }
                let reason = format!("correction {id} in the {which} only");
                // Of two actors that were merged, both.
                let merged = (correction.field == "actor_id").then_some(&correction.is);
                let other = merged.and_then(Option::as_ref);
                for row in [Some(&correction.row_key), other].into_iter().flatten() {
                    corrected
                        .entry(row.clone())
                        .or_default()
                        .insert(reason.clone());
                }
            }
        }
        let runs = ours.iter().chain(theirs);
        Ok(Reasons {
            runs: runs.map(|(id, run)| (id.clone(), run.clone())).collect(),
            read_with: read_with.into_iter().collect(),
            corrected,
        })
    }

    pub(super) fn read_with(&self) -> &[String] {
        &self.read_with
    }

    /// Finds out why, and notes it in the difference.
    pub(super) fn find(
        &self,
        before: &Record,
        after: &Record,
        found: &mut Difference,
    ) -> Result<(), RecordError> {
        // Where the row is: a changed one is in both.
        let (record, id) = match (found.change, &found.was_id) {
            (Changed::Lost, _) => (before, &found.id),
            _ => (after, &found.id),
        };
        let mut reasons: BTreeSet<String> = self.by_people(record, found)?;
        if let Some(page) = page_of(record, found.table, id)? {
            let runs = [run_of(before, &page)?, run_of(after, &page)?];
            match runs {
                [Some(one), Some(other)] if one != other => {
                    let [one, other] = [&one, &other].map(|id| self.runs.get(id));
                    if let (Some(one), Some(other)) = (one, other) {
                        reasons.extend(differ(one, other));
                    }
                }
                [Some(_), None] => drop(reasons.insert("page in the first only".to_owned())),
                [None, Some(_)] => drop(reasons.insert("page in the second only".to_owned())),
                _ => {}
            }
        }
        let table = table_named(found.table);
        let actor = |name: &str| table.is_some_and(|t| t.column(name).is_some_and(|c| c.actor));
        let across = [
            "story_id",
            "same_text_as",
            "outcome",
            "outcome_sentence_ids",
        ];
        if reasons.is_empty() {
            if found.cells.iter().any(|cell| actor(cell.column)) {
                reasons.insert("actors joined otherwise".to_owned());
            }
            if found.cells.iter().any(|cell| across.contains(&cell.column)) {
                reasons.insert("other pages beside it".to_owned());
            }
        }
        if reasons.is_empty() {
            let of_several = [
                "actors",
                "places",
                "stories",
                "disagreements",
                "reprints",
                "runs",
            ];
            reasons.insert(match of_several.contains(&found.table) {
                true => "other pages or rows behind it".to_owned(),
                false => "not told by the records".to_owned(),
            });
        }
        found.reasons = reasons.into_iter().collect();
        Ok(())
    }

    /// Corrections that hold in one record only and are about the row, an actor or a sentence
    /// in it, or the row that it was read from.
    fn by_people(
        &self,
        record: &Record,
        found: &Difference,
    ) -> Result<BTreeSet<String>, RecordError> {
        if self.corrected.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut ids: BTreeSet<String> = BTreeSet::from([found.id.clone()]);
        ids.extend(found.was_id.clone());
        let cells = found.cells.iter().flat_map(|cell| [&cell.was, &cell.is]);
        cells.for_each(|value| named(value, &mut ids));
        if let Some(row) = &found.row {
            row.values().for_each(|value| named(value, &mut ids));
            for from in ["statement_id", "event_id"] {
                let id = text(row, from);
                if !id.is_empty()
                    && id != found.id
                    && let Some((_, of)) = record.row(id)?
                {
                    of.values().for_each(|value| named(value, &mut ids));
                }
            }
        }
        let reasons = ids.iter().filter_map(|id| self.corrected.get(id));
        Ok(reasons.flatten().cloned().collect())
    }
}

/// Adds the words of a cell, among which ids are.
fn named(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::String(id) => drop(ids.insert(id.clone())),
        Value::Array(list) => {
            ids.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        _ => {}
    }
}

/// What differs between two runs.
fn differ(one: &Map, other: &Map) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (column, name) in [
        ("version", "version"),
        ("lexicon_sha256", "lexicon"),
        ("weights_sha256", "weights"),
    ] {
        let (was, is) = (text(one, column), text(other, column));
        if was != is {
            found.insert(match column {
                "version" => format!("{name} {was}, then {is}"),
                "weights_sha256" => format!("other {name}"),
                _ => format!("another {name}"),
            });
        }
    }
    let empty = Map::new();
    let [was, is] = [one, other].map(|run| {
        let settings = run.get("settings").and_then(Value::as_object);
        settings.unwrap_or(&empty)
    });
    let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    for key in keys.into_iter().filter(|key| was.get(*key) != is.get(*key)) {
        let told = |value: Option<&Value>| value.map_or("unset".to_owned(), Value::to_string);
        let (was, is) = (told(was.get(key)), told(is.get(key)));
        found.insert(format!("setting {key} {was}, then {is}"));
    }
    found
}

fn text<'m>(row: &'m Map, column: &str) -> &'m str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

/// The run that read a page.
fn run_of(record: &Record, page_id: &str) -> Result<Option<String>, RecordError> {
    Ok(record.state(page_id)?.map(|state| state.run_id))
}

/// The page on which a row stands, if it is one only.
fn page_of(record: &Record, table: &str, id: &str) -> Result<Option<String>, RecordError> {
    let Some(table) = table_named(table) else {
        return Ok(None);
    };
    let key = table.key();
    let name = table.name;
    let has = |column: &str| table.column(column).is_some();
    let sql = if has("page_id") {
        format!("select page_id from {name} where {key} = ?")
    } else if has("article_id") {
        format!(
            "select a.page_id from {name} t join articles a using (article_id) where t.{key} = ?"
        )
    } else if has("sentence_id") {
        format!(
            "select a.page_id from {name} t join sentences s using (sentence_id)
             join articles a on a.article_id = s.article_id where t.{key} = ?"
        )
    } else {
        return Ok(None);
    };
    record.with(|c| {
        let mut query = c.prepare_cached(&sql)?;
        Ok(query.query_row([id], |row| row.get(0)).optional()?)
    })
}
