//! Items of articles by blocks, and the rows of blocks.

use std::collections::BTreeMap;

use onrecord_model::{AcrossPages, Id, Item, Kept, OutcomeFound, PileArticle};
use rusqlite::{Transaction, params};

use super::{stories, texts, utterances};
use crate::error::Fault;
use crate::{across, pile, values};

/// Drops the items of an article; their blocks are to be compared again.
pub(super) fn forget(tx: &Transaction<'_>, article: &str) -> Result<(), Fault> {
    tx.prepare_cached(
        "insert or ignore into _stale select step, key from _kept where article_id = ?",
    )?
    .execute([article])?;
    tx.prepare_cached("delete from _kept where article_id = ?")?
        .execute([article])?;
    Ok(())
}

/// Keeps the items of an article; their blocks are to be compared again.
pub(super) fn keep(tx: &Transaction<'_>, article: &str, kept: &[Kept]) -> Result<(), Fault> {
    for kept in kept {
        tx.prepare_cached("insert into _kept values (?, ?, ?, ?)")?
            .execute([&kept.step, &kept.key, article, &kept.item])?;
        tx.prepare_cached("insert or ignore into _stale values (?, ?)")?
            .execute([&kept.step, &kept.key])?;
    }
    Ok(())
}

/// Compares the items of some blocks that changed; how many blocks they were.
pub(super) fn compare(
    tx: &Transaction<'_>,
    steps: &dyn AcrossPages,
    most: usize,
) -> Result<u64, Fault> {
    let stale: Vec<(String, String)> = tx
        .prepare_cached(
            "select step, key from _stale where step not in (?1, ?2) order by step, key limit ?3",
        )?
        .query_map(params![texts::STEP, utterances::STEP, most as i64], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    for (step, key) in &stale {
        block(tx, steps, step, key)?;
        tx.prepare_cached("delete from _stale where step = ? and key = ?")?
            .execute([step, key])?;
    }
    Ok(stale.len() as u64)
}

fn block(
    tx: &Transaction<'_>,
    steps: &dyn AcrossPages,
    step: &str,
    key: &str,
) -> Result<(), Fault> {
    let kept: Vec<(Id, String)> = tx
        .prepare_cached(
            "select article_id, item from _kept where step = ? and key = ? order by article_id, item",
        )?
        .query_map([step, key], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut heads: BTreeMap<&str, PileArticle> = BTreeMap::new();
    for (article, _) in &kept {
        if !heads.contains_key(article.as_str())
            && let Some(head) = pile::head(tx, article)?
        {
            heads.insert(article, head);
        }
    }
    let items: Vec<Item<'_>> = kept
        .iter()
        .filter_map(|(article, item)| {
            let article = heads.get(article.as_str())?;
            Some(Item { article, item })
        })
        .collect();
    let found = match items.is_empty() {
        true => onrecord_model::Across::default(),
        false => steps.compare(step, key, &items),
    };

    let before: Vec<Id> = tx
        .prepare_cached("select row_id from _made where step = ? and key = ?")?
        .query_map([step, key], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for row in &before {
        stories::take_out(tx, row)?;
        tx.prepare_cached("delete from disagreements where disagreement_id = ?")?
            .execute([row])?;
    }
    tx.prepare_cached("delete from _made where step = ? and key = ?")?
        .execute([step, key])?;
    let made = |row: &str| -> Result<(), Fault> {
        tx.prepare_cached("insert or ignore into _made values (?, ?, ?)")?
            .execute([step, key, row])?;
        Ok(())
    };
    for story in &found.stories {
        stories::put(tx, story)?;
        made(&story.id)?;
    }
    for disagreement in &found.disagreements {
        across::disagreement(tx, disagreement)?;
        made(&disagreement.id)?;
    }
    outcomes(tx, key, &found.outcomes)
}

fn outcomes(tx: &Transaction<'_>, key: &str, found: &[OutcomeFound]) -> Result<(), Fault> {
    tx.prepare_cached(
        "insert or ignore into _cells select outlook_id from _outcomes where key = ?",
    )?
    .execute([key])?;
    tx.prepare_cached("delete from _outcomes where key = ?")?
        .execute([key])?;
    for outcome in found {
        tx.prepare_cached("insert or ignore into _outcomes values (?, ?, ?, ?, ?)")?
            .execute(params![
                outcome.outlook,
                key,
                outcome.outcome.name(),
                values::list(&outcome.sentences),
                outcome.note
            ])?;
        tx.prepare_cached("insert or ignore into _cells values (?)")?
            .execute([&outcome.outlook])?;
    }
    Ok(())
}
