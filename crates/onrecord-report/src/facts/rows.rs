//! The rows of a scope, with what sections choose by and no more: a record may hold millions.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::PartialDate;
use onrecord_record::{Filter, Map, RecordError};
use serde_json::Value;

use super::{Articles, Facts, date_of};
use crate::names::{list, some, text};

/// A statement.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub id: String,
    pub article: usize,
    pub story: Option<String>,
    pub date: Option<PartialDate>,
    /// 0 direct, 1 mixed, 2 indirect.
    pub kind: u8,
    /// Whether it is known who speaks, by name.
    pub known: bool,
    /// Whether the scope's actor speaks.
    pub by_actor: bool,
    /// Whether a position was read from it.
    pub stand: bool,
    pub unsure: i64,
}

/// An event.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub id: String,
    pub article: usize,
    pub story: Option<String>,
    pub date: Option<PartialDate>,
    pub status: String,
    pub quad: i64,
    /// Whether the scope's actor acts, and whether it is acted upon.
    pub acts: bool,
    pub acted_upon: bool,
    pub unsure: i64,
}

/// A position.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    pub id: String,
    pub article: usize,
    pub issue: String,
    pub actor: String,
    pub date: Option<PartialDate>,
    pub stance: String,
    pub scope: Option<String>,
    pub according_to: Option<String>,
    /// Whose words they are, where the actor's spokesman says it.
    pub through: Option<String>,
    pub sentence: String,
}

/// An outlook.
#[derive(Clone, Debug)]
pub(crate) struct Announced {
    pub id: String,
    pub article: usize,
    pub date: Option<PartialDate>,
    pub actor: String,
    pub kind: String,
    pub outcome: String,
    pub horizon: bool,
}

/// A framing.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub id: String,
    pub article: usize,
    pub actor: String,
    pub label: String,
    pub voice: String,
    pub tone: String,
}

fn unsure(row: &Map) -> i64 {
    let sure = row
        .get("confidence")
        .and_then(Value::as_f64)
        .unwrap_or_default();
    1_000 - (sure * 1_000.0).round() as i64
}

impl Facts<'_> {
    /// Reads the rows of the scope.
    pub(super) fn read(&mut self) -> Result<(), RecordError> {
        let filter = Filter {
            actor: self.scope.actor.clone(),
            ..Filter::default()
        };
        self.stands = self.read_stands(&filter)?;
        self.said = self.read_said(&filter)?;
        self.acts = self.read_acts(&filter)?;
        self.announced = self.read_announced(&filter)?;
        self.frames = self.read_frames(&filter)?;
        Ok(())
    }

    fn read_acts(&self, filter: &Filter) -> Result<Vec<Act>, RecordError> {
        let mut acts = Vec::new();
        self.each("events", filter, |row, article| {
            let date = date_of(row, "date");
            let ids = [text(row, "event_id"), text(row, "statement_id")];
            if !self.on_issue(&ids, &[text(row, "sentence_id")]) || !self.in_time(date, article) {
                return;
            }
            let has = |column: &str| {
                let actor = self.actor_id();
                actor.is_some_and(|id| list(row, column).contains(&id))
            };
            acts.push(Act {
                id: text(row, "event_id").to_owned(),
                article,
                story: some(row, "story_id"),
                date,
                status: text(row, "status").to_owned(),
                quad: row.get("quad").and_then(Value::as_i64).unwrap_or_default(),
                acts: has("actor_ids"),
                acted_upon: has("recipient_ids"),
                unsure: unsure(row),
            });
        })?;
        Ok(acts)
    }

    fn read_announced(&self, filter: &Filter) -> Result<Vec<Announced>, RecordError> {
        let mut announced = Vec::new();
        self.each("outlooks", filter, |row, article| {
            let date = date_of(row, "made");
            let ids = [text(row, "statement_id")];
            if !self.on_issue(&ids, &[text(row, "sentence_id")]) || !self.in_time(date, article) {
                return;
            }
            announced.push(Announced {
                id: text(row, "outlook_id").to_owned(),
                article,
                date,
                actor: text(row, "actor_id").to_owned(),
                kind: text(row, "type").to_owned(),
                outcome: text(row, "outcome").to_owned(),
                horizon: some(row, "horizon").is_some(),
            });
        })?;
        Ok(announced)
    }

    fn read_stands(&self, filter: &Filter) -> Result<Vec<Stand>, RecordError> {
        let mut bodies: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let speaks = Filter::default().equal("predicate", "speaks_for");
        self.record.for_each("relations", &speaks, None, |row| {
            let of = bodies
                .entry(text(&row, "subject_id").to_owned())
                .or_default();
            of.insert(text(&row, "object_id").to_owned());
            Ok::<(), RecordError>(())
        })?;
        let mut filters = vec![filter.clone()];
        if let Some(actor) = self.actor_id() {
            let spokesmen = bodies.iter().filter(|(_, bodies)| bodies.contains(actor));
            filters.extend(spokesmen.map(|(id, _)| Filter::default().actor(id)));
        }
        let mut stands: Vec<Stand> = Vec::new();
        for filter in filters {
            self.each("positions", &filter, |row, article| {
                let date = date_of(row, "date");
                let issue = text(row, "issue");
                let wanted = self
                    .scope
                    .issue
                    .as_deref()
                    .is_none_or(|wanted| wanted == issue);
                if !wanted || !self.in_time(date, article) {
                    return;
                }
                let actor = text(row, "actor_id").to_owned();
                let stand = Stand {
                    id: text(row, "position_id").to_owned(),
                    article,
                    issue: issue.to_owned(),
                    actor: actor.clone(),
                    date,
                    stance: text(row, "stance").to_owned(),
                    scope: some(row, "scope"),
                    according_to: some(row, "according_to"),
                    through: None,
                    sentence: text(row, "sentence_id").to_owned(),
                };
                // What a spokesman says stands in the lane of the body too.
                for body in bodies.get(&actor).into_iter().flatten() {
                    stands.push(Stand {
                        actor: body.clone(),
                        through: Some(actor.clone()),
                        ..stand.clone()
                    });
                }
                stands.push(stand);
            })?;
        }
        if let Some(actor) = self.actor_id() {
            stands.retain(|stand| stand.actor == actor);
        }
        // One body's own row outdoes the same row through its spokesman.
        let own: BTreeSet<[String; 4]> = stands
            .iter()
            .filter(|stand| stand.through.is_none())
            .map(same)
            .collect();
        stands.retain(|stand| stand.through.is_none() || !own.contains(&same(stand)));
        Ok(stands)
    }

    fn read_said(&self, filter: &Filter) -> Result<Vec<Said>, RecordError> {
        let mut with_stand: BTreeSet<String> = BTreeSet::new();
        self.record.for_each("positions", filter, None, |row| {
            with_stand.extend(some(&row, "statement_id"));
            Ok::<(), RecordError>(())
        })?;
        let actor = self.scope.actor.clone();
        let mut said: Vec<Said> = Vec::new();
        let mut take = |row: &Map, article: usize| {
            let date = date_of(row, "date");
            let id = text(row, "statement_id");
            if !self.on_issue(&[id], &list(row, "sentence_ids")) || !self.in_time(date, article) {
                return;
            }
            let speaker = some(row, "speaker_id");
            said.push(Said {
                id: id.to_owned(),
                article,
                story: some(row, "story_id"),
                date,
                kind: match text(row, "kind") {
                    "direct" => 0,
                    "mixed" => 1,
                    _ => 2,
                },
                known: speaker.is_some() && text(row, "source_kind") != "anonymous",
                by_actor: actor.is_some() && speaker == actor,
                stand: with_stand.contains(id),
                unsure: unsure(row),
            });
        };
        self.each("statements", filter, &mut take)?;
        if let Some(actor) = &actor {
            let mut known: BTreeSet<String> = BTreeSet::new();
            self.record.for_each("statements", filter, None, |row| {
                known.insert(text(&row, "statement_id").to_owned());
                Ok::<(), RecordError>(())
            })?;
            for id in self.statements_about(actor)? {
                if !known.contains(&id) {
                    let filter = Filter::default().equal("statement_id", id);
                    self.each("statements", &filter, &mut take)?;
                }
            }
        }
        Ok(said)
    }

    /// The statements in whose sentences an actor is named.
    fn statements_about(&self, actor: &str) -> Result<Vec<String>, RecordError> {
        // The id is one of the record's: letters, digits and a hyphen. Anything else names nobody.
        if !actor
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            return Ok(Vec::new());
        }
        let rows = self.record.sql(&format!(
            "select distinct t.statement_id as id from mentions m
             join statements t on t.article_id = m.article_id
             where m.actor_id = '{actor}' and m.kind = 'name'
               and instr(t.sentence_ids, m.sentence_id) order by 1"
        ))?;
        Ok(rows.iter().map(|row| text(row, "id").to_owned()).collect())
    }

    fn read_frames(&self, filter: &Filter) -> Result<Vec<Frame>, RecordError> {
        let articles: BTreeSet<usize> = self.stands.iter().map(|stand| stand.article).collect();
        let mut frames = Vec::new();
        self.each("framings", filter, |row, article| {
            let about = text(row, "actor_id");
            let wanted = match (self.actor_id(), &self.of_issue) {
                (Some(actor), _) => actor == about,
                (None, Some(issue)) => issue.actors.contains(about) && articles.contains(&article),
                (None, None) => true,
            };
            if !wanted || !self.in_time(None, article) {
                return;
            }
            frames.push(Frame {
                id: text(row, "framing_id").to_owned(),
                article,
                actor: about.to_owned(),
                label: text(row, "label").to_owned(),
                voice: text(row, "voice").to_owned(),
                tone: text(row, "tone").to_owned(),
            });
        })?;
        Ok(frames)
    }

    fn on_issue(&self, ids: &[&str], sentences: &[&str]) -> bool {
        let issue = self.of_issue.as_ref();
        issue.is_none_or(|issue| issue.has(ids, sentences))
    }

    /// Gives rows with the number of their article, but for those of articles that repeat
    /// another, which are counted.
    fn each(
        &self,
        table: &str,
        filter: &Filter,
        mut take: impl FnMut(&Map, usize),
    ) -> Result<(), RecordError> {
        self.record.for_each(table, filter, None, |row| {
            let article = match text(&row, "article_id") {
                "" => self.article_of(text(&row, "sentence_id"))?,
                id => self.articles.number(id),
            };
            if self.articles.get(article).repeats {
                self.repeated.set(self.repeated.get() + 1);
            } else {
                take(&row, article);
            }
            Ok::<(), RecordError>(())
        })?;
        Ok(())
    }

    fn article_of(&self, sentence: &str) -> Result<usize, RecordError> {
        let filter = Filter::default().equal("sentence_id", sentence);
        let row = self.record.table("sentences", &filter, Some(1))?.rows.pop();
        Ok(row.map_or(Articles::NONE, |s| {
            self.articles.number(text(&s, "article_id"))
        }))
    }
}

fn same(stand: &Stand) -> [String; 4] {
    [
        stand.actor.clone(),
        stand.sentence.clone(),
        stand.stance.clone(),
        stand.scope.clone().unwrap_or_default(),
    ]
}
