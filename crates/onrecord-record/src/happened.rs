//! What happened: events, each story once.

use std::collections::BTreeMap;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::error::Fault;
use crate::query::Shape;
use crate::{Column, Filter, Map, Record, RecordError, Table, values};

/// Which events are wanted.
///
/// ```
/// use onrecord_record::{Filter, HappenedChoice};
/// let choice = HappenedChoice {
///     filter: Filter::default().equal("event_type", "PROTEST").since("2019"),
///     issue: Some("ceasefire".to_owned()),
///     newest: Some(100),
///     ..HappenedChoice::default()
/// };
/// assert!(choice.parties.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct HappenedChoice {
    /// Which events count.
    pub filter: Filter,
    /// Ids of actors all of whom act or are acted upon.
    pub parties: Vec<String>,
    /// Only events in a sentence from which a position on this issue was read.
    pub issue: Option<String>,
    /// At most so many stories, those with the latest dates.
    pub newest: Option<u64>,
    /// The columns of the rows, of which `event_id` and `story_id` must be two; all where it
    /// is empty.
    pub columns: Vec<&'static str>,
}

/// An event as all that tell it do.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// Id of the story, or of the event that stands alone.
    pub id: String,
    /// Rows of `events`, in the order of their articles; never empty.
    pub events: Vec<Map>,
}

impl Record {
    /// What happened, by id of the story, and whether there is more than `newest` allows.
    ///
    /// # Errors
    /// If the filter does not fit events, or the file cannot be read.
    pub fn happened(&self, choice: &HappenedChoice) -> Result<(Vec<Happened>, bool), RecordError> {
        let table = self.table_named("events")?;
        match choice.newest {
            Some(newest) => self.newest(table, choice, newest),
            None => Ok((self.told(table, choice, &Rows::All)?, false)),
        }
    }

    /// The stories among whose events are the latest: along their dates until enough are met.
    fn newest(
        &self,
        table: &'static Table,
        choice: &HappenedChoice,
        newest: u64,
    ) -> Result<(Vec<Happened>, bool), RecordError> {
        let rows = self.with(|c| way(c, choice, newest))?;
        let (sql, values) = self.asked(table, choice, &rows, "t.event_id, t.story_id")?;
        let ids = self.with(|c| {
            let mut query = c.prepare_cached(&sql)?;
            let mut found = query.query(params_from_iter(&values))?;
            // Ids of the stories, and an event of each.
            let mut ids: BTreeMap<String, String> = BTreeMap::new();
            while let Some(row) = found.next()? {
                let event: String = row.get(0)?;
                let story = row.get::<_, Option<String>>(1)?;
                let id = story.unwrap_or_else(|| event.clone());
                if ids.len() as u64 == newest && !ids.contains_key(&id) {
                    return Ok((ids, true));
                }
                ids.entry(id).or_insert(event);
            }
            Ok((ids, false))
        });
        let (ids, more) = ids?;
        let mut events = Vec::new();
        self.with(|c| {
            let mut rows = c.prepare_cached("select row_ids from stories where story_id = ?")?;
            for (id, event) in ids {
                let told: Option<String> = rows.query_row([id], |row| row.get(0)).optional()?;
                events.extend(told.map_or(vec![event], |ids| values::read_list(&ids)));
            }
            Ok(())
        })?;
        Ok((self.told(table, choice, &Rows::These(events))?, more))
    }

    /// The events that fit, by story.
    fn told(
        &self,
        table: &'static Table,
        choice: &HappenedChoice,
        rows: &Rows,
    ) -> Result<Vec<Happened>, RecordError> {
        let columns = table.columns.iter();
        let columns: Vec<&Column> = columns
            .filter(|c| choice.columns.is_empty() || choice.columns.contains(&c.name))
            .collect();
        let names: Vec<String> = columns
            .iter()
            .map(|c| format!("t.\"{}\"", c.name))
            .collect();
        let (sql, values) = self.asked(table, choice, rows, &names.join(", "))?;
        self.with(|c| {
            let mut query = c.prepare_cached(&sql)?;
            let mut found = query.query(params_from_iter(&values))?;
            let mut stories: BTreeMap<String, Vec<Map>> = BTreeMap::new();
            while let Some(row) = found.next()? {
                let row = values::columns(columns.iter().copied(), row)?;
                let id = ["story_id", "event_id"]
                    .iter()
                    .find_map(|at| row[*at].as_str());
                let id = id.unwrap_or_default().to_owned();
                stories.entry(id).or_default().push(row);
            }
            let stories = stories.into_iter();
            Ok(stories
                .map(|(id, events)| Happened { id, events })
                .collect())
        })
    }

    /// A query for events, and its values.
    fn asked(
        &self,
        table: &'static Table,
        choice: &HappenedChoice,
        rows: &Rows,
        columns: &str,
    ) -> Result<(String, Vec<Sql>), RecordError> {
        let shape = Shape::of(table);
        let mut all = self.conditions(table, &shape, &choice.filter)?;
        let mut from = shape.from.clone();
        let mut order = shape.order.clone();
        match rows {
            Rows::All => {}
            Rows::ByDate => {
                // Left to itself SQLite goes along the articles and sorts all events.
                from = "events t indexed by events_by_date
                        cross join articles a on a.article_id = t.article_id"
                    .to_owned();
                order = LATEST.to_owned();
                // Where in the index the dates lie that may fit: what follows `2014-09` as
                // a text is past that month.
                if let Some(until) = &choice.filter.until {
                    all.add("t.date < ?", format!("{until}~"));
                }
                if let Some(since) = &choice.filter.since {
                    all.add("t.date >= substr(?, 1, 4)", since.clone());
                }
            }
            Rows::Of(_) => order = LATEST.to_owned(),
            Rows::OnIssue(issue) => {
                all.add(
                    "t.article_id in (select s.article_id from positions p
                     cross join sentences s on s.sentence_id = p.sentence_id
                     where p.issue = ? collate nocase)",
                    issue.clone(),
                );
                order = LATEST.to_owned();
            }
            Rows::These(ids) => all.add(
                "t.event_id in (select value from json_each(?))",
                values::list(ids),
            ),
        }
        for party in &choice.parties {
            all.add(
                "(instr(t.actor_ids, ?) or instr(t.recipient_ids, ?))",
                format!("\"{party}\""),
            );
            let along = match rows {
                Rows::All => shape.actor,
                Rows::Of(actor) if actor == party => shape.actor,
                _ => None,
            };
            if let Some(its) = along {
                all.add(its, party.clone());
            }
        }
        if let Some(issue) = &choice.issue {
            all.add(
                "exists (select 1 from positions p where p.sentence_id = t.sentence_id
                         and p.issue = ? collate nocase)",
                issue.clone(),
            );
        }
        let mut sql = format!("select {columns} from {from}");
        if !all.sql.is_empty() {
            sql.push_str(&format!(" where {}", all.sql.join(" and ")));
        }
        sql.push_str(&format!(" order by {order}"));
        Ok((sql, all.values))
    }
}

/// So many events of an article are looked at for one position.
const EVENTS_BESIDE: i64 = 4;

/// The latest date first; those without one last.
const LATEST: &str = "t.date desc, t.event_id";

/// Along what the events are looked for.
enum Rows {
    /// All of them, in the order of their articles.
    All,
    /// From the latest date on.
    ByDate,
    /// Those of an actor, from the latest date on.
    Of(String),
    /// Those of articles with a position on an issue, from the latest date on.
    OnIssue(String),
    /// Those with these ids, in the order of their articles.
    These(Vec<String>),
}

/// Along what the newest are found soonest: looking up all events of a rare actor or issue is
/// quicker than going along the dates until enough of them are met.
fn way(c: &Connection, choice: &HappenedChoice, newest: u64) -> Result<Rows, Fault> {
    let events: i64 = c
        .prepare_cached("select coalesce(max(rowid), 0) from events")?
        .query_row([], |row| row.get(0))?;
    let few = (events as f64 * newest as f64).sqrt() as i64;
    let mut more = c.prepare_cached(
        "select 1 from _row_actors where actor_id = ?1 and row_id >= 'ev-' and row_id < 'ev.'
         limit 1 offset ?2",
    )?;
    for party in &choice.parties {
        if !more.exists(params![party, few])? {
            return Ok(Rows::Of(party.clone()));
        }
    }
    let mut more = c.prepare_cached(
        "select 1 from positions where issue = ?1 collate nocase limit 1 offset ?2",
    )?;
    if let Some(issue) = &choice.issue
        && !more.exists(params![issue, few / EVENTS_BESIDE])?
    {
        return Ok(Rows::OnIssue(issue.clone()));
    }
    Ok(Rows::ByDate)
}
