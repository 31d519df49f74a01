//! Stories in the record, with the rows that stand in them.

use onrecord_model::{Id, Story};
use rusqlite::{OptionalExtension, Transaction};

use crate::error::Fault;
use crate::{across, values};

/// Puts a story in.
pub(super) fn put(tx: &Transaction<'_>, story: &Story) -> Result<(), Fault> {
    across::story(tx, story)?;
    for row in &story.rows {
        tx.prepare_cached("insert or ignore into _in_story values (?, ?)")?
            .execute([row, &story.id])?;
        tx.prepare_cached("insert or ignore into _cells values (?)")?
            .execute([row])?;
    }
    Ok(())
}

/// Takes a story out, if it is there.
pub(super) fn take_out(tx: &Transaction<'_>, story: &str) -> Result<(), Fault> {
    let rows: Option<String> = tx
        .prepare_cached("select row_ids from stories where story_id = ?")?
        .query_row([story], |row| row.get(0))
        .optional()?;
    for row in values::read_list(&rows.unwrap_or_default()) {
        tx.prepare_cached("delete from _in_story where row_id = ? and story_id = ?")?
            .execute([&row, story])?;
        tx.prepare_cached("insert or ignore into _cells values (?)")?
            .execute([&row])?;
    }
    tx.prepare_cached("delete from stories where story_id = ?")?
        .execute([story])?;
    Ok(())
}

/// The stories in which a row stands.
pub(super) fn of(tx: &Transaction<'_>, row: &str) -> Result<Vec<Id>, Fault> {
    let mut query = tx.prepare_cached("select story_id from _in_story where row_id = ?")?;
    let found = query.query_map([row], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
