//! Names, sentences and outlets by id.

use std::cell::RefCell;
use std::collections::HashMap;

use anyhow::Result;
use onrecord_record::{Filter, Map, Record};

/// Looks rows up by their id and remembers them.
pub struct Names<'r> {
    record: &'r Record,
    known: RefCell<HashMap<String, Option<Map>>>,
}

impl Names<'_> {
    /// The rows of this record.
    pub fn of(record: &Record) -> Names<'_> {
        Names {
            record,
            known: RefCell::default(),
        }
    }

    /// The name of an actor, the id where it is not in the record, nothing for no id.
    pub fn actor(&self, id: &str) -> Result<String> {
        self.text("actors", "actor_id", id, "name")
    }

    /// The name of a place.
    pub fn place(&self, id: &str) -> Result<String> {
        self.text("places", "place_id", id, "name")
    }

    /// The words of a sentence.
    pub fn sentence(&self, id: &str) -> Result<String> {
        self.text("sentences", "sentence_id", id, "text")
    }

    /// The outlet of the article that a row belongs to; nothing where it is not known.
    pub fn outlet(&self, row: &Map) -> Result<String> {
        Ok(self.of_article(row, "publisher")?.unwrap_or_default())
    }

    /// The printed date of the article that a row belongs to.
    pub fn published(&self, row: &Map) -> Result<Option<String>> {
        self.of_article(row, "published")
    }

    fn of_article(&self, row: &Map, column: &str) -> Result<Option<String>> {
        let id = |name: &str| row.get(name).and_then(|id| id.as_str()).unwrap_or_default();
        let mut article = id("article_id").to_owned();
        if article.is_empty() && !id("sentence_id").is_empty() {
            let sentence = self.row("sentences", "sentence_id", id("sentence_id"))?;
            article = sentence
                .and_then(|s| Some(s["article_id"].as_str()?.to_owned()))
                .unwrap_or_default();
        }
        let article = self.row("articles", "article_id", &article)?;
        Ok(article.and_then(|article| Some(article.get(column)?.as_str()?.to_owned())))
    }

    fn text(&self, table: &str, key: &str, id: &str, column: &str) -> Result<String> {
        let row = self.row(table, key, id)?;
        let found = row.and_then(|row| Some(row.get(column)?.as_str()?.to_owned()));
        Ok(found.unwrap_or_else(|| id.to_owned()))
    }

    fn row(&self, table: &str, key: &str, id: &str) -> Result<Option<Map>> {
        if id.is_empty() {
            return Ok(None);
        }
        if let Some(row) = self.known.borrow().get(id) {
            return Ok(row.clone());
        }
        let filter = Filter::default().equal(key, id);
        let mut row = self.record.table(table, &filter, Some(1))?.rows.pop();
        if let Some(row) = &mut row
            && table == "articles"
        {
            // Whole articles would fill the memory.
            row.remove("text");
        }
        self.known.borrow_mut().insert(id.to_owned(), row.clone());
        Ok(row)
    }
}
