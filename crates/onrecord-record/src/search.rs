//! Full-text search: which texts hold the words, in which order, and what rests on them.
//!
//! A text is a sentence or a title; its number is that of the search index, and those of an
//! article follow one another.

mod hit;
mod one;
mod order;

use std::ops::ControlFlow;

pub use hit::Hit;
use one::RowsTaken;
pub use order::COMPARED;
pub(crate) use order::Order;

use crate::filter::Conditions;
use crate::query::Shape;
use crate::spellings::{self, Spelling};
use crate::typed::Typed;
use crate::{Filter, Record, RecordError, Rows, Table};

/// What is searched for.
///
/// ```
/// use onrecord_record::{Filter, Search};
/// let search = Search {
///     words: "\"by force\" -convoy".to_owned(),
///     filter: Filter::default().since("2018"),
///     ..Search::default()
/// };
/// assert!(!search.exact && search.limit.is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// As typed: all words, `"a phrase"`, `begin*`, `-without`, `OR`.
    pub words: String,
    /// The words only, without the other names of the actors they name.
    pub exact: bool,
    /// The newest first, in place of the best.
    pub newest: bool,
    /// Which sentences and titles, or which rows that rest on them.
    pub filter: Filter,
    /// At most so many.
    pub limit: Option<u64>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found<T> {
    /// In order.
    pub all: T,
    /// The names that were looked for besides those typed.
    pub spellings: Vec<Spelling>,
    /// So many texts hold the words that the newest come first, though the best were asked
    /// for.
    pub too_many: bool,
}

/// The tables whose rows rest on sentences: they can be searched by them, and people judge them.
pub const OF_SENTENCES: [&str; 7] = [
    "mentions",
    "relations",
    "statements",
    "events",
    "positions",
    "outlooks",
    "framings",
];

impl Record {
    /// Sentences and titles that hold the words. The best come first (bm25; of equals the
    /// newest, then by article and place in it), or the newest if so asked. Where more than
    /// [`COMPARED`] texts hold the words, the best say little and the newest come first.
    ///
    /// # Errors
    /// If there is nothing to look for, the filter does not fit sentences, or the file
    /// cannot be read.
    pub fn search(&self, search: &Search) -> Result<Found<Vec<Hit>>, RecordError> {
        let mut hits = Vec::new();
        let mut one = self.one_text(search)?;
        let found = self.run(search, None, &mut |number| {
            let Some(hit) = one.hit(number)? else {
                return Ok(ControlFlow::Continue(()));
            };
            hits.push(hit);
            Ok(enough(search, hits.len()))
        })?;
        let sql = found.all.sql();
        self.with(|c| hits.iter_mut().try_for_each(|hit| hit.mark(c, &sql)))?;
        Ok(found.with(hits))
    }

    /// Rows of a table that rest on a sentence with the words, in the order of the first
    /// such sentence, as [`Record::search`] orders them. The filter is that of the rows.
    ///
    /// # Errors
    /// As [`Record::search`], and if rows of the table rest on no sentence.
    pub fn search_rows(&self, table: &str, search: &Search) -> Result<Found<Rows>, RecordError> {
        let table = self.searched(table)?;
        let mut taken = RowsTaken::of(self, table, search)?;
        let found = self.run(search, Some(table), &mut taken)?;
        let columns = table.columns.iter().map(|c| c.name.to_owned()).collect();
        let rows = taken.rows;
        Ok(found.with(Rows { columns, rows }))
    }

    /// How many texts, or rows of a table, a search finds without its limit.
    ///
    /// # Errors
    /// As [`Record::search_rows`].
    pub fn search_count(
        &self,
        table: Option<&str>,
        search: &Search,
    ) -> Result<Found<u64>, RecordError> {
        let unlimited = Search {
            limit: None,
            newest: true,
            ..search.clone()
        };
        let Some(table) = table else {
            if search.filter == Filter::default() {
                return self.count_texts(&unlimited);
            }
            let mut count = 0;
            let mut one = self.one_text(&unlimited)?;
            let found = self.run(&unlimited, None, &mut |number| {
                count += u64::from(one.is_there(number)?);
                Ok(ControlFlow::Continue(()))
            })?;
            return Ok(found.with(count));
        };
        let table = self.searched(table)?;
        let mut taken = RowsTaken::of(self, table, &unlimited)?;
        let found = self.run(&unlimited, Some(table), &mut taken)?;
        let count = taken.seen.len() as u64;
        Ok(found.with(count))
    }

    /// The sentences of an article beside its `n`th: at most `lines` before and after it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn around(
        &self,
        article_id: &str,
        n: i64,
        lines: u32,
    ) -> Result<(Vec<String>, Vec<String>), RecordError> {
        self.with(|c| {
            let mut query = c.prepare_cached(
                "select n, text from sentences where article_id = ?1 and n between ?2 and ?3
                 order by n",
            )?;
            let (first, last) = (n - i64::from(lines), n + i64::from(lines));
            let mut found = query.query(rusqlite::params![article_id, first, last])?;
            let (mut before, mut after) = (Vec::new(), Vec::new());
            while let Some(row) = found.next()? {
                match row.get::<_, i64>(0)? {
                    at if at < n => before.push(row.get(1)?),
                    at if at > n => after.push(row.get(1)?),
                    _ => {}
                }
            }
            Ok((before, after))
        })
    }

    fn searched(&self, table: &str) -> Result<&'static Table, RecordError> {
        let table = self.table_named(table)?;
        if OF_SENTENCES.contains(&table.name) {
            return Ok(table);
        }
        Err(self.wrong(format!(
            "rows of `{}` cannot be searched; those of {} can",
            table.name,
            OF_SENTENCES.join(", ")
        )))
    }

    fn wrong(&self, what: String) -> RecordError {
        RecordError::Filter {
            path: self.path.clone(),
            what,
        }
    }

    fn typed(&self, search: &Search) -> Result<(Typed, Vec<Spelling>), RecordError> {
        let mut typed = Typed::read(&search.words).map_err(|what| self.wrong(what))?;
        let spellings = match search.exact {
            true => Vec::new(),
            false => self.with(|c| spellings::widen(c, &mut typed))?,
        };
        Ok((typed, spellings))
    }

    fn count_texts(&self, search: &Search) -> Result<Found<u64>, RecordError> {
        let (typed, spellings) = self.typed(search)?;
        let count: i64 = self.with(|c| {
            let sql = "select count(*) from _search where _search match ?";
            Ok(c.query_row(sql, [typed.sql()], |row| row.get(0))?)
        })?;
        Ok(Found {
            all: u64::try_from(count).unwrap_or_default(),
            spellings,
            too_many: false,
        })
    }

    /// Gives the texts that hold the words one after another, until one is enough.
    fn run(
        &self,
        search: &Search,
        table: Option<&'static Table>,
        take: &mut dyn order::Take,
    ) -> Result<Found<Typed>, RecordError> {
        let (typed, spellings) = self.typed(search)?;
        let numbers = self.with(|c| order::numbers(c, &typed.sql(), order::KEPT))?;
        let wanted = order::Wanted {
            found: numbers.len(),
            limit: search.limit,
        };
        let articles = self.articles_of(search, table, wanted)?;
        let order = if search.newest {
            Order::Newest
        } else {
            Order::Best
        };
        let too_many = self.with(|c| {
            let only = || match table {
                Some(table) => order::texts_with(c, table, &search.filter.equal),
                None => Ok(None),
            };
            let query = typed.sql();
            order::each_text(c, &query, (numbers, &only), order, &articles, take)
        })?;
        Ok(Found {
            all: typed,
            spellings,
            too_many,
        })
    }

    /// What is known of the articles in which something can be found.
    fn articles_of(
        &self,
        search: &Search,
        table: Option<&'static Table>,
        wanted: order::Wanted,
    ) -> Result<Conditions, RecordError> {
        let filter = &search.filter;
        let mut of_articles = Filter {
            outlet: filter.outlet.clone(),
            page: filter.page.clone(),
            article: filter.article.clone(),
            ..Filter::default()
        };
        if table.is_none() {
            // A row has dates and parties of its own.
            of_articles.since.clone_from(&filter.since);
            of_articles.until.clone_from(&filter.until);
            of_articles.actor.clone_from(&filter.actor);
            of_articles.with.clone_from(&filter.with);
        }
        let articles = self.table_named("articles")?;
        let mut conditions = self.conditions(articles, &Shape::of(articles), &of_articles)?;
        if let Some(table) = table {
            for actor in filter.actor.iter().chain(&filter.with) {
                self.with(|c| order::only_articles_of(c, table, actor, wanted, &mut conditions))?;
            }
        }
        Ok(conditions)
    }
}

impl Found<Typed> {
    /// The same with what was found in place of what was looked for.
    fn with<T>(self, all: T) -> Found<T> {
        Found {
            all,
            spellings: self.spellings,
            too_many: self.too_many,
        }
    }
}

fn enough(search: &Search, count: usize) -> ControlFlow<()> {
    match search.limit {
        Some(limit) if count as u64 >= limit => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    }
}
