//! The written forms of an actor, and how each came to it.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Id, Join};
use rusqlite::Connection;

use super::plan::split_id;
use super::stored;
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
    /// The written forms of an actor, the most frequent first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn forms_of(&self, actor_id: &str) -> Result<Vec<FormOf>, RecordError> {
        self.with(|c| {
            let ways = Ways::of(c)?;
            let mut forms: BTreeMap<String, FormOf> = BTreeMap::new();
            let mut articles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let mut query = c.prepare_cached(
                "select m.text, m.article_id, m.made_by, coalesce(o.actor_id, m.actor_id), count(*)
                 from mentions m left join _moved o on o.row_id = m.mention_id
                 where m.actor_id = ? and m.kind = 'name' group by 1, 2, 3, 4 order by 1, 2, 3, 4",
            )?;
            let mut rows = query.query([actor_id])?;
            while let Some(row) = rows.next()? {
                let form: String = row.get(0)?;
                let entry = forms.entry(form.clone()).or_insert_with(|| FormOf {
                    form: form.clone(),
                    mentions: 0,
                    articles: 0,
                    made_by: Vec::new(),
                    joined: Vec::new(),
                });
                let article: String = row.get(1)?;
                let made_by: String = row.get(2)?;
                let read: String = row.get(3)?;
                entry.mentions += row.get::<_, u32>(4).map(u64::from)?;
                if !entry.made_by.contains(&made_by) {
                    entry.made_by.push(made_by);
                }
                for way in ways.to(&read, actor_id, &form, &article) {
                    if !entry.joined.contains(&way) {
                        entry.joined.push(way);
                    }
                }
                articles.entry(form).or_default().insert(article);
            }
            let mut forms: Vec<FormOf> = forms.into_values().collect();
            for form in &mut forms {
                form.articles = articles.get(&form.form).map_or(0, |a| a.len() as u64);
                form.made_by.sort();
            }
            forms.sort_by(|a, b| b.mentions.cmp(&a.mentions).then(a.form.cmp(&b.form)));
            Ok(forms)
        })
    }
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
    fn of(c: &Connection) -> Result<Ways, Fault> {
        let mut splits = Vec::new();
        for (correction, state) in corrections::all(c)? {
            if state != State::Applied {
                continue;
            }
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
        let step = stored(c, false)?.into_iter();
        Ok(Ways {
            step: step.map(|join| (join.from.clone(), join)).collect(),
            merged: stored(c, true)?,
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
