//! Cells of rows of pages that tell of other pages: stories of statements and events, outcomes
//! of outlooks.

use onrecord_model::Id;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::Fault;

/// Rows that are gone over at once.
const ROWS: i64 = 5_000;

/// Makes the cells of some of the rows in `_cells`; how many rows they were.
pub(crate) fn write(tx: &Transaction<'_>) -> Result<usize, Fault> {
    let rows: Vec<Id> = tx
        .prepare_cached("select row_id from _cells order by row_id limit ?")?
        .query_map([ROWS], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in &rows {
        match id.split_once('-').map_or("", |(table, _)| table) {
            "ar" => {
                story(tx, "statements", "article_id", id)?;
                story(tx, "events", "article_id", id)?;
                outcomes_of(tx, id)?;
            }
            "st" => story(tx, "statements", "statement_id", id)?,
            "ev" => story(tx, "events", "event_id", id)?,
            "ou" => outcome(tx, id)?,
            _ => {}
        }
        tx.prepare_cached("delete from _cells where row_id = ?")?
            .execute([id])?;
    }
    Ok(rows.len())
}

/// A row in several stories gets the first of them.
fn story(tx: &Transaction<'_>, table: &str, by: &str, id: &str) -> Result<(), Fault> {
    let key = if table == "statements" {
        "statement_id"
    } else {
        "event_id"
    };
    let first = format!("(select min(i.story_id) from _in_story i where i.row_id = {table}.{key})");
    tx.prepare_cached(&format!(
        "update {table} set story_id = {first} where {by} = ?1 and story_id is not {first}"
    ))?
    .execute([id])?;
    Ok(())
}

fn outcomes_of(tx: &Transaction<'_>, article: &str) -> Result<(), Fault> {
    let outlooks: Vec<Id> = tx
        .prepare_cached(
            "select o.outlook_id from sentences s join outlooks o using (sentence_id)
             where s.article_id = ?",
        )?
        .query_map([article], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    outlooks.iter().try_for_each(|id| outcome(tx, id))
}

/// What other pages tell goes before what its own tells; else it is open.
fn outcome(tx: &Transaction<'_>, outlook: &str) -> Result<(), Fault> {
    type Told = (String, String, Option<String>);
    let told: Option<Told> = tx
        .prepare_cached(
            "select outcome, sentence_ids, note from (
                 select outcome, sentence_ids, note, 0 as late, key from _outcomes
                 where outlook_id = ?1
                 union all
                 select outcome, sentence_ids, note, 1, '' from _own_outcomes
                 where outlook_id = ?1)
             order by late, key limit 1",
        )?
        .query_row([outlook], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (outcome, sentences, note) =
        told.unwrap_or_else(|| ("open".to_owned(), "[]".to_owned(), None));
    tx.prepare_cached(
        "update outlooks set outcome = ?1, outcome_sentence_ids = ?2, outcome_note = ?3
         where outlook_id = ?4 and (outcome is not ?1 or outcome_sentence_ids is not ?2
             or outcome_note is not ?3)",
    )?
    .execute(params![outcome, sentences, note, outlook])?;
    Ok(())
}
