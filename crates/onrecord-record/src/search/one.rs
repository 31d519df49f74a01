//! Queries about one text or article, asked again and again.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Statement, params_from_iter};

use super::Search;
use super::hit::{self, Hit};
use super::order::{Flow, Numbers, Take};
use crate::error::Fault;
use crate::filter::Conditions;
use crate::query::{Sentences, Shape};
use crate::{Map, Record, RecordError, Table, values};

/// From a text `r`: its sentence, article and page.
const TEXT: &str = "_search_rows r left join sentences t on t.sentence_id = r.row_id
    join articles a on a.article_id = coalesce(t.article_id, r.row_id)
    join pages p on p.page_id = a.page_id";

impl Record {
    /// A statement that gives a text with all that a hit tells, if the filter lets it.
    pub(super) fn one_text(&self, search: &Search) -> Result<One<'_>, RecordError> {
        let table = self.table_named("sentences")?;
        let conditions = self.conditions(table, &Shape::of_one(table), &search.filter)?;
        One::new(self, hit::COLUMNS, TEXT, "r.id", conditions)
    }

    /// A statement that gives the rows of a table that rest on the sentence of a number.
    fn rows_of_text(&self, table: &'static Table, search: &Search) -> Result<One<'_>, RecordError> {
        let shape = Shape::of_one(table);
        let conditions = self.conditions(table, &shape, &search.filter)?;
        let in_article = match table.column("article_id") {
            Some(_) => "t.article_id = hit.article_id and",
            None => "",
        };
        let rests = match shape.sentences {
            Sentences::List(at) => {
                format!("exists (select 1 from json_each({at}) j where j.value = hit.sentence_id)")
            }
            _ => "t.sentence_id = hit.sentence_id".to_owned(),
        };
        let from = format!(
            "_search_rows r cross join sentences hit on hit.sentence_id = r.row_id
             cross join {} and {in_article} {rests}",
            shape.from.replace(" join ", " cross join ")
        );
        One::new(self, &columns(table), &from, "r.id", conditions)
    }

    /// A statement that gives the rows of a table in an article.
    fn rows_of_article(
        &self,
        table: &'static Table,
        search: &Search,
    ) -> Result<One<'_>, RecordError> {
        let shape = Shape::of_one(table);
        let conditions = self.conditions(table, &shape, &search.filter)?;
        let from = shape.from.replace(" join ", " cross join ");
        One::new(self, &columns(table), &from, "a.article_id", conditions)
    }
}

fn columns(table: &Table) -> String {
    let columns = table.columns.iter().map(|c| format!("t.\"{}\"", c.name));
    columns.collect::<Vec<_>>().join(", ")
}

/// Takes the rows of a table that rest on the texts, each once.
pub(super) struct RowsTaken<'r> {
    table: &'static Table,
    limit: Option<u64>,
    of_text: One<'r>,
    of_article: One<'r>,
    number: Statement<'r>,
    pub rows: Vec<Map>,
    pub seen: HashSet<String>,
}

impl<'r> RowsTaken<'r> {
    pub(super) fn of(
        record: &'r Record,
        table: &'static Table,
        search: &Search,
    ) -> Result<RowsTaken<'r>, RecordError> {
        let number = record
            .connection
            .prepare("select id from _search_rows where row_id = ?");
        Ok(RowsTaken {
            table,
            limit: search.limit,
            of_text: record.rows_of_text(table, search)?,
            of_article: record.rows_of_article(table, search)?,
            number: number.map_err(|source| record.named(Fault::Sqlite(source)))?,
            rows: Vec::new(),
            seen: HashSet::new(),
        })
    }

    fn take(&mut self, row: Map) -> ControlFlow<()> {
        let full = |taken: &Self| {
            taken
                .limit
                .is_some_and(|most| taken.rows.len() as u64 >= most)
        };
        if !full(self) && self.seen.insert(text(&row, self.table.key()).to_owned()) {
            self.rows.push(row);
        }
        match full(self) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// The numbers of the sentences on which a row rests.
    fn numbers(&mut self, row: &Map) -> Result<Vec<i64>, Fault> {
        let one = [text(row, "sentence_id")];
        let list = row.get("sentence_ids").and_then(|ids| ids.as_array());
        let ids: Vec<&str> = match list {
            Some(ids) => ids.iter().filter_map(|id| id.as_str()).collect(),
            None => one.to_vec(),
        };
        let mut numbers = Vec::new();
        for id in ids {
            let number: Option<i64> = self.number.query_row([id], |row| row.get(0)).optional()?;
            numbers.extend(number);
        }
        Ok(numbers)
    }
}

impl Take for RowsTaken<'_> {
    fn text(&mut self, number: i64) -> Flow {
        let mut rows = self.of_text.rows(self.table, number)?;
        rows.sort_by(|a, b| text(a, self.table.key()).cmp(text(b, self.table.key())));
        for row in rows {
            if self.take(row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn article(&mut self, id: &str, numbers: &mut Numbers<'_>) -> Flow {
        if self.table.column("article_id").is_none() {
            for number in numbers()? {
                if self.text(number)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            return Ok(ControlFlow::Continue(()));
        }
        let rows = self.of_article.rows(self.table, id.to_owned())?;
        if rows.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let found: BTreeSet<i64> = numbers()?.into_iter().collect();
        if found.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let mut here = Vec::new();
        for row in rows {
            let of_row = self.numbers(&row)?;
            let first = of_row.into_iter().filter(|n| found.contains(n)).min();
            let id = text(&row, self.table.key()).to_owned();
            here.extend(first.map(|number| (number, id, row)));
        }
        here.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        for (_, _, row) in here {
            if self.take(row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn text<'m>(row: &'m Map, column: &str) -> &'m str {
    row.get(column)
        .and_then(|id| id.as_str())
        .unwrap_or_default()
}

/// A query about one text, asked again and again.
pub(super) struct One<'r> {
    query: Statement<'r>,
    values: Vec<Sql>,
}

impl<'r> One<'r> {
    fn new(
        record: &'r Record,
        columns: &str,
        from: &str,
        at: &str,
        conditions: Conditions,
    ) -> Result<One<'r>, RecordError> {
        let Conditions { sql, mut values } = conditions;
        values.push(Sql::Null);
        let all: String = sql.iter().map(|sql| format!(" and {sql}")).collect();
        let key = values.len();
        let sql = format!("select {columns} from {from} where {at} = ?{key}{all}");
        let query = record.connection.prepare(&sql);
        let query = query.map_err(|source| record.named(Fault::Sqlite(source)))?;
        Ok(One { query, values })
    }

    fn of(&mut self, key: impl Into<Sql>) -> Result<rusqlite::Rows<'_>, Fault> {
        if let Some(last) = self.values.last_mut() {
            *last = key.into();
        }
        Ok(self.query.query(params_from_iter(&self.values))?)
    }

    pub(super) fn is_there(&mut self, number: i64) -> Result<bool, Fault> {
        Ok(self.of(number)?.next()?.is_some())
    }

    pub(super) fn hit(&mut self, number: i64) -> Result<Option<Hit>, Fault> {
        let mut rows = self.of(number)?;
        Ok(rows.next()?.map(|row| Hit::of(row, number)).transpose()?)
    }

    fn rows(&mut self, table: &Table, key: impl Into<Sql>) -> Result<Vec<Map>, Fault> {
        let mut rows = self.of(key)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(values::row(table, row)?);
        }
        Ok(found)
    }
}
