//! In which order texts that hold the words are given.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value as Sql;
use rusqlite::{CachedStatement, Connection, params, params_from_iter};

use crate::Table;
use crate::error::Fault;
use crate::filter::Conditions;

/// Up to so many texts that hold the words of a search are compared with one another.
pub const COMPARED: usize = 5_000;
/// Up to so many articles are told apart from all others before their texts are looked at.
const TOLD_APART: usize = 5_000;
/// Up to so many texts that hold the words are kept in memory.
pub(super) const KEPT: usize = 200_000;
/// Rows of an actor are looked up first only up to so many.
const FEW: i64 = 20_000;
/// The texts of rows with a value are looked up only up to so many: it takes some two
/// microseconds each.
const FEW_OF_A_VALUE: i64 = 60_000;
/// They are looked up where more texts than this hold the words: up to so many are looked at
/// sooner one by one.
const ONE_BY_ONE: usize = 1_000;
/// And where enough was not found in so many articles: nobody knows how far the next one is.
const LOOKED_THROUGH: usize = 200;

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

/// Looks up the numbers of the texts that alone are wanted, in order, if that is quick to tell.
pub(super) type Only<'o> = dyn Fn() -> Result<Option<Vec<i64>>, Fault> + 'o;

impl<F: FnMut(i64) -> Flow> Take for F {
    fn text(&mut self, number: i64) -> Flow {
        self(number)
    }
}

/// Gives the numbers of the texts that fit the query to `take`, until it has enough, some twice; only
/// those of certain articles where there are too many to compare, which is the answer.
///
/// `numbers` are those of [`numbers`] up to [`KEPT`]; `only` tells which alone are wanted.
pub(super) fn each_text(
    c: &Connection,
    query: &str,
    (mut numbers, only): (Vec<i64>, &Only<'_>),
    order: Order,
    articles: &Conditions,
    take: &mut dyn Take,
) -> Result<bool, Fault> {
    if numbers.len() > COMPARED {
        let known = Some(numbers).filter(|all| all.len() <= KEPT);
        walk(c, query, (known, only), articles, take)?;
        return Ok(order == Order::Best);
    }
    if numbers.len() > ONE_BY_ONE
        && let Some(only) = only()?
    {
        numbers.retain(|number| only.binary_search(number).is_ok());
    }
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
    Ok(false)
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

/// The texts among these, which are in order, from one to another.
fn between(all: &[i64], first: i64, last: i64) -> &[i64] {
    let start = all.partition_point(|number| *number < first);
    let end = all.partition_point(|number| *number <= last);
    &all[start..end]
}

/// From article to article, the newest first. `known` are the texts that hold the words, where
/// all are known; after some articles those without one of `only` are passed over.
fn walk(
    c: &Connection,
    query: &str,
    (mut known, only): (Option<Vec<i64>>, &Only<'_>),
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
    let mut looked_through = 0;
    let mut wanted: Option<Vec<i64>> = None;
    while let Some(article) = all.next()? {
        let (first, last): (i64, i64) = (article.get(0)?, article.get(1)?);
        if looked_through == LOOKED_THROUGH {
            looked_through += 1;
            wanted = only()?;
            if let (Some(all), Some(wanted)) = (&mut known, &wanted) {
                all.retain(|number| wanted.binary_search(number).is_ok());
                if all.len() <= COMPARED {
                    // What was taken is not taken again.
                    let _ = give_newest(c, std::mem::take(all), take)?;
                    break;
                }
            }
        }
        let known = known.as_ref().map(|all| between(all, first, last));
        let here = wanted.as_ref().map(|all| between(all, first, last));
        if known.is_some_and(<[i64]>::is_empty) || here.is_some_and(<[i64]>::is_empty) {
            continue;
        }
        looked_through += 1;
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

/// The columns by whose values rows are found at once, in the order of their sentences: table,
/// column, and the index that has them so.
const INDEXED: [(&str, &str, &str); 2] = [
    ("events", "event_type", "events_by_type"),
    ("positions", "issue", "positions_by_issue_and_sentence"),
];

/// The numbers of the texts on which rows rest that have these values, in order; `None` where
/// that is not quick to tell.
pub(super) fn texts_with(
    c: &Connection,
    table: &Table,
    equal: &[(String, String)],
) -> Result<Option<Vec<i64>>, Fault> {
    let mut all: Option<Vec<i64>> = None;
    for (column, value) in equal {
        let of = |indexed: &&(&str, &str, &str)| indexed.0 == table.name && indexed.1 == column;
        let Some((_, _, index)) = INDEXED.iter().find(of).filter(|_| !value.is_empty()) else {
            continue;
        };
        let rows = format!("{} x indexed by {index}", table.name);
        let has = format!("where x.{column} = ? collate nocase");
        let count =
            format!("select count(*) from (select 1 from {rows} {has} limit {FEW_OF_A_VALUE} + 1)");
        let count: i64 = c
            .prepare_cached(&count)?
            .query_row([value], |row| row.get(0))?;
        if count > FEW_OF_A_VALUE {
            continue;
        }
        let mut numbers = c.prepare_cached(&format!(
            "select r.id from {rows} cross join _search_rows r on r.row_id = x.sentence_id {has}"
        ))?;
        let numbers = numbers.query_map([value], |row| row.get(0))?;
        let mut numbers: Vec<i64> = numbers.collect::<Result<_, _>>()?;
        numbers.sort_unstable();
        numbers.dedup();
        if let Some(before) = &all {
            numbers.retain(|number| before.binary_search(number).is_ok());
        }
        all = Some(numbers);
    }
    Ok(all)
}

/// The article of a row `x`.
fn article_of(table: &Table) -> &'static str {
    match table.column("article_id") {
        Some(_) => "x.article_id",
        None => "(select s.article_id from sentences s where s.sentence_id = x.sentence_id)",
    }
}
