//! What only several articles together show, kept up with the articles.
//!
//! The steps across pages are functions of one article, and of the items that articles keep for
//! one block (see [`AcrossPages`]). The record keeps the items. A comparison asks again about
//! the articles that changed (`_changed`, which the file itself fills), and then about the
//! blocks in which an item is new or gone (`_stale`); it writes the rows that differ. So the
//! rows are those that a comparison of all articles would have given, at the cost of what
//! changed, and never more than the runs of some thousand articles or one block are held in memory.
//!
//! Each part is committed by itself: a comparison that is killed goes on where it was.

mod blocks;
mod cells;
mod stories;
mod texts;
mod utterances;

pub(crate) use cells::write as write_cells;
use onrecord_model::{AcrossPages, Id};
use rusqlite::{OptionalExtension, Transaction};

use crate::error::Fault;
use crate::{Record, RecordError, corrections, pile};

/// Articles whose items are written at once: with fewer, each page of the table of runs would
/// be written many times over.
const ARTICLES: usize = 20_000;
/// Blocks whose rows are written at once.
const BLOCKS: usize = 500;

/// What a comparison had to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Articles that were new, gone or other than before.
    pub articles: u64,
    /// Blocks in which items were compared.
    pub blocks: u64,
}

impl Record {
    /// Brings stories, disagreements, outcomes, reprints and repeated texts up to the articles.
    ///
    /// # Errors
    /// If the file cannot be written; what was committed stays, and the next comparison goes on.
    pub fn compare(&mut self, steps: &dyn AcrossPages) -> Result<Compared, RecordError> {
        let mut done = Compared::default();
        self.transaction(|tx| begin(tx, &steps.made_with()))?;
        loop {
            let articles = self.transaction(|tx| keep(tx, steps))?;
            done.articles += articles;
            if articles == 0 {
                break;
            }
        }
        loop {
            let blocks = self.transaction(|tx| blocks::compare(tx, steps, BLOCKS))?;
            done.blocks += blocks;
            if blocks == 0 {
                break;
            }
        }
        loop {
            let groups = self.transaction(|tx| utterances::group(tx, steps, BLOCKS))?;
            done.blocks += groups;
            if groups == 0 {
                break;
            }
        }
        self.transaction(|tx| texts::compare(tx, steps))?;
        self.transaction(|tx| {
            tx.execute(
                "insert or ignore into _cells select row_id from _touched",
                [],
            )?;
            Ok(())
        })?;
        while self.transaction(write_cells)? > 0 {}
        self.transaction(corrections::after_across)?;
        Ok(done)
    }
}

/// Forgets all that was kept, unless it was made with the same.
fn begin(tx: &Transaction<'_>, made_with: &str) -> Result<(), Fault> {
    let mut query = tx.prepare_cached("select made_with from _compared_with")?;
    let before: Option<String> = query.query_row([], |row| row.get(0)).optional()?;
    if before.as_deref() == Some(made_with) {
        return Ok(());
    }
    forget(tx)?;
    tx.execute_batch("delete from stories; delete from disagreements; delete from reprints;")?;
    tx.execute("insert into _compared_with values (?)", [made_with])?;
    tx.execute(
        "insert or ignore into _changed (article_id) select article_id from articles order by rowid",
        [],
    )?;
    Ok(())
}

/// Forgets all that was kept: the next comparison asks about every article.
pub(crate) fn forget(tx: &Transaction<'_>) -> Result<(), Fault> {
    tx.execute_batch(
        "delete from _compared_with; delete from _kept; delete from _stale; delete from _made;
         delete from _outcomes; delete from _said; delete from _word_runs; delete from _same;
         delete from _in_story; delete from _cells; delete from _signatures;
         delete from _aligned; delete from _same_text;",
    )?;
    Ok(())
}

/// Keeps anew what the steps know of some of the articles that changed; how many they were.
fn keep(tx: &Transaction<'_>, steps: &dyn AcrossPages) -> Result<u64, Fault> {
    let ids: Vec<Id> = tx
        .prepare_cached("select article_id from _changed order by n limit ?")?
        .query_map([ARTICLES as i64], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut said = utterances::Changes::default();
    for id in &ids {
        blocks::forget(tx, id)?;
        texts::forget(tx, id)?;
        said.forget(tx, id)?;
        if let Some(article) = pile::article(tx, id)? {
            blocks::keep(tx, id, &steps.keep(&article))?;
            said.keep(tx, id, &steps.shingled(&article))?;
            texts::keep(tx, &article, &steps.signed(&article))?;
        }
        tx.prepare_cached("insert or ignore into _cells values (?)")?
            .execute([id])?;
        tx.prepare_cached("delete from _changed where article_id = ?")?
            .execute([id])?;
    }
    said.write(tx, steps)?;
    Ok(ids.len() as u64)
}
