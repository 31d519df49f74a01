//! The sentences a row rests on.

use rusqlite::Row;

use crate::{Record, RecordError};

/// A sentence with all that is needed to cite it and to find it on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The sentence.
    pub sentence_id: String,
    /// Its words.
    pub text: String,
    /// Its number in the article, from 0.
    pub n: i64,
    /// First code point in the article's text.
    pub start: i64,
    /// One past its last code point there.
    pub end: i64,
    /// First code point on the page, where the page can give it.
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
    /// Hash of the page's bytes.
    pub sha256: String,
}

impl Record {
    /// The sentences that the row with this id, or the only one whose id begins so, rests
    /// on: for an outlook those of its outcome too, for an actor and a place those that
    /// name it, for a story those of its rows, for a page or article all. Ordered by page,
    /// article and place in the text; empty where no row has this id.
    ///
    /// # Errors
    /// If several ids begin so, or the file cannot be read.
    pub fn citation(&self, id: &str) -> Result<Vec<Citation>, RecordError> {
        let Some((table, id)) = self.full_id(id)? else {
            return Ok(Vec::new());
        };
        let sentences = match table {
            "pages" => {
                "select s.sentence_id from articles a join sentences s using (article_id)
                 where a.page_id = ?"
            }
            "articles" => "select sentence_id from sentences where article_id = ?",
            "sentences" => "select ?",
            "actors" => "select sentence_id from mentions where actor_id = ?",
            "mentions" => "select sentence_id from mentions where mention_id = ?",
            "relations" => "select sentence_id from relations where relation_id = ?",
            "statements" => {
                "select j.value from statements t, json_each(t.sentence_ids) j
                 where t.statement_id = ?"
            }
            "events" => "select sentence_id from events where event_id = ?",
            "places" => "select sentence_id from events where place_id = ?",
            "positions" => "select sentence_id from positions where position_id = ?",
            "outlooks" => {
                "select sentence_id from outlooks where outlook_id = ?1
                 union select j.value from outlooks t, json_each(t.outcome_sentence_ids) j
                 where t.outlook_id = ?1"
            }
            "framings" => "select sentence_id from framings where framing_id = ?",
            "disagreements" => {
                "select j.value from disagreements t, json_each(t.sentence_ids) j
                 where t.disagreement_id = ?"
            }
            "reprints" => {
                "select j.value from reprints t, json_each(t.sentence_ids) j
                 where t.reprint_id = ?1
                 union select j.value from reprints t, json_each(t.from_sentence_ids) j
                 where t.reprint_id = ?1"
            }
            "stories" => {
                "with told(id) as (select j.value from stories t, json_each(t.row_ids) j
                                   where t.story_id = ?)
                 select e.sentence_id from told join events e on e.event_id = told.id
                 union select j.value from told join statements t on t.statement_id = told.id,
                                           json_each(t.sentence_ids) j
                 union select s.sentence_id from told join sentences s on s.article_id = told.id"
            }
            "corrections" => {
                let row: Option<String> = self.with(|c| {
                    let sql = "select row_key from corrections where correction_id = ?";
                    Ok(c.query_row(sql, [&id], |row| row.get(0))?)
                })?;
                // One that takes another back has no sentence of its own.
                return match row.filter(|row| !row.starts_with("co-")) {
                    Some(row) => self.citation(&row),
                    None => Ok(Vec::new()),
                };
            }
            _ => return Ok(Vec::new()),
        };
        let sql = format!(
            "select s.sentence_id, s.text, s.n, s.start, s.\"end\", s.page_start, s.page_end,
                    a.article_id, a.title, a.author, a.publisher, a.published,
                    p.page_id, p.uri, p.sha256
             from sentences s
             join articles a on a.article_id = s.article_id
             join pages p on p.page_id = a.page_id
             where s.sentence_id in ({sentences})
             order by a.page_id, a.n, s.n"
        );
        self.with(|c| {
            let mut query = c.prepare_cached(&sql)?;
            let found = query.query_map([&id], citation)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

fn citation(row: &Row<'_>) -> rusqlite::Result<Citation> {
    Ok(Citation {
        sentence_id: row.get(0)?,
        text: row.get(1)?,
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
        sha256: row.get(14)?,
    })
}
