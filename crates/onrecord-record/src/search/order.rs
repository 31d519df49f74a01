//! In which order texts that hold the words are given.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use rusqlite::types::Value as Sql;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params, params_from_iter};

use crate::Table;
use crate::error::Fault;
use crate::filter::Conditions;

/// Up to so many texts that hold the words of a search are compared with one another.
pub const COMPARED: usize = 5_000;
/// Up to so many articles are told apart from all others before their texts are looked at.
const TOLD_APART: usize = 5_000;
/// Up to so many texts that hold the words are kept in memory.
pub(super) const KEPT: usize = 200_000;
/// Rows of an actor or a value are looked up first only up to so many.
const FEW: i64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Best,
    Newest,
}

/// Whether there is enough.
pub(super) type Flow = Result<ControlFlow<()>, Fault>;

/// Who takes the texts that hold the words.
pub(super) trait Take {
    /// Takes the text of a number.
    fn text(&mut self, number: i64) -> Flow;

    /// Takes all texts of an article, whose numbers are looked up only if asked for.
    fn article(&mut self, _id: &str, numbers: &mut Numbers<'_>) -> Flow {
        for number in numbers()? {
            if self.text(number)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Looks up the numbers of the texts of an article that hold the words.
pub(super) type Numbers<'n> = dyn FnMut() -> Result<Vec<i64>, Fault> + 'n;

impl<F: FnMut(i64) -> Flow> Take for F {
    fn text(&mut self, number: i64) -> Flow {
        self(number)
    }
}

/// Gives the numbers of the texts that fit the query to `take`, until it has enough; only
/// those of certain articles where there are too many to compare, which is the answer.
///
/// `numbers` are those of [`numbers`] up to [`KEPT`], of which some may have been taken out since;
/// `found` is how many there were.
pub(super) fn each_text(
    c: &Connection,
    query: &str,
    (mut numbers, found): (Vec<i64>, usize),
    order: Order,
    articles: &Conditions,
    take: &mut dyn Take,
) -> Result<bool, Fault> {
    if numbers.len() > COMPARED {
        let known = Some(numbers).filter(|all| all.len() <= KEPT);
        walk(c, query, known, articles, take)?;
        return Ok(order == Order::Best);
    }
    let too_many = found > COMPARED && order == Order::Best;
    let order = if too_many { Order::Newest } else { order };
    if let Some(ranges) = ranges(c, articles)? {
        numbers.retain(|number| {
            let after = ranges.partition_point(|range| range.0 <= *number);
            after > 0 && ranges[after - 1].1 >= *number
        });
    }
    match order {
        _ if numbers.is_empty() => {}
        Order::Best => best(c, query, &numbers, take)?,
        Order::Newest => drop(give_newest(c, numbers, take)?),
    }
    Ok(too_many)
}

/// The numbers of the texts that fit in order, at most one more than `most`.
pub(super) fn numbers(c: &Connection, query: &str, most: usize) -> Result<Vec<i64>, Fault> {
    let sql = format!(
        "select rowid from _search where _search match ? order by rowid limit {}",
        most + 1
    );
    let mut query_ = c.prepare_cached(&sql)?;
    let found = query_.query_map([query], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The numbers of the texts of the articles that are wanted, in order; `None` where that is
/// all of them or very many.
fn ranges(c: &Connection, articles: &Conditions) -> Result<Option<Vec<(i64, i64)>>, Fault> {
    if articles.sql.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "select x.first, x.last from articles t cross join _texts x on x.article_id = t.article_id
         where {} limit {}",
        articles.sql.join(" and "),
        TOLD_APART + 1
    );
    let mut query = c.prepare(&sql)?;
    let found = query.query_map(params_from_iter(&articles.values), |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let mut ranges: Vec<(i64, i64)> = found.collect::<Result<_, _>>()?;
    ranges.sort_unstable();
    Ok((ranges.len() <= TOLD_APART).then_some(ranges))
}

/// By bm25, of equals the newest; only these numbers, which are in order.
fn best(c: &Connection, query: &str, numbers: &[i64], take: &mut dyn Take) -> Result<(), Fault> {
    let mut query_ = c.prepare_cached("select rowid, rank from _search where _search match ?")?;
    let mut ranked: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut found = query_.query([query])?;
    while let Some(row) = found.next()? {
        let number: i64 = row.get(0)?;
        if numbers.binary_search(&number).is_err() {
            continue;
        }
        // Millionths: the last bits of a float are not the same on every machine.
        let rank = (row.get::<_, f64>(1)? * 1e6).round() as i64;
        ranked.entry(rank).or_default().push(number);
    }
    for equals in ranked.into_values() {
        if give_newest(c, equals, take)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The newest first, then by article and place in it.
fn give_newest(c: &Connection, numbers: Vec<i64>, take: &mut dyn Take) -> Flow {
    let mut query = c.prepare_cached(
        "select a.published, a.article_id from articles a where a.article_id =
         (select article_id from _texts where first <= ? order by first desc limit 1)",
    )?;
    let alone = numbers.len() == 1;
    let mut order = Vec::with_capacity(numbers.len());
    for number in numbers {
        let key = match alone {
            true => (None, String::new()),
            false => date_of(&mut query, number)?,
        };
        order.push((Reverse(key.0), key.1, number));
    }
    order.sort_unstable();
    for (_, _, number) in order {
        if take.text(number)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn date_of(
    query: &mut CachedStatement<'_>,
    number: i64,
) -> Result<(Option<String>, String), Fault> {
    Ok(query.query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// From article to article, the newest first.
fn walk(
    c: &Connection,
    query: &str,
    known: Option<Vec<i64>>,
    articles: &Conditions,
    take: &mut dyn Take,
) -> Result<(), Fault> {
    let mut of_article = c.prepare_cached(
        "select rowid from _search where _search match ?1 and rowid between ?2 and ?3
         order by rowid",
    )?;
    let mut sql = String::from(
        "select x.first, x.last, x.article_id from articles t join _texts x on x.article_id = t.article_id",
    );
    if !articles.sql.is_empty() {
        sql.push_str(&format!(" where {}", articles.sql.join(" and ")));
    }
    sql.push_str(" order by t.published desc, t.article_id");
    let mut all = c.prepare(&sql)?;
    let mut all = all.query(params_from_iter(&articles.values))?;
    while let Some(article) = all.next()? {
        let (first, last): (i64, i64) = (article.get(0)?, article.get(1)?);
        let known = known.as_ref().map(|all| {
            let start = all.partition_point(|number| *number < first);
            let end = all.partition_point(|number| *number <= last);
            &all[start..end]
        });
        if known.is_some_and(<[i64]>::is_empty) {
            continue;
        }
        let mut numbers = || -> Result<Vec<i64>, Fault> {
            if let Some(known) = known {
                return Ok(known.to_vec());
            }
            let found = of_article.query_map(params![query, first, last], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        };
        let id: String = article.get(2)?;
        if take.article(&id, &mut numbers)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// What a search looks for, as far as it tells how many articles must be looked through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Texts that hold the words, counted up to [`KEPT`].
    pub found: usize,
    /// How many rows are wanted.
    pub limit: Option<u64>,
}

impl Wanted {
    /// Whether all texts that hold the words are known.
    pub(super) fn all_known(self) -> bool {
        self.found <= KEPT
    }

    /// Whether it is quicker to look up first in which articles `count` rows stand, than to go
    /// from article to article until enough are met. Costs are in lookups in an index.
    fn first(self, c: &Connection, count: i64) -> Result<bool, Fault> {
        let one = |sql: &str| -> Result<f64, Fault> {
            let n: i64 = c.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(n as f64)
        };
        let articles = one("select coalesce(max(rowid), 0) from articles")?;
        let texts = one("select coalesce(max(id), 0) from _search_rows")?;
        let met = self.found as f64 * count as f64 / texts.max(1.0);
        let share = match self.limit {
            Some(limit) if met > limit as f64 => limit as f64 / met,
            _ => 1.0,
        };
        // An article that is looked at costs some four lookups, one that is passed over half of one.
        Ok(count as f64 + share * articles * 0.5 < share * articles * 4.0)
    }
}

/// Adds that only articles with a row of this actor are wanted, where that is quick to tell.
pub(super) fn only_articles_of(
    c: &Connection,
    table: &Table,
    actor: &str,
    wanted: Wanted,
    conditions: &mut Conditions,
) -> Result<(), Fault> {
    let count: i64 = c
        .prepare_cached(&format!(
            "select count(*) from (select 1 from _row_actors where actor_id = ? limit {FEW} + 1)"
        ))?
        .query_row([actor], |row| row.get(0))?;
    if count > FEW || table.name == "mentions" || !wanted.first(c, count)? {
        return Ok(());
    }
    conditions.values.push(Sql::from(actor.to_owned()));
    let at = conditions.values.len();
    let (name, key, article) = (table.name, table.key(), article_of(table));
    conditions.sql.push(format!(
        "t.article_id in (select {article} from _row_actors ra cross join {name} x
         on x.{key} = ra.row_id where ra.actor_id = ?{at})"
    ));
    Ok(())
}

/// The columns by which few rows are found at once, since there is an index of them.
const INDEXED: [&str; 2] = ["issue", "event_type"];
/// What it costs to look up the number of a text by its id, in lookups of the id of a number.
const BY_ID: usize = 4;

/// Where the rows `x` of a table stand that have this in a column, if it is quick to look them
/// up first.
fn few_with(
    c: &Connection,
    table: &Table,
    (column, value): (&str, &str),
    wanted: Wanted,
) -> Result<Option<String>, Fault> {
    if !INDEXED.contains(&column) || table.column(column).is_none() || value.is_empty() {
        return Ok(None);
    }
    let rows = format!("from {} x where x.{column} = ? collate nocase", table.name);
    let count: i64 = c
        .prepare_cached(&format!(
            "select count(*) from (select 1 {rows} limit {FEW} + 1)"
        ))?
        .query_row([value], |row| row.get(0))?;
    Ok((count <= FEW && wanted.first(c, count)?).then_some(rows))
}

/// Takes out the texts on which no row rests that has this in a column, where that is quick to
/// tell. `numbers` are all that were found.
pub(super) fn only_texts_with(
    c: &Connection,
    table: &Table,
    equal: (&str, &str),
    wanted: Wanted,
    numbers: &mut Vec<i64>,
) -> Result<(), Fault> {
    let Some(rows) = few_with(c, table, equal, wanted)? else {
        return Ok(());
    };
    let mut ids = c.prepare_cached(&format!("select x.sentence_id {rows}"))?;
    let ids: BTreeSet<String> = ids
        .query_map([equal.1], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if numbers.len() < ids.len() * BY_ID {
        let mut id = c.prepare_cached("select row_id from _search_rows where id = ?")?;
        let mut kept = Vec::new();
        for number in numbers.iter() {
            let mut found = id.query([number])?;
            let rests = match found.next()? {
                Some(row) => row.get_ref(0)?.as_str().is_ok_and(|id| ids.contains(id)),
                None => false,
            };
            if rests {
                kept.push(*number);
            }
        }
        *numbers = kept;
        return Ok(());
    }
    let mut number = c.prepare_cached("select id from _search_rows where row_id = ?")?;
    let mut of_rows = BTreeSet::new();
    for id in &ids {
        of_rows.extend(
            number
                .query_row([id], |row| row.get::<_, i64>(0))
                .optional()?,
        );
    }
    numbers.retain(|number| of_rows.contains(number));
    Ok(())
}

/// Adds that only articles with a row that has this in a column are wanted, where that is quick
/// to tell: for words in more texts than are kept.
pub(super) fn only_articles_with(
    c: &Connection,
    table: &Table,
    equal: (&str, &str),
    wanted: Wanted,
    conditions: &mut Conditions,
) -> Result<(), Fault> {
    if let Some(rows) = few_with(c, table, equal, wanted)? {
        conditions.values.push(Sql::from(equal.1.to_owned()));
        let rows = rows.replace('?', &format!("?{}", conditions.values.len()));
        let article = article_of(table);
        conditions
            .sql
            .push(format!("t.article_id in (select {article} {rows})"));
    }
    Ok(())
}

/// The article of a row `x`.
fn article_of(table: &Table) -> &'static str {
    match table.column("article_id") {
        Some(_) => "x.article_id",
        None => "(select s.article_id from sentences s where s.sentence_id = x.sentence_id)",
    }
}
