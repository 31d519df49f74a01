//! Rows of a table, in an order that does not depend on how they came there.

use std::ops::Deref;

use rusqlite::params_from_iter;
use serde_json::Value;

use crate::error::Fault;
use crate::{Filter, Map, Record, RecordError, Table, table_named, values};

/// Rows in memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Names of the columns, in order.
    pub columns: Vec<String>,
    /// The rows; each has all the columns, in order.
    pub rows: Vec<Map>,
}

impl Deref for Rows {
    type Target = [Map];

    fn deref(&self) -> &[Map] {
        &self.rows
    }
}

impl IntoIterator for Rows {
    type Item = Map;
    type IntoIter = std::vec::IntoIter<Map>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'a> IntoIterator for &'a Rows {
    type Item = &'a Map;
    type IntoIter = std::slice::Iter<'a, Map>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

/// While it lives, all queries of the record see the same state, whatever others write.
#[derive(Debug)]
pub struct Snapshot<'a> {
    record: &'a Record,
    began: bool,
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if self.began {
            // Nothing was written: ending it cannot lose anything, and a failure shows in
            // the next query.
            let _ = self.record.connection.execute_batch("rollback");
        }
    }
}

impl Record {
    /// Holds the state of the record for several queries.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, RecordError> {
        let began = self.connection.is_autocommit();
        if began {
            self.with(|c| Ok(c.execute_batch("begin")?))?;
        }
        Ok(Snapshot {
            record: self,
            began,
        })
    }

    /// The rows of a table that fit `filter`, at most `limit`: numbers as numbers, lists and
    /// objects as such, what is missing as null. Ordered by page, article and place in the
    /// text (actors and places by name), so that two records of the same pages list alike.
    ///
    /// # Errors
    /// If there is no such table or column, the filter does not fit the table, or the file
    /// cannot be read.
    pub fn table(
        &self,
        name: &str,
        filter: &Filter,
        limit: Option<u64>,
    ) -> Result<Rows, RecordError> {
        let mut rows = Vec::new();
        self.for_each(name, filter, limit, |row| {
            rows.push(row);
            Ok::<(), RecordError>(())
        })?;
        let table = self.table_named(name)?;
        Ok(Rows {
            columns: table.columns.iter().map(|c| c.name.to_owned()).collect(),
            rows,
        })
    }

    /// As [`Record::table`], one row at a time: memory does not grow with the table.
    ///
    /// # Errors
    /// As [`Record::table`], and whatever `take` gives, which ends it.
    pub fn for_each<E: From<RecordError>>(
        &self,
        name: &str,
        filter: &Filter,
        limit: Option<u64>,
        mut take: impl FnMut(Map) -> Result<(), E>,
    ) -> Result<u64, E> {
        let order = Shape::of(self.table_named(name)?).order;
        self.each_by(name, filter, &order, limit, &mut take)
    }

    /// At most `n` rows of a table that fit `filter`, drawn as if at random: those with the
    /// smallest ids, which are hashes of what the rows are about. The same rows come each
    /// time, and with `reviewed` set to false the next ones after those were looked at.
    ///
    /// # Errors
    /// As [`Record::table`].
    pub fn sample(&self, name: &str, filter: &Filter, n: u64) -> Result<Rows, RecordError> {
        let table = self.table_named(name)?;
        let columns = table.columns.iter().map(|c| c.name.to_owned()).collect();
        let mut rows = Vec::new();
        let order = format!("t.{}", table.key());
        self.each_by(name, filter, &order, Some(n), &mut |row| {
            rows.push(row);
            Ok::<(), RecordError>(())
        })?;
        Ok(Rows { columns, rows })
    }

    fn each_by<E: From<RecordError>>(
        &self,
        name: &str,
        filter: &Filter,
        order: &str,
        limit: Option<u64>,
        take: &mut dyn FnMut(Map) -> Result<(), E>,
    ) -> Result<u64, E> {
        let table = self.table_named(name)?;
        let mut shape = Shape::of(table);
        if order == shape.order && self.walks(table, filter, limit)? {
            shape = Shape::along_articles(table);
        }
        let conditions = self.conditions(table, &shape, filter)?;
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|c| format!("t.\"{}\"", c.name))
            .collect();
        let mut sql = format!("select {} from {}", columns.join(", "), shape.from);
        if !conditions.sql.is_empty() {
            sql.push_str(&format!(" where {}", conditions.sql.join(" and ")));
        }
        sql.push_str(&format!(" order by {order}"));
        if let Some(limit) = limit {
            sql.push_str(&format!(" limit {limit}"));
        }
        let failed = |source: rusqlite::Error| self.named(Fault::Sqlite(source));
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        let mut found = query
            .query(params_from_iter(&conditions.values))
            .map_err(failed)?;
        let mut n = 0;
        while let Some(row) = found.next().map_err(failed)? {
            take(values::row(table, row).map_err(failed)?)?;
            n += 1;
        }
        Ok(n)
    }

    /// Whether the first rows are met sooner along the articles than by looking up and sorting
    /// all of them: those of a table, those of a busy actor. Costs are in rows looked at.
    fn walks(
        &self,
        table: &'static Table,
        filter: &Filter,
        limit: Option<u64>,
    ) -> Result<bool, RecordError> {
        let actor_only = Filter {
            actor: filter.actor.clone(),
            ..Filter::default()
        };
        let (Some(limit), true) = (limit, *filter == actor_only) else {
            return Ok(false);
        };
        if !crate::OF_SENTENCES.contains(&table.name) {
            return Ok(false);
        }
        let Some(actor) = &filter.actor else {
            return Ok(true);
        };
        let parts = match table.name {
            "mentions" => "mentions",
            _ => "_row_actors",
        };
        self.with(|c| {
            let articles: i64 = c
                .prepare_cached("select coalesce(max(rowid), 0) from articles")?
                .query_row([], |row| row.get(0))?;
            let few = (articles as f64 * limit as f64).sqrt() as i64;
            let mut more = c.prepare_cached(&format!(
                "select 1 from {parts} where actor_id = ?1 limit 1 offset ?2"
            ))?;
            Ok(more.exists(rusqlite::params![actor, few])?)
        })
    }

    pub(crate) fn table_named(&self, name: &str) -> Result<&'static Table, RecordError> {
        table_named(name).ok_or_else(|| RecordError::NoTable {
            path: self.path.clone(),
            table: name.to_owned(),
        })
    }
}

/// A row whose columns are not those of a table.
pub(crate) fn plain_row(columns: &[String], row: &rusqlite::Row<'_>) -> rusqlite::Result<Map> {
    let mut map = Map::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let value: Value = values::plain(row.get_ref(at)?);
        map.insert(column.clone(), value);
    }
    Ok(map)
}

/// Where a statement and an event begin in the article's text.
pub(crate) const STATEMENT_START: &str = "min(
    coalesce(json_extract(t.spans, '$.content[0][0]'), json_extract(t.spans, '$.cue[0]')),
    coalesce(json_extract(t.spans, '$.cue[0]'), json_extract(t.spans, '$.content[0][0]')))";
pub(crate) const EVENT_START: &str = "json_extract(t.spans, '$.trigger[0]')";

/// How a table is asked: the table itself is `t`, its article `a`.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub from: String,
    pub order: String,
    pub page: Option<&'static str>,
    pub article: Option<&'static str>,
    pub sentences: Sentences,
    pub dates: Option<Dates>,
    /// Where the outlet of a row stands.
    pub publisher: Option<&'static str>,
    /// A condition in which `?` is the actor.
    pub actor: Option<&'static str>,
}

/// Where the dates of a row stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dates {
    pub first: &'static str,
    pub last: &'static str,
}

/// Where the sentences of a row stand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sentences {
    None,
    One(&'static str),
    List(&'static str),
    /// All those of the article, and its title.
    Title,
}

const IN_ARTICLE: &str = "join articles a on a.article_id = t.article_id";
const IN_SENTENCE: &str = "join sentences s on s.sentence_id = t.sentence_id
    join articles a on a.article_id = s.article_id";

impl Shape {
    /// The same for one row at a time: whether it is the actor's is looked up, where
    /// otherwise the actor's rows are.
    pub(crate) fn of_one(table: &Table) -> Shape {
        let actor = match table.name {
            "sentences" => Some(
                "exists (select 1 from mentions m where m.actor_id = ?
                         and m.article_id = t.article_id and m.sentence_id = t.sentence_id)",
            ),
            "relations" => Some(
                "exists (select 1 from _row_actors x where x.actor_id = ? and x.row_id = t.relation_id)",
            ),
            "statements" => Some(
                "exists (select 1 from _row_actors x where x.actor_id = ? and x.row_id = t.statement_id)",
            ),
            "events" => Some(
                "exists (select 1 from _row_actors x where x.actor_id = ? and x.row_id = t.event_id)",
            ),
            "positions" => Some(
                "exists (select 1 from _row_actors x where x.actor_id = ? and x.row_id = t.position_id)",
            ),
            "outlooks" => Some(
                "exists (select 1 from _row_actors x where x.actor_id = ? and x.row_id = t.outlook_id)",
            ),
            "framings" => Some(
                "exists (select 1 from _row_actors x where x.actor_id = ? and x.row_id = t.framing_id)",
            ),
            _ => Shape::of(table).actor,
        };
        Shape {
            actor,
            ..Shape::of(table)
        }
    }

    /// The same from article to article in the order of their pages; for tables of rows that
    /// stand in a sentence.
    fn along_articles(table: &Table) -> Shape {
        let shape = Shape::of_one(table);
        let in_article = table.column("article_id").is_some();
        // Left to itself SQLite takes another index and sorts all rows.
        let mut from = String::from("articles a indexed by articles_by_page");
        let mut on = Vec::new();
        if shape.from.contains("join sentences s") {
            from.push_str(" cross join sentences s on s.article_id = a.article_id");
            on.push("t.sentence_id = s.sentence_id");
        }
        if in_article {
            on.push("t.article_id = a.article_id");
        }
        from.push_str(&format!(
            " cross join {} t on {}",
            table.name,
            on.join(" and ")
        ));
        Shape { from, ..shape }
    }

    pub(crate) fn of(table: &Table) -> Shape {
        let key = table.key();
        let date = |at| {
            Some(Dates {
                first: at,
                last: at,
            })
        };
        let rows = |join: &str, start: &str| Shape {
            from: format!("{} t {join}", table.name),
            order: format!("a.page_id, a.n, a.article_id, {start}, t.{key}"),
            page: Some("a.page_id"),
            article: Some("a.article_id"),
            sentences: Sentences::One("t.sentence_id"),
            dates: date("t.date"),
            publisher: Some("a.publisher"),
            actor: None,
        };
        let whole = |order: &str| Shape {
            from: format!("{} t", table.name),
            order: format!("{order}, t.{key}"),
            page: None,
            article: None,
            sentences: Sentences::None,
            dates: None,
            publisher: None,
            actor: None,
        };
        match table.name {
            "pages" => Shape {
                page: Some("t.page_id"),
                ..whole("t.page_id")
            },
            "articles" => Shape {
                page: Some("t.page_id"),
                article: Some("t.article_id"),
                sentences: Sentences::Title,
                dates: date("t.published"),
                publisher: Some("t.publisher"),
                actor: Some("t.article_id in (select article_id from mentions where actor_id = ?)"),
                ..whole("t.page_id, t.n")
            },
            "sentences" => Shape {
                dates: date("a.published"),
                actor: Some(
                    "t.sentence_id in (select sentence_id from mentions where actor_id = ?)",
                ),
                ..rows(IN_ARTICLE, "t.n")
            },
            "actors" => Shape {
                actor: Some("t.actor_id = ?"),
                ..whole("t.name")
            },
            "mentions" => Shape {
                dates: date("a.published"),
                actor: Some("t.actor_id = ?"),
                ..rows(IN_ARTICLE, "t.start")
            },
            "relations" => Shape {
                actor: Some("t.relation_id in (select row_id from _row_actors where actor_id = ?)"),
                ..rows(IN_SENTENCE, "s.n")
            },
            "statements" => Shape {
                sentences: Sentences::List("t.sentence_ids"),
                actor: Some(
                    "t.statement_id in (select row_id from _row_actors where actor_id = ?)",
                ),
                ..rows(IN_ARTICLE, STATEMENT_START)
            },
            "events" => Shape {
                actor: Some("t.event_id in (select row_id from _row_actors where actor_id = ?)"),
                ..rows(IN_ARTICLE, EVENT_START)
            },
            "places" => whole("t.name"),
            "positions" => Shape {
                actor: Some("t.position_id in (select row_id from _row_actors where actor_id = ?)"),
                ..rows(IN_SENTENCE, "s.n")
            },
            "outlooks" => Shape {
                dates: date("t.made"),
                actor: Some("t.outlook_id in (select row_id from _row_actors where actor_id = ?)"),
                ..rows(IN_SENTENCE, "s.n")
            },
            "framings" => Shape {
                dates: date("a.published"),
                actor: Some("t.framing_id in (select row_id from _row_actors where actor_id = ?)"),
                ..rows(IN_ARTICLE, "t.start")
            },
            "disagreements" => Shape {
                sentences: Sentences::List("t.sentence_ids"),
                ..whole("t.about")
            },
            "reprints" => Shape {
                sentences: Sentences::List("t.sentence_ids"),
                dates: date("a.published"),
                ..rows(IN_ARTICLE, "t.from_article_id")
            },
            "stories" => Shape {
                dates: Some(Dates {
                    first: "t.first",
                    last: "t.last",
                }),
                actor: Some(
                    "exists (select 1 from json_each(t.row_ids) j
                     join _row_actors r on r.row_id = j.value and r.actor_id = ?)",
                ),
                ..whole("t.first")
            },
            "corrections" => whole("t.at"),
            _ => whole(&format!("t.{key}")),
        }
    }
}
