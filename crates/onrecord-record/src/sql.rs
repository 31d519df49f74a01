//! Queries in SQL.

use rusqlite::types::Value as Sql;
use rusqlite::{InterruptHandle, params_from_iter};
use serde_json::Value;

use crate::query::plain_row;
use crate::{Record, RecordError, Rows};

/// Stops the query of a record that runs just now, from another thread; see
/// [`Record::interrupter`].
pub struct Interrupter(InterruptHandle);

impl std::fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupter")
    }
}

impl Interrupter {
    /// Ends the query with an error for which [`RecordError::is_interrupted`] holds. Where
    /// none runs, nothing happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl Record {
    /// What ends a query that takes too long.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// The rows of an SQL query, values as SQLite holds them: lists and objects as text. Of
    /// two columns with the same name the second is called `name_2`.
    ///
    /// # Errors
    /// If the query would change anything, is more than one statement, or is wrong.
    pub fn sql(&self, query: &str) -> Result<Rows, RecordError> {
        self.sql_with(query, &[])
    }

    /// As [`Record::sql`], with `values` in the places `?1`, `?2` and so on: null, numbers,
    /// truth values (1 or 0) and texts; lists and objects are given as their JSON text.
    ///
    /// # Errors
    /// As [`Record::sql`], and if there are more or fewer values than places.
    pub fn sql_with(&self, query: &str, values: &[Value]) -> Result<Rows, RecordError> {
        let path = || self.path.clone();
        let wrong = |error: rusqlite::Error| match self.named(error.into()) {
            RecordError::Sqlite { source, .. } => RecordError::Query {
                path: path(),
                message: source.to_string(),
            },
            other => other,
        };
        if !begins_as_query(query) {
            return Err(RecordError::NotAQuery { path: path() });
        }
        let mut statement = self
            .connection
            .prepare_cached(query)
            .map_err(|error| match error {
                rusqlite::Error::MultipleStatement => RecordError::NotAQuery { path: path() },
                other => wrong(other),
            })?;
        if !statement.readonly() {
            return Err(RecordError::NotAQuery { path: path() });
        }
        let mut columns: Vec<String> = Vec::new();
        for name in statement.column_names() {
            let mut unique = name.to_owned();
            let mut n = 1;
            while columns.contains(&unique) {
                n += 1;
                unique = format!("{name}_{n}");
            }
            columns.push(unique);
        }
        let mut found = statement
            .query(params_from_iter(values.iter().map(held)))
            .map_err(wrong)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(wrong)? {
            rows.push(plain_row(&columns, row).map_err(wrong)?);
        }
        Ok(Rows { columns, rows })
    }
}

/// A value as SQLite holds it.
pub(crate) fn held(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(truth) => Sql::Integer(i64::from(*truth)),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Sql::Integer(whole),
            None => number.as_f64().map_or(Sql::Null, Sql::Real),
        },
        Value::String(text) => Sql::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => Sql::Text(value.to_string()),
    }
}

/// Whether the first word, after comments, is one that can only read. SQLite's own answer
/// is not enough: it holds ATTACH, which may make a file, to be reading.
fn begins_as_query(sql: &str) -> bool {
    let mut rest = sql.trim_start();
    loop {
        rest = if let Some(comment) = rest.strip_prefix("--") {
            comment
                .split_once('\n')
                .map_or("", |(_, after)| after)
                .trim_start()
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment
                .split_once("*/")
                .map_or("", |(_, after)| after)
                .trim_start()
        } else {
            break;
        };
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let word = rest[..end].to_ascii_lowercase();
    matches!(word.as_str(), "select" | "with" | "values" | "explain")
}

#[cfg(test)]
mod tests {
    use super::begins_as_query;

    #[test]
    fn what_reads() {
        for sql in [
            "select 1",
            "-- a\n /* b */ WITH x as (select 1) select * from x",
            "values (1)",
        ] {
            assert!(begins_as_query(sql), "{sql}");
        }
        for sql in [
            "",
            "attach 'x' as y",
            "-- select",
            "pragma user_version = 3",
            "selection",
        ] {
            assert!(!begins_as_query(sql), "{sql}");
        }
    }
}
