//! Runs: what pages were read with.

use onrecord_model::id_of;
use rusqlite::params;
use serde_json::Value;

use crate::error::Fault;
use crate::{Counts, Record, RecordError, TABLES, schema};

/// What a run reads pages with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunConfig {
    /// Version of onrecord.
    pub version: String,
    /// Hash over the lexicon files.
    pub lexicon_sha256: String,
    /// Hash of the model.
    pub weights_sha256: Option<String>,
    /// Settings that change what is read, a JSON object; neither paths nor numbers of
    /// threads belong there.
    pub settings: String,
    /// When the run began (ISO 8601, UTC).
    pub started: String,
}

impl Record {
    /// Begins a run and gives its id. Runs that differ only in `started` have the same id
    /// and are one row: the first start and the last end are kept.
    ///
    /// # Errors
    /// If the settings are no JSON object or the file cannot be written.
    pub fn begin_run(&mut self, run: &RunConfig) -> Result<String, RecordError> {
        let settings = match serde_json::from_str(&run.settings) {
            Ok(Value::Object(settings)) => sorted(Value::Object(settings)).to_string(),
            Ok(_) => return Err(self.settings("it is another kind of JSON value")),
            Err(error) => return Err(self.settings(&error.to_string())),
        };
        let weights = run.weights_sha256.as_deref();
        let id = id_of(
            "ru",
            &[
                &run.version,
                &run.lexicon_sha256,
                weights.unwrap_or_default(),
                &settings,
            ],
        );
        self.transaction(|tx| {
            tx.execute(
                "insert into runs (run_id, version, lexicon_sha256, weights_sha256, settings,
                                   started, ended, counts)
                 values (?, ?, ?, ?, ?, ?, null, '{}')
                 on conflict (run_id) do update set started = min(started, excluded.started)",
                params![
                    id,
                    run.version,
                    run.lexicon_sha256,
                    weights,
                    settings,
                    run.started
                ],
            )?;
            Ok(())
        })?;
        Ok(id)
    }

    /// Ends a run: counts what the record holds from every run, forgets runs from which it
    /// holds nothing any more, and gives the counts of this one.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn end_run(&mut self, run_id: &str, ended: &str) -> Result<Counts, RecordError> {
        let counts = self.transaction(|tx| {
            tx.execute(
                "update runs set ended = max(coalesce(ended, ''), ?) where run_id = ?",
                [ended, run_id],
            )?;
            tx.execute(
                "delete from runs where run_id <> ? and ended is not null
                 and run_id not in (select run_id from _pages)",
                [run_id],
            )?;
            let runs: Vec<String> = tx
                .prepare("select run_id from runs")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut of_this = Counts::new();
            for id in runs {
                let counts = count(tx, &id)?;
                let text = Value::from_iter(counts.iter().map(|(name, n)| (name.clone(), *n)));
                tx.execute(
                    "update runs set counts = ? where run_id = ?",
                    params![text.to_string(), id],
                )?;
                if id == run_id {
                    of_this = counts;
                }
            }
            Ok(of_this)
        })?;
        self.with(|c| {
            // Neither changes a row; a reader that is still there makes them do nothing.
            c.execute_batch("pragma optimize; pragma wal_checkpoint(passive);")?;
            Ok(())
        })?;
        Ok(counts)
    }

    /// The number of rows of each table.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn counts(&self) -> Result<Counts, RecordError> {
        self.with(|c| {
            let mut counts = Counts::new();
            for table in crate::TABLES {
                let sql = format!("select count(*) from {}", table.name);
                let n: i64 = c.query_row(&sql, [], |row| row.get(0))?;
                counts.insert(table.name.to_owned(), u64::try_from(n).unwrap_or_default());
            }
            Ok(counts)
        })
    }

    fn settings(&self, what: &str) -> RecordError {
        RecordError::Settings {
            path: self.path.clone(),
            what: what.to_owned(),
        }
    }
}

/// The rows of the pages read by a run, by table; tables without a row are left out.
fn count(tx: &rusqlite::Transaction<'_>, run_id: &str) -> Result<Counts, Fault> {
    let mut counts = Counts::new();
    for sql in [
        "select j.key, sum(j.value) from _pages p, json_each(p.counts) j
         where p.run_id = ? group by j.key",
        // Of each wording one page is enough: there are far more pages that hold it.
        "select 'places', count(distinct v.row_id) from _variants v
         where v.kind = 'places' and exists (
             select 1 from _held h cross join _pages p on p.n = h.page
             where h.variant = v.n and p.run_id = ?)",
        "select 'actors', count(distinct a.actor_id) from _variants v
         left join _parts j on j.from_id = v.row_id
         join actors a on a.actor_id = coalesce(j.to_id, v.row_id)
         where v.kind = 'actors' and exists (
             select 1 from _held h cross join _pages p on p.n = h.page
             where h.variant = v.n and p.run_id = ?)",
        // Cross joins keep the order: SQLite would go over all stories for each page.
        "select 'stories', count(*) from stories s where exists (
             select 1 from json_each(s.article_ids) j
             cross join articles a on a.article_id = j.value
             cross join _pages p on p.page_id = a.page_id where p.run_id = ?)",
        "select 'reprints', count(*) from reprints r
         cross join articles a on a.article_id = r.article_id
         cross join _pages p on p.page_id = a.page_id where p.run_id = ?",
        "select 'disagreements', count(*) from disagreements d where exists (
             select 1 from json_each(d.sentence_ids) j
             cross join sentences s on s.sentence_id = j.value
             cross join articles a on a.article_id = s.article_id
             cross join _pages p on p.page_id = a.page_id where p.run_id = ?)",
    ] {
        let mut query = tx.prepare_cached(sql)?;
        let found = query.query_map([run_id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        for pair in found {
            let (name, n) = pair?;
            if n > 0 {
                counts.insert(name, u64::try_from(n).unwrap_or_default());
            }
        }
    }
    less_set_aside(tx, run_id, &mut counts)?;
    Ok(counts)
}

/// Takes off the rows that were set aside because their actor was forgotten.
fn less_set_aside(
    tx: &rusqlite::Transaction<'_>,
    run_id: &str,
    counts: &mut Counts,
) -> Result<(), Fault> {
    for table in TABLES.iter().filter(|t| schema::can_be_set_aside(t)) {
        let aside = schema::set_aside(table.name);
        let join = match table.column("article_id") {
            Some(_) => "",
            None => "join sentences s using (sentence_id)",
        };
        let article = if join.is_empty() { "t" } else { "s" };
        let sql = format!(
            "select count(*) from {aside} t {join}
             join articles a on a.article_id = {article}.article_id
             join _pages p on p.page_id = a.page_id where p.run_id = ?"
        );
        let n: i64 = tx
            .prepare_cached(&sql)?
            .query_row([run_id], |row| row.get(0))?;
        let n = u64::try_from(n).unwrap_or_default();
        if let Some(count) = counts.get_mut(table.name) {
            *count = count.saturating_sub(n);
        }
        if counts.get(table.name) == Some(&0) {
            counts.remove(table.name);
        }
    }
    Ok(())
}

/// A JSON value with the keys of all its objects in order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<_> = map.into_iter().map(|(key, v)| (key, sorted(v))).collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            Value::from_iter(pairs)
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}
