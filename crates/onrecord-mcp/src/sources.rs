//! Sentences with their source.

use std::cell::RefCell;
use std::collections::BTreeMap;

use onrecord_record::{Citation, Hit, Map, Record};
use serde_json::{Value, json};

use crate::Trouble;
use crate::names::{line, list, text};

/// Looks sentences up and remembers them.
#[derive(Debug)]
pub struct Sources<'r> {
    record: &'r Record,
    known: RefCell<BTreeMap<String, Vec<Citation>>>,
}

impl Sources<'_> {
    pub fn of(record: &Record) -> Sources<'_> {
        Sources {
            record,
            known: RefCell::default(),
        }
    }

    /// A sentence with its source; none where the record does not have it.
    pub fn sentence(&self, id: &str) -> Result<Option<Citation>, Trouble> {
        if let Some(found) = self.known.borrow().get(id) {
            return Ok(found.first().cloned());
        }
        let found = self.record.citation(id)?;
        let first = found.first().cloned();
        self.known.borrow_mut().insert(id.to_owned(), found);
        Ok(first)
    }

    /// The sentences a row rests on by its own columns, at most `most`.
    pub fn of_row(&self, row: &Map, most: usize) -> Result<Vec<Citation>, Trouble> {
        let one = Some(text(row, "sentence_id")).filter(|id| !id.is_empty());
        let ids = one.into_iter().chain(list(row, "sentence_ids"));
        let mut found = Vec::new();
        for id in ids.take(most) {
            found.extend(self.sentence(id)?);
        }
        Ok(found)
    }
}

/// A sentence for programs.
pub fn object(c: &Citation) -> Value {
    json!({
        "sentence_id": c.sentence_id,
        "text": c.text,
        "outlet": c.publisher,
        "author": c.author,
        "title": c.title,
        "published": c.published,
        "article_id": c.article_id,
        "n": c.n,
        "start": c.start,
        "end": c.end,
        "page_start": c.page_start,
        "page_end": c.page_end,
        "page_id": c.page_id,
        "uri": c.uri,
        "sha256": c.sha256,
    })
}

/// A sentence or title that was searched for, for programs.
pub fn of_hit(hit: &Hit) -> Value {
    json!({
        "sentence_id": hit.n.map(|_| &hit.row_id),
        "text": hit.text,
        "outlet": hit.publisher,
        "author": hit.author,
        "title": hit.title,
        "published": hit.published,
        "article_id": hit.article_id,
        "n": hit.n,
        "start": hit.start,
        "end": hit.end,
        "page_start": hit.page_start,
        "page_end": hit.page_end,
        "page_id": hit.page_id,
        "uri": hit.uri,
    })
}

/// A sentence for reading: its words behind `>`, then where they stand.
pub fn lines(c: &Citation) -> String {
    let head = head(
        c.publisher.as_deref(),
        c.published.as_deref(),
        c.title.as_deref(),
    );
    format!("> {}\n  {head} [{}]\n", line(&c.text), c.sentence_id)
}

/// Outlet, date and title, what is missing told.
pub fn head(outlet: Option<&str>, date: Option<&str>, title: Option<&str>) -> String {
    let title = title.map(line).filter(|title| !title.is_empty());
    format!(
        "{}, {}, {}",
        outlet.map_or_else(|| "outlet not printed".to_owned(), line),
        date.unwrap_or("date not printed"),
        title.map_or_else(
            || "without title".to_owned(),
            |title| format!("titled: {title}")
        )
    )
}

/// A citation in the form of a footnote.
pub fn footnote(c: &Citation) -> String {
    let mut parts = Vec::new();
    parts.extend(c.author.as_deref().map(line));
    parts.extend(c.title.as_deref().map(|title| format!("“{}”", line(title))));
    parts.extend(c.publisher.as_deref().map(line));
    parts.push(c.published.clone().unwrap_or_else(|| "no date".to_owned()));
    parts.push(line(&c.uri));
    let place = match c.page_start.zip(c.page_end) {
        Some((start, end)) => format!("characters {start} to {end} of the page"),
        None => format!("characters {} to {} of the article's text", c.start, c.end),
    };
    parts.push(place);
    parts.push(format!("page sha256 {}", c.sha256));
    format!("{} ({})", parts.join(", "), c.sentence_id)
}
