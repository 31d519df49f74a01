//! Articles that carry sentences of others.
//!
//! All signatures are gone over when an article changed; the words of an article are read again
//! only where it, or one that it may have sentences of, changed. What differs is written.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{
    AcrossPages, Carried, Id, PileArticle, Reprint, Shelf, Signed, TakeSigned, id_of,
};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::Fault;
use crate::{across, pile, values};

/// The step under which `_stale` has the articles that changed.
pub(super) const STEP: &str = "texts";

/// Drops what is kept of an article.
pub(super) fn forget(tx: &Transaction<'_>, article: &str) -> Result<(), Fault> {
    for table in ["_signatures", "_aligned"] {
        tx.prepare_cached(&format!("delete from {table} where article_id = ?"))?
            .execute([article])?;
    }
    tx.prepare_cached("insert or ignore into _stale values (?, ?)")?
        .execute([STEP, article])?;
    Ok(())
}

/// Keeps what an article is known by.
pub(super) fn keep(
    tx: &Transaction<'_>,
    article: &PileArticle,
    signed: &Signed,
) -> Result<(), Fault> {
    tx.prepare_cached("insert into _signatures values (?, ?, ?, ?)")?
        .execute(params![
            article.id,
            values::date(article.published).0,
            signed.signature,
            signed.source
        ])?;
    Ok(())
}

/// Compares the texts, if an article changed, and writes what differs; whether it did.
pub(super) fn compare(tx: &Transaction<'_>, steps: &dyn AcrossPages) -> Result<bool, Fault> {
    let changed: BTreeSet<Id> = tx
        .prepare_cached("select key from _stale where step = ?")?
        .query_map([STEP], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if changed.is_empty() {
        return Ok(false);
    }
    let mut shelf = OnDisk { tx, fault: None };
    let found = steps.texts(&mut shelf);
    if let Some(fault) = shelf.fault {
        return Err(fault);
    }
    reprints(tx, &found.carried, &changed)?;
    same_text(tx, found.same_text, &changed)?;
    stories(tx, steps, &found.texts, &changed)?;
    tx.prepare_cached("delete from _stale where step = ?")?
        .execute([STEP])?;
    Ok(true)
}

/// The articles of the record. Asks no more once it could not be read.
struct OnDisk<'a> {
    tx: &'a Transaction<'a>,
    fault: Option<Fault>,
}

impl OnDisk<'_> {
    fn ask<T>(&mut self, ask: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Option<T> {
        if self.fault.is_some() {
            return None;
        }
        ask(self.tx).map_err(|fault| self.fault = Some(fault)).ok()
    }
}

impl Shelf for OnDisk<'_> {
    fn each(&mut self, take: &mut TakeSigned<'_>) {
        let _ = self.ask(|tx| {
            let mut query = tx.prepare(
                "select article_id, published, signature from _signatures order by article_id",
            )?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let (id, signature) = (row.get_ref(0)?, row.get_ref(2)?);
                if let (Ok(id), Ok(signature)) = (id.as_str(), signature.as_blob()) {
                    take(id, values::read_date(row.get(1)?), signature);
                }
            }
            Ok(())
        });
    }

    fn article(&mut self, id: &str) -> Option<PileArticle> {
        self.ask(|tx| {
            let mut article = pile::head(tx, id)?;
            if let Some(article) = &mut article {
                article.sentences = pile::sentences(tx, id)?;
            }
            Ok(article)
        })?
    }

    fn source(&mut self, id: &str) -> Option<String> {
        self.ask(|tx| {
            let mut query =
                tx.prepare_cached("select source from _signatures where article_id = ?")?;
            Ok(query.query_row([id], |row| row.get(0)).optional()?)
        })?
    }

    fn known(&mut self, id: &str) -> Option<Vec<u8>> {
        self.ask(|tx| {
            let mut query = tx.prepare_cached("select found from _aligned where article_id = ?")?;
            Ok(query.query_row([id], |row| row.get(0)).optional()?)
        })?
    }

    fn keep(&mut self, id: &str, known: Vec<u8>) {
        let _ = self.ask(|tx| {
            tx.prepare_cached("insert or replace into _aligned values (?, ?)")?
                .execute(params![id, known])?;
            Ok(())
        });
    }
}

fn reprints(tx: &Transaction<'_>, found: &[Carried], changed: &BTreeSet<Id>) -> Result<(), Fault> {
    let mut gone: BTreeSet<Id> = tx
        .prepare_cached("select reprint_id from reprints")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for carried in found {
        let id = carried.id();
        let is_there = gone.remove(&id);
        let is_changed = changed.contains(&carried.article) || changed.contains(&carried.from);
        if is_there && !is_changed && is_as(tx, &id, carried)? {
            continue;
        }
        if is_there {
            take_out(tx, &id)?;
        }
        let sentences = |article: &str| -> Result<Vec<Id>, Fault> {
            let all = pile::sentences(tx, article)?;
            Ok(all.into_iter().map(|s| s.id).collect())
        };
        let (article, from) = (sentences(&carried.article)?, sentences(&carried.from)?);
        across::reprint(tx, &Reprint::of(carried, &article, &from))?;
    }
    gone.iter().try_for_each(|id| take_out(tx, id))
}

fn take_out(tx: &Transaction<'_>, reprint: &str) -> Result<(), Fault> {
    tx.prepare_cached("delete from reprints where reprint_id = ?")?
        .execute([reprint])?;
    Ok(())
}

/// Whether the row tells this. Between articles that have not changed the sentences are the
/// same.
fn is_as(tx: &Transaction<'_>, id: &str, carried: &Carried) -> Result<bool, Fault> {
    let mut query = tx.prepare_cached(
        "select 1 from reprints where reprint_id = ? and kind = ? and share = ?
         and share_of_from = ? and wire is ? and direction = ?",
    )?;
    Ok(query.exists(params![
        id,
        carried.kind.name(),
        carried.share,
        carried.share_of_from,
        carried.wire,
        carried.direction.name()
    ])?)
}

fn same_text(
    tx: &Transaction<'_>,
    found: Vec<(Id, Id)>,
    changed: &BTreeSet<Id>,
) -> Result<(), Fault> {
    let wanted: BTreeMap<Id, Id> = found.into_iter().collect();
    let before: BTreeMap<Id, Id> = tx
        .prepare_cached("select article_id, same_text_as from _same_text")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let all: BTreeSet<&Id> = before.keys().chain(wanted.keys()).chain(changed).collect();
    for article in all {
        let (was, is) = (before.get(article), wanted.get(article));
        if was == is && !changed.contains(article) {
            continue;
        }
        tx.prepare_cached(
            "update articles set same_text_as = ?1 where article_id = ?2 and same_text_as is not ?1",
        )?
        .execute(params![is, article])?;
        if was == is {
            continue;
        }
        match is {
            Some(first) => tx
                .prepare_cached("insert or replace into _same_text values (?, ?)")?
                .execute([article, first])?,
            None => tx
                .prepare_cached("delete from _same_text where article_id = ?")?
                .execute([article])?,
        };
    }
    Ok(())
}

fn stories(
    tx: &Transaction<'_>,
    steps: &dyn AcrossPages,
    texts: &[Vec<Id>],
    changed: &BTreeSet<Id>,
) -> Result<(), Fault> {
    let mut gone: BTreeMap<Id, String> = tx
        .prepare_cached("select story_id, row_ids from stories where kind = 'text'")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut new = Vec::new();
    for text in texts {
        let id = id_of("sy", &["text", text.first().map_or("", String::as_str)]);
        let is_as = gone.get(&id) == Some(&values::list(text));
        match is_as && !text.iter().any(|article| changed.contains(article)) {
            true => {
                gone.remove(&id);
            }
            false => new.push(text),
        }
    }
    for id in gone.keys() {
        tx.prepare_cached("delete from stories where story_id = ?")?
            .execute([id])?;
    }
    for text in new {
        let mut articles = Vec::new();
        for id in text {
            let Some(mut article) = pile::head(tx, id)? else {
                continue;
            };
            if article.title.is_none() {
                article.sentences = pile::sentences(tx, id)?;
            }
            articles.push(article);
        }
        let articles: Vec<&PileArticle> = articles.iter().collect();
        across::story(tx, &steps.text_story(&articles))?;
    }
    Ok(())
}
