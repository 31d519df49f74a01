//! The rows that tell of joined actors, cell by cell.

use std::collections::BTreeSet;

use onrecord_model::Id;
use rusqlite::{OptionalExtension, Transaction, params};

use super::whose::Known;
use crate::error::Fault;
use crate::{Column, Kind, TABLES, Table, schema, table_named, values};

/// The tables of which cells hold actors, by the beginning of their ids.
const TABLES_BY_ID: [(&str, &str); 7] = [
    ("me-", "mentions"),
    ("re-", "relations"),
    ("st-", "statements"),
    ("ev-", "events"),
    ("po-", "positions"),
    ("ou-", "outlooks"),
    ("fr-", "framings"),
];

/// The columns of a table that hold actors, but for its key.
pub(crate) fn actor_columns(table: &Table) -> impl Iterator<Item = &'static Column> + use<> {
    table.columns[1..].iter().filter(|column| column.actor)
}

/// The actors in a cell.
pub(crate) fn actors_in(column: &Column, cell: &str) -> Vec<Id> {
    match column.kind {
        Kind::List => values::read_list(cell),
        // `framings.voice` may be the narrator.
        _ if cell.is_empty() || cell == "narrator" => Vec::new(),
        _ => vec![cell.to_owned()],
    }
}

/// All rows that hold, or held as they were read, an actor of the pages.
pub(super) fn with(tx: &Transaction<'_>, actor: &str) -> Result<BTreeSet<Id>, Fault> {
    let mut sql = String::from(
        "select mention_id from mentions where actor_id = ?1
         union all select row_id from _row_actors where actor_id = ?1
         union all select row_id from _moved where actor_id = ?1",
    );
    for table in TABLES
        .iter()
        .filter(|table| schema::can_be_set_aside(table))
    {
        for column in actor_columns(table) {
            let (key, name) = (table.key(), schema::set_aside(table.name));
            let actor = column.name;
            sql.push_str(&format!(
                " union all select {key} from {name} where {actor} = ?1"
            ));
        }
    }
    let mut query = tx.prepare_cached(&sql)?;
    let found = query.query_map([actor], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Makes rows that have just been written as the joins say; `parts` are their actors.
pub(crate) fn of_pages(tx: &Transaction<'_>, parts: &[(Id, Id)]) -> Result<(), Fault> {
    let mut known = Known::of(tx);
    let mut rows = BTreeSet::new();
    for (actor, row) in parts {
        if known.fate(actor)?.is_some() {
            rows.insert(row.clone());
        }
    }
    settle(tx, &rows)
}

/// Makes each of these rows as the fates of its actors say.
pub(crate) fn settle(tx: &Transaction<'_>, rows: &BTreeSet<Id>) -> Result<(), Fault> {
    let mut known = Known::of(tx);
    for id in rows {
        let named = TABLES_BY_ID.iter().find(|(start, _)| id.starts_with(start));
        if let Some(table) = named.and_then(|(_, name)| table_named(name)) {
            row(&mut known, table, id)?;
        }
    }
    Ok(())
}

/// The cells of a row that hold actors.
struct Cells {
    columns: Vec<&'static Column>,
    /// As they are now.
    now: Vec<Option<String>>,
    /// As they were read.
    read: Vec<Option<String>>,
    /// Whether the row was set aside.
    aside: bool,
    /// What is kept of cells that changed: actor, column, cell as it was read.
    moved: BTreeSet<(String, String, String)>,
}

impl Cells {
    fn of(tx: &Transaction<'_>, table: &Table, id: &str) -> Result<Option<Cells>, Fault> {
        let columns: Vec<_> = actor_columns(table).collect();
        let names: Vec<String> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        let load = |from: &str| -> Result<Option<Vec<Option<String>>>, Fault> {
            let sql = format!(
                "select {} from {from} where {} = ?",
                names.join(", "),
                table.key()
            );
            let mut query = tx.prepare_cached(&sql)?;
            let cells =
                query.query_row([id], |row| (0..names.len()).map(|at| row.get(at)).collect());
            Ok(cells.optional()?)
        };
        let (aside, now) = match load(table.name)? {
            Some(now) => (false, now),
            None if schema::can_be_set_aside(table) => {
                match load(&schema::set_aside(table.name))? {
                    Some(now) => (true, now),
                    None => return Ok(None),
                }
            }
            None => return Ok(None),
        };
        let mut query =
            tx.prepare_cached("select actor_id, field, value from _moved where row_id = ?")?;
        let moved: BTreeSet<(String, String, String)> = query
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let mut read = now.clone();
        for (_, field, value) in &moved {
            if let Some(at) = columns.iter().position(|c| c.name == field) {
                read[at] = Some(value.clone());
            }
        }
        Ok(Some(Cells {
            columns,
            now,
            read,
            aside,
            moved,
        }))
    }

    /// The actors of cells.
    fn actors(&self, cells: &[Option<String>]) -> BTreeSet<Id> {
        let each = self.columns.iter().zip(cells);
        each.filter_map(|(column, cell)| Some(actors_in(column, cell.as_deref()?)))
            .flatten()
            .collect()
    }
}

/// Makes one row right. A row that cannot be without an actor who was forgotten is set aside.
fn row(known: &mut Known<'_>, table: &'static Table, id: &str) -> Result<(), Fault> {
    let tx = known.tx();
    let Some(cells) = Cells::of(tx, table, id)? else {
        return Ok(());
    };
    let (mut wanted, mut moved, mut aside) = (cells.read.clone(), BTreeSet::new(), false);
    for (at, column) in cells.columns.iter().enumerate() {
        let Some(cell) = &cells.read[at] else {
            continue;
        };
        let (mut all, mut same): (Vec<Id>, bool) = (Vec::new(), true);
        for actor in actors_in(column, cell) {
            let to = known.target(&actor, table, column, id)?;
            if to.as_ref() != Some(&actor) {
                same = false;
                moved.insert((actor, column.name.to_owned(), cell.clone()));
            }
            all.extend(to.filter(|to| !all.contains(to)));
        }
        if !same {
            wanted[at] = match column.kind {
                Kind::List => Some(values::list(&all)),
                _ => all.pop(),
            };
            aside |= wanted[at].is_none() && !column.null;
        }
    }
    if aside {
        wanted.clone_from(&cells.read);
    }
    let home = table.name.to_owned();
    let away = schema::set_aside(table.name);
    let key = table.key();
    if aside != cells.aside {
        let (from, to) = if aside {
            (&home, &away)
        } else {
            (&away, &home)
        };
        tx.prepare_cached(&format!(
            "insert into {to} select * from {from} where {key} = ?"
        ))?
        .execute([id])?;
        tx.prepare_cached(&format!("delete from {from} where {key} = ?"))?
            .execute([id])?;
    }
    let lies_in = if aside { &away } else { &home };
    for (at, column) in cells.columns.iter().enumerate() {
        if wanted[at] != cells.now[at] {
            let sql = format!(
                "update {lies_in} set \"{}\" = ? where {key} = ?",
                column.name
            );
            tx.prepare_cached(&sql)?.execute(params![wanted[at], id])?;
        }
    }
    if table.name != "mentions" {
        let of = |cells: &Cells, values: &[Option<String>], aside: bool| match aside {
            true => BTreeSet::new(),
            false => cells.actors(values),
        };
        let was = of(&cells, &cells.now, cells.aside);
        row_actors(tx, id, &was, &of(&cells, &wanted, aside))?;
    }
    for (actor, field, _) in cells.moved.difference(&moved) {
        tx.prepare_cached("delete from _moved where actor_id = ? and row_id = ? and field = ?")?
            .execute([actor.as_str(), id, field])?;
    }
    for (actor, field, value) in moved.difference(&cells.moved) {
        tx.prepare_cached("insert into _moved values (?, ?, ?, ?)")?
            .execute([actor.as_str(), id, field, value])?;
    }
    Ok(())
}

/// Writes who has a part in a row, where that has changed.
fn row_actors(
    tx: &Transaction<'_>,
    id: &str,
    was: &BTreeSet<Id>,
    is: &BTreeSet<Id>,
) -> Result<(), Fault> {
    for actor in was.difference(is) {
        tx.prepare_cached("delete from _row_actors where actor_id = ? and row_id = ?")?
            .execute([actor.as_str(), id])?;
    }
    for actor in is.difference(was) {
        tx.prepare_cached("insert or ignore into _row_actors values (?, ?)")?
            .execute([actor.as_str(), id])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_with_actors_is_found_by_its_ids() {
        let with: Vec<_> = TABLES
            .iter()
            .filter(|t| actor_columns(t).next().is_some())
            .map(|t| t.name)
            .collect();
        assert_eq!(with, TABLES_BY_ID.map(|(_, name)| name));
    }

    #[test]
    fn columns_that_speak_of_actors_are_marked() {
        for table in TABLES.iter().filter(|t| t.name != "corrections") {
            for column in table.columns {
                let named = [
                    "actor",
                    "speaker",
                    "addressee",
                    "subject",
                    "object",
                    "recipient",
                ];
                let by_name = column.name.contains("_id")
                    && named.iter().any(|word| column.name.starts_with(word));
                let by_words = column.what.starts_with("Actor ")
                    || column.what.starts_with("Actors ")
                    || column.what.starts_with("Actor: ");
                if by_name || by_words {
                    assert!(column.actor, "{}.{}", table.name, column.name);
                }
            }
        }
    }
}
