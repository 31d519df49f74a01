//! The rows that tell of joined actors, cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::Id;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use super::fate::Fate;
use crate::error::Fault;
use crate::{Column, Kind, Table, schema, table_named, values};

/// The tables of which cells hold actors, by the beginning of their ids.
const TABLES_BY_ID: [(&str, &str); 7] = [
    ("me-", "mentions"),
    ("re-", "relations"),
    ("st-", "statements"),
    ("ev-", "events"),
    ("po-", "positions"),
    ("ou-", "outlooks"),
    ("fr-", "framings"),
];

/// A cell with the words that name its actors: table, column, and where their places stand.
const SPANS: [(&str, &str, &str); 3] = [
    ("statements", "speaker_id", "speaker"),
    ("events", "actor_ids", "actor"),
    ("events", "recipient_ids", "recipient"),
];

/// The columns of a table that hold actors, but for its key.
pub(crate) fn actor_columns(table: &Table) -> impl Iterator<Item = &'static Column> + use<> {
    table.columns[1..].iter().filter(|column| column.actor)
}

/// The actors in a cell.
fn actors_in(column: &Column, cell: &str) -> Vec<Id> {
    match column.kind {
        Kind::List => values::read_list(cell),
        // `framings.voice` may be the narrator.
        _ if cell == "narrator" => Vec::new(),
        _ => vec![cell.to_owned()],
    }
}

/// All rows that hold, or held as they were read, an actor of the pages.
pub(super) fn with(tx: &Transaction<'_>, actor: &str) -> Result<BTreeSet<Id>, Fault> {
    let mut query = tx.prepare_cached(
        "select mention_id from mentions where actor_id = ?1
         union all select row_id from _row_actors where actor_id = ?1
         union all select row_id from _moved where actor_id = ?1",
    )?;
    let found = query.query_map([actor], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Makes rows that have just been written as the joins say; `parts` are their actors.
pub(crate) fn of_pages(tx: &Transaction<'_>, parts: &[(Id, Id)]) -> Result<(), Fault> {
    let mut known = Known::of(tx);
    let mut rows = BTreeSet::new();
    for (actor, row) in parts {
        if known.fate(actor)?.is_some() {
            rows.insert(row.clone());
        }
    }
    settle(tx, &rows)
}

/// Makes each of these rows as the fates of its actors say.
pub(super) fn settle(tx: &Transaction<'_>, rows: &BTreeSet<Id>) -> Result<(), Fault> {
    let mut known = Known::of(tx);
    for id in rows {
        let named = TABLES_BY_ID.iter().find(|(start, _)| id.starts_with(start));
        if let Some(table) = named.and_then(|(_, name)| table_named(name)) {
            row(&mut known, table, id)?;
        }
    }
    Ok(())
}

/// The cells of a row that hold actors.
struct Cells {
    columns: Vec<&'static Column>,
    /// As they are now.
    now: Vec<Option<String>>,
    /// As they were read.
    read: Vec<Option<String>>,
    /// Whether the row was set aside.
    aside: bool,
    /// What is kept of cells that changed: actor, column, cell as it was read.
    moved: BTreeSet<(String, String, String)>,
}

impl Cells {
    fn of(tx: &Transaction<'_>, table: &Table, id: &str) -> Result<Option<Cells>, Fault> {
        let columns: Vec<_> = actor_columns(table).collect();
        let names: Vec<String> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        let load = |from: &str| -> Result<Option<Vec<Option<String>>>, Fault> {
            let sql = format!(
                "select {} from {from} where {} = ?",
                names.join(", "),
                table.key()
            );
            let mut query = tx.prepare_cached(&sql)?;
            let cells =
                query.query_row([id], |row| (0..names.len()).map(|at| row.get(at)).collect());
            Ok(cells.optional()?)
        };
        let (aside, now) = match load(table.name)? {
            Some(now) => (false, now),
            None if schema::can_be_set_aside(table) => {
                match load(&schema::set_aside(table.name))? {
                    Some(now) => (true, now),
                    None => return Ok(None),
                }
            }
            None => return Ok(None),
        };
        let mut query =
            tx.prepare_cached("select actor_id, field, value from _moved where row_id = ?")?;
        let moved: BTreeSet<(String, String, String)> = query
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let mut read = now.clone();
        for (_, field, value) in &moved {
            if let Some(at) = columns.iter().position(|c| c.name == field) {
                read[at] = Some(value.clone());
            }
        }
        Ok(Some(Cells {
            columns,
            now,
            read,
            aside,
            moved,
        }))
    }

    /// The actors of cells.
    fn actors(&self, cells: &[Option<String>]) -> BTreeSet<Id> {
        let each = self.columns.iter().zip(cells);
        each.filter_map(|(column, cell)| Some(actors_in(column, cell.as_deref()?)))
            .flatten()
            .collect()
    }
}

/// Makes one row right. A row that cannot be without an actor who was forgotten is set aside.
fn row(known: &mut Known<'_>, table: &'static Table, id: &str) -> Result<(), Fault> {
    let tx = known.tx;
    let Some(cells) = Cells::of(tx, table, id)? else {
        return Ok(());
    };
    let (mut wanted, mut moved, mut aside) = (cells.read.clone(), BTreeSet::new(), false);
    for (at, column) in cells.columns.iter().enumerate() {
        let Some(cell) = &cells.read[at] else {
            continue;
        };
        let (mut all, mut same): (Vec<Id>, bool) = (Vec::new(), true);
        for actor in actors_in(column, cell) {
            let to = known.target(&actor, table, column, id)?;
            if to.as_ref() != Some(&actor) {
                same = false;
                moved.insert((actor, column.name.to_owned(), cell.clone()));
            }
            all.extend(to.filter(|to| !all.contains(to)));
        }
        if !same {
            wanted[at] = match column.kind {
                Kind::List => Some(values::list(&all)),
                _ => all.pop(),
            };
            aside |= wanted[at].is_none() && !column.null;
        }
    }
    if aside {
        wanted.clone_from(&cells.read);
    }
    let home = table.name.to_owned();
    let away = schema::set_aside(table.name);
    let key = table.key();
    if aside != cells.aside {
        let (from, to) = if aside {
            (&home, &away)
        } else {
            (&away, &home)
        };
        tx.prepare_cached(&format!(
            "insert into {to} select * from {from} where {key} = ?"
        ))?
        .execute([id])?;
        tx.prepare_cached(&format!("delete from {from} where {key} = ?"))?
            .execute([id])?;
    }
    let lies_in = if aside { &away } else { &home };
    for (at, column) in cells.columns.iter().enumerate() {
        if wanted[at] != cells.now[at] {
            let sql = format!(
                "update {lies_in} set \"{}\" = ? where {key} = ?",
                column.name
            );
            tx.prepare_cached(&sql)?.execute(params![wanted[at], id])?;
        }
    }
    if table.name != "mentions" {
        let of = |cells: &Cells, values: &[Option<String>], aside: bool| match aside {
            true => BTreeSet::new(),
            false => cells.actors(values),
        };
        let was = of(&cells, &cells.now, cells.aside);
        row_actors(tx, id, &was, &of(&cells, &wanted, aside))?;
    }
    for (actor, field, _) in cells.moved.difference(&moved) {
        tx.prepare_cached("delete from _moved where actor_id = ? and row_id = ? and field = ?")?
            .execute([actor.as_str(), id, field])?;
    }
    for (actor, field, value) in moved.difference(&cells.moved) {
        tx.prepare_cached("insert into _moved values (?, ?, ?, ?)")?
            .execute([actor.as_str(), id, field, value])?;
    }
    Ok(())
}

/// Writes who has a part in a row, where that has changed.
pub(crate) fn row_actors(
    tx: &Transaction<'_>,
    id: &str,
    was: &BTreeSet<Id>,
    is: &BTreeSet<Id>,
) -> Result<(), Fault> {
    for actor in was.difference(is) {
        tx.prepare_cached("delete from _row_actors where actor_id = ? and row_id = ?")?
            .execute([actor.as_str(), id])?;
    }
    for actor in is.difference(was) {
        tx.prepare_cached("insert or ignore into _row_actors values (?, ?)")?
            .execute([actor.as_str(), id])?;
    }
    Ok(())
}

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
    fn target(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TABLES;

    #[test]
    fn every_table_with_actors_is_found_by_its_ids() {
        let with: Vec<_> = TABLES
            .iter()
            .filter(|t| actor_columns(t).next().is_some())
            .map(|t| t.name)
            .collect();
        assert_eq!(with, TABLES_BY_ID.map(|(_, name)| name));
    }

    #[test]
    fn columns_that_speak_of_actors_are_marked() {
        for table in TABLES.iter().filter(|t| t.name != "corrections") {
            for column in table.columns {
                let named = [
                    "actor",
                    "speaker",
                    "addressee",
                    "subject",
                    "object",
                    "recipient",
                ];
                let by_name = column.name.contains("_id")
                    && named.iter().any(|word| column.name.starts_with(word));
                let by_words = column.what.starts_with("Actor ")
                    || column.what.starts_with("Actors ")
                    || column.what.starts_with("Actor: ");
                if by_name || by_words {
                    assert!(column.actor, "{}.{}", table.name, column.name);
                }
            }
        }
    }
}
