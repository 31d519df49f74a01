//! In which order texts that hold the words are given.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value as Sql;
use rusqlite::{CachedStatement, Connection, params, params_from_iter};

use crate::Table;
use crate::error::Fault;
use crate::filter::Conditions;

/// Up to so many texts are compared with one another.
const COMPARED: usize = 10_000;
/// Of an actor with more rows than this, all articles are looked through.
const FEW: i64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Best,
    Newest,
}

type Take<'t> = dyn FnMut(i64) -> Result<ControlFlow<()>, Fault> + 't;

/// Gives the numbers of the texts that fit the query to `take`, until it has enough; only
/// those of certain articles where there are too many to compare, which is the answer.
pub(super) fn each_text(
    c: &Connection,
    query: &str,
    order: Order,
    articles: &Conditions,
    take: &mut Take<'_>,
) -> Result<bool, Fault> {
    let numbers = numbers(c, query)?;
    if numbers.len() > COMPARED {
        walk(c, query, articles, take)?;
        return Ok(order == Order::Best);
    }
    match order {
        Order::Best => best(c, query, take)?,
        Order::Newest => drop(give_newest(c, numbers, take)?),
    }
    Ok(false)
}

/// The numbers of the texts that fit, up to one more than can be compared.
fn numbers(c: &Connection, query: &str) -> Result<Vec<i64>, Fault> {
    let sql = format!(
        "select rowid from _search where _search match ? limit {}",
        COMPARED + 1
    );
    let mut query_ = c.prepare_cached(&sql)?;
    let found = query_.query_map([query], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// By bm25, of equals the newest.
fn best(c: &Connection, query: &str, take: &mut Take<'_>) -> Result<(), Fault> {
    let mut query_ = c.prepare_cached("select rowid, rank from _search where _search match ?")?;
    let mut ranked: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut found = query_.query([query])?;
    while let Some(row) = found.next()? {
        // Millionths: the last bits of a float are not the same on every machine.
        let rank = (row.get::<_, f64>(1)? * 1e6).round() as i64;
        ranked.entry(rank).or_default().push(row.get(0)?);
    }
    for equals in ranked.into_values() {
        if give_newest(c, equals, take)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The newest first, then by article and place in it.
fn give_newest(
    c: &Connection,
    numbers: Vec<i64>,
    take: &mut Take<'_>,
) -> Result<ControlFlow<()>, Fault> {
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
        if take(number)?.is_break() {
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
    articles: &Conditions,
    take: &mut Take<'_>,
) -> Result<(), Fault> {
    let mut of_article = c.prepare_cached(
        "select rowid from _search where _search match ?1 and rowid between ?2 and ?3
         order by rowid",
    )?;
    let mut sql = String::from(
        "select x.first, x.last from articles t join _texts x on x.article_id = t.article_id",
    );
    if !articles.sql.is_empty() {
        sql.push_str(&format!(" where {}", articles.sql.join(" and ")));
    }
    sql.push_str(" order by t.published desc, t.article_id");
    let mut all = c.prepare(&sql)?;
    let mut all = all.query(params_from_iter(&articles.values))?;
    while let Some(article) = all.next()? {
        let (first, last): (i64, i64) = (article.get(0)?, article.get(1)?);
        let mut found = of_article.query(params![query, first, last])?;
        while let Some(row) = found.next()? {
            if take(row.get(0)?)?.is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Adds that only articles with a row of this actor are wanted, where they are not many.
pub(super) fn only_articles_of(
    c: &Connection,
    table: &Table,
    actor: &str,
    conditions: &mut Conditions,
) -> Result<(), Fault> {
    let count: i64 = c
        .prepare_cached(&format!(
            "select count(*) from (select 1 from _row_actors where actor_id = ? limit {FEW} + 1)"
        ))?
        .query_row([actor], |row| row.get(0))?;
    if count > FEW || table.name == "mentions" {
        return Ok(());
    }
    conditions.values.push(Sql::from(actor.to_owned()));
    let at = conditions.values.len();
    let (name, key) = (table.name, table.key());
    let article = match table.column("article_id") {
        Some(_) => "x.article_id",
        None => "(select s.article_id from sentences s where s.sentence_id = x.sentence_id)",
    };
    conditions.sql.push(format!(
        "t.article_id in (select {article} from _row_actors ra cross join {name} x
         on x.{key} = ra.row_id where ra.actor_id = ?{at})"
    ));
    Ok(())
}
