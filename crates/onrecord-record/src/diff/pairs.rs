//! Rows that are in one record only, and which of them stand for the same thing.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::Changed;
use crate::place::place;
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
