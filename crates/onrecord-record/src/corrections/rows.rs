//! One row as it was read, and another in its place.
//!
//! Corrections of rows lie below the joins of actors: a row is changed as it was read, then
//! the joins are laid over it again.

use std::collections::BTreeSet;

use onrecord_model::Id;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Transaction, params_from_iter};
use serde_json::Value;

use crate::error::Fault;
use crate::{Kind, Map, Table, joins, schema, values};

/// Where rows of a table may lie.
fn homes(table: &Table) -> Vec<String> {
    let mut homes = vec![table.name.to_owned()];
    if schema::can_be_set_aside(table) {
        homes.push(schema::set_aside(table.name));
    }
    homes
}

/// The row as its page told it, or as a correction left it: before any join. `None` if it is
/// not there.
pub(super) fn as_read(tx: &Transaction<'_>, table: &Table, id: &str) -> Result<Option<Map>, Fault> {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|c| format!("\"{}\"", c.name))
        .collect();
    for home in homes(table) {
        let sql = format!(
            "select {} from {home} where {} = ?",
            names.join(", "),
            table.key()
        );
        let mut query = tx.prepare_cached(&sql)?;
        let found = query.query_row([id], |row| values::row(table, row));
        let Some(mut row) = found.optional()? else {
            continue;
        };
        let mut moved = tx.prepare_cached("select field, value from _moved where row_id = ?")?;
        let mut moved = moved.query([id])?;
        while let Some(cell) = moved.next()? {
            let (field, value): (String, String) = (cell.get(0)?, cell.get(1)?);
            if let Some(column) = table.column(&field) {
                row.insert(field, read_cell(column.kind, value));
            }
        }
        return Ok(Some(row));
    }
    Ok(None)
}

fn read_cell(kind: Kind, value: String) -> Value {
    match kind {
        Kind::List | Kind::Object => serde_json::from_str(&value).unwrap_or_default(),
        _ => value.into(),
    }
}

/// A cell as SQLite holds it.
fn sql(kind: Kind, value: &Value) -> Sql {
    match (kind, value) {
        (_, Value::Null) => Sql::Null,
        (Kind::List | Kind::Object, other) => Sql::Text(other.to_string()),
        (_, Value::Bool(truth)) => Sql::Integer(i64::from(*truth)),
        (_, Value::Number(number)) => match number.as_i64() {
            Some(number) if kind != Kind::Real => Sql::Integer(number),
            _ => Sql::Real(number.as_f64().unwrap_or_default()),
        },
        (_, Value::String(text)) => Sql::Text(text.clone()),
        (_, other) => Sql::Text(other.to_string()),
    }
}

/// The actors in a row.
pub(super) fn actors_in(table: &Table, row: &Map) -> BTreeSet<Id> {
    let mut all = BTreeSet::new();
    for column in joins::actor_columns(table) {
        match row.get(column.name) {
            Some(Value::String(id)) if id != "narrator" => {
                all.insert(id.clone());
            }
            Some(Value::Array(ids)) => {
                all.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            _ => {}
        }
    }
    all
}

/// Puts a row in place of the one with this id, or takes that out; actors whose own rows
/// must be made anew (those of a mention) are added to `rebuild`.
pub(super) fn put(
    tx: &Transaction<'_>,
    table: &'static Table,
    id: &str,
    row: Option<&Map>,
    rebuild: &mut BTreeSet<Id>,
) -> Result<(), Fault> {
    let is_mention = table.name == "mentions";
    for home in homes(table) {
        let mut names: Vec<String> = joins::actor_columns(table)
            .map(|c| format!("\"{}\"", c.name))
            .collect();
        if names.is_empty() {
            names.push("null".to_owned());
        }
        let select = format!(
            "select {} from {home} where {} = ?",
            names.join(", "),
            table.key()
        );
        let cells: Option<Vec<Option<String>>> = tx
            .prepare_cached(&select)?
            .query_row([id], |row| (0..names.len()).map(|at| row.get(at)).collect())
            .optional()?;
        let Some(cells) = cells else { continue };
        for (column, cell) in joins::actor_columns(table).zip(cells) {
            for actor in joins::actors_in(column, cell.as_deref().unwrap_or_default()) {
                if is_mention {
                    rebuild.insert(actor);
                } else {
                    tx.prepare_cached("delete from _row_actors where actor_id = ? and row_id = ?")?
                        .execute([actor.as_str(), id])?;
                }
            }
        }
        tx.prepare_cached(&format!("delete from {home} where {} = ?", table.key()))?
            .execute([id])?;
    }
    tx.prepare_cached("delete from _moved where row_id = ?")?
        .execute([id])?;
    let Some(row) = row else { return Ok(()) };
    let cells = table.columns.iter().map(|column| {
        let value = row.get(column.name).unwrap_or(&Value::Null);
        sql(column.kind, value)
    });
    tx.prepare_cached(schema::insert(table.name))?
        .execute(params_from_iter(cells))?;
    for actor in actors_in(table, row) {
        if is_mention {
            rebuild.insert(actor);
        } else {
            tx.prepare_cached("insert or ignore into _row_actors values (?, ?)")?
                .execute([actor.as_str(), id])?;
        }
    }
    joins::settle_rows(tx, &BTreeSet::from([id.to_owned()]))?;
    if is_mention {
        let now: Option<String> = tx
            .prepare_cached("select actor_id from mentions where mention_id = ?")?
            .query_row([id], |row| row.get(0))?;
        rebuild.extend(now);
    }
    Ok(())
}
