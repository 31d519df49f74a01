//! What people change: an append-only file beside the record, applied again on every run.

mod file;
mod line;

pub use file::CorrectionsFile;
pub use line::{Change, Correction};

use rusqlite::params;

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
    /// The word that `actors corrections` shows.
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
    /// Makes the rows as these corrections say, in their order, and as the joins say that
    /// were written last; in place of the corrections that were there.
    ///
    /// # Errors
    /// If the file cannot be written; then nothing has changed.
    pub fn write_corrections(&mut self, corrections: &[Correction]) -> Result<(), RecordError> {
        self.transaction(|tx| {
            if all(tx)?.iter().map(|(c, _)| c).ne(corrections) {
                tx.execute("delete from corrections", [])?;
                tx.execute("delete from _corrections", [])?;
                for (n, c) in corrections.iter().enumerate() {
                    tx.prepare_cached(schema::insert("corrections"))?
                        .execute(params![
                            c.id, c.row_key, c.field, c.was, c.is, c.by, c.at, c.why, false
                        ])?;
                    tx.prepare_cached("insert into _corrections values (?, ?, 'gone')")?
                        .execute(params![crate::values::int(n), c.id])?;
                }
            }
            joins::settle(tx)
        })
    }

    /// All corrections in the order in which they were made, and what became of each.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<(Correction, State)>, RecordError> {
        self.with(all)
    }
}

/// All corrections in order.
pub(crate) fn all(c: &rusqlite::Connection) -> Result<Vec<(Correction, State)>, Fault> {
    let mut query = c.prepare_cached(
        "select c.correction_id, c.row_key, c.field, c.was, c.\"is\", c.by, c.at, c.why, o.state
         from _corrections o join corrections c using (correction_id) order by o.n",
    )?;
    let found = query.query_map([], |row| {
        let correction = Correction {
            id: row.get(0)?,
            row_key: row.get(1)?,
            field: row.get(2)?,
            was: row.get(3)?,
            is: row.get(4)?,
            by: row.get(5)?,
            at: row.get(6)?,
            why: row.get(7)?,
        };
        Ok((correction, State::read(&row.get::<_, String>(8)?)))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Notes what became of the corrections, where that has changed.
pub(crate) fn note(c: &rusqlite::Connection, states: &[State]) -> Result<(), Fault> {
    for ((correction, before), now) in all(c)?.iter().zip(states) {
        if before != now {
            let id = &correction.id;
            c.prepare_cached("update _corrections set state = ? where correction_id = ?")?
                .execute([now.name(), id])?;
            c.prepare_cached("update corrections set applied = ? where correction_id = ?")?
                .execute(params![*now == State::Applied, id])?;
        }
    }
    Ok(())
}
