//! The record as the steps across pages see it.

use onrecord_model::{
    Id, Pile, PileArticle, PileEvent, PileOutlook, PilePosition, PileSentence, PileStatement,
};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::Fault;
use crate::values::{read_date, read_list};
use crate::{Record, RecordError};

impl Record {
    /// All articles in order of their ids, each with its rows in the order of the text.
    ///
    /// Holds the words of all sentences in memory.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pile(&self) -> Result<Pile, RecordError> {
        let snapshot = self.snapshot()?;
        let pile = self.with(|c| {
            let mut query = c.prepare("select article_id from articles order by article_id")?;
            let ids: Vec<Id> = query
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut pile = Pile::default();
            for id in ids {
                pile.articles.extend(article(c, &id)?);
            }
            Ok(pile)
        });
        drop(snapshot);
        pile
    }
}

/// An article with its rows, in the order of the text; `None` if it is not there.
pub(crate) fn article(c: &Connection, id: &str) -> Result<Option<PileArticle>, Fault> {
    let Some(mut article) = head(c, id)? else {
        return Ok(None);
    };
    article.sentences = sentences(c, id)?;
    article.statements = statements(c, id)?;
    article.events = events(c, id)?;
    article.positions = positions(c, id)?;
    article.outlooks = outlooks(c, id)?;
    Ok(Some(article))
}

/// An article without its rows.
pub(crate) fn head(c: &Connection, id: &str) -> Result<Option<PileArticle>, Fault> {
    let mut query = c.prepare_cached(
        "select article_id, title, publisher, published, author from articles
         where article_id = ?",
    )?;
    let found = query.query_row([id], |row| {
        Ok(PileArticle {
            id: row.get(0)?,
            title: row.get(1)?,
            publisher: row.get(2)?,
            published: read_date(row.get(3)?),
            author: row.get(4)?,
            ..PileArticle::default()
        })
    });
    Ok(found.optional()?)
}

fn rows<T>(
    c: &Connection,
    sql: &str,
    id: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Fault> {
    let mut query = c.prepare_cached(sql)?;
    let found = query.query_map([id], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The sentences of an article, in order.
pub(crate) fn sentences(c: &Connection, id: &str) -> Result<Vec<PileSentence>, Fault> {
    let sql = "select sentence_id, text from sentences where article_id = ? order by n";
    rows(c, sql, id, |row| {
        Ok(PileSentence {
            id: row.get(0)?,
            text: row.get(1)?,
        })
    })
}

const STATEMENT: &str = "select t.statement_id, t.sentence_ids, t.speaker_id, t.content, t.date,
        t.kind = 'direct' from statements t";

fn read_statement(row: &Row<'_>) -> rusqlite::Result<PileStatement> {
    Ok(PileStatement {
        id: row.get(0)?,
        sentences: list(row, 1)?,
        speaker: row.get(2)?,
        content: list(row, 3)?,
        date: read_date(row.get(4)?),
        direct: row.get(5)?,
    })
}

/// A statement.
pub(crate) fn statement(c: &Connection, id: &str) -> Result<Option<PileStatement>, Fault> {
    let sql = format!("{STATEMENT} where t.statement_id = ?");
    let found = rows(c, &sql, id, read_statement)?;
    Ok(found.into_iter().next())
}

fn statements(c: &Connection, id: &str) -> Result<Vec<PileStatement>, Fault> {
    let sql = format!(
        "{STATEMENT} where t.article_id = ? order by {}, t.statement_id",
        crate::query::STATEMENT_START
    );
    rows(c, &sql, id, read_statement)
}

fn events(c: &Connection, id: &str) -> Result<Vec<PileEvent>, Fault> {
    let sql = format!(
        "select t.event_id, t.sentence_id, t.event_type, t.mode, t.actor_ids, t.recipient_ids,
                t.place_id, t.date, t.status
         from events t where t.article_id = ? order by {}, t.event_id",
        crate::query::EVENT_START
    );
    rows(c, &sql, id, |row| {
        Ok(PileEvent {
            id: row.get(0)?,
            sentence: row.get(1)?,
            event_type: row.get(2)?,
            mode: row.get(3)?,
            actors: list(row, 4)?,
            recipients: list(row, 5)?,
            place: row.get(6)?,
            date: read_date(row.get(7)?),
            status: row.get(8)?,
        })
    })
}

fn positions(c: &Connection, id: &str) -> Result<Vec<PilePosition>, Fault> {
    let sql = "select t.position_id, t.sentence_id, t.issue, t.actor_id, t.stance, t.date
               from sentences s join positions t using (sentence_id)
               where s.article_id = ? order by s.n, t.position_id";
    rows(c, sql, id, |row| {
        Ok(PilePosition {
            id: row.get(0)?,
            sentence: row.get(1)?,
            issue: row.get(2)?,
            actor: row.get(3)?,
            stance: row.get(4)?,
            date: read_date(row.get(5)?),
        })
    })
}

fn outlooks(c: &Connection, id: &str) -> Result<Vec<PileOutlook>, Fault> {
    let sql = "select t.outlook_id, t.sentence_id, t.actor_id, t.type, t.content, t.made
               from sentences s join outlooks t using (sentence_id)
               where s.article_id = ? order by s.n, t.outlook_id";
    rows(c, sql, id, |row| {
        Ok(PileOutlook {
            id: row.get(0)?,
            sentence: row.get(1)?,
            actor: row.get(2)?,
            outlook_type: row.get(3)?,
            content: row.get(4)?,
            made: read_date(row.get(5)?),
        })
    })
}

fn list(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<String>> {
    Ok(read_list(&row.get::<_, String>(at)?))
}
