//! Rows by id.

use rusqlite::OptionalExtension;

use crate::{Map, Record, RecordError, TABLES, values};

/// How many ids an error about an ambiguous beginning lists.
const SHOWN: usize = 10;

impl Record {
    /// The row with this id, or the only one whose id begins so, and its table.
    ///
    /// # Errors
    /// If several ids begin so, or the file cannot be read.
    pub fn row(&self, id: &str) -> Result<Option<(String, Map)>, RecordError> {
        let Some((table, id)) = self.full_id(id)? else {
            return Ok(None);
        };
        let Some(table) = crate::table_named(table) else {
            return Ok(None);
        };
        self.with(|c| {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|c| format!("\"{}\"", c.name))
                .collect();
            let sql = format!(
                "select {} from {} where {} = ?",
                columns.join(", "),
                table.name,
                table.key()
            );
            let mut query = c.prepare_cached(&sql)?;
            let row = query
                .query_row([&id], |row| values::row(table, row))
                .optional()?;
            Ok(row.map(|row| (table.name.to_owned(), row)))
        })
    }

    /// The table and the whole of an id of which the beginning is given.
    pub(crate) fn full_id(&self, id: &str) -> Result<Option<(&'static str, String)>, RecordError> {
        if id.is_empty() {
            return Ok(None);
        }
        let mut found: Vec<(&'static str, String)> = Vec::new();
        self.with(|c| {
            for table in TABLES {
                let key = table.key();
                // Ids are ASCII: all that begin with `id` lie before `id` and the last
                // character there is.
                let mut query = c.prepare_cached(&format!(
                    "select {key} from {} where {key} >= ?1 and {key} < ?1 || char(1114111)
                     order by {key} limit {}",
                    table.name,
                    SHOWN + 1
                ))?;
                for full in query.query_map([id], |row| row.get::<_, String>(0))? {
                    found.push((table.name, full?));
                }
            }
            Ok(())
        })?;
        if let Some(at) = found.iter().position(|(_, full)| full == id) {
            return Ok(Some(found.swap_remove(at)));
        }
        if found.len() > 1 {
            return Err(RecordError::Ambiguous {
                path: self.path.clone(),
                id: id.to_owned(),
                candidates: found
                    .into_iter()
                    .take(SHOWN)
                    .map(|(_, full)| full)
                    .collect(),
            });
        }
        Ok(found.pop())
    }
}
