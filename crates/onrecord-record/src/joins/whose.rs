//! Whom a cell means by an actor of the pages.

use std::collections::BTreeMap;

use onrecord_model::Id;
use rusqlite::{OptionalExtension, Transaction};
use serde_json::Value;

use super::fate::Fate;
use crate::error::Fault;
use crate::{Column, Table, schema, table_named};

/// A cell with the words that name its actors: table, column, and where their places stand.
const SPANS: [(&str, &str, &str); 3] = [
    ("statements", "speaker_id", "speaker"),
    ("events", "actor_ids", "actor"),
    ("events", "recipient_ids", "recipient"),
];

/// A name mention: where it stands, and whose it is now.
type Named = (i64, i64, Option<Id>);

/// What is known while rows are gone over.
pub(crate) struct Known<'a> {
    tx: &'a Transaction<'a>,
    fates: BTreeMap<Id, Option<Fate>>,
    names: BTreeMap<(Id, Id), Vec<Named>>,
}

impl<'a> Known<'a> {
    pub(crate) fn of(tx: &'a Transaction<'a>) -> Known<'a> {
        Known {
            tx,
            fates: BTreeMap::new(),
            names: BTreeMap::new(),
        }
    }

    pub(super) fn tx(&self) -> &'a Transaction<'a> {
        self.tx
    }

    pub(crate) fn fate(&mut self, actor: &str) -> Result<Option<Fate>, Fault> {
        if let Some(fate) = self.fates.get(actor) {
            return Ok(fate.clone());
        }
        let fate = super::fate_of(self.tx, actor)?;
        self.fates.insert(actor.to_owned(), fate.clone());
        Ok(fate)
    }

    /// The name mentions of an actor of the pages in an article.
    fn named(&mut self, actor: &str, article: &str, fate: &Fate) -> Result<Vec<Named>, Fault> {
        let key = (actor.to_owned(), article.to_owned());
        if let Some(names) = self.names.get(&key) {
            return Ok(names.clone());
        }
        let mut query = self.tx.prepare_cached(
            "select m.start, m.\"end\", m.text from mentions m
             left join _moved o on o.row_id = m.mention_id
             where m.article_id = ? and m.kind = 'name' and coalesce(o.actor_id, m.actor_id) = ?",
        )?;
        let names: Vec<Named> = query
            .query_map([article, actor], |row| {
                let form: String = row.get(2)?;
                let to = fate.of_name(&form, article).map(str::to_owned);
                Ok((row.get(0)?, row.get(1)?, to))
            })?
            .collect::<Result<_, _>>()?;
        self.names.insert(key, names.clone());
        Ok(names)
    }

    /// Whom an article means by an actor of the pages: the one whose all its names there
    /// are; else, the one to whom the actor goes as a rule.
    pub(crate) fn in_article(&mut self, actor: &str, article: &str) -> Result<Option<Id>, Fault> {
        let Some(fate) = self.fate(actor)? else {
            return Ok(Some(actor.to_owned()));
        };
        if fate.is_whole() {
            return Ok(fate.to);
        }
        let names = self.named(actor, article, &fate)?;
        Ok(only(names.iter().map(|(_, _, to)| to)).unwrap_or(fate.to))
    }

    /// Whom a cell means by an actor of the pages. Where forms of the actor were split off
    /// and its article has others too, the words of the row that name the actor decide.
    pub(super) fn target(
        &mut self,
        actor: &str,
        table: &Table,
        column: &Column,
        id: &str,
    ) -> Result<Option<Id>, Fault> {
        let fate = match self.fate(actor)? {
            None => return Ok(Some(actor.to_owned())),
            Some(fate) if fate.is_whole() => return Ok(fate.to),
            Some(fate) => fate,
        };
        let Some(article) = self.article(table, id)? else {
            return Ok(fate.to);
        };
        if table.name == "mentions" {
            let mut query = self
                .tx
                .prepare_cached("select kind, text from mentions where mention_id = ?")?;
            let (kind, text): (String, String) =
                query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if kind == "name" {
                return Ok(fate.of_name(&text, &article).map(str::to_owned));
            }
        }
        let names = self.named(actor, &article, &fate)?;
        let spans = self.spans(table, column, id)?;
        let near = names
            .iter()
            .filter(|(start, end, _)| spans.iter().any(|s| s.0 <= *start && *end <= s.1));
        if let Some(to) = only(near.map(|(_, _, to)| to)) {
            return Ok(to);
        }
        if let Some(to) = only(names.iter().map(|(_, _, to)| to)) {
            return Ok(to);
        }
        match self.said_by(actor, table, column, id)? {
            Some(statement) => self.of_statement(actor, &statement),
            None => Ok(fate.to),
        }
    }

    /// The statement on which a row rests that this actor made.
    fn said_by(
        &self,
        actor: &str,
        table: &Table,
        column: &Column,
        id: &str,
    ) -> Result<Option<Id>, Fault> {
        if column.name != "actor_id" || table.column("statement_id").is_none() {
            return Ok(None);
        }
        let lies_in = self.lies_in(table, id)?;
        let sql = format!(
            "select s.statement_id from {lies_in} t
             join statements s on s.statement_id = t.statement_id
             left join _moved o on o.row_id = s.statement_id and o.field = 'speaker_id'
             where t.{} = ? and coalesce(o.actor_id, s.speaker_id) = ?",
            table.key()
        );
        let mut query = self.tx.prepare_cached(&sql)?;
        Ok(query.query_row([id, actor], |row| row.get(0)).optional()?)
    }

    fn of_statement(&mut self, actor: &str, statement: &str) -> Result<Option<Id>, Fault> {
        let table = table_named("statements").and_then(|t| Some((t, t.column("speaker_id")?)));
        match table {
            Some((table, column)) => self.target(actor, table, column, statement),
            None => Ok(None),
        }
    }

    fn lies_in(&self, table: &Table, id: &str) -> Result<String, Fault> {
        if !schema::can_be_set_aside(table) {
            return Ok(table.name.to_owned());
        }
        let sql = format!("select 1 from {} where {} = ?", table.name, table.key());
        let home = self.tx.prepare_cached(&sql)?.exists([id])?;
        Ok(match home {
            true => table.name.to_owned(),
            false => schema::set_aside(table.name),
        })
    }

    fn article(&self, table: &Table, id: &str) -> Result<Option<Id>, Fault> {
        let (lies_in, key) = (self.lies_in(table, id)?, table.key());
        let sql = match table.column("article_id") {
            Some(_) => format!("select article_id from {lies_in} where {key} = ?"),
            None => format!(
                "select s.article_id from {lies_in} t join sentences s using (sentence_id)
                 where t.{key} = ?"
            ),
        };
        let mut query = self.tx.prepare_cached(&sql)?;
        Ok(query.query_row([id], |row| row.get(0)).optional()?)
    }

    /// Where the words of a row stand that name its actors.
    fn spans(&self, table: &Table, column: &Column, id: &str) -> Result<Vec<(i64, i64)>, Fault> {
        let place = SPANS
            .iter()
            .find(|(t, c, _)| *t == table.name && *c == column.name);
        let Some((_, _, place)) = place else {
            return Ok(Vec::new());
        };
        let sql = format!("select spans from {} where {} = ?", table.name, table.key());
        let mut query = self.tx.prepare_cached(&sql)?;
        let text: String = query.query_row([id], |row| row.get(0))?;
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        let pair = |value: &Value| Some((value[0].as_i64()?, value[1].as_i64()?));
        let spans = &value[place];
        Ok(match pair(spans) {
            Some(span) => vec![span],
            None => spans
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(pair)
                .collect(),
        })
    }
}

/// The one that all are, if there is one.
fn only<'b>(mut all: impl Iterator<Item = &'b Option<Id>>) -> Option<Option<Id>> {
    let first = all.next()?;
    all.all(|other| other == first).then(|| first.clone())
}
