//! Actors by any of their names.

use rusqlite::{Connection, Transaction};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::error::Fault;
use crate::{Filter, Map, Record, RecordError};

impl Record {
    /// The actors that `words` may mean: one with this id, else those with this name or
    /// alias, else those with a name or alias that contains it. Case, accents, hyphens and
    /// apostrophes do not count. Ordered by name.
    ///
    /// # Errors
    /// If `words` begins several ids, or the file cannot be read.
    pub fn find_actors(&self, words: &str) -> Result<Vec<Map>, RecordError> {
        if words.starts_with("ac-")
            && let Some((table, row)) = self.row(words)?
            && table == "actors"
        {
            return Ok(vec![row]);
        }
        let wanted = key(words);
        if wanted.trim().is_empty() {
            return Ok(Vec::new());
        }
        let mut ids = self.with(|c| named(c, &wanted))?;
        if ids.is_empty() {
            let near = "select distinct actor_id from _names where instr(key, ?)";
            ids = self.with(|c| Ok(ids_of(c, near, &wanted)?))?;
        }
        let mut actors = Vec::new();
        for id in ids {
            let filter = Filter::default().equal("actor_id", id);
            actors.extend(self.table("actors", &filter, None)?);
        }
        let order = |actor: &Map| ["name", "actor_id"].map(|column| actor[column].to_string());
        actors.sort_by_cached_key(order);
        Ok(actors)
    }
}

/// The ids of the actors with this name, as [`key`] gives it.
pub(crate) fn named(c: &Connection, key: &str) -> Result<Vec<String>, Fault> {
    Ok(ids_of(
        c,
        "select actor_id from _names where key = ? order by actor_id",
        key,
    )?)
}

fn ids_of(c: &Connection, sql: &str, key: &str) -> rusqlite::Result<Vec<String>> {
    let mut query = c.prepare_cached(sql)?;
    query.query_map([key], |row| row.get(0))?.collect()
}

/// Notes under which names an actor is found, in place of those before.
pub(crate) fn write<'a>(
    tx: &Transaction<'_>,
    actor_id: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<(), Fault> {
    tx.prepare_cached("delete from _names where actor_id = ?")?
        .execute([actor_id])?;
    let mut insert =
        tx.prepare_cached("insert or ignore into _names (key, actor_id) values (?, ?)")?;
    for name in names {
        insert.execute([key(name).as_str(), actor_id])?;
    }
    Ok(())
}

/// A name as it is compared: its words in lower case without accents and apostrophes, a
/// space before and after each.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::from(" ");
    for c in name.nfkd() {
        if is_combining_mark(c) || is_apostrophe(c) {
            continue;
        }
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.ends_with(' ') {
            key.push(' ');
        }
    }
    if !key.ends_with(' ') {
        key.push(' ');
    }
    key
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn what_does_not_count_in_a_name() {
        for name in [
            "Abu ‘Umar al-Ḥaddād",
            "abu umar al haddad",
            " ABU 'UMAR  AL—HADDAD.",
        ] {
            assert_eq!(key(name), " abu umar al haddad ");
        }
        assert_eq!(key("–"), " ");
    }
}
