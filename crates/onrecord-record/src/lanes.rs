//! Where actors stand over time: a lane for each actor and issue.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::PartialDate;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::error::Fault;
use crate::filter::{Conditions, reviewed_row};
use crate::query::Shape;
use crate::{Filter, Record, RecordError};

/// Which lanes are wanted.
///
/// ```
/// use onrecord_record::{Filter, LaneChoice};
/// let choice = LaneChoice {
///     filter: Filter::default().equal("issue", "ceasefire").since("2019"),
///     lanes: Some(12),
///     ..LaneChoice::default()
/// };
/// assert!(choice.actors.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct LaneChoice {
    /// Which positions count.
    pub filter: Filter,
    /// Ids of the actors whose lanes are wanted; of all where it is empty.
    pub actors: Vec<String>,
    /// At most so many lanes, those with most stands.
    pub lanes: Option<u64>,
    /// At most so many stands in a lane, the newest.
    pub stands: Option<u64>,
}

/// Lanes, those with most stands first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// The lanes, none of them empty.
    pub lanes: Vec<Lane>,
    /// How many there are without a limit.
    pub total: u64,
}

/// The stands of one actor on one issue, by date; those without a date last. What a spokesman
/// says stands in the lane of the body he speaks for, too.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The issue.
    pub issue: String,
    /// The actor.
    pub actor: Party,
    /// The scope of most stands, or none: what a line through them follows.
    pub scope: Option<String>,
    /// The stands.
    pub stands: Vec<Stand>,
}

/// An actor by id and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// Id.
    pub id: String,
    /// Name; the id where the record has no such actor.
    pub name: String,
}

/// One stand, with its sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// The row of `positions`.
    pub position_id: String,
    /// Date, as exactly as it is known.
    pub date: Option<String>,
    /// How exactly: `day`, `month`, `year`.
    pub date_precision: Option<String>,
    /// `support`, `oppose` or `mixed`.
    pub stance: String,
    /// What part of the issue it is about, if only a part.
    pub scope: Option<String>,
    /// Who said it, where he speaks for the actor of the lane.
    pub through: Option<Party>,
    /// Who says that the actor stands so, where it is not the actor.
    pub according_to: Option<Party>,
    /// Whether a person has looked at the row.
    pub reviewed: bool,
    /// Outlet of the article.
    pub publisher: Option<String>,
    /// Printed date of the article.
    pub published: Option<String>,
    /// The article.
    pub article_id: String,
    /// The sentence.
    pub sentence_id: String,
    /// Its words.
    pub sentence: String,
}

impl Lane {
    /// Each stand that differs from the dated one before it of the same scope, with that one.
    /// Two of one date, or of which it is not known which is later, are no change.
    pub fn changes(&self) -> Vec<[&Stand; 2]> {
        let mut last: BTreeMap<Option<&str>, &Stand> = BTreeMap::new();
        let mut changes = Vec::new();
        for stand in self.stands.iter().filter(|s| s.date.is_some()) {
            let before = last.insert(stand.scope.as_deref(), stand);
            if let Some(before) = before
                && before.stance != stand.stance
                && is_after(before.date.as_deref(), stand.date.as_deref())
            {
                changes.push([before, stand]);
            }
        }
        changes
    }
}

/// Whether the second date lies after all of the first.
fn is_after(first: Option<&str>, second: Option<&str>) -> bool {
    let parsed = |date: Option<&str>| date.and_then(PartialDate::parse);
    match (parsed(first), parsed(second)) {
        (Some(first), Some(second)) => first.bounds().1 < second.bounds().0,
        _ => false,
    }
}

impl Record {
    /// The lanes of actors on issues.
    ///
    /// # Errors
    /// If the filter does not fit positions, or the file cannot be read.
    pub fn lanes(&self, choice: &LaneChoice) -> Result<Lanes, RecordError> {
        let table = self.table_named("positions")?;
        let conditions = self.conditions(table, &Shape::of(table), &choice.filter)?;
        self.with(|c| {
            let mut reader = Reader {
                c,
                conditions,
                reviewed: reviewed_row(table),
                joined: needs_articles(&choice.filter),
                names: BTreeMap::new(),
            };
            reader.lanes(choice)
        })
    }
}

/// Whether a filter asks for more than stands in a row of `positions`.
fn needs_articles(filter: &Filter) -> bool {
    filter.outlet.is_some() || filter.page.is_some() || filter.article.is_some()
}

const JOINS: &str = "cross join sentences s on s.sentence_id = t.sentence_id
    cross join articles a on a.article_id = s.article_id";

struct Reader<'c> {
    c: &'c Connection,
    conditions: Conditions,
    /// Whether a person has looked at a row.
    reviewed: String,
    joined: bool,
    names: BTreeMap<String, String>,
}

/// Issue and actor.
type Key = (String, String);

impl Reader<'_> {
    fn lanes(&mut self, choice: &LaneChoice) -> Result<Lanes, Fault> {
        let speakers = self.speakers(&choice.actors)?;
        let mut whose: BTreeSet<&str> = choice.actors.iter().map(String::as_str).collect();
        if !whose.is_empty() {
            whose.extend(speakers.keys().map(String::as_str));
        }
        let mut totals: BTreeMap<Key, u64> = BTreeMap::new();
        for ((issue, actor), count) in self.counts(&whose)? {
            for body in speakers.get(&actor).into_iter().flatten() {
                *totals.entry((issue.clone(), body.clone())).or_default() += count;
            }
            *totals.entry((issue, actor)).or_default() += count;
        }
        if !choice.actors.is_empty() {
            totals.retain(|(_, actor), _| choice.actors.contains(actor));
        }
        let total = totals.len() as u64;
        let mut order: Vec<(Key, u64)> = totals.into_iter().collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        if let Some(most) = choice.lanes {
            order.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        }
        let mut spokesmen: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (who, bodies) in &speakers {
            for body in bodies {
                spokesmen.entry(body).or_default().push(who);
            }
        }
        let mut lanes = Vec::new();
        for ((issue, actor), _) in order {
            let mut stands = self.stands(&issue, &actor, None, choice.stands)?;
            for who in spokesmen.get(actor.as_str()).into_iter().flatten() {
                let through = self.party(who)?;
                stands.extend(self.stands(&issue, who, Some(&through), choice.stands)?);
            }
            // A body's own row outdoes the same row through its spokesman.
            let mut seen = BTreeSet::new();
            stands.retain(|s| {
                seen.insert((s.sentence_id.clone(), s.stance.clone(), s.scope.clone()))
            });
            stands.sort_by_key(|s| (s.date.is_none(), s.date.clone(), s.position_id.clone()));
            lanes.push(Lane {
                issue,
                actor: self.party(&actor)?,
                scope: usual_scope(&stands),
                stands,
            });
        }
        lanes.sort_by(|a, b| {
            let key = |lane: &Lane| {
                (
                    lane.actor.name.clone(),
                    lane.actor.id.clone(),
                    lane.issue.clone(),
                )
            };
            let more = b.stands.len().cmp(&a.stands.len());
            more.then_with(|| key(a).cmp(&key(b)))
        });
        Ok(Lanes { lanes, total })
    }

    /// Who speaks for which bodies; only for these where there are some.
    fn speakers(&self, bodies: &[String]) -> Result<BTreeMap<String, BTreeSet<String>>, Fault> {
        let mut sql = String::from(
            "select distinct subject_id, object_id from relations
             where predicate = 'speaks_for' and subject_id <> object_id",
        );
        if !bodies.is_empty() {
            sql.push_str(&format!(" and object_id in ({})", places(1, bodies.len())));
        }
        let mut query = self.c.prepare(&sql)?;
        let mut rows = query.query(params_from_iter(bodies))?;
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            all.entry(row.get(0)?).or_default().insert(row.get(1)?);
        }
        Ok(all)
    }

    /// How many stands actors have on issues; only these actors where there are some.
    fn counts(&self, actors: &BTreeSet<&str>) -> Result<Vec<(Key, u64)>, Fault> {
        let mut sql = String::from("select t.issue, t.actor_id, count(*) from positions t");
        if self.joined {
            sql.push_str(&format!(" {JOINS}"));
        }
        let mut conditions = self.conditions.sql.clone();
        let mut values = self.conditions.values.clone();
        if !actors.is_empty() {
            let places = places(values.len() + 1, actors.len());
            conditions.push(format!("t.actor_id in ({places})"));
            values.extend(actors.iter().map(|id| Sql::from((*id).to_owned())));
        }
        if !conditions.is_empty() {
            sql.push_str(&format!(" where {}", conditions.join(" and ")));
        }
        sql.push_str(" group by t.issue, t.actor_id");
        let mut query = self.c.prepare(&sql)?;
        let found = query.query_map(params_from_iter(&values), |row| {
            let count: i64 = row.get(2)?;
            Ok(((row.get(0)?, row.get(1)?), count.unsigned_abs()))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn stands(
        &mut self,
        issue: &str,
        actor: &str,
        through: Option<&Party>,
        most: Option<u64>,
    ) -> Result<Vec<Stand>, Fault> {
        let mut values = self.conditions.values.clone();
        values.extend([Sql::from(issue.to_owned()), Sql::from(actor.to_owned())]);
        let (issue_at, actor_at) = (values.len() - 1, values.len());
        let more: String = self
            .conditions
            .sql
            .iter()
            .map(|sql| format!(" and {sql}"))
            .collect();
        let limit = most.map_or(String::new(), |most| format!(" limit {most}"));
        // Of one issue and actor at once: there is an index of them.
        let sql = format!(
            "select t.position_id, t.date, t.date_precision, t.stance, t.scope, t.according_to,
                    {},
                    a.publisher, a.published, a.article_id, t.sentence_id, s.text
             from positions t {JOINS}
             where t.issue = ?{issue_at} and t.actor_id = ?{actor_at}{more}
             order by t.date desc, t.position_id{limit}",
            self.reviewed
        );
        let mut query = self.c.prepare_cached(&sql)?;
        let mut rows = query.query(params_from_iter(&values))?;
        let mut stands = Vec::new();
        while let Some(row) = rows.next()? {
            let according_to: Option<String> = row.get(5)?;
            let stand = Stand {
                position_id: row.get(0)?,
                date: row.get(1)?,
                date_precision: row.get(2)?,
                stance: row.get(3)?,
                scope: row.get(4)?,
                through: through.cloned(),
                according_to: according_to.map(|id| Party {
                    name: id.clone(),
                    id,
                }),
                reviewed: row.get(6)?,
                publisher: row.get(7)?,
                published: row.get(8)?,
                article_id: row.get(9)?,
                sentence_id: row.get(10)?,
                sentence: row.get(11)?,
            };
            stands.push(stand);
        }
        drop(rows);
        drop(query);
        for stand in &mut stands {
            if let Some(who) = &mut stand.according_to {
                *who = self.party(&who.id)?;
            }
        }
        Ok(stands)
    }

    fn party(&mut self, id: &str) -> Result<Party, Fault> {
        let known = match self.names.get(id) {
            Some(name) => name.clone(),
            None => {
                let mut query = self
                    .c
                    .prepare_cached("select name from actors where actor_id = ?")?;
                let name: Option<String> = query.query_row([id], |row| row.get(0)).optional()?;
                let name = name.unwrap_or_else(|| id.to_owned());
                self.names.insert(id.to_owned(), name.clone());
                name
            }
        };
        Ok(Party {
            id: id.to_owned(),
            name: known,
        })
    }
}

/// `?3, ?4` and so on.
fn places(first: usize, count: usize) -> String {
    let all: Vec<String> = (first..first + count).map(|n| format!("?{n}")).collect();
    all.join(", ")
}

fn usual_scope(stands: &[Stand]) -> Option<String> {
    let mut counts: BTreeMap<&Option<String>, usize> = BTreeMap::new();
    for stand in stands {
        *counts.entry(&stand.scope).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(scope, n)| (*n, scope.is_none()));
    most.and_then(|(scope, _)| scope.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(date: &str, stance: &str, scope: Option<&str>) -> Stand {
        Stand {
            position_id: format!("po-{date}-{stance}"),
            date: (!date.is_empty()).then(|| date.to_owned()),
            date_precision: None,
            stance: stance.to_owned(),
            scope: scope.map(str::to_owned),
            through: None,
            according_to: None,
            reviewed: false,
            publisher: None,
            published: None,
            article_id: String::new(),
            sentence_id: format!("se-{date}-{stance}"),
            sentence: String::new(),
        }
    }

    #[test]
    fn a_change_needs_one_scope_and_a_later_date() {
        let lane = Lane {
            issue: "ceasefire".into(),
            actor: Party {
                id: "ac-1".into(),
                name: "Dawn Party".into(),
            },
            scope: None,
            stands: vec![
                stand("2014", "support", None),
                stand("2014-09", "oppose", None),
                stand("2015-01-02", "support", Some("training")),
                stand("2016", "oppose", None),
                stand("2019", "support", None),
                stand("", "oppose", None),
            ],
        };
        let told: Vec<(&str, &str)> = lane
            .changes()
            .iter()
            .map(|[was, is]| (was.position_id.as_str(), is.position_id.as_str()))
            .collect();
        // September 2014 may lie before the stand of "2014"
        assert_eq!(told, [("po-2016-oppose", "po-2019-support")]);
    }

    #[test]
    fn a_month_of_a_year_is_not_after_the_year() {
        assert!(is_after(Some("2014"), Some("2015-01")));
        assert!(!is_after(Some("2014"), Some("2014-09")));
        assert!(!is_after(Some("2014-09-02"), Some("2014")));
        assert!(is_after(Some("2014-09-02"), Some("2014-10")));
        assert!(!is_after(None, Some("2014")));
    }
}
