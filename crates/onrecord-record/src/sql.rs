//! Queries in SQL.

use crate::query::plain_row;
use crate::{Record, RecordError, Rows};

impl Record {
    /// The rows of an SQL query, values as SQLite holds them: lists and objects as text. Of
    /// two columns with the same name the second is called `name_2`.
    ///
    /// # Errors
    /// If the query would change anything, is more than one statement, or is wrong.
    pub fn sql(&self, query: &str) -> Result<Rows, RecordError> {
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
            .prepare(query)
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
        let mut found = statement.query([]).map_err(wrong)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(wrong)? {
            rows.push(plain_row(&columns, row).map_err(wrong)?);
        }
        Ok(Rows { columns, rows })
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
