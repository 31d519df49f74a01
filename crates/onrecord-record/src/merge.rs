//! Taking over the pages of another record.

use std::collections::BTreeSet;
use std::path::Path;

use onrecord_model::Id;
use rusqlite::{Connection, Transaction};

use crate::error::Fault;
use crate::{Record, RecordError, TABLES, Table, corrections, joins, rows};

/// What a record took over from another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// Pages that it did not hold before.
    pub pages: u64,
    /// Pages that it held already; they stayed as they were.
    pub known: u64,
}

impl Record {
    /// Writes a copy of this record to `to`, without what was joined, corrected or compared:
    /// every row as its page was read. No file may lie there.
    ///
    /// # Errors
    /// If the copy cannot be written.
    pub fn copy_as_read(&self, to: &Path) -> Result<Record, RecordError> {
        self.vacuum_into(to)?;
        let mut copy = Record::open(to)?;
        copy.write_corrections(&[])?;
        copy.write_joins(&[])?;
        Ok(copy)
    }

    /// Whether rows were joined or corrected since they were read.
    pub(crate) fn was_changed(&self) -> Result<bool, RecordError> {
        let sql = "select 1 from _joins union all select 1 from _corrections";
        self.with(|c| any(c, sql))
    }

    /// Takes over the pages that `other` holds and this record does not, with their rows. The
    /// rows are those that reading the pages into this record would have given; stories,
    /// disagreements, outcomes and joins are as they were until they are written anew, and
    /// the counts of runs until [`Record::end_run`].
    ///
    /// # Errors
    /// If `other` is no record, if rows of it were joined or corrected (a copy by
    /// [`Record::copy_as_read`] has none), or if this one cannot be written; then nothing
    /// was taken over.
    pub fn take_over(&mut self, other: &Path) -> Result<TakenOver, RecordError> {
        let theirs = Record::open_read(other)?;
        if theirs.was_changed()? {
            return Err(RecordError::NotAsRead {
                path: other.to_owned(),
            });
        }
        drop(theirs);
        self.attached(other, take_over)
    }

    /// Does something as one transaction while another file is at hand as `other`.
    pub(crate) fn attached<T>(
        &mut self,
        other: &Path,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, RecordError> {
        self.with(|c| {
            c.execute("attach ? as other", [other.to_string_lossy()])?;
            Ok(())
        })?;
        let taken = self.transaction(work);
        // Whatever happened, the other file is let go.
        let detached = self.with(|c| {
            c.execute_batch("detach other")?;
            Ok(())
        });
        let taken = taken?;
        detached?;
        Ok(taken)
    }
}

fn any(c: &Connection, sql: &str) -> Result<bool, Fault> {
    Ok(c.prepare(sql)?.exists([])?)
}

fn number(c: &Connection, sql: &str) -> Result<u64, Fault> {
    let n: i64 = c.query_row(sql, [], |row| row.get(0))?;
    Ok(n.unsigned_abs())
}

/// Which pages, articles and rows are taken over: `map` gives each page its number here.
const CHOSEN: &str = "
    create temp table map(theirs integer primary key, ours integer, page_id text unique);
    create temp table arts(article_id text primary key, theirs integer) without rowid;
    create temp table taken(row_id text primary key) without rowid;
    insert into main._pages (page_id, run_id, fingerprint, counts)
        select o.page_id, o.run_id, o.fingerprint, o.counts from other._pages o
        where o.page_id not in (select page_id from main._pages) order by o.page_id;
    insert into map select o.n, p.n, p.page_id from other._pages o
        join main._pages p on p.page_id = o.page_id
        where p.page_id not in (select page_id from main.pages);
    insert into arts select a.article_id, m.theirs from other.articles a join map m using (page_id);
    insert into main.runs select * from other.runs where true on conflict (run_id) do update set
        started = min(started, excluded.started),
        ended = max(coalesce(ended, ''), coalesce(excluded.ended, ''));
    -- Also those of pages that a third record holds: it may come later.
    insert or ignore into main._uris select u.* from other._uris u;
    insert into main.pages select t.* from other.pages t join map m using (page_id)
        order by t.page_id;
    update main.pages set uri = (select min(u.uri) from main._uris u where u.page_id = pages.page_id)
        where page_id in (select page_id from other._uris);
";

/// What the pages say of actors and places, offices, outcomes, parts in rows, and the search.
const INTERNAL: &str = "
    insert or ignore into main._variants (kind, row_id, data)
        select v.kind, v.row_id, v.data from other._variants v
        where v.n in (select h.variant from other._held h join map m on m.theirs = h.page)
        order by v.kind, v.row_id, v.data;
    insert or ignore into main._held
        select v.n, m.ours from other._held h join map m on m.theirs = h.page
        join other._variants o on o.n = h.variant
        join main._variants v on v.kind = o.kind and v.row_id = o.row_id and v.data = o.data;
    insert or ignore into main._text_roles
        select t.actor_id, t.role, t.sentence_id, m.ours from other._text_roles t
        join map m on m.theirs = t.page;
    insert into main._own_outcomes select o.* from other._own_outcomes o
        where o.outlook_id in (select row_id from taken);
    insert or ignore into main._row_actors select r.* from other._row_actors r
        where r.row_id in (select row_id from taken);
";

/// The texts of the new articles, each with its own numbers one after another.
const TEXTS: &str = "
    create temp table texts(id integer primary key, article_id text, row_id text);
    insert into texts
        select row_number() over (order by article_id, n)
            + (select coalesce(max(id), 0) from main._search_rows), article_id, row_id from (
            select a.article_id, -1 as n, a.article_id as row_id
            from main.articles a join arts using (article_id) where a.title is not null
            union all
            select s.article_id, s.n, s.sentence_id from main.sentences s join arts using (article_id));
    insert into main._search_rows (id, row_id) select id, row_id from texts order by id;
    insert into main._search (rowid, text, row_id)
        select v.id, v.text, v.row_id from texts t cross join main._search_text v on v.id = t.id
        order by t.id;
    insert into main._texts select min(id), max(id), article_id from texts group by article_id;
";

const DONE: &str = "drop table texts; drop table taken; drop table arts; drop table map;";

fn take_over(tx: &Transaction<'_>) -> Result<TakenOver, Fault> {
    let all = number(tx, "select count(*) from other._pages")?;
    tx.execute_batch(CHOSEN)?;
    for table in TABLES {
        if let Some(of) = of_articles(table) {
            let (name, key) = (table.name, table.key());
            tx.execute_batch(&format!(
                "insert into main.{name} select t.* from other.{name} t where {of} order by t.{key};
                 insert into taken select t.{key} from other.{name} t where {of};"
            ))?;
        }
    }
    tx.execute_batch(INTERNAL)?;
    tx.execute_batch(TEXTS)?;
    let mut actors = ids(
        tx,
        "select distinct v.row_id from _held h join map m on m.ours = h.page
         join _variants v on v.n = h.variant where v.kind = 'actors'",
    )?;
    actors.extend(ids(
        tx,
        "select distinct m.actor_id from mentions m join arts using (article_id)
         where m.actor_id is not null",
    )?);
    let places = ids(
        tx,
        "select distinct v.row_id from _held h join map m on m.ours = h.page
         join _variants v on v.n = h.variant where v.kind = 'places'",
    )?;
    if any(tx, "select 1 from _fates")? {
        let parts = parts(tx)?;
        joins::of_pages(tx, &parts)?;
    }
    if any(tx, "select 1 from _corrections")? {
        for page in ids(tx, "select page_id from map")? {
            corrections::written(tx, &page, &mut actors)?;
        }
    }
    for actor in actors.clone() {
        if let Some(fate) = joins::fate_of(tx, &actor)? {
            actors.extend(fate.targets().into_iter().map(str::to_owned));
        }
    }
    for actor in &actors {
        rows::actor::rebuild(tx, actor)?;
    }
    for place in &places {
        rows::places::rebuild(tx, place)?;
    }
    let pages = number(tx, "select count(*) from map")?;
    tx.execute_batch(DONE)?;
    Ok(TakenOver {
        pages,
        known: all - pages,
    })
}

/// The condition that a row `t` belongs to an article that is taken over; `None` for tables
/// whose rows belong to none, or are taken over otherwise.
fn of_articles(table: &Table) -> Option<&'static str> {
    match table.name {
        "pages" | "runs" | "actors" | "places" | "stories" | "disagreements" | "reprints"
        | "corrections" => None,
        "positions" | "outlooks" => Some(
            "t.sentence_id in (select s.sentence_id from other.sentences s join arts using (article_id))",
        ),
        _ => Some("t.article_id in (select article_id from arts)"),
    }
}

fn ids(c: &Connection, sql: &str) -> Result<BTreeSet<Id>, Fault> {
    let mut query = c.prepare(sql)?;
    let found = query.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Which actors have a part in which of the rows that were taken over.
fn parts(c: &Connection) -> Result<Vec<(Id, Id)>, Fault> {
    let mut query = c.prepare(
        "select r.actor_id, r.row_id from _row_actors r where r.row_id in (select row_id from taken)
         union all
         select m.actor_id, m.mention_id from mentions m join arts using (article_id)
         where m.actor_id is not null",
    )?;
    let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}
