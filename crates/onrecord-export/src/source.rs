//! The rows of a record as they are exported.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use onrecord_record::{Counts, Filter, Map, Record, TABLES, Table};
use serde_json::Value;

use crate::reviewed::Reviewed;
use crate::{ExportError, Options};

/// How many rows that others name are kept at hand.
const AT_HAND: usize = 4096;

/// A record, and which of its rows and columns are wanted.
pub(crate) struct Source<'a> {
    pub record: &'a Record,
    pub options: &'a Options,
    /// The tables wanted, in the order of the record.
    pub tables: Vec<&'static Table>,
    /// Pages and articles of the whole record.
    pub counts: Counts,
    reviewed: Option<Reviewed>,
    at_hand: RefCell<BTreeMap<String, Option<Rc<Map>>>>,
    makers: RefCell<BTreeMap<(String, &'static str), u64>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(
        record: &'a Record,
        options: &'a Options,
        tables: Vec<&'static Table>,
    ) -> Result<Source<'a>, ExportError> {
        let reviewed = match options.reviewed {
            true => Some(Reviewed::of(record)?),
            false => None,
        };
        Ok(Source {
            record,
            options,
            tables,
            counts: record.counts()?,
            reviewed,
            at_hand: RefCell::default(),
            makers: RefCell::default(),
        })
    }

    /// Whether rows of a table are wanted.
    pub(crate) fn wants(&self, table: &str) -> bool {
        self.tables.iter().any(|wanted| wanted.name == table)
    }

    /// Gives every row of a table that fits `filter` to `take`, in the record's order, with
    /// the columns left empty that are not wanted. Memory does not grow with the table.
    pub(crate) fn each(
        &self,
        table: &str,
        filter: &Filter,
        mut take: impl FnMut(Map) -> Result<(), ExportError>,
    ) -> Result<u64, ExportError> {
        let Some(table) = onrecord_record::table_named(table) else {
            return Ok(0);
        };
        let mut n = 0;
        self.record
            .for_each::<ExportError>(table.name, filter, None, |mut row| {
                if self.reviewed.as_ref().is_some_and(|r| !r.has(table, &row)) {
                    return Ok(());
                }
                self.empty(table, &mut row);
                n += 1;
                take(row)
            })?;
        Ok(n)
    }

    /// As [`Source::each`] over the whole table, and counts what made the rows.
    pub(crate) fn all(
        &self,
        table: &Table,
        mut take: impl FnMut(Map) -> Result<(), ExportError>,
    ) -> Result<u64, ExportError> {
        self.each(table.name, &Filter::default(), |row| {
            if let Some(made_by) = row.get("made_by").and_then(Value::as_str) {
                let maker = made_by.split(':').next().unwrap_or_default().to_owned();
                let name = TABLES.iter().find(|t| t.name == table.name);
                let name = name.map_or("", |t| t.name);
                *self.makers.borrow_mut().entry((maker, name)).or_default() += 1;
            }
            take(row)
        })
    }

    /// Rows by maker (`rule`, `head`) and table, of the tables that [`Source::all`] gave.
    pub(crate) fn makers(&self) -> Vec<(String, &'static str, u64)> {
        let makers = self.makers.borrow();
        let mut all: Vec<_> = makers
            .iter()
            .map(|((maker, table), n)| (maker.clone(), *table, *n))
            .collect();
        let place = |name: &str| TABLES.iter().position(|t| t.name == name);
        all.sort_by(|a, b| (place(a.1), &a.0).cmp(&(place(b.1), &b.0)));
        all
    }

    /// The rows of a table that belong to an article.
    pub(crate) fn of_article(&self, table: &str, id: &str) -> Result<Vec<Map>, ExportError> {
        let mut rows = Vec::new();
        // Where the table has the article's id itself, its index is used.
        let has_id =
            onrecord_record::table_named(table).is_some_and(|t| t.column("article_id").is_some());
        let filter = match has_id {
            true => Filter::default().equal("article_id", id),
            false => Filter::default().article(id),
        };
        self.each(table, &filter, |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The row that another names, as it is in the record but for the columns that are not
    /// wanted: also one that is itself no reviewed row.
    pub(crate) fn one(
        &self,
        table: &'static str,
        id: &str,
    ) -> Result<Option<Rc<Map>>, ExportError> {
        if let Some(found) = self.at_hand.borrow().get(id) {
            return Ok(found.clone());
        }
        let Some(table) = onrecord_record::table_named(table) else {
            return Ok(None);
        };
        let filter = Filter::default().equal(table.key(), id);
        let mut rows = self.record.table(table.name, &filter, Some(1))?.into_iter();
        let found = rows.next().map(|mut row| {
            self.empty(table, &mut row);
            Rc::new(row)
        });
        let mut at_hand = self.at_hand.borrow_mut();
        if at_hand.len() >= AT_HAND {
            at_hand.clear();
        }
        at_hand.insert(id.to_owned(), found.clone());
        Ok(found)
    }

    /// [`Source::one`] for a column that may be null.
    pub(crate) fn named(
        &self,
        table: &'static str,
        row: &Map,
        column: &str,
    ) -> Result<Option<Rc<Map>>, ExportError> {
        match row.get(column).and_then(Value::as_str) {
            Some(id) => self.one(table, id),
            None => Ok(None),
        }
    }

    /// The actors of a list, in order.
    pub(crate) fn actors(&self, row: &Map, column: &str) -> Result<Vec<Rc<Map>>, ExportError> {
        let mut found = Vec::new();
        for id in crate::row::list(row, column) {
            found.extend(self.one("actors", id)?);
        }
        Ok(found)
    }

    fn empty(&self, table: &Table, row: &mut Map) {
        for column in table.columns {
            let unwanted = column.clock && !self.options.times;
            if (unwanted || column.words && !self.options.text)
                && let Some(value) = row.get_mut(column.name)
            {
                *value = Value::Null;
            }
        }
    }
}
