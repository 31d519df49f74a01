//! Whose words a part of an article is, as the record tells it.

use std::collections::BTreeSet;

use onrecord_record::{Filter, Map, Record};
use serde_json::Value;

use super::article::{Article, Part};
use super::fold::Folded;
use crate::Trouble;
use crate::names::{Names, line, list, text};
use crate::words::{negated, speaker};

/// What the caller asked about the speaker, and what the record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// The speaker who was asked for.
    Same,
    /// One who speaks for the body that was asked for.
    Spokesman,
    /// Nobody was asked for.
    NotAsked,
    /// The article does not tell who speaks, or the record does not know.
    Unknown,
    /// The words stand in no statement: they are the outlet's.
    Outlet,
    /// Somebody else.
    Other,
}

impl Check {
    pub fn name(self) -> &'static str {
        match self {
            Check::Same => "same",
            Check::Spokesman => "spokesman",
            Check::NotAsked => "not_asked",
            Check::Unknown => "unknown",
            Check::Outlet => "outlet",
            Check::Other => "other",
        }
    }
}

/// A statement that holds the words.
#[derive(Clone, Debug)]
pub struct Said {
    pub row: Map,
    /// The speaker as recorded.
    pub speaker: String,
    pub via: Vec<String>,
    pub negated: bool,
    pub check: Check,
    /// Whether it holds all of the words.
    pub all: bool,
}

/// The speaker a caller asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub name: String,
    /// The actors the name fits.
    pub actors: BTreeSet<String>,
    /// Those who speak for them.
    spokesmen: BTreeSet<String>,
}

impl Asked {
    pub fn of(record: &Record, name: &str) -> Result<Asked, Trouble> {
        let mut asked = Asked {
            name: line(name),
            ..Asked::default()
        };
        for actor in record.find_actors(name)? {
            let id = text(&actor, "actor_id").to_owned();
            asked.spokesmen.extend(speak_for(record, &id)?);
            asked.actors.insert(id);
        }
        Ok(asked)
    }

    fn check(&self, row: &Map) -> Check {
        let (id, words) = (text(row, "speaker_id"), text(row, "speaker_text"));
        if self.actors.contains(id) {
            Check::Same
        } else if self.spokesmen.contains(id) {
            Check::Spokesman
        } else if !id.is_empty() {
            Check::Other
        } else if !Folded::of(words)
            .find(&Folded::of(&self.name), 1)
            .is_empty()
        {
            // The article's own words for the speaker hold the name.
            Check::Same
        } else {
            Check::Unknown
        }
    }
}

/// The statements that hold the parts: of several, those that hold most of them, and of one
/// in another the inner.
pub fn said(
    article: &Article,
    parts: &[Part],
    asked: Option<&Asked>,
    names: &Names<'_>,
) -> Result<Vec<Said>, Trouble> {
    let length: usize = parts.iter().map(|part| part.1 - part.0).sum();
    let held = |row: &Map| -> usize {
        let pieces = content(row);
        let of_part = |part: &Part| -> usize {
            let shared = pieces
                .iter()
                .map(|piece| piece.1.min(part.1).saturating_sub(piece.0.max(part.0)));
            shared.max().unwrap_or_default()
        };
        parts.iter().map(of_part).sum()
    };
    let mut holding: Vec<(usize, &Map)> = article
        .statements
        .iter()
        .map(|row| (held(row), row))
        .collect();
    let most = holding
        .iter()
        .map(|(held, _)| *held)
        .max()
        .unwrap_or_default();
    // Less than half of the words is no statement of them.
    holding.retain(|(held, _)| *held == most && *held * 2 > length);
    let outer: BTreeSet<&str> = holding
        .iter()
        .map(|(_, row)| text(row, "nested_in"))
        .collect();
    holding.retain(|(_, row)| !outer.contains(text(row, "statement_id")));
    let mut found = Vec::new();
    for (held, row) in holding {
        let via = list(row, "via").map(|id| Ok(line(&names.of_id(id)?)));
        found.push(Said {
            speaker: speaker(row, names)?,
            via: via.collect::<Result<_, Trouble>>()?,
            negated: negated(row),
            check: asked.map_or(Check::NotAsked, |asked| asked.check(row)),
            // Marks and punctuation at the ends may stand outside.
            all: held + 2 * parts.len() >= length,
            row: row.clone(),
        });
    }
    found.sort_by(|a, b| {
        (a.check, text(&a.row, "statement_id")).cmp(&(b.check, text(&b.row, "statement_id")))
    });
    Ok(found)
}

/// The parts of the article that are a statement's content.
pub fn content(row: &Map) -> Vec<Part> {
    let spans = row
        .get("spans")
        .map_or(&Value::Null, |spans| &spans["content"]);
    let part = |span: &Value| {
        let at = |n: usize| usize::try_from(span[n].as_u64()?).ok();
        Some((at(0)?, at(1)?))
    };
    spans
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(part)
        .collect()
}

/// Who speaks for a body.
fn speak_for(record: &Record, body: &str) -> Result<BTreeSet<String>, Trouble> {
    let filter = Filter::default()
        .actor(body)
        .equal("predicate", "speaks_for")
        .equal("object_id", body);
    let rows = record.table("relations", &filter, None)?.rows;
    Ok(rows
        .iter()
        .map(|row| text(row, "subject_id").to_owned())
        .collect())
}
