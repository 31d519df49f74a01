//! What people said of rows, and how many of those they looked at were right.

use std::collections::BTreeMap;

use onrecord_model::Id;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};
use serde_json::Value;

use super::{Anchor, COLUMNS, Correction, State, Verdict, read, rows};
use crate::error::Fault;
use crate::{Map, Record, RecordError, table_named};

/// A row of which a person has said something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The row; one that was taken out is in no table.
    pub row_id: Id,
    /// What was said.
    pub verdict: Verdict,
    /// The correction that says so last.
    pub correction_id: Id,
}

/// How many of the rows that people looked at were right as they were read.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// The table.
    pub table: String,
    /// Kind of the actor who acts, speaks or stands there; empty for a row without one, `None`
    /// for all rows of the table.
    pub actor_kind: Option<String>,
    /// Rows found right.
    pub accepted: u64,
    /// Rows of which a cell was wrong.
    pub changed: u64,
    /// Rows that were wrong.
    pub rejected: u64,
    /// How many rows of the table there are that nobody has looked at; not told by kind.
    pub open: Option<u64>,
}

impl Precision {
    /// Rows that were looked at.
    pub fn judged(&self) -> u64 {
        self.accepted + self.changed + self.rejected
    }

    /// The share that was right as it was read; `None` if none was looked at.
    pub fn share(&self) -> Option<f64> {
        let judged = self.judged();
        (judged > 0).then(|| self.accepted as f64 / judged as f64)
    }

    /// Between which shares the truth lies with a confidence of 95 %, if the rows that were
    /// looked at are like the others (Wilson 1927, score interval). `None` if none was.
    ///
    /// ```
    /// use onrecord_record::Precision;
    /// let seen = Precision {
    ///     table: "events".into(), actor_kind: None,
    ///     accepted: 45, changed: 3, rejected: 2, open: Some(100),
    /// };
    /// let (low, high) = seen.interval().unwrap();
    /// assert!((low - 0.786).abs() < 0.001 && (high - 0.957).abs() < 0.001);
    /// ```
    pub fn interval(&self) -> Option<(f64, f64)> {
        const Z: f64 = 1.959_963_984_540_054;
        let share = self.share()?;
        let n = self.judged() as f64;
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        let (low, high) = ((middle - half) / whole, (middle + half) / whole);
        Some((low.max(0.0), high.min(1.0)))
    }
}

/// Tables whose rows people judge, with the column that names the actor.
const TABLES: [(&str, &str); 7] = [
    ("mentions", "actor_id"),
    ("relations", "subject_id"),
    ("statements", "speaker_id"),
    ("events", "actor_ids"),
    ("positions", "actor_id"),
    ("outlooks", "actor_id"),
    ("framings", "actor_id"),
];

impl Record {
    /// A row, sentence or article as it is now, for a correction of it; `None` if no row has
    /// the id, or its table has no page.
    ///
    /// # Errors
    /// If several ids begin so, or the file cannot be read.
    pub fn anchor(&self, id: &str) -> Result<Option<Anchor>, RecordError> {
        let Some((table, row)) = self.row(id)? else {
            return Ok(None);
        };
        let Some(shape) = table_named(&table) else {
            return Ok(None);
        };
        let id = row
            .get(shape.key())
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let citations = self.citation(&id)?;
        let page = match (table.as_str(), citations.first()) {
            ("articles", _) => row
                .get("page_id")
                .and_then(Value::as_str)
                .map(str::to_owned),
            (_, first) => first.map(|citation| citation.page_id.clone()),
        };
        let known = TABLES.iter().any(|(name, _)| *name == table);
        if !known && !matches!(table.as_str(), "sentences" | "articles") {
            return Ok(None);
        }
        let Some(page) = page else { return Ok(None) };
        let (row, sentences) = match table.as_str() {
            // An article's own text is in no line of corrections.
            "articles" => {
                let title = row.get("title").cloned().unwrap_or_default();
                let row = [("article_id", id.into()), ("title", title)];
                (
                    Map::from_iter(row.map(|(k, v)| (k.to_owned(), v))),
                    Vec::new(),
                )
            }
            "sentences" => {
                let row = Map::from_iter([("sentence_id".to_owned(), id.into())]);
                (row, citations.into_iter().map(|c| c.text).collect())
            }
            _ => {
                let read = self.with(|c| {
                    // Nothing is written: a transaction is what rows are read in.
                    let tx = Transaction::new_unchecked(c, TransactionBehavior::Deferred)?;
                    rows::as_read(&tx, shape, &id)
                })?;
                let own = citations.into_iter().map(|c| c.text);
                (read.unwrap_or(row), own.collect())
            }
        };
        Ok(Some(Anchor {
            table,
            page,
            sentences,
            row,
        }))
    }

    /// What people said of a row last; `None` if nobody has said anything.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judged(&self, row_id: &str) -> Result<Option<Judged>, RecordError> {
        self.with(|c| {
            let mut query =
                c.prepare_cached("select verdict, correction_id from _judged where row_id = ?")?;
            let found = query.query_row([row_id], |row| {
                let verdict: String = row.get(0)?;
                Ok((verdict, row.get(1)?))
            });
            Ok(found.optional()?.and_then(|(verdict, correction_id)| {
                Some(Judged {
                    row_id: row_id.to_owned(),
                    verdict: Verdict::read(&verdict)?,
                    correction_id,
                })
            }))
        })
    }

    /// All rows of which people have said something, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn all_judged(&self) -> Result<Vec<Judged>, RecordError> {
        self.with(|c| {
            let mut query = c.prepare_cached(
                "select row_id, verdict, correction_id from _judged order by row_id",
            )?;
            let found = query.query_map([], |row| {
                let verdict: String = row.get(1)?;
                Ok((row.get(0)?, verdict, row.get(2)?))
            })?;
            let all: Vec<(Id, String, Id)> = found.collect::<Result<_, _>>()?;
            let judged = all
                .into_iter()
                .filter_map(|(row_id, verdict, correction_id)| {
                    let verdict = Verdict::read(&verdict)?;
                    Some(Judged {
                        row_id,
                        verdict,
                        correction_id,
                    })
                });
            Ok(judged.collect())
        })
    }

    /// The corrections of a row, in the order in which they count, and what became of each;
    /// also those that were made when the row had another id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn corrections_of(&self, row_id: &str) -> Result<Vec<(Correction, State)>, RecordError> {
        self.with(|c| {
            let sql =
                format!("select {COLUMNS} where c.row_key = ?1 or o.row_id = ?1 order by o.n");
            let mut query = c.prepare_cached(&sql)?;
            let found = query.query_map([row_id], read)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// The corrections of rows that rest on a sentence, in the order in which they count, and
    /// what became of each.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn corrections_in(
        &self,
        sentence_id: &str,
    ) -> Result<Vec<(Correction, State)>, RecordError> {
        self.with(|c| {
            let page = c
                .prepare_cached(
                    "select a.page_id, s.text from sentences s join articles a using (article_id)
                     where s.sentence_id = ?",
                )?
                .query_row([sentence_id], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
                })
                .optional()?;
            let Some((page, text)) = page else {
                return Ok(Vec::new());
            };
            let mut found = super::all_of_page(c, &page)?;
            found.retain(|(correction, _)| {
                correction
                    .on
                    .as_ref()
                    .is_some_and(|on| on.sentences.contains(&text))
            });
            Ok(found)
        })
    }

    /// A row that people took out or changed, as it was read; `None` if it is as it was read.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn before_corrections(&self, row_id: &str) -> Result<Option<(String, Map)>, RecordError> {
        self.with(|c| {
            let mut query = c.prepare_cached("select tbl, was from _touched where row_id = ?")?;
            let found: Option<(String, Option<String>)> = query
                .query_row([row_id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let found = found.and_then(|(table, was)| Some((table, was?)));
            Ok(found.and_then(|(table, was)| Some((table, serde_json::from_str(&was).ok()?))))
        })
    }

    /// Of the rows that people looked at, how many were right: by table, each with all its
    /// rows first, then by kind of actor. Suppressed rows do not count. Tables of which no
    /// row was looked at are left out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn precision(&self) -> Result<Vec<Precision>, RecordError> {
        let all = self.all_judged()?;
        let mut by_table: BTreeMap<usize, BTreeMap<Option<String>, Precision>> = BTreeMap::new();
        for judged in all.iter().filter(|j| j.verdict != Verdict::Suppressed) {
            let Some((table, row)) = self.judged_row(&judged.row_id)? else {
                continue;
            };
            let Some(at) = TABLES.iter().position(|(name, _)| *name == table) else {
                continue;
            };
            let actor = match row.get(TABLES[at].1) {
                Some(Value::Array(ids)) => ids.first().and_then(Value::as_str),
                Some(Value::String(id)) => Some(id.as_str()),
                _ => None,
            };
            let kind = match actor {
                Some(id) => self.kind_of(id)?.unwrap_or_default(),
                None => String::new(),
            };
            for key in [None, Some(kind)] {
                let of = by_table.entry(at).or_default();
                let sum = of.entry(key.clone()).or_insert_with(|| Precision {
                    table: table.clone(),
                    actor_kind: key,
                    accepted: 0,
                    changed: 0,
                    rejected: 0,
                    open: None,
                });
                match judged.verdict {
                    Verdict::Accepted => sum.accepted += 1,
                    Verdict::Changed => sum.changed += 1,
                    Verdict::Rejected => sum.rejected += 1,
                    Verdict::Suppressed => {}
                }
            }
        }
        let mut found: Vec<Precision> = by_table
            .into_values()
            .flat_map(BTreeMap::into_values)
            .collect();
        for sum in found.iter_mut().filter(|sum| sum.actor_kind.is_none()) {
            sum.open = Some(self.open_rows(&sum.table)?);
        }
        Ok(found)
    }

    /// How many rows of a table nobody has looked at.
    fn open_rows(&self, table: &str) -> Result<u64, RecordError> {
        let Some(table) = table_named(table) else {
            return Ok(0);
        };
        let (name, key) = (table.name, table.key());
        self.with(|c| {
            let rows: i64 =
                c.query_row(&format!("select count(*) from {name}"), [], |r| r.get(0))?;
            let seen: i64 = c.query_row(
                &format!("select count(*) from _judged j join {name} t on t.{key} = j.row_id"),
                [],
                |row| row.get(0),
            )?;
            Ok(u64::try_from(rows - seen).unwrap_or_default())
        })
    }

    /// A judged row as it was read: what was right or wrong is what the pages gave.
    fn judged_row(&self, id: &str) -> Result<Option<(String, Map)>, RecordError> {
        if let Some(before) = self.before_corrections(id)? {
            return Ok(Some(before));
        }
        match self.row(id) {
            Err(RecordError::Ambiguous { .. }) => Ok(None),
            found => found,
        }
    }

    fn kind_of(&self, actor: &str) -> Result<Option<String>, RecordError> {
        self.with(|c| kind_of(c, actor))
    }
}

fn kind_of(c: &rusqlite::Connection, actor: &str) -> Result<Option<String>, Fault> {
    let mut query = c.prepare_cached(
        "select kind from actors where actor_id = ?1
         union all select a.kind from _parts p join actors a on a.actor_id = p.to_id
         where p.from_id = ?1 limit 1",
    )?;
    Ok(query.query_row([actor], |row| row.get(0)).optional()?)
}
