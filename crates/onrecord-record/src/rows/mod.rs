//! Model structs to rows, one file a group of tables.

pub(crate) mod actor;
pub(crate) mod actors;
pub(crate) mod events;
pub(crate) mod pages;
pub(crate) mod places;
pub(crate) mod positions;
pub(crate) mod statements;

use std::collections::{BTreeSet, HashSet};

use onrecord_model::{Article, ArticleReading, Page, Span};
use rusqlite::{Params, Transaction, params};

use crate::error::Fault;
use crate::offsets::CodePoints;
use crate::{Counts, schema};

/// Writes the rows of one page.
pub(crate) struct Writer<'a> {
    pub tx: &'a Transaction<'a>,
    /// The number that stands for the page in internal tables.
    pub page: i64,
    pub counts: Counts,
    /// Actors and places whose rows must be made anew.
    pub actors: BTreeSet<String>,
    pub places: BTreeSet<String>,
    /// Which actor is in which row.
    pub parts: Vec<(String, String)>,
    seen: HashSet<String>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(tx: &'a Transaction<'a>, page: i64) -> Writer<'a> {
        Writer {
            tx,
            page,
            counts: Counts::new(),
            actors: BTreeSet::new(),
            places: BTreeSet::new(),
            parts: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// Writes a row of a contract table, all columns in order. A second row of the page
    /// with the same id says the same and is left out; then the answer is false.
    pub(crate) fn insert(
        &mut self,
        table: &'static str,
        id: &str,
        values: impl Params,
    ) -> Result<bool, Fault> {
        if !self.seen.insert(id.to_owned()) {
            return Ok(false);
        }
        self.tx
            .prepare_cached(schema::insert(table))?
            .execute(values)?;
        *self.counts.entry(table.to_owned()).or_default() += 1;
        Ok(true)
    }

    /// Notes that actors have a part in a row.
    pub(crate) fn takes_part<'b>(
        &mut self,
        row_id: &str,
        actors: impl IntoIterator<Item = &'b String>,
    ) -> Result<(), Fault> {
        let mut insert = self
            .tx
            .prepare_cached("insert or ignore into _row_actors values (?, ?)")?;
        for actor in actors {
            insert.execute(params![actor, row_id])?;
            self.parts.push((actor.clone(), row_id.to_owned()));
        }
        Ok(())
    }

    /// Notes what the page says of a row of `actors` or `places` (`kind`).
    pub(crate) fn holds(&self, kind: &str, row_id: &str, data: &str) -> Result<(), Fault> {
        self.tx
            .prepare_cached(
                "insert or ignore into _variants (kind, row_id, data) values (?, ?, ?)",
            )?
            .execute(params![kind, row_id, data])?;
        self.tx
            .prepare_cached(
                "insert or ignore into _held
                 select n, ? from _variants where kind = ? and row_id = ? and data = ?",
            )?
            .execute(params![self.page, kind, row_id, data])?;
        Ok(())
    }
}

/// An article with what is needed to give its spans in code points.
pub(crate) struct ArticleRows<'a> {
    pub reading: &'a ArticleReading,
    pub article: &'a Article,
    text: CodePoints<'a>,
    page: &'a CodePoints<'a>,
}

impl<'a> ArticleRows<'a> {
    pub(crate) fn of(reading: &'a ArticleReading, page: &'a CodePoints<'a>) -> ArticleRows<'a> {
        let article = &reading.article;
        ArticleRows {
            reading,
            article,
            text: CodePoints::of(&article.text),
            page,
        }
    }

    /// The id of sentence `n`, which `row` names.
    pub(crate) fn sentence(&self, n: usize, row: &str) -> Result<&'a str, Fault> {
        match self.reading.sentences.get(n) {
            Some(sentence) => Ok(&sentence.id),
            None => Err(self.wrong(format!("{row} names sentence {n}, which is not there"))),
        }
    }

    /// The words of `span`, which `row` names.
    pub(crate) fn words(&self, span: Span, row: &str) -> Result<&'a str, Fault> {
        let words = self.article.text.get(span.start..span.end);
        words.ok_or_else(|| {
            self.wrong(format!(
                "{row} names {span:?}, which is no part of the text"
            ))
        })
    }

    /// `span` in code points of the article's text.
    pub(crate) fn points(&self, span: Span, row: &str) -> Result<[i64; 2], Fault> {
        self.words(span, row)?;
        Ok([self.text.before(span.start), self.text.before(span.end)])
    }

    /// Several spans in code points.
    pub(crate) fn all_points(&self, spans: &[Span], row: &str) -> Result<Vec<[i64; 2]>, Fault> {
        spans.iter().map(|span| self.points(*span, row)).collect()
    }

    /// `span` in code points of the page, where the page can give it.
    pub(crate) fn on_page(&self, span: Span, page: &Page) -> (Option<i64>, Option<i64>) {
        match self.article.on_page(span) {
            Some(there) if page.text.get(there.start..there.end).is_some() => (
                Some(self.page.before(there.start)),
                Some(self.page.before(there.end)),
            ),
            _ => (None, None),
        }
    }

    fn wrong(&self, what: String) -> Fault {
        Fault::Reading {
            page: self.article.page_id.clone(),
            what,
        }
    }
}
