//! Writing the rows of one page, in one transaction.

use onrecord_model::{Note, RawPage, Reading, id_of};
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use crate::error::Fault;
use crate::offsets::CodePoints;
use crate::rows::{ArticleRows, Writer, actors, events, pages, places, positions, statements};
use crate::{
    Column, Counts, Kind, Record, RecordError, TABLES, Table, corrections, fts, joins, schema,
    values,
};

/// What a page of the record was read with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageState {
    /// The run.
    pub run_id: String,
    /// As given to [`Record::write_page`].
    pub fingerprint: String,
}

/// A page of which nothing could be read.
#[derive(Clone, Debug, Default)]
pub struct UnreadPage {
    /// From the content, as for pages that can be read.
    pub page_id: String,
    /// Where it lies.
    pub uri: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// As far as known.
    pub media_type: String,
    /// Length of its bytes.
    pub bytes: u64,
    /// Why it could not be read.
    pub notes: Vec<Note>,
}

impl UnreadPage {
    /// The page `raw`, of which `note` says why nothing could be read.
    pub fn of(raw: &RawPage, note: Note) -> UnreadPage {
        let declared = raw.declared.media_type;
        UnreadPage {
            page_id: id_of("pg", &[&raw.sha256]),
            uri: raw.uri.clone(),
            sha256: raw.sha256.clone(),
            media_type: declared.map_or("", |kind| kind.name()).to_owned(),
            bytes: raw.bytes.len() as u64,
            notes: raw.notes.iter().cloned().chain([note]).collect(),
        }
    }
}

impl Record {
    /// What the page was last read with; `None` if the record does not hold it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn state(&self, page_id: &str) -> Result<Option<PageState>, RecordError> {
        self.with(|c| {
            let mut query =
                c.prepare_cached("select run_id, fingerprint from _pages where page_id = ?")?;
            let state = query.query_row([page_id], |row| {
                Ok(PageState {
                    run_id: row.get(0)?,
                    fingerprint: row.get(1)?,
                })
            });
            Ok(state.optional()?)
        })
    }

    /// Notes that a page of the record also lies at `uri`. `pages.uri` is the first of its
    /// places in the alphabet, so that it does not depend on which was read first.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn also_at(&mut self, page_id: &str, uri: &str) -> Result<(), RecordError> {
        let known = self.with(|c| {
            let mut query =
                c.prepare_cached("select 1 from _uris where page_id = ? and uri = ?")?;
            Ok(query.exists([page_id, uri])?)
        })?;
        if known {
            return Ok(());
        }
        self.transaction(|tx| {
            tx.execute("insert or ignore into _uris values (?, ?)", [page_id, uri])?;
            tx.execute(
                "update pages set uri = (select min(uri) from _uris where page_id = ?1)
                 where page_id = ?1",
                [page_id],
            )?;
            Ok(())
        })
    }

    /// All the places a page was read from, sorted.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn uris(&self, page_id: &str) -> Result<Vec<String>, RecordError> {
        self.with(|c| {
            let mut query =
                c.prepare_cached("select uri from _uris where page_id = ? order by uri")?;
            let found = query.query_map([page_id], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Writes the rows of a page in one transaction, in place of those it had, and says how
    /// many there are by table. `actors` and `places` are right at once; `stories`,
    /// `disagreements` and outcomes are as they were until [`Record::write_across`].
    ///
    /// # Errors
    /// If the file cannot be written, or the reading contradicts itself; then nothing of it
    /// was written.
    pub fn write_page(
        &mut self,
        reading: &Reading,
        run_id: &str,
        fingerprint: &str,
        read_at: &str,
    ) -> Result<Counts, RecordError> {
        let page = &reading.page;
        let row = pages::PageRow {
            id: &page.id,
            uri: &page.uri,
            sha256: &page.sha256,
            media_type: page.media_type.name(),
            bytes: page.bytes,
            articles: reading.articles.len(),
            read_at,
            notes: pages::notes(reading),
        };
        self.transaction(|tx| {
            replace(tx, &row, run_id, fingerprint, |w| {
                let points = CodePoints::of(&page.text);
                for article in &reading.articles {
                    let rows = ArticleRows::of(article, &points);
                    pages::article(w, &rows, page)?;
                    actors::write(w, &rows)?;
                    places::write(w, &rows)?;
                    statements::write(w, &rows)?;
                    events::write(w, &rows)?;
                    positions::write(w, &rows)?;
                }
                Ok(())
            })
        })
    }

    /// As [`Record::write_page`]; a page whose reading contradicts itself is set aside with a note
    /// and given back.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write_page_or_note(
        &mut self,
        reading: &Reading,
        run_id: &str,
        fingerprint: &str,
        read_at: &str,
    ) -> Result<Option<UnreadPage>, RecordError> {
        let error = match self.write_page(reading, run_id, fingerprint, read_at) {
            Ok(_) => return Ok(None),
            Err(error @ RecordError::Reading { .. }) => error,
            Err(error) => return Err(error),
        };
        let page = &reading.page;
        let unread = UnreadPage {
            page_id: page.id.clone(),
            uri: page.uri.clone(),
            sha256: page.sha256.clone(),
            media_type: page.media_type.name().to_owned(),
            bytes: page.bytes,
            notes: vec![Note::unread("fault", "", error.to_string())],
        };
        self.write_unread(&unread, run_id, fingerprint, read_at)?;
        Ok(Some(unread))
    }

    /// Writes a page of which nothing could be read: a row of `pages` with its notes.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write_unread(
        &mut self,
        page: &UnreadPage,
        run_id: &str,
        fingerprint: &str,
        read_at: &str,
    ) -> Result<Counts, RecordError> {
        let row = pages::PageRow {
            id: &page.page_id,
            uri: &page.uri,
            sha256: &page.sha256,
            media_type: &page.media_type,
            bytes: page.bytes,
            articles: 0,
            read_at,
            notes: values::notes(&page.notes),
        };
        self.transaction(|tx| replace(tx, &row, run_id, fingerprint, |_| Ok(())))
    }

    /// Takes a page and all its rows out of the record; false if it was not there.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn remove_page(&mut self, page_id: &str) -> Result<bool, RecordError> {
        self.transaction(|tx| {
            let known = tx
                .prepare_cached("select 1 from _pages where page_id = ?")?
                .exists([page_id])?;
            let mut writer = Writer::new(tx, 0);
            erase(&mut writer, page_id)?;
            tx.execute("delete from _uris where page_id = ?", [page_id])?;
            rebuild(&writer)?;
            Ok(known)
        })
    }
}

fn replace(
    tx: &Transaction<'_>,
    row: &pages::PageRow<'_>,
    run_id: &str,
    fingerprint: &str,
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), Fault>,
) -> Result<Counts, Fault> {
    let mut before = Writer::new(tx, 0);
    erase(&mut before, row.id)?;
    tx.prepare_cached(
        "insert into _pages (page_id, run_id, fingerprint, counts) values (?, ?, ?, '{}')",
    )?
    .execute([row.id, run_id, fingerprint])?;
    let mut w = Writer::new(tx, tx.last_insert_rowid());
    w.actors = before.actors;
    w.places = before.places;
    pages::page(&mut w, row)?;
    write(&mut w)?;
    joins::of_pages(tx, &w.parts)?;
    corrections::written(tx, row.id, &mut w.actors)?;
    rebuild(&w)?;
    let counts = Value::from_iter(w.counts.iter().map(|(name, n)| (name.clone(), *n)));
    tx.prepare_cached("update _pages set counts = ? where n = ?")?
        .execute(params![counts.to_string(), w.page])?;
    Ok(w.counts)
}

/// Makes the rows of actors and places anew that the page names or named.
fn rebuild(w: &Writer<'_>) -> Result<(), Fault> {
    let mut actors = w.actors.clone();
    for actor in &w.actors {
        if let Some(fate) = joins::fate_of(w.tx, actor)? {
            actors.extend(fate.targets().into_iter().map(str::to_owned));
        }
    }
    for actor in &actors {
        crate::rows::actor::rebuild(w.tx, actor)?;
    }
    for place in &w.places {
        places::rebuild(w.tx, place)?;
    }
    Ok(())
}

/// Rows that name their article.
const BY_ARTICLE: [&str; 5] = ["mentions", "relations", "statements", "events", "framings"];
/// Rows that name a sentence only.
const BY_SENTENCE: [&str; 2] = ["positions", "outlooks"];

/// Takes out all rows of a page, and notes which actors and places it named.
fn erase(w: &mut Writer<'_>, page_id: &str) -> Result<(), Fault> {
    let tx = w.tx;
    let page: Option<i64> = tx
        .prepare_cached("select n from _pages where page_id = ?")?
        .query_row([page_id], |row| row.get(0))
        .optional()?;
    let Some(page) = page else { return Ok(()) };
    let articles = "(select article_id from articles where page_id = ?1)";
    let sentences = "(select s.sentence_id from articles a join sentences s using (article_id)
                      where a.page_id = ?1)";
    let run = |sql: &str| -> Result<(), Fault> {
        tx.prepare_cached(sql)?.execute([page_id])?;
        Ok(())
    };
    fts::remove_page(tx, page_id)?;
    corrections::erased(tx, page_id)?;
    run(&format!(
        "delete from _own_outcomes where outlook_id in
         (select outlook_id from outlooks where sentence_id in {sentences})"
    ))?;
    for table in TABLES {
        let of_page = of_page(table, articles, sentences);
        let mut places = vec![table.name.to_owned()];
        if schema::can_be_set_aside(table) {
            places.push(schema::set_aside(table.name));
        }
        let mut has_actors = false;
        for column in joins::actor_columns(table) {
            has_actors = true;
            if table.name != "mentions" {
                run(&remove_parts(table, column, &of_page))?;
            }
        }
        for place in places.iter().filter(|_| has_actors) {
            run(&format!(
                "delete from _moved where row_id in
                 (select t.{} from {place} t where {of_page})",
                table.key()
            ))?;
        }
        if let Some(aside) = places.get(1) {
            run(&format!("delete from {aside} as t where {of_page}"))?;
        }
    }
    {
        let mut query = tx.prepare_cached(&format!(
            "select distinct actor_id from mentions
             where article_id in {articles} and actor_id is not null"
        ))?;
        for actor in query.query_map([page_id], |row| row.get(0))? {
            w.actors.insert(actor?);
        }
    }
    for table in BY_SENTENCE {
        run(&format!(
            "delete from {table} where sentence_id in {sentences}"
        ))?;
    }
    for table in BY_ARTICLE {
        run(&format!(
            "delete from {table} where article_id in {articles}"
        ))?;
    }
    run(&format!(
        "delete from sentences where article_id in {articles}"
    ))?;
    run("delete from articles where page_id = ?1")?;
    run("delete from pages where page_id = ?1")?;
    run("delete from _pages where page_id = ?1")?;
    tx.prepare_cached("delete from _text_roles where page = ?")?
        .execute([page])?;
    release(w, page)
}

/// Drops what the page says of actors and places, and what no other page says either.
fn release(w: &mut Writer<'_>, page: i64) -> Result<(), Fault> {
    let tx = w.tx;
    let held: Vec<(i64, String, String)> = tx
        .prepare_cached(
            "select v.n, v.kind, v.row_id from _held h join _variants v on v.n = h.variant
             where h.page = ?",
        )?
        .query_map([page], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    tx.prepare_cached("delete from _held where page = ?")?
        .execute([page])?;
    for (variant, kind, row_id) in held {
        tx.prepare_cached(
            "delete from _variants where n = ?1
             and not exists (select 1 from _held where variant = ?1)",
        )?
        .execute([variant])?;
        if kind == "places" {
            w.places.insert(row_id)
        } else {
            w.actors.insert(row_id)
        };
    }
    Ok(())
}

/// The condition that a row `t` stands on the page `?1`.
fn of_page(table: &Table, articles: &str, sentences: &str) -> String {
    if BY_SENTENCE.contains(&table.name) {
        format!("t.sentence_id in {sentences}")
    } else {
        format!("t.article_id in {articles}")
    }
}

fn remove_parts(table: &Table, column: &Column, of_page: &str) -> String {
    let (name, key, actor) = (table.name, table.key(), column.name);
    let parts = if column.kind == Kind::List {
        format!("select j.value, t.{key} from {name} t, json_each(t.{actor}) j where {of_page}")
    } else {
        format!("select t.{actor}, t.{key} from {name} t where {of_page}")
    };
    format!("delete from _row_actors where (actor_id, row_id) in ({parts})")
}
