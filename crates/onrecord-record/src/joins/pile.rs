//! The actors of the pages, before any join.

use onrecord_model::{Id, PileActor};
use rusqlite::{Connection, OptionalExtension, Row};

use super::gather::PileActors;
use crate::error::Fault;
use crate::{Record, RecordError};

/// The mentions with the actors that were read, not those of joins.
const AS_READ: &str = "
    from mentions m
    left join _moved o on o.row_id = m.mention_id
    where coalesce(o.actor_id, m.actor_id) is not null";

impl Record {
    /// The actors as the pages tell of them, each id once, before any join or correction;
    /// sorted by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pile_actors(&self) -> Result<Vec<PileActor>, RecordError> {
        let snapshot = self.snapshot()?;
        let found = self.with(|c| {
            let mut actors = PileActors::default();
            each(
                c,
                "select row_id, data from _variants where kind = 'actors' order by row_id, data",
                |id, row| {
                    actors.said(id, text(row, 1)?);
                    Ok(())
                },
            )?;
            each(
                c,
                &format!(
                    "select coalesce(o.actor_id, m.actor_id), m.text, count(*) {AS_READ}
                     and m.kind = 'name' group by 1, 2 order by 1, 2"
                ),
                |id, row| {
                    actors.named(id, text(row, 1)?, row.get(2)?);
                    Ok(())
                },
            )?;
            each(
                c,
                &format!(
                    "select distinct coalesce(o.actor_id, m.actor_id), m.article_id {AS_READ}"
                ),
                |id, row| {
                    actors.met(id, text(row, 1)?);
                    Ok(())
                },
            )?;
            each(
                c,
                "select actor_id, role, min(sentence_id) from _text_roles
                 group by 1, 2 order by 1, 2",
                |id, row| {
                    let sentence: Option<String> = row.get(2)?;
                    actors.holds(id, text(row, 1)?, sentence.as_deref());
                    Ok(())
                },
            )?;
            Ok(actors.finish())
        });
        drop(snapshot);
        found
    }
}

impl Record {
    /// The name of an actor, also of one that was joined to another or forgotten; `None` if
    /// neither a page nor a correction names it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn actor_name(&self, actor_id: &str) -> Result<Option<String>, RecordError> {
        self.with(|c| {
            let mut query = c.prepare_cached(
                "select name from (
                     select name, 0 as n from actors where actor_id = ?1
                     union all select name, 1 from _given_names where actor_id = ?1
                     union all select json_extract(min(data), '$[0]'), 2 from _variants
                     where kind = 'actors' and row_id = ?1)
                 where name is not null order by n limit 1",
            )?;
            Ok(query.query_row([actor_id], |row| row.get(0)).optional()?)
        })
    }

    /// The actors to which the rows of an actor of the pages went, sorted; none if it is
    /// itself alone, or was forgotten.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn joined_to(&self, actor_id: &str) -> Result<Vec<Id>, RecordError> {
        self.with(|c| {
            let mut query =
                c.prepare_cached("select to_id from _parts where from_id = ? order by to_id")?;
            let found = query.query_map([actor_id], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

/// Runs a query whose first column is the actor's id.
fn each(
    c: &Connection,
    sql: &str,
    mut take: impl FnMut(&str, &Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), Fault> {
    let mut query = c.prepare(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        take(text(row, 0)?, row)?;
    }
    Ok(())
}

/// A text; none where it is no text.
fn text<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(at)?.as_str().unwrap_or_default())
}
