//! What people change: an append-only file beside the record, applied again on every run.

mod anchor;
mod change;
mod fields;
mod file;
mod find;
mod keep;
mod line;
mod review;
mod rows;
mod settle;

pub use anchor::Anchor;
pub use change::{Change, Verdict};
pub use fields::{EVENT_TYPES, Rule, rule_of};
pub use file::CorrectionsFile;
pub use line::Correction;
pub use review::{Judged, Precision};

pub(crate) use settle::{after_across, erased, settle, written};

use std::collections::{BTreeMap, BTreeSet};

use fields::value_of;
use rusqlite::{Row, Transaction, params};

use crate::error::Fault;
use crate::{Record, RecordError, joins, schema};

/// What became of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The rows are as it says.
    Applied,
    /// A later line took it back.
    Undone,
    /// A later correction says something else of the same.
    Overruled,
    /// Its actor, form or correction is not in the record.
    Gone,
}

impl State {
    /// The word that `corrections` shows.
    pub fn name(self) -> &'static str {
        match self {
            State::Applied => "applied",
            State::Undone => "taken back",
            State::Overruled => "overruled",
            State::Gone => "gone",
        }
    }

    fn read(word: &str) -> State {
        let all = [State::Applied, State::Undone, State::Overruled];
        let found = all.into_iter().find(|state| state.name() == word);
        found.unwrap_or(State::Gone)
    }
}

impl Record {
    /// Makes the rows as these corrections say, in the order of their time (those of the same
    /// second in the order given), and as the joins say that were written last; in place of
    /// the corrections that were there.
    ///
    /// # Errors
    /// If the file cannot be written; then nothing has changed.
    pub fn write_corrections(&mut self, corrections: &[Correction]) -> Result<(), RecordError> {
        // Files of several people can be joined in any order.
        let mut sorted: Vec<&Correction> = corrections.iter().collect();
        sorted.sort_by(|a, b| a.at.cmp(&b.at));
        self.transaction(|tx| {
            let before = all(tx)?;
            let same = before
                .iter()
                .zip(&sorted)
                .take_while(|((b, _), c)| b == **c);
            let same = same.count();
            if same < before.len() {
                replace(tx, &before, &sorted)?;
                return joins::settle(tx);
            }
            let new = &sorted[same..];
            for (at, c) in new.iter().enumerate() {
                insert(tx, same + at, c, State::Applied, None)?;
            }
            let of_rows = |c: &Correction| match c.change() {
                Some(Change::Undo { correction }) => {
                    sorted.iter().any(|c| c.id == correction && c.on.is_some())
                }
                _ => c.on.is_some(),
            };
            if new.is_empty() || !new.iter().all(|c| of_rows(c)) {
                return joins::settle(tx);
            }
            // Who is who stays as it is: only rows are gone over.
            let list: Vec<Correction> = sorted.into_iter().cloned().collect();
            let mut states = joins::counting(&list);
            for (at, (c, state)) in before.iter().enumerate() {
                if c.on.is_none() && states[at] == State::Applied {
                    states[at] = *state;
                }
            }
            let mut rebuild = BTreeSet::new();
            let states = settle(tx, &list, states, &mut rebuild)?;
            for actor in rebuild {
                crate::rows::actor::rebuild(tx, &actor)?;
            }
            note(tx, &states)
        })
    }

    /// All corrections in the order in which they count, and what became of each.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<(Correction, State)>, RecordError> {
        self.with(all)
    }
}

/// Writes a list of corrections in place of another.
fn replace(
    tx: &Transaction<'_>,
    before: &[(Correction, State)],
    sorted: &[&Correction],
) -> Result<(), Fault> {
    let rows: BTreeMap<String, Option<String>> = {
        let mut query = tx.prepare("select correction_id, row_id from _corrections")?;
        let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.collect::<Result<_, _>>()?
    };
    let states: BTreeMap<&str, State> = before.iter().map(|(c, s)| (c.id.as_str(), *s)).collect();
    tx.execute("delete from corrections", [])?;
    tx.execute("delete from _corrections", [])?;
    for (n, c) in sorted.iter().enumerate() {
        let state = states.get(c.id.as_str()).copied().unwrap_or(State::Applied);
        let row = rows.get(&c.id).and_then(Option::as_deref);
        insert(tx, n, c, state, row)?;
    }
    Ok(())
}

fn insert(
    tx: &Transaction<'_>,
    n: usize,
    c: &Correction,
    state: State,
    row: Option<&str>,
) -> Result<(), Fault> {
    tx.prepare_cached(schema::insert("corrections"))?
        .execute(params![
            c.id, c.row_key, c.field, c.was, c.is, c.by, c.at, c.why, false
        ])?;
    let page = c.on.as_ref().map(|on| on.page.as_str());
    tx.prepare_cached("insert into _corrections values (?, ?, ?, ?, ?, ?)")?
        .execute(params![
            crate::values::int(n),
            c.id,
            state.name(),
            page,
            c.more(),
            row
        ])?;
    Ok(())
}

const COLUMNS: &str = "c.correction_id, c.row_key, c.field, c.was, c.\"is\", c.by, c.at, c.why,
    o.state, o.more from _corrections o join corrections c using (correction_id)";

fn read(row: &Row<'_>) -> rusqlite::Result<(Correction, State)> {
    let mut correction = Correction {
        id: row.get(0)?,
        row_key: row.get(1)?,
        field: row.get(2)?,
        was: row.get(3)?,
        is: row.get(4)?,
        by: row.get(5)?,
        at: row.get(6)?,
        why: row.get(7)?,
        ..Correction::default()
    };
    if let Some(more) = row.get::<_, Option<String>>(9)? {
        correction.take_more(&more);
    }
    Ok((correction, State::read(&row.get::<_, String>(8)?)))
}

/// All corrections in order.
pub(crate) fn all(c: &rusqlite::Connection) -> Result<Vec<(Correction, State)>, Fault> {
    let mut query = c.prepare_cached(&format!("select {COLUMNS} order by o.n"))?;
    let found = query.query_map([], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Those of rows of a page.
fn all_of_page(c: &rusqlite::Connection, page: &str) -> Result<Vec<(Correction, State)>, Fault> {
    let sql = format!("select {COLUMNS} where o.page_id = ? order by o.n");
    let mut query = c.prepare_cached(&sql)?;
    let found = query.query_map([page], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Notes what became of the corrections, where that has changed.
pub(crate) fn note(c: &rusqlite::Connection, states: &[State]) -> Result<(), Fault> {
    let mut query = c.prepare_cached(
        "select c.correction_id, o.state, c.applied from _corrections o
         join corrections c using (correction_id) order by o.n",
    )?;
    let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let all: Vec<(String, String, bool)> = found.collect::<Result<_, _>>()?;
    for ((id, before, applied), now) in all.iter().zip(states) {
        if before != now.name() || *applied != (*now == State::Applied) {
            note_one(c, id, *now)?;
        }
    }
    Ok(())
}

fn note_one(c: &rusqlite::Connection, id: &str, state: State) -> Result<(), Fault> {
    c.prepare_cached("update _corrections set state = ? where correction_id = ?")?
        .execute([state.name(), id])?;
    c.prepare_cached("update corrections set applied = ? where correction_id = ?")?
        .execute(params![state == State::Applied, id])?;
    Ok(())
}
