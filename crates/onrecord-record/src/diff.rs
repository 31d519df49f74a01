//! What differs between two records, table by table, and why.

mod pairs;
mod reasons;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rusqlite::{Rows as SqlRows, Statement};
use serde_json::Value;

use crate::error::Fault;
use crate::{Map, Record, RecordError, Snapshot, Table, values};

use pairs::Pairs;
use reasons::Reasons;

/// One row that is not the same in two records.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// What happened to the row.
    pub change: Changed,
    /// Its id: in the second record, for a lost row in the first.
    pub id: String,
    /// Its id in the first record, where that is another.
    pub was_id: Option<String>,
    /// A gained or lost row itself.
    pub row: Option<Map>,
    /// The columns of a changed row that differ.
    pub cells: Vec<Cell>,
    /// Why, as far as the records tell, sorted.
    pub reasons: Vec<String>,
}

/// What happened to a row between two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// Other columns: the same id, or a row of the same kind at the same place.
    Changed,
    /// In the first record only.
    Lost,
    /// In the second record only.
    Gained,
}

impl Changed {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Changed::Changed => "changed",
            Changed::Lost => "lost",
            Changed::Gained => "gained",
        }
    }
}

/// A column that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its name.
    pub column: &'static str,
    /// Its value in the first record.
    pub was: Value,
    /// Its value in the second.
    pub is: Value,
}

/// How many rows of a table differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableDiff {
    /// Rows in the first record.
    pub before: u64,
    /// Rows in the second.
    pub after: u64,
    /// In the first only.
    pub lost: u64,
    /// In the second only.
    pub gained: u64,
    /// In both, but not the same.
    pub changed: u64,
    /// For each reason the number of these rows.
    pub reasons: BTreeMap<String, u64>,
}

impl TableDiff {
    /// Whether no row differs.
    pub fn same(&self) -> bool {
        self.lost + self.gained + self.changed == 0
    }
}

/// Two records that are compared; both stay as they were when this was made.
#[derive(Debug)]
pub struct Diff<'r> {
    before: &'r Record,
    after: &'r Record,
    reasons: Reasons,
    _states: [Snapshot<'r>; 2],
}

impl<'r> Diff<'r> {
    /// Compares the second record with the first.
    ///
    /// # Errors
    /// If one of the files cannot be read.
    pub fn of(before: &'r Record, after: &'r Record) -> Result<Diff<'r>, RecordError> {
        let states = [before.snapshot()?, after.snapshot()?];
        Ok(Diff {
            before,
            after,
            reasons: Reasons::of(before, after)?,
            _states: states,
        })
    }

    /// What differs in how the two records were read: version, lexicon, weights, settings.
    pub fn read_with(&self) -> &[String] {
        self.reasons.read_with()
    }

    /// Gives the rows of a table that differ to `take`: those that changed, then those lost,
    /// then those gained, each in the order of their ids. When the program ran does not
    /// count. A row lost and one gained that stand for the same thing at the same place of
    /// the same sentence are one that changed. Memory does not grow with the records.
    ///
    /// # Errors
    /// If there is no such table or a file cannot be read, and whatever `take` gives.
    pub fn table<E: From<RecordError>>(
        &self,
        table: &str,
        mut take: impl FnMut(Difference) -> Result<(), E>,
    ) -> Result<TableDiff, E> {
        let table = self.before.table_named(table)?;
        let mut sum = TableDiff::default();
        let mut give = |sum: &mut TableDiff, mut found: Difference| -> Result<(), E> {
            match found.change {
                Changed::Changed => sum.changed += 1,
                Changed::Lost => sum.lost += 1,
                Changed::Gained => sum.gained += 1,
            }
            self.reasons.find(self.before, self.after, &mut found)?;
            for reason in &found.reasons {
                *sum.reasons.entry(reason.clone()).or_default() += 1;
            }
            take(found)
        };
        let pairs = Pairs::new().map_err(|source| self.before.named(Fault::Sqlite(source)))?;
        let store = |pairs: &Pairs, row: &Map, gained: bool| {
            let done = pairs.put(table, row, gained);
            done.map_err(|source| self.before.named(Fault::Sqlite(source)))
        };
        let mut a = Reader::of(self.before, table)?;
        let mut b = Reader::of(self.after, table)?;
        let (mut in_a, mut in_b) = (a.rows(table)?, b.rows(table)?);
        let (mut one, mut other) = (in_a.next()?, in_b.next()?);
        loop {
            let order = match (&one, &other) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => id(table, one).cmp(id(table, other)),
            };
            match order {
                Ordering::Less => {
                    one.iter().try_for_each(|row| store(&pairs, row, false))?;
                }
                Ordering::Greater => {
                    other.iter().try_for_each(|row| store(&pairs, row, true))?;
                }
                Ordering::Equal => {
                    if let (Some(one), Some(other)) = (&one, &other)
                        && let Some(found) = changed(table, one, other)
                    {
                        give(&mut sum, found)?;
                    }
                }
            }
            if order.is_le() {
                sum.before += 1;
                one = in_a.next()?;
            }
            if order.is_ge() {
                sum.after += 1;
                other = in_b.next()?;
            }
        }
        for change in [Changed::Changed, Changed::Lost, Changed::Gained] {
            let failed = |source| E::from(self.before.named(Fault::Sqlite(source)));
            pairs.each(change, failed, |was, is| {
                let one = self.row(self.before, table, was.as_deref())?;
                let other = self.row(self.after, table, is.as_deref())?;
                let found = match (one, other) {
                    (Some(one), Some(other)) => changed(table, &one, &other),
                    (one, other) => one.or(other).map(|row| Difference {
                        id: id(table, &row).to_owned(),
                        row: Some(row),
                        ..Difference::new(table, change)
                    }),
                };
                found.map_or(Ok(()), |found| give(&mut sum, found))
            })?;
        }
        Ok(sum)
    }

    fn row(
        &self,
        record: &Record,
        table: &'static Table,
        id: Option<&str>,
    ) -> Result<Option<Map>, RecordError> {
        let Some(id) = id else { return Ok(None) };
        let mut found = None;
        record.with(|c| {
            let sql = format!("{} where {} = ?", select(table), table.key());
            let mut query = c.prepare_cached(&sql)?;
            let mut rows = query.query([id])?;
            if let Some(row) = rows.next()? {
                found = Some(values::row(table, row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }
}

impl Difference {
    fn new(table: &'static Table, change: Changed) -> Difference {
        Difference {
            table: table.name,
            change,
            id: String::new(),
            was_id: None,
            row: None,
            cells: Vec::new(),
            reasons: Vec::new(),
        }
    }
}

/// The rows of a table in the order of their ids.
struct Reader<'r> {
    record: &'r Record,
    query: Statement<'r>,
}

struct Reading<'q> {
    record: &'q Record,
    table: &'static Table,
    rows: SqlRows<'q>,
}

impl<'r> Reader<'r> {
    fn of(record: &'r Record, table: &'static Table) -> Result<Reader<'r>, RecordError> {
        let sql = format!("{} order by {}", select(table), table.key());
        let query = record.connection.prepare(&sql);
        let query = query.map_err(|source| record.named(Fault::Sqlite(source)))?;
        Ok(Reader { record, query })
    }

    fn rows(&mut self, table: &'static Table) -> Result<Reading<'_>, RecordError> {
        let record = self.record;
        let rows = self.query.query([]);
        let rows = rows.map_err(|source| record.named(Fault::Sqlite(source)))?;
        Ok(Reading {
            record,
            table,
            rows,
        })
    }
}

impl Reading<'_> {
    fn next(&mut self) -> Result<Option<Map>, RecordError> {
        let table = self.table;
        let next = self.rows.next();
        let row = next.and_then(|row| row.map(|row| values::row(table, row)).transpose());
        row.map_err(|source| self.record.named(Fault::Sqlite(source)))
    }
}

fn select(table: &Table) -> String {
    let columns = table.columns.iter().map(|c| format!("\"{}\"", c.name));
    let columns: Vec<String> = columns.collect();
    format!("select {} from {}", columns.join(", "), table.name)
}

fn id<'m>(table: &Table, row: &'m Map) -> &'m str {
    row.get(table.key())
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// What differs between two rows; nothing if only when the program ran.
fn changed(table: &'static Table, one: &Map, other: &Map) -> Option<Difference> {
    let differ = |name: &str| one.get(name) != other.get(name);
    let told = table.columns.iter().skip(1).filter(|c| !c.clock);
    let columns = told.filter(|column| differ(column.name));
    let value = |row: &Map, name: &str| row.get(name).cloned().unwrap_or_default();
    let cells: Vec<Cell> = columns
        .map(|column| Cell {
            column: column.name,
            was: value(one, column.name),
            is: value(other, column.name),
        })
        .collect();
    let (was, is) = (id(table, one), id(table, other));
    (!cells.is_empty() || was != is).then(|| Difference {
        id: is.to_owned(),
        was_id: (was != is).then(|| was.to_owned()),
        cells,
        ..Difference::new(table, Changed::Changed)
    })
}
