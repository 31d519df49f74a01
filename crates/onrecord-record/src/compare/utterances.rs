//! Statements that report one utterance: by the runs of words they share, then in pairs, then
//! in groups.
//!
//! A run pairs the statements with the lowest ids that have it. So a new statement changes how
//! many runs two share if they have one with it, or if it takes the place of one of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{AcrossPages, Id, Pair, PileArticle, PileStatement, Said, Shingled};
use rusqlite::{OptionalExtension, Transaction, params};

use super::stories;
use crate::error::Fault;
use crate::{across, pile};

/// The step under which `_stale` has the statements whose pairs changed.
pub(super) const STEP: &str = "utterances";

/// The number of a statement, which rises with its id: of an id made of a hash its first 60 bits.
fn number(id: &str) -> i64 {
    let rest = id.split_once('-').map_or(id, |(_, rest)| rest);
    let digits = rest.get(..15).map(|hex| i64::from_str_radix(hex, 16));
    match digits {
        Some(Ok(number)) => number,
        _ => {
            let mut bytes = [0; 8];
            for (to, from) in bytes[1..].iter_mut().zip(rest.bytes()) {
                *to = from;
            }
            i64::from_be_bytes(bytes)
        }
    }
}

/// The number that a statement has or is to have; the next free one where another has it.
fn free_number(tx: &Transaction<'_>, id: &str) -> Result<i64, Fault> {
    let mut n = number(id);
    let mut query = tx.prepare_cached("select statement_id from _said where n = ?")?;
    while let Some(other) = query
        .query_row([n], |row| row.get::<_, String>(0))
        .optional()?
    {
        if other == id {
            break;
        }
        n += 1;
    }
    Ok(n)
}

fn stale(tx: &Transaction<'_>, n: i64) -> Result<(), Fault> {
    tx.prepare_cached("insert or ignore into _stale values (?, ?)")?
        .execute([STEP, &n.to_string()])?;
    Ok(())
}

/// Runs as bytes. They are signed numbers in SQLite.
fn to_bytes(runs: &[u64]) -> Vec<u8> {
    runs.iter().flat_map(|run| run.to_le_bytes()).collect()
}

fn from_bytes(bytes: &[u8]) -> Vec<i64> {
    let run = |b: &[u8]| b.try_into().map(i64::from_le_bytes).unwrap_or_default();
    bytes.chunks_exact(8).map(run).collect()
}

/// About so many statements are held in memory while others are paired with them.
const AT_HAND: usize = 20_000;

/// A statement that has a run: its number, and how many runs it has.
type Owner = (i64, usize);

/// Statements that are new or gone.
#[derive(Default)]
pub(super) struct Changes {
    /// Statements that are new.
    new: BTreeSet<i64>,
    /// Their runs, once they are sorted in the order of the table.
    added: Vec<(i64, Owner)>,
    /// Runs of statements that are gone.
    gone: Vec<(i64, Owner)>,
}

impl Changes {
    /// Drops the statements of an article.
    pub(super) fn forget(&mut self, tx: &Transaction<'_>, article: &str) -> Result<(), Fault> {
        let gone: Vec<(i64, Id, Vec<u8>)> = tx
            .prepare_cached("select n, statement_id, runs from _said where article_id = ?")?
            .query_map([article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        for (n, id, runs) in gone {
            take_out(tx, &id)?;
            for other in partners(tx, n)? {
                stale(tx, other)?;
                part(tx, n, other)?;
            }
            tx.prepare_cached("delete from _stale where step = ? and key = ?")?
                .execute([STEP, &n.to_string()])?;
            tx.prepare_cached("delete from _said where n = ?")?
                .execute([n])?;
            let runs = from_bytes(&runs).into_iter();
            self.gone.extend(runs.map(|run| (run, (n, 0))));
        }
        Ok(())
    }

    /// Takes the statements of an article.
    pub(super) fn keep(
        &mut self,
        tx: &Transaction<'_>,
        article: &str,
        said: &[Shingled],
    ) -> Result<(), Fault> {
        for said in said {
            let n = free_number(tx, &said.statement)?;
            tx.prepare_cached("insert or replace into _said values (?, ?, ?, ?)")?
                .execute(params![n, said.statement, article, to_bytes(&said.runs)])?;
            self.new.insert(n);
            let owner = (n, said.runs.len());
            let runs = said.runs.iter().map(|run| run.cast_signed());
            self.added.extend(runs.map(|run| (run, owner)));
        }
        Ok(())
    }

    /// Writes the changes, and pairs anew what they touch.
    pub(super) fn write(
        mut self,
        tx: &Transaction<'_>,
        steps: &dyn AcrossPages,
    ) -> Result<(), Fault> {
        // In the order of the table, so that each of its pages is written once.
        self.added.sort_unstable();
        self.gone.sort_unstable();
        for (run, (n, _)) in &self.gone {
            tx.prepare_cached("delete from _word_runs where run = ? and n = ?")?
                .execute([run, n])?;
        }
        for (run, (n, size)) in &self.added {
            tx.prepare_cached("insert or replace into _word_runs values (?, ?, ?)")?
                .execute([*run, *n, *size as i64])?;
        }
        let mut moved: BTreeSet<i64> = BTreeSet::new();
        let most = steps.most_of_a_run();
        // The owners of runs that several changes look for.
        let mut lists: BTreeMap<i64, Vec<Owner>> = BTreeMap::new();
        let changed = [&self.gone, &self.added].map(|list| list.chunk_by(|a, b| a.0 == b.0));
        for same in changed.into_iter().flatten() {
            let run = same[0].0;
            let is_gone = !of_run(&self.gone, run).is_empty();
            if (is_gone || same.len() > 1) && !lists.contains_key(&run) {
                lists.insert(run, self.owners(tx, run, most, &mut moved)?);
            }
        }
        let mut work = Work {
            tx,
            steps,
            lists,
            entries: BTreeMap::new(),
        };
        for n in &self.new {
            let is_done = |other: i64| other < *n && self.new.contains(&other);
            self.pair(&mut work, *n, is_done, &mut moved)?;
        }
        let mut none = BTreeSet::new();
        for n in &moved {
            self.pair(&mut work, *n, |_| false, &mut none)?;
        }
        Ok(())
    }

    /// The first statements that have a run. Notes the others that are among them now and were
    /// not before, or were and are no more.
    fn owners(
        &self,
        tx: &Transaction<'_>,
        run: i64,
        most: usize,
        moved: &mut BTreeSet<i64>,
    ) -> Result<Vec<Owner>, Fault> {
        let (added, gone) = (of_run(&self.added, run), of_run(&self.gone, run));
        // With a limit that is bound, SQLite would plan the query anew each time.
        let mut query =
            tx.prepare_cached("select n, size from _word_runs where run = ? order by n")?;
        let found = query.query_map([run], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? as usize))
        })?;
        let first = found.take(most + added.len());
        let mut now: Vec<Owner> = first.collect::<Result<_, _>>()?;
        if now.len() + gone.len() > most {
            let is_in =
                |list: &[(i64, Owner)], n: i64| list.binary_search_by_key(&n, |e| e.1.0).is_ok();
            let is_new = |n: i64| is_in(added, n);
            let is_gone = |n: i64| is_in(gone, n);
            let old = now.iter().map(|owner| owner.0).filter(|n| !is_new(*n));
            let mut before: Vec<i64> = old.chain(gone.iter().map(|gone| gone.1.0)).collect();
            before.sort_unstable();
            before.dedup();
            before.truncate(most);
            now.truncate(most);
            let came = now.iter().map(|owner| owner.0);
            moved.extend(came.filter(|n| !before.contains(n) && !is_new(*n)));
            let went = before.iter().filter(|n| now.iter().all(|o| o.0 != **n));
            moved.extend(went.filter(|n| !is_gone(**n)));
        }
        Ok(now)
    }

    /// Finds the pairs of a statement anew, but for those with statements that are done.
    fn pair(
        &self,
        work: &mut Work<'_>,
        n: i64,
        is_done: impl Fn(i64) -> bool,
        moved: &mut BTreeSet<i64>,
    ) -> Result<(), Fault> {
        let (tx, steps) = (work.tx, work.steps);
        let runs: Vec<u8> = tx
            .prepare_cached("select runs from _said where n = ?")?
            .query_row([n], |row| row.get(0))?;
        let runs = from_bytes(&runs);
        for other in partners(tx, n)?.into_iter().filter(|o| !is_done(*o)) {
            part(tx, n, other)?;
            stale(tx, other)?;
            stale(tx, n)?;
        }
        let mut shared: BTreeMap<Owner, usize> = BTreeMap::new();
        for run in &runs {
            let list = match work.lists.get(run) {
                Some(list) => Cow::from(list),
                None => Cow::from(self.owners(tx, *run, steps.most_of_a_run(), moved)?),
            };
            if list.iter().any(|owner| owner.0 == n) {
                for owner in list.iter().filter(|o| o.0 != n && !is_done(o.0)) {
                    *shared.entry(*owner).or_default() += 1;
                }
            }
        }
        if work.entries.len() > AT_HAND {
            work.entries.clear();
        }
        for ((other, size), shared) in shared {
            if !steps.can_be_same(runs.len().min(size), shared) {
                continue;
            }
            work.look_up(n.min(other))?;
            work.look_up(n.max(other))?;
            let known = [n.min(other), n.max(other)].map(|n| work.entries.get(&n));
            let [Some(Some(first)), Some(Some(second))] = known else {
                continue;
            };
            if steps.is_same(first.said(), second.said(), shared) {
                tx.prepare_cached("insert or replace into _same values (?, ?, ?)")?
                    .execute([n.min(other), n.max(other), shared as i64])?;
                stale(tx, n)?;
                stale(tx, other)?;
            }
        }
        Ok(())
    }
}

/// What is at hand while statements are paired.
struct Work<'a> {
    tx: &'a Transaction<'a>,
    steps: &'a dyn AcrossPages,
    lists: BTreeMap<i64, Vec<Owner>>,
    /// Statements that were looked up last.
    entries: BTreeMap<i64, Option<Entry>>,
}

impl Work<'_> {
    /// Keeps a statement at hand.
    fn look_up(&mut self, n: i64) -> Result<(), Fault> {
        if !self.entries.contains_key(&n) {
            self.entries.insert(n, entry(self.tx, n)?);
        }
        Ok(())
    }
}

/// The entries of a run in a sorted list.
fn of_run(list: &[(i64, Owner)], run: i64) -> &[(i64, Owner)] {
    let start = list.partition_point(|entry| entry.0 < run);
    let count = list[start..].partition_point(|entry| entry.0 == run);
    &list[start..start + count]
}

/// Drops a pair.
fn part(tx: &Transaction<'_>, one: i64, other: i64) -> Result<(), Fault> {
    tx.prepare_cached("delete from _same where a = ? and b = ?")?
        .execute([one.min(other), one.max(other)])?;
    Ok(())
}

fn partners(tx: &Transaction<'_>, n: i64) -> Result<Vec<i64>, Fault> {
    let mut query = tx.prepare_cached(
        "select b from _same where a = ?1 union all select a from _same where b = ?1 order by 1",
    )?;
    let found = query.query_map([n], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A statement with its article.
struct Entry {
    article: PileArticle,
    statement: PileStatement,
}

impl Entry {
    fn said(&self) -> Said<'_> {
        Said {
            article: &self.article,
            statement: &self.statement,
        }
    }
}

fn entry(tx: &Transaction<'_>, n: i64) -> Result<Option<Entry>, Fault> {
    let known: Option<(Id, Id)> = tx
        .prepare_cached("select statement_id, article_id from _said where n = ?")?
        .query_row([n], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((statement, article)) = known else {
        return Ok(None);
    };
    let (statement, article) = (pile::statement(tx, &statement)?, pile::head(tx, &article)?);
    let found = statement.zip(article);
    Ok(found.map(|(statement, article)| Entry { article, statement }))
}

/// Groups some of the statements whose pairs changed, each with all that pairs join it to; how
/// many groups they were.
pub(super) fn group(
    tx: &Transaction<'_>,
    steps: &dyn AcrossPages,
    most: usize,
) -> Result<u64, Fault> {
    for done in 0..most {
        let next: Option<String> = tx
            .prepare_cached("select key from _stale where step = ? order by key limit 1")?
            .query_row([STEP], |row| row.get(0))
            .optional()?;
        let Some(next) = next else {
            return Ok(done as u64);
        };
        let members = joined(tx, next.parse().unwrap_or_default())?;
        for n in &members {
            tx.prepare_cached("delete from _stale where step = ? and key = ?")?
                .execute([STEP, &n.to_string()])?;
        }
        stories_of(tx, steps, &members)?;
    }
    Ok(most as u64)
}

/// All that chains of pairs join to a statement, sorted.
fn joined(tx: &Transaction<'_>, first: i64) -> Result<Vec<i64>, Fault> {
    let mut members = BTreeSet::from([first]);
    let mut next = vec![first];
    while let Some(n) = next.pop() {
        for other in partners(tx, n)? {
            if members.insert(other) {
                next.push(other);
            }
        }
    }
    Ok(members.into_iter().collect())
}

fn stories_of(tx: &Transaction<'_>, steps: &dyn AcrossPages, members: &[i64]) -> Result<(), Fault> {
    let (mut entries, mut at) = (Vec::new(), BTreeMap::new());
    for n in members {
        if let Some(entry) = entry(tx, *n)? {
            take_out(tx, &entry.statement.id)?;
            at.insert(*n, entries.len());
            entries.push(entry);
        }
    }
    let mut pairs = Vec::new();
    for n in members {
        let mut query = tx.prepare_cached("select b, shared from _same where a = ? order by b")?;
        let mut rows = query.query([n])?;
        while let Some(row) = rows.next()? {
            let (b, shared): (i64, i64) = (row.get(0)?, row.get(1)?);
            if let (Some(a), Some(b)) = (at.get(n), at.get(&b)) {
                pairs.push(Pair {
                    a: *a,
                    b: *b,
                    shared: shared as usize,
                });
            }
        }
    }
    let said: Vec<Said<'_>> = entries.iter().map(Entry::said).collect();
    for utterance in steps.utterances(&said, &pairs) {
        stories::put(tx, &utterance.story)?;
        if let Some(differs) = &utterance.differs {
            across::disagreement(tx, differs)?;
            tx.prepare_cached("insert or ignore into _made values (?, ?, ?)")?
                .execute([STEP, &utterance.story.id, &differs.id])?;
        }
    }
    Ok(())
}

/// Takes out the stories of a statement, with what their quotations differ in.
fn take_out(tx: &Transaction<'_>, statement: &str) -> Result<(), Fault> {
    for story in stories::of(tx, statement)? {
        tx.prepare_cached(
            "delete from disagreements where disagreement_id in
                 (select row_id from _made where step = ? and key = ?)",
        )?
        .execute([STEP, &story])?;
        tx.prepare_cached("delete from _made where step = ? and key = ?")?
            .execute([STEP, &story])?;
        stories::take_out(tx, &story)?;
    }
    Ok(())
}
