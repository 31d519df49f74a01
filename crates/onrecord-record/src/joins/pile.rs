//! The actors of the pages, before any join.

use std::collections::BTreeMap;

use onrecord_model::{ActorKind, Id, PileActor, Role};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

use crate::error::Fault;
use crate::{Record, RecordError};

/// The mentions with the actors that were read, not those of joins.
const AS_READ: &str = "
    from mentions m
    left join _moved o on o.row_id = m.mention_id
    where coalesce(o.actor_id, m.actor_id) is not null";

impl Record {
    /// The actors as the pages tell of them, each id once, before any join or correction;
    /// sorted by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pile_actors(&self) -> Result<Vec<PileActor>, RecordError> {
        let snapshot = self.snapshot()?;
        let found = self.with(|c| {
            let mut actors = said(c)?;
            each(
                c,
                &format!(
                    "select coalesce(o.actor_id, m.actor_id), m.text, count(*) {AS_READ}
                     and m.kind = 'name' group by 1, 2 order by 1, 2"
                ),
                &mut actors,
                |actor, row| {
                    actor.forms.push((row.get(1)?, row.get(2)?));
                    Ok(())
                },
            )?;
            // Articles by number: a busy actor stands in very many.
            let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
            each(
                c,
                &format!(
                    "select distinct coalesce(o.actor_id, m.actor_id), m.article_id {AS_READ}"
                ),
                &mut actors,
                |actor, row| {
                    // Only of persons it is asked whether a page holds them for two.
                    if actor.kind == ActorKind::Person {
                        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        let n = *numbers.entry(row.get(1)?).or_insert(next);
                        actor.articles.push(n);
                    }
                    Ok(())
                },
            )?;
            for actor in actors.values_mut() {
                actor.articles.sort_unstable();
            }
            each(
                c,
                "select actor_id, role, min(sentence_id) from _text_roles
                 group by 1, 2 order by 1, 2",
                &mut actors,
                |actor, row| {
                    let office: String = row.get(1)?;
                    let office: Value = serde_json::from_str(&office).unwrap_or_default();
                    let role = role(&office, row.get(2)?);
                    // The lexicon may give it as well.
                    actor.roles.retain(|known| {
                        (&known.title, &known.of, &known.from, &known.to)
                            != (&role.title, &role.of, &role.from, &role.to)
                    });
                    actor.roles.push(role);
                    Ok(())
                },
            )?;
            Ok(actors.into_values().collect())
        });
        drop(snapshot);
        found
    }
}

impl Record {
    /// The name of an actor, also of one that was joined to another or forgotten; `None` if
    /// neither a page nor a correction names it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn actor_name(&self, actor_id: &str) -> Result<Option<String>, RecordError> {
        self.with(|c| {
            let mut query = c.prepare_cached(
                "select name from (
                     select name, 0 as n from actors where actor_id = ?1
                     union all select name, 1 from _given_names where actor_id = ?1
                     union all select json_extract(min(data), '$[0]'), 2 from _variants
                     where kind = 'actors' and row_id = ?1)
                 where name is not null order by n limit 1",
            )?;
            Ok(query.query_row([actor_id], |row| row.get(0)).optional()?)
        })
    }

    /// The actors to which the rows of an actor of the pages went, sorted; none if it is
    /// itself alone, or was forgotten.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn joined_to(&self, actor_id: &str) -> Result<Vec<Id>, RecordError> {
        self.with(|c| {
            let mut query =
                c.prepare_cached("select to_id from _parts where from_id = ? order by to_id")?;
            let found = query.query_map([actor_id], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

/// Runs a query whose first column is the actor's id.
fn each(
    c: &Connection,
    sql: &str,
    actors: &mut BTreeMap<Id, PileActor>,
    mut take: impl FnMut(&mut PileActor, &Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), Fault> {
    let mut query = c.prepare(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get_ref(0)?;
        if let Some(actor) = id.as_str().ok().and_then(|id| actors.get_mut(id)) {
            take(actor, row)?;
        }
    }
    Ok(())
}

/// What pages say of each actor; where they differ, the wording that comes first.
fn said(c: &Connection) -> Result<BTreeMap<Id, PileActor>, Fault> {
    let mut actors: BTreeMap<Id, PileActor> = BTreeMap::new();
    let mut query = c.prepare(
        "select row_id, data from _variants where kind = 'actors' order by row_id, data",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id: Id = row.get(0)?;
        let data: Value =
            serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or("")).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let actor = actors.entry(id.clone()).or_insert_with(|| PileActor {
            id,
            name: text(&data[0]).unwrap_or_default(),
            kind: data[1]
                .as_str()
                .and_then(ActorKind::read)
                .unwrap_or(ActorKind::Organization),
            named: data[2].as_bool().unwrap_or(true),
            country: text(&data[3]),
            forms: Vec::new(),
            roles: Vec::new(),
            articles: Vec::new(),
        });
        for office in data[6].as_array().into_iter().flatten() {
            let role = role(office, None);
            if !actor.roles.contains(&role) {
                actor.roles.push(role);
            }
        }
    }
    Ok(actors)
}

fn role(office: &Value, sentence_id: Option<Id>) -> Role {
    let text = |at: usize| office[at].as_str().map(str::to_owned);
    Role {
        title: text(0).unwrap_or_default(),
        of: text(1),
        from: text(2),
        to: text(3),
        sentence_id,
    }
}
