//! The written forms of an actor, and how each came to it.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Id, Join};
use rusqlite::{Connection, OptionalExtension, Row};

use super::plan::split_id;
use super::{join, stored};
use crate::corrections::{self, Change, State};
use crate::error::Fault;
use crate::{Record, RecordError};

/// A name under which pages mention an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormOf {
    /// The words.
    pub form: String,
    /// How many mentions have it.
    pub mentions: u64,
    /// In how many articles.
    pub articles: u64,
    /// The rules and heads that made these mentions, sorted.
    pub made_by: Vec<String>,
    /// How the form came to the actor, where that is not by the pages alone.
    pub joined: Vec<Joined>,
}

/// A join or correction that brought a form to an actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Joined {
    /// The rule or correction.
    pub made_by: String,
    /// Its reason.
    pub reason: String,
}

impl Record {
    /// How many mentions an actor has.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn mentions_of(&self, actor_id: &str) -> Result<u64, RecordError> {
        self.with(|c| {
            let mut query =
                c.prepare_cached("select mentions from _mentioned where actor_id = ?")?;
            let found = query.query_row([actor_id], |row| row.get::<_, u32>(0));
            Ok(found.optional()?.map_or(0, u64::from))
        })
    }

    /// The written forms of an actor, the most frequent first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn forms_of(&self, actor_id: &str) -> Result<Vec<FormOf>, RecordError> {
        self.with(|c| {
            let mut forms: BTreeMap<String, FormOf> = BTreeMap::new();
            // All that is asked for stands in the index, in this order.
            let mut query = c.prepare_cached(
                "select text, article_id, made_by from mentions
                 where actor_id = ? and kind = 'name' order by text, article_id",
            )?;
            let mut rows = query.query([actor_id])?;
            let mut last: Option<(FormOf, String)> = None;
            while let Some(row) = rows.next()? {
                let [text, article, made_by] = [0, 1, 2].map(|at| text_at(row, at));
                let (text, article, made_by) = (text?, article?, made_by?);
                let (form, of) = match &mut last {
                    Some((form, of)) if form.form == text => (form, of),
                    other => {
                        forms.extend(other.take().map(|(form, _)| (form.form.clone(), form)));
                        let new = FormOf {
                            form: text.to_owned(),
                            mentions: 0,
                            articles: 0,
                            made_by: Vec::new(),
                            joined: Vec::new(),
                        };
                        let (form, of) = other.insert((new, String::new()));
                        (form, of)
                    }
                };
                form.mentions += 1;
                if of != article {
                    form.articles += 1;
                    article.clone_into(of);
                }
                if !form.made_by.iter().any(|by| by == made_by) {
                    form.made_by.push(made_by.to_owned());
                }
            }
            forms.extend(last.map(|(form, _)| (form.form.clone(), form)));
            drop(rows);
            tell_ways(c, actor_id, &mut forms)?;
            let mut forms: Vec<FormOf> = forms.into_values().collect();
            for form in &mut forms {
                form.made_by.sort();
            }
            forms.sort_by(|a, b| b.mentions.cmp(&a.mentions).then(a.form.cmp(&b.form)));
            Ok(forms)
        })
    }
}

fn text_at<'a>(row: &'a Row<'_>, at: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(at)?.as_str()?)
}

/// Adds how the forms that the pages mention as another actor came to this one.
fn tell_ways(
    c: &Connection,
    actor_id: &str,
    forms: &mut BTreeMap<String, FormOf>,
) -> Result<(), Fault> {
    let mut query = c.prepare_cached(
        "select distinct m.text, m.article_id, o.actor_id
         from _parts p
         cross join _moved o on o.actor_id = p.from_id
         cross join mentions m on m.mention_id = o.row_id
         where p.to_id = ?1 and m.actor_id = ?1 and m.kind = 'name' order by 1, 2, 3",
    )?;
    let found = query.query_map([actor_id], |row| {
        Ok([row.get(0)?, row.get(1)?, row.get(2)?])
    })?;
    let found: Vec<[String; 3]> = found.collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Ok(());
    }
    let read: BTreeSet<&str> = found.iter().map(|[_, _, read]| read.as_str()).collect();
    let ways = Ways::of(c, &read)?;
    for [form, article, read] in &found {
        let Some(entry) = forms.get_mut(form) else {
            continue;
        };
        for way in ways.to(read, actor_id, form, article) {
            if !entry.joined.contains(&way) {
                entry.joined.push(way);
            }
        }
    }
    Ok(())
}

/// An actor of the pages that the step across pages takes for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedActor {
    /// Its id, which is in no row while it is joined.
    pub id: String,
    /// Its name, as the first of its pages in the alphabet gives it.
    pub name: String,
    /// Why both are one.
    pub reason: String,
    /// The rule.
    pub made_by: String,
}

impl Record {
    /// The actors of the pages that were joined to this one, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn joined_actors(&self, actor_id: &str) -> Result<Vec<JoinedActor>, RecordError> {
        self.with(|c| {
            let mut query = c.prepare_cached(
                "select j.from_id, (select min(json_extract(v.data, '$[0]')) from _variants v
                                    where v.kind = 'actors' and v.row_id = j.from_id),
                        j.reason, j.made_by
                 from _joins j join _parts p on p.from_id = j.from_id and p.to_id = j.to_id
                 where j.to_id = ? and j.made_by not like 'correction:%' order by j.from_id",
            )?;
            let found = query.query_map([actor_id], |row| {
                Ok(JoinedActor {
                    id: row.get(0)?,
                    name: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                    reason: row.get(2)?,
                    made_by: row.get(3)?,
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

/// A form split from an actor, by a correction that counts.
struct Split {
    form: String,
    article: Option<Id>,
    to: Id,
    why: Joined,
}

/// The joins and splits of a record.
struct Ways {
    step: BTreeMap<Id, Join>,
    merged: Vec<Join>,
    splits: Vec<Split>,
}

impl Ways {
    /// What the corrections say, and the step across pages of these actors.
    fn of(c: &Connection, read: &BTreeSet<&str>) -> Result<Ways, Fault> {
        let mut splits = Vec::new();
        let mut corrected = false;
        for (correction, state) in corrections::all(c)? {
            if state != State::Applied {
                continue;
            }
            corrected = true;
            if let Some(Change::Split {
                actor,
                form,
                article,
                name,
            }) = correction.change()
            {
                let by = correction.by.as_deref().unwrap_or("a person");
                let why = correction.why.as_ref();
                splits.push(Split {
                    form,
                    article,
                    to: split_id(&actor, &name),
                    why: Joined {
                        made_by: format!("correction:{}", correction.id),
                        reason: format!(
                            "split off by {by}{}",
                            why.map_or(String::new(), |why| format!(": {why}"))
                        ),
                    },
                });
            }
        }
        let mut step = BTreeMap::new();
        let mut query = c.prepare_cached(
            "select from_id, to_id, reason, made_by, confidence from _joins
             where from_id = ? and made_by not like 'correction:%' order by made_by",
        )?;
        for id in read {
            let join = query.query_row([id], join).optional()?;
            step.extend(join.map(|join| (join.from.clone(), join)));
        }
        Ok(Ways {
            step,
            merged: if corrected {
                stored(c, true)?
            } else {
                Vec::new()
            },
            splits,
        })
    }

    /// What brought the form of an actor of the pages to this one.
    fn to(&self, read: &str, actor: &str, form: &str, article: &str) -> Vec<Joined> {
        let here =
            |s: &&Split| s.form == form && s.article.as_deref().is_none_or(|only| only == article);
        let splits: Vec<&Split> = self.splits.iter().filter(here).collect();
        if read == actor {
            return Vec::new();
        }
        if let Some(split) = splits.iter().rfind(|s| s.to == actor) {
            return vec![split.why.clone()];
        }
        let mut ways = Vec::new();
        let mut at: BTreeSet<&str> = BTreeSet::from([read]);
        if let Some(join) = self.step.get(read) {
            at.insert(&join.to);
            ways.push(joined(join));
        }
        // Merges of merges: as many rounds as there can be.
        for _ in 0..self.merged.len() {
            for join in &self.merged {
                let split = splits.iter().find(|s| s.to == join.from);
                let fits = split.is_some() || at.contains(join.from.as_str());
                if fits && at.insert(&join.to) {
                    ways.extend(split.map(|s| s.why.clone()));
                    ways.push(joined(join));
                }
            }
        }
        ways
    }
}

fn joined(join: &Join) -> Joined {
    Joined {
        made_by: join.made_by.clone(),
        reason: join.reason.clone(),
    }
}
