//! The record as the steps across pages see it.

use std::collections::HashMap;

use onrecord_model::{
    Pile, PileArticle, PileEvent, PileOutlook, PilePosition, PileSentence, PileStatement,
};
use rusqlite::{Connection, Row};

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
            let mut filling = Filling {
                pile: articles(c)?,
                at: HashMap::new(),
            };
            for (at, article) in filling.pile.articles.iter().enumerate() {
                filling.at.insert(article.id.clone(), at);
            }
            sentences(c, &mut filling)?;
            statements(c, &mut filling)?;
            events(c, &mut filling)?;
            positions(c, &mut filling)?;
            outlooks(c, &mut filling)?;
            Ok(filling.pile)
        });
        drop(snapshot);
        pile
    }
}

struct Filling {
    pile: Pile,
    at: HashMap<String, usize>,
}

impl Filling {
    /// Runs a query whose first column is the article's id.
    fn each(
        &mut self,
        c: &Connection,
        sql: &str,
        mut take: impl FnMut(&mut PileArticle, &Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Fault> {
        let mut query = c.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let article = row.get_ref(0)?.as_str().ok().and_then(|id| self.at.get(id));
            if let Some(article) = article {
                take(&mut self.pile.articles[*article], row)?;
            }
        }
        Ok(())
    }
}

fn list(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<String>> {
    Ok(read_list(&row.get::<_, String>(at)?))
}

fn articles(c: &Connection) -> Result<Pile, Fault> {
    let mut query = c.prepare(
        "select article_id, title, publisher, published, author from articles order by article_id",
    )?;
    let found = query.query_map([], |row| {
        Ok(PileArticle {
            id: row.get(0)?,
            title: row.get(1)?,
            publisher: row.get(2)?,
            published: read_date(row.get(3)?),
            author: row.get(4)?,
            ..PileArticle::default()
        })
    })?;
    Ok(Pile {
        articles: found.collect::<Result<_, _>>()?,
    })
}

fn sentences(c: &Connection, filling: &mut Filling) -> Result<(), Fault> {
    let sql = "select article_id, sentence_id, text from sentences order by article_id, n";
    filling.each(c, sql, |article, row| {
        article.sentences.push(PileSentence {
            id: row.get(1)?,
            text: row.get(2)?,
        });
        Ok(())
    })
}

fn statements(c: &Connection, filling: &mut Filling) -> Result<(), Fault> {
    let sql = format!(
        "select t.article_id, t.statement_id, t.sentence_ids, t.speaker_id, t.content, t.date
         from statements t order by t.article_id, {}, t.statement_id",
        crate::query::STATEMENT_START
    );
    filling.each(c, &sql, |article, row| {
        article.statements.push(PileStatement {
            id: row.get(1)?,
            sentences: list(row, 2)?,
            speaker: row.get(3)?,
            content: list(row, 4)?,
            date: read_date(row.get(5)?),
        });
        Ok(())
    })
}

fn events(c: &Connection, filling: &mut Filling) -> Result<(), Fault> {
    let sql = format!(
        "select t.article_id, t.event_id, t.sentence_id, t.event_type, t.mode, t.actor_ids,
                t.recipient_ids, t.place_id, t.date, t.status
         from events t order by t.article_id, {}, t.event_id",
        crate::query::EVENT_START
    );
    filling.each(c, &sql, |article, row| {
        article.events.push(PileEvent {
            id: row.get(1)?,
            sentence: row.get(2)?,
            event_type: row.get(3)?,
            mode: row.get(4)?,
            actors: list(row, 5)?,
            recipients: list(row, 6)?,
            place: row.get(7)?,
            date: read_date(row.get(8)?),
            status: row.get(9)?,
        });
        Ok(())
    })
}

fn positions(c: &Connection, filling: &mut Filling) -> Result<(), Fault> {
    let sql = "select s.article_id, t.position_id, t.sentence_id, t.issue, t.actor_id, t.stance,
                      t.date
               from positions t join sentences s using (sentence_id)
               order by s.article_id, s.n, t.position_id";
    filling.each(c, sql, |article, row| {
        article.positions.push(PilePosition {
            id: row.get(1)?,
            sentence: row.get(2)?,
            issue: row.get(3)?,
            actor: row.get(4)?,
            stance: row.get(5)?,
            date: read_date(row.get(6)?),
        });
        Ok(())
    })
}

fn outlooks(c: &Connection, filling: &mut Filling) -> Result<(), Fault> {
    let sql = "select s.article_id, t.outlook_id, t.sentence_id, t.actor_id, t.type, t.content,
                      t.made
               from outlooks t join sentences s using (sentence_id)
               order by s.article_id, s.n, t.outlook_id";
    filling.each(c, sql, |article, row| {
        article.outlooks.push(PileOutlook {
            id: row.get(1)?,
            sentence: row.get(2)?,
            actor: row.get(3)?,
            outlook_type: row.get(4)?,
            content: row.get(5)?,
            made: read_date(row.get(6)?),
        });
        Ok(())
    })
}
