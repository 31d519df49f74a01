//! Which actors are one, and rows that tell so.
//!
//! Pages are written with the actors that each names. What the step across pages and the
//! corrections say is laid over that: every cell that then holds another actor is kept as
//! it was read (`_moved`), so that a join that is no longer there leaves no trace.

mod fate;
mod forms;
mod gather;
mod pile;
mod plan;
mod rows;
mod whose;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Confidence, Id, Join};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

pub use forms::{FormOf, Joined, JoinedActor};
pub use gather::PileActors;

use crate::error::Fault;
use crate::{Record, RecordError, corrections};
use fate::Fate;
use plan::Facts;
pub(crate) use plan::valid as counting;
pub(crate) use rows::{actor_columns, actors_in, of_pages, settle as settle_rows};
pub(crate) use whose::Known;

/// What the user's joins begin with in `made_by`.
const BY_CORRECTION: &str = "correction:";

impl Record {
    /// Makes all rows tell of the joined actors, in place of the joins written before; the
    /// corrections of the record count as well. Rows of joins that stay are not touched.
    ///
    /// # Errors
    /// If the file cannot be written; then nothing has changed.
    pub fn write_joins(&mut self, joins: &[Join]) -> Result<(), RecordError> {
        self.transaction(|tx| {
            let wanted = of_step(joins);
            let before: BTreeMap<Id, Join> = of_step(&stored(tx, false)?);
            replace(tx, &before, &wanted)?;
            settle(tx)
        })
    }
}

/// The joins of the step, one an actor.
fn of_step(joins: &[Join]) -> BTreeMap<Id, Join> {
    let mut sorted: Vec<&Join> = joins.iter().collect();
    sorted.sort_by(|a, b| (&a.from, &a.to, &a.reason).cmp(&(&b.from, &b.to, &b.reason)));
    let mut all = BTreeMap::new();
    for join in sorted {
        all.entry(join.from.clone())
            .or_insert_with(|| (*join).clone());
    }
    all
}

/// The joins in the record: those of the step, or those of corrections.
pub(crate) fn stored(c: &Connection, by_correction: bool) -> Result<Vec<Join>, Fault> {
    let mut query = c.prepare_cached(
        "select from_id, to_id, reason, made_by, confidence from _joins
         order by from_id, made_by",
    )?;
    let found = query.query_map([], join)?;
    let mut all: Vec<Join> = found.collect::<Result<_, _>>()?;
    all.retain(|join| join.made_by.starts_with(BY_CORRECTION) == by_correction);
    Ok(all)
}

fn join(row: &Row<'_>) -> rusqlite::Result<Join> {
    Ok(Join {
        from: row.get(0)?,
        to: row.get(1)?,
        reason: row.get(2)?,
        made_by: row.get(3)?,
        confidence: Confidence::percent(row.get(4)?),
    })
}

/// Writes what differs.
fn replace(
    tx: &Transaction<'_>,
    before: &BTreeMap<Id, Join>,
    wanted: &BTreeMap<Id, Join>,
) -> Result<(), Fault> {
    for (key, join) in before {
        if wanted.get(key) != Some(join) {
            tx.prepare_cached("delete from _joins where from_id = ? and made_by = ?")?
                .execute([&join.from, &join.made_by])?;
        }
    }
    for (key, join) in wanted {
        if before.get(key) != Some(join) {
            let percent = (join.confidence.value() * 100.0).round();
            tx.prepare_cached("insert into _joins values (?, ?, ?, ?, ?)")?
                .execute(params![
                    join.from,
                    join.to,
                    join.reason,
                    join.made_by,
                    percent as i64
                ])?;
        }
    }
    Ok(())
}

/// Makes the rows as the joins and corrections of the record say. Writes nothing where they
/// are so already.
pub(crate) fn settle(tx: &Transaction<'_>) -> Result<(), Fault> {
    let all = corrections::all(tx)?;
    let all: Vec<_> = all.into_iter().map(|(correction, _)| correction).collect();
    let plan = plan::plan(&stored(tx, false)?, &all, &Pages { tx })?;
    let by_id = |joins: &[Join]| -> BTreeMap<Id, Join> {
        let joins = joins.iter();
        joins.map(|j| (j.made_by.clone(), j.clone())).collect()
    };
    replace(tx, &by_id(&stored(tx, true)?), &by_id(&plan.joins))?;

    let mut rebuild = names(tx, &plan.names)?;
    let before = fates(tx)?;
    let ids: BTreeSet<&Id> = before.keys().chain(plan.fates.keys()).collect();
    let mut rows = BTreeSet::new();
    for id in ids {
        let (was, is) = (before.get(id), plan.fates.get(id));
        if was == is {
            continue;
        }
        for fate in [was, is].into_iter().flatten() {
            rebuild.extend(fate.targets().into_iter().map(str::to_owned));
        }
        rebuild.insert(id.clone());
        set_fate(tx, id, is)?;
        rows.extend(rows::with(tx, id)?);
    }
    rows::settle(tx, &rows)?;
    // The rows that people changed lie below the joins, and may name any actor there is now.
    let states = corrections::settle(tx, &all, plan.states, &mut rebuild)?;
    for actor in rebuild {
        crate::rows::actor::rebuild(tx, &actor)?;
    }
    corrections::note(tx, &states)
}

/// What is known of the pages in the record.
struct Pages<'a> {
    tx: &'a Transaction<'a>,
}

impl Facts for Pages<'_> {
    fn is_there(&self, actor: &str) -> Result<bool, Fault> {
        let mut query = self
            .tx
            .prepare_cached("select 1 from _variants where kind = 'actors' and row_id = ?")?;
        Ok(query.exists([actor])?)
    }

    fn names(&self, actor: &str) -> Result<Vec<(String, String)>, Fault> {
        let mut query = self.tx.prepare_cached(
            "select m.text, m.article_id from mentions m
             left join _moved o on o.row_id = m.mention_id
             where m.actor_id = ?1 and m.kind = 'name' and coalesce(o.actor_id, m.actor_id) = ?1
             union
             select m.text, m.article_id from _moved o join mentions m on m.mention_id = o.row_id
             where o.actor_id = ?1 and m.kind = 'name' order by 1, 2",
        )?;
        let found = query.query_map([actor], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

/// Writes the names that people gave; the actors whose name has changed.
fn names(
    tx: &Transaction<'_>,
    wanted: &BTreeMap<Id, (String, Option<Id>)>,
) -> Result<BTreeSet<Id>, Fault> {
    let before: BTreeMap<Id, (String, Option<Id>)> = tx
        .prepare_cached("select actor_id, name, like_id from _given_names")?
        .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
        .collect::<Result<_, _>>()?;
    let mut changed = BTreeSet::new();
    for id in before.keys().chain(wanted.keys()) {
        let (was, is) = (before.get(id), wanted.get(id));
        if was == is || !changed.insert(id.clone()) {
            continue;
        }
        match is {
            Some((name, like)) => tx
                .prepare_cached("insert or replace into _given_names values (?, ?, ?)")?
                .execute(params![id, name, like])?,
            None => tx
                .prepare_cached("delete from _given_names where actor_id = ?")?
                .execute([id])?,
        };
    }
    Ok(changed)
}

fn fates(tx: &Transaction<'_>) -> Result<BTreeMap<Id, Fate>, Fault> {
    let mut query = tx.prepare_cached("select actor_id, fate from _fates")?;
    let found = query.query_map([], |row| {
        Ok((row.get(0)?, Fate::read(&row.get::<_, String>(1)?)))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What became of an actor of the pages; `None` if it is itself alone.
pub(crate) fn fate_of(c: &Connection, actor: &str) -> Result<Option<Fate>, Fault> {
    let mut query = c.prepare_cached("select fate from _fates where actor_id = ?")?;
    let text: Option<String> = query.query_row([actor], |row| row.get(0)).optional()?;
    Ok(text.map(|text| Fate::read(&text)))
}

fn set_fate(tx: &Transaction<'_>, id: &str, fate: Option<&Fate>) -> Result<(), Fault> {
    tx.prepare_cached("delete from _parts where from_id = ?")?
        .execute([id])?;
    let Some(fate) = fate else {
        tx.prepare_cached("delete from _fates where actor_id = ?")?
            .execute([id])?;
        return Ok(());
    };
    tx.prepare_cached("insert or replace into _fates values (?, ?)")?
        .execute([id, &fate.write()])?;
    for to in fate.targets() {
        tx.prepare_cached("insert into _parts values (?, ?)")?
            .execute([to, id])?;
    }
    Ok(())
}
