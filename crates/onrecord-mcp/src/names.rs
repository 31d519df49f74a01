//! Names by id, ids by name, and page text made fit to stand on a line.

use std::cell::RefCell;
use std::collections::BTreeMap;

use onrecord_record::{Filter, Map, Record};
use serde_json::Value;

use crate::Trouble;
use crate::answer::asked;

/// How many actors an error about an ambiguous name lists.
const SHOWN: usize = 12;

/// Looks names up and remembers them.
#[derive(Debug)]
pub struct Names<'r> {
    record: &'r Record,
    known: RefCell<BTreeMap<String, String>>,
}

impl Names<'_> {
    pub fn of(record: &Record) -> Names<'_> {
        Names {
            record,
            known: RefCell::default(),
        }
    }

    /// The name of an actor or a place; the id itself where it has none.
    pub fn of_id(&self, id: &str) -> Result<String, Trouble> {
        let table = match id.get(..3) {
            Some("ac-") => "actors",
            Some("pl-") => "places",
            _ => return Ok(id.to_owned()),
        };
        if let Some(name) = self.known.borrow().get(id) {
            return Ok(name.clone());
        }
        let row = one(self.record, table, id)?;
        let name = row.map_or_else(|| id.to_owned(), |row| text(&row, "name").to_owned());
        self.known.borrow_mut().insert(id.to_owned(), name.clone());
        Ok(name)
    }
}

/// The row of a table with this id.
pub fn one(record: &Record, table: &str, id: &str) -> Result<Option<Map>, Trouble> {
    let Some(key) = onrecord_record::table_named(table).map(|table| table.key()) else {
        return Ok(None);
    };
    let filter = Filter::default().equal(key, id);
    match id {
        "" => Ok(None),
        _ => Ok(record.table(table, &filter, Some(1))?.rows.pop()),
    }
}

/// The actor that a name, a part of one, or an id means.
///
/// # Errors
/// None fits, or several do: they are named.
pub fn one_actor(record: &Record, name: &str) -> Result<Map, Trouble> {
    let mut found = record.find_actors(name)?;
    match found.len() {
        0 => asked(format!(
            "no actor of the record has the name `{}`; `search` finds the words in the text",
            line(name)
        )),
        1 => Ok(found.remove(0)),
        count => {
            let all = found.iter().take(SHOWN).map(|actor| {
                let kind = [text(actor, "kind"), text(actor, "country")].join(" ");
                format!(
                    "{} {} ({})",
                    text(actor, "actor_id"),
                    line(text(actor, "name")),
                    kind.trim()
                )
            });
            let all: Vec<String> = all.collect();
            asked(format!(
                "{count} actors fit `{}`; give the id of one: {}{}",
                line(name),
                all.join("; "),
                if count > SHOWN { "; …" } else { "" }
            ))
        }
    }
}

/// The id of [`one_actor`].
pub fn actor_id(record: &Record, name: &str) -> Result<String, Trouble> {
    Ok(text(&one_actor(record, name)?, "actor_id").to_owned())
}

/// A cell that holds words; empty where it holds none.
pub fn text<'r>(row: &'r Map, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The words of a cell that holds a list.
pub fn list<'r>(row: &'r Map, name: &str) -> impl Iterator<Item = &'r str> {
    let values = row.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str)
}

/// A text on one line, without signs that would change how the line reads: page text cannot
/// look like more than the one line it stands on.
pub fn line(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !turns(*c))
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Signs that turn the direction of writing or show nothing.
fn turns(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn page_text_stays_on_its_line() {
        assert_eq!(
            line(" a\r\n> b\u{2028}c\u{202e}d\u{1}e\u{e0041} "),
            "a > b cd e"
        );
    }
}
