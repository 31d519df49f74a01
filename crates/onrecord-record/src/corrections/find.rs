//! Which row of a page that was read anew a person meant.

use std::collections::BTreeMap;

use onrecord_model::Id;
use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::{Anchor, rows};
use crate::error::Fault;
use crate::place::place;
use crate::{Map, Table};

/// A page while its rows are corrected.
pub(super) struct OnPage<'a> {
    tx: &'a Transaction<'a>,
    page: &'a str,
    /// The page's sentences: words to ids, in their order.
    sentences: BTreeMap<String, Vec<Id>>,
    /// Which row each corrected one is now.
    now: BTreeMap<Id, Id>,
}

impl<'a> OnPage<'a> {
    pub(super) fn of(tx: &'a Transaction<'a>, page: &'a str) -> Result<OnPage<'a>, Fault> {
        let mut sentences: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        let mut query = tx.prepare_cached(
            "select s.text, s.sentence_id from articles a join sentences s using (article_id)
             where a.page_id = ? order by a.n, s.n",
        )?;
        let mut found = query.query([page])?;
        while let Some(row) = found.next()? {
            sentences.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
        drop(found);
        drop(query);
        Ok(OnPage {
            tx,
            page,
            sentences,
            now: BTreeMap::new(),
        })
    }

    pub(super) fn tx(&self) -> &'a Transaction<'a> {
        self.tx
    }

    pub(super) fn page(&self) -> &'a str {
        self.page
    }

    /// The page's sentences that read as those of the row; all must be there.
    pub(super) fn sentences(&self, on: &Anchor) -> Option<Vec<Id>> {
        let ids = sentence_ids(&on.row);
        let each = on.sentences.iter().enumerate();
        each.map(|(at, text)| {
            let same = self.sentences.get(text)?;
            // The same words may stand on a page twice.
            let own = ids.get(at).filter(|id| same.contains(id));
            own.or(same.first()).cloned()
        })
        .collect()
    }

    /// The row that stands for the one that was seen: the one with its id, the one at its
    /// place, or the one that overlaps it most in the same sentence. `None` if the page no
    /// longer gives it.
    pub(super) fn row(&mut self, on: &Anchor) -> Result<Option<Id>, Fault> {
        let (Some(table), key) = (on.shape(), on.id().to_owned()) else {
            return Ok(None);
        };
        if let Some(known) = self.now.get(&key) {
            return Ok(Some(known.clone()));
        }
        let found = self.look(table, on, &key)?;
        if let Some(id) = &found {
            self.now.insert(key, id.clone());
        }
        Ok(found)
    }

    /// Notes that a row is there with the id it had.
    pub(super) fn is_back(&mut self, id: &str) {
        self.now.insert(id.to_owned(), id.to_owned());
    }

    fn look(&self, table: &'static Table, on: &Anchor, key: &str) -> Result<Option<Id>, Fault> {
        if rows::as_read(self.tx, table, key)?.is_some() {
            return Ok(Some(key.to_owned()));
        }
        let Some(sentences) = self.sentences(on) else {
            return Ok(None);
        };
        let Some(first) = sentences.first() else {
            return Ok(None);
        };
        let wanted = place(table.name, &on.row);
        let mut best: Option<(i64, Id)> = None;
        for (id, row) in self.of_sentence(table, first)? {
            if self.now.values().any(|taken| *taken == id) {
                continue;
            }
            let at_place = wanted.is_some() && place(table.name, &row) == wanted;
            let shared = if at_place {
                1_000_000
            } else {
                overlap(table.name, &on.row, &row)
            };
            let alike = shared + same_cells(table, &on.row, &row);
            if shared > 0 && best.as_ref().is_none_or(|(most, _)| alike > *most) {
                best = Some((alike, id));
            }
        }
        Ok(best.map(|(_, id)| id))
    }

    /// The rows of a table that rest on a sentence, as they were read, by id.
    fn of_sentence(&self, table: &'static Table, sentence: &str) -> Result<Vec<(Id, Map)>, Fault> {
        let ids = ids_of(self.tx, table, "sentence", sentence)?;
        let mut all = Vec::new();
        for id in ids {
            if let Some(row) = rows::as_read(self.tx, table, &id)? {
                all.push((id, row));
            }
        }
        Ok(all)
    }
}

/// The ids of a table's rows that rest on a sentence, or stand in an article (`by`), sorted.
pub(super) fn ids_of(
    tx: &Transaction<'_>,
    table: &Table,
    by: &str,
    id: &str,
) -> Result<Vec<Id>, Fault> {
    let has = |column| table.column(column).is_some();
    let condition = match (by, has("sentence_ids"), has("article_id")) {
        ("sentence", true, _) => {
            // Statements: through their article, of which there is an index.
            "t.article_id = (select article_id from sentences where sentence_id = ?1)
             and exists (select 1 from json_each(t.sentence_ids) j where j.value = ?1)"
        }
        ("sentence", _, true) => {
            "t.article_id = (select article_id from sentences where sentence_id = ?1)
             and t.sentence_id = ?1"
        }
        ("sentence", _, false) => "t.sentence_id = ?1",
        (_, _, true) => "t.article_id = ?1",
        (_, _, false) => {
            "t.sentence_id in (select sentence_id from sentences where article_id = ?1)"
        }
    };
    let (key, name) = (table.key(), table.name);
    let mut sql = format!("select t.{key} from {name} t where {condition}");
    if crate::schema::can_be_set_aside(table) {
        let aside = crate::schema::set_aside(name);
        sql.push_str(&format!(
            " union select t.{key} from {aside} t where {condition}"
        ));
    }
    sql.push_str(" order by 1");
    let mut query = tx.prepare_cached(&sql)?;
    let found = query.query_map(params![id], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The sentences that a row names, in order.
pub(super) fn sentence_ids(row: &Map) -> Vec<Id> {
    match (row.get("sentence_ids"), row.get("sentence_id")) {
        (Some(Value::Array(ids)), _) => ids
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        (_, Some(Value::String(id))) => vec![id.clone()],
        _ => Vec::new(),
    }
}

/// How many code points of the words on which two rows rest are the same.
fn overlap(table: &str, a: &Map, b: &Map) -> i64 {
    let own = |row: &Map| -> Vec<(i64, i64)> {
        let pair = |v: &Value| Some((v[0].as_i64()?, v[1].as_i64()?));
        let spans = |name: &str| {
            row.get("spans")
                .map(|s| s[name].clone())
                .unwrap_or_default()
        };
        match table {
            "events" => pair(&spans("trigger")).into_iter().collect(),
            "statements" => spans("content")
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(pair)
                .collect(),
            "mentions" | "framings" => pair(&json!([row.get("start"), row.get("end")]))
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    };
    match table {
        // These have no place in the sentence: they are about the same if they name the same.
        "positions" => {
            i64::from(a.get("actor_id") == b.get("actor_id") && a.get("issue") == b.get("issue"))
        }
        "relations" => i64::from(
            a.get("subject_id") == b.get("subject_id") && a.get("object_id") == b.get("object_id"),
        ),
        "outlooks" => {
            let words = |row: &Map| {
                row.get("content")
                    .and_then(Value::as_str)
                    .unwrap_or("")
                    .to_owned()
            };
            let (a, b) = (words(a), words(b));
            let shorter = a.chars().count().min(b.chars().count());
            if a.contains(&b) || b.contains(&a) {
                i64::try_from(shorter).unwrap_or(0)
            } else {
                0
            }
        }
        _ => {
            let mut shared = 0;
            for (start, end) in own(a) {
                for (from, to) in own(b) {
                    shared += (end.min(to) - start.max(from)).max(0);
                }
            }
            shared
        }
    }
}

/// How many cells say the same.
fn same_cells(table: &Table, a: &Map, b: &Map) -> i64 {
    let same = |column: &&crate::Column| {
        let cell = a.get(column.name);
        cell.is_some_and(|v| !v.is_null()) && cell == b.get(column.name)
    };
    i64::try_from(table.columns[1..].iter().filter(same).count()).unwrap_or(0)
}
