//! Rows that are in one record only, and which of them stand for the same thing.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::Changed;
use crate::{Map, Table};

/// Ids of rows that are in one record only, in a database of SQLite's own that goes to the
/// disk where it grows.
pub(super) struct Pairs {
    connection: Connection,
}

impl Pairs {
    pub(super) fn new() -> rusqlite::Result<Pairs> {
        let connection = Connection::open("")?;
        connection.execute_batch(
            "pragma journal_mode = off; pragma synchronous = off;
             create table lost(id text not null primary key, place text) without rowid;
             create table gained(id text not null primary key, place text) without rowid;",
        )?;
        Ok(Pairs { connection })
    }

    /// Notes a row that is in one record only.
    pub(super) fn put(&self, table: &Table, row: &Map, gained: bool) -> rusqlite::Result<()> {
        let sql = match gained {
            true => "insert into gained values (?, ?)",
            false => "insert into lost values (?, ?)",
        };
        let id = row.get(table.key()).and_then(Value::as_str);
        let mut insert = self.connection.prepare_cached(sql)?;
        insert.execute(params![id, place(table.name, row)])?;
        Ok(())
    }

    /// Gives the ids of rows in both records that stand for the same thing, or of those that
    /// have no partner, in order.
    pub(super) fn each<E>(
        &self,
        change: Changed,
        failed: impl Fn(rusqlite::Error) -> E,
        mut take: impl FnMut(Option<String>, Option<String>) -> Result<(), E>,
    ) -> Result<(), E> {
        // The first lost row of a place goes with the first gained one, and so on.
        const NUMBERED: &str = "
            a as (select id, place, row_number() over (partition by place order by id) as n
                  from lost where place is not null),
            b as (select id, place, row_number() over (partition by place order by id) as n
                  from gained where place is not null),
            pair as (select a.id as was, b.id as now from a join b using (place, n))";
        let what = match change {
            Changed::Changed => "select was, now from pair order by now",
            Changed::Lost => {
                "select id, null from lost where id not in (select was from pair) order by id"
            }
            Changed::Gained => {
                "select null, id from gained where id not in (select now from pair) order by id"
            }
        };
        let sql = format!("with {NUMBERED} {what}");
        let mut query = self.connection.prepare(&sql).map_err(&failed)?;
        let mut rows = query.query([]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            take(row.get(0).map_err(&failed)?, row.get(1).map_err(&failed)?)?;
        }
        Ok(())
    }
}

/// What a row is about and where it stands, whatever it says: rows of two records with the
/// same are the same row read otherwise. `None` for rows that are what they say.
fn place(table: &str, row: &Map) -> Option<String> {
    let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
    let span = |name: &str| cell("spans").get(name).cloned().unwrap_or_default();
    let parts = match table {
        "pages" => vec![cell("uri")],
        "articles" => vec![cell("page_id"), cell("n")],
        "sentences" => vec![cell("article_id"), cell("start")],
        "actors" => vec![cell("name"), cell("kind")],
        "places" => vec![cell("name"), cell("country"), cell("admin1")],
        "mentions" => vec![cell("article_id"), cell("start"), cell("end")],
        "relations" => vec![cell("sentence_id"), cell("predicate")],
        "statements" => match span("cue") {
            Value::Null => vec![cell("article_id"), span("content")],
            cue => vec![cell("article_id"), cue],
        },
        "events" => vec![cell("article_id"), span("trigger")],
        "positions" => vec![cell("sentence_id"), cell("issue")],
        "outlooks" => vec![cell("sentence_id"), cell("content")],
        "framings" => vec![cell("article_id"), cell("start"), cell("end")],
        "disagreements" => vec![cell("about")],
        "stories" => vec![cell("kind"), cell("title")],
        _ => return None,
    };
    Some(Value::from(parts).to_string())
}
