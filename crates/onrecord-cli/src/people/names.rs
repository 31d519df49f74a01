//! Names, sentences and outlets by id.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;
use onrecord_record::{Map, Record};
use serde_json::json;

/// Looks names, words and outlets up by id and remembers them: two cells of a row.
pub struct Names<'r> {
    record: &'r Record,
    known: RefCell<HashMap<String, Option<Rc<Cells>>>>,
}

type Cells = [Option<String>; 2];

impl Names<'_> {
    /// Those of this record.
    pub fn of(record: &Record) -> Names<'_> {
        Names {
            record,
            known: RefCell::default(),
        }
    }

    /// The name of an actor, the id where it is not in the record, nothing for no id.
    pub fn actor(&self, id: &str) -> Result<String> {
        self.name(
            "select name, null as no from actors where actor_id = ?1",
            id,
        )
    }

    /// The name of a place.
    pub fn place(&self, id: &str) -> Result<String> {
        self.name(
            "select name, null as no from places where place_id = ?1",
            id,
        )
    }

    /// The words of a sentence.
    pub fn sentence(&self, id: &str) -> Result<String> {
        self.name(SENTENCE, id)
    }

    /// The outlet of the article that a row belongs to; nothing where it is not known.
    pub fn outlet(&self, row: &Map) -> Result<String> {
        let article = self.article(row)?;
        Ok(article.and_then(|a| a[0].clone()).unwrap_or_default())
    }

    /// The printed date of the article that a row belongs to.
    pub fn published(&self, row: &Map) -> Result<Option<String>> {
        let article = self.article(row)?;
        Ok(article.and_then(|a| a[1].clone()))
    }

    /// Outlet and date of a row's article.
    fn article(&self, row: &Map) -> Result<Option<Rc<Cells>>> {
        let id = |name: &str| row.get(name).and_then(|id| id.as_str()).unwrap_or_default();
        const ARTICLE: &str = "select publisher, published from articles where article_id = ?1";
        match (id("article_id"), id("sentence_id")) {
            ("", sentence) => match self.cells(SENTENCE, sentence)?.as_deref() {
                Some([_, Some(article)]) => self.cells(ARTICLE, article),
                _ => Ok(None),
            },
            (article, _) => self.cells(ARTICLE, article),
        }
    }

    fn name(&self, query: &'static str, id: &str) -> Result<String> {
        let cells = self.cells(query, id)?;
        let name = cells.and_then(|cells| cells[0].clone());
        Ok(name.unwrap_or_else(|| id.to_owned()))
    }

    fn cells(&self, query: &'static str, id: &str) -> Result<Option<Rc<Cells>>> {
        if id.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.known.borrow().get(id) {
            return Ok(known.clone());
        }
        let rows = self.record.sql_with(query, &[json!(id)])?;
        let cells = rows.first().map(|row| {
            let mut values = row.values().map(|v| v.as_str().map(str::to_owned));
            Rc::new([(); 2].map(|()| values.next().flatten()))
        });
        self.known.borrow_mut().insert(id.to_owned(), cells.clone());
        Ok(cells)
    }
}

const SENTENCE: &str = "select text, article_id from sentences where sentence_id = ?1";
