//! A text that holds the words.

use rusqlite::{Connection, Row};

use crate::error::Fault;

/// A sentence or title that holds the words, with all that is needed to show and cite it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// Id of the sentence, or of the article whose title it is.
    pub row_id: String,
    /// Its words.
    pub text: String,
    /// Where the words that were searched for stand in it: code points, half-open, in order.
    pub marks: Vec<(usize, usize)>,
    /// The sentence's number in the article, from 0; none for a title.
    pub n: Option<i64>,
    /// First code point of a sentence in the article's text.
    pub start: Option<i64>,
    /// One past its last code point there.
    pub end: Option<i64>,
    /// First code point of a sentence on the page, where the page can give it.
    pub page_start: Option<i64>,
    /// One past its last code point on the page.
    pub page_end: Option<i64>,
    /// The article.
    pub article_id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// Its outlet.
    pub publisher: Option<String>,
    /// Its printed date.
    pub published: Option<String>,
    /// The page.
    pub page_id: String,
    /// Where the page was read.
    pub uri: String,
    number: i64,
}

/// What a hit is made of, in the order in which [`Hit::of`] takes it.
pub(super) const COLUMNS: &str = "r.row_id, coalesce(t.text, a.title), t.n, t.start, t.\"end\",
    t.page_start, t.page_end, a.article_id, a.title, a.author, a.publisher, a.published,
    p.page_id, p.uri";

/// Signs that stand for nothing in any text: before and after a mark.
const MARKS: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

impl Hit {
    pub(super) fn of(row: &Row<'_>, number: i64) -> rusqlite::Result<Hit> {
        Ok(Hit {
            row_id: row.get(0)?,
            text: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
            marks: Vec::new(),
            n: row.get(2)?,
            start: row.get(3)?,
            end: row.get(4)?,
            page_start: row.get(5)?,
            page_end: row.get(6)?,
            article_id: row.get(7)?,
            title: row.get(8)?,
            author: row.get(9)?,
            publisher: row.get(10)?,
            published: row.get(11)?,
            page_id: row.get(12)?,
            uri: row.get(13)?,
            number,
        })
    }

    /// Finds where the words stand. A text that holds the signs for marks itself, which no
    /// real one does, stays without.
    pub(super) fn mark(&mut self, c: &Connection, query: &str) -> Result<(), Fault> {
        let sql = "select highlight(_search, 0, ?3, ?4) from _search
                   where _search match ?1 and rowid = ?2";
        let [open, close] = MARKS.map(String::from);
        let marked: String = c
            .prepare_cached(sql)?
            .query_row(rusqlite::params![query, self.number, open, close], |row| {
                row.get(0)
            })?;
        let mut at = 0;
        for c in marked.chars() {
            match c {
                c if c == MARKS[0] => self.marks.push((at, at)),
                c if c == MARKS[1] => self
                    .marks
                    .iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|m| m.1 = at),
                _ => at += 1,
            }
        }
        if at != self.text.chars().count() {
            self.marks.clear();
        }
        Ok(())
    }
}
