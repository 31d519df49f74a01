//! A row as a person saw it.

use serde_json::{Value, json};

use crate::{Map, Table, table_named};

/// A row as a person saw it, with what is needed to find it again when its page has been
/// read anew: the page by its content, the sentences by their words, the row by its table
/// and its cells. Actors in it are those of the pages, before any join.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Its table.
    pub table: String,
    /// Id of its page, which comes from the page's bytes.
    pub page: String,
    /// The words of its sentences.
    pub sentences: Vec<String>,
    /// Its cells by column.
    pub row: Map,
}

impl Anchor {
    /// The row's id when it was seen.
    pub fn id(&self) -> &str {
        self.shape()
            .and_then(|table| self.row.get(table.key()))
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(super) fn shape(&self) -> Option<&'static Table> {
        table_named(&self.table)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "table": self.table, "page": self.page, "sentences": self.sentences, "row": self.row,
        })
    }

    /// Reads [`Anchor::to_json`]; the error says what is wrong with it.
    pub(super) fn of_json(value: &Value) -> Result<Anchor, String> {
        let text = |key: &str| match value[key].as_str() {
            Some(text) if !text.is_empty() => Ok(text.to_owned()),
            _ => Err(format!("has an `on` without `{key}`")),
        };
        let table = text("table")?;
        if table_named(&table).is_none() {
            return Err(format!("has an `on` of no table `{table}`"));
        }
        let sentences = value["sentences"].as_array().cloned().unwrap_or_default();
        let sentences = sentences.iter().filter_map(Value::as_str);
        let Some(row) = value["row"].as_object() else {
            return Err("has an `on` without `row`".to_owned());
        };
        Ok(Anchor {
            table,
            page: text("page")?,
            sentences: sentences.map(str::to_owned).collect(),
            row: row.clone(),
        })
    }
}
