//! Who the actor is: names as written, offices, ties.

use onrecord_record::{Filter, Map, RecordError};
use serde_json::Value;

use crate::doc::{Block, Line, Section, code, listed, page, text};
use crate::facts::Facts;
use crate::names::{list, some, text as cell};

pub(super) fn section(facts: &Facts<'_>) -> Result<Option<Section>, RecordError> {
    let (Some(actor), Some(id)) = (&facts.actor, facts.actor_id()) else {
        return Ok(None);
    };
    let mut kind = vec![text(format!("Kind: {}", cell(actor, "kind")))];
    if let Some(country) = some(actor, "country") {
        kind.extend([text(", country "), page(country)]);
    }
    if let Some(wikidata) = some(actor, "wikidata") {
        kind.extend([text(", Wikidata "), code(wikidata)]);
    }
    kind.extend([text(", in the record "), code(id)]);
    let mut lines = vec![kind];
    let aliases: Vec<String> = list(actor, "aliases")
        .into_iter()
        .map(str::to_owned)
        .collect();
    if !aliases.is_empty() {
        let mut line = vec![text("Named by the pages: ")];
        line.extend(listed(&aliases[..aliases.len().min(facts.scope.limit)]));
        if aliases.len() > facts.scope.limit {
            line.push(text(format!(
                " and {} more",
                aliases.len() - facts.scope.limit
            )));
        }
        lines.push(line);
    }
    let roles = actor.get("roles").and_then(Value::as_array);
    for role in roles.into_iter().flatten().take(facts.scope.limit) {
        if let Some(role) = role.as_object() {
            lines.push(office(facts, role)?);
        }
    }
    lines.extend(ties(facts, id)?);
    Ok(Some(Section {
        id: "actor",
        title: "Who this is".to_owned(),
        blocks: vec![Block::List(lines)],
    }))
}

fn office(facts: &Facts<'_>, role: &Map) -> Result<Line, RecordError> {
    let mut line = vec![text("Office: "), page(cell(role, "title"))];
    if let Some(of) = some(role, "of") {
        let name = match of.starts_with("ac-") {
            true => facts.names.actor(&of)?,
            false => of,
        };
        line.extend([text(" of "), page(name)]);
    }
    match (some(role, "from"), some(role, "to")) {
        (Some(a), Some(b)) => line.push(text(format!(", {a} to {b}"))),
        (Some(a), None) => line.push(text(format!(", from {a}"))),
        (None, Some(b)) => line.push(text(format!(", until {b}"))),
        (None, None) => {}
    }
    match some(role, "sentence_id") {
        Some(id) => {
            let (_, article) = facts.sentences(&[&id], &[])?;
            line.push(text(". "));
            line.extend(facts.source(article));
            line.extend([text(" ("), code(id), text(")")]);
        }
        None => line.push(text(". From the lexicon, not from a page.")),
    }
    Ok(line)
}

fn ties(facts: &Facts<'_>, id: &str) -> Result<Vec<Line>, RecordError> {
    let rows = facts
        .record
        .table("relations", &Filter::default().actor(id), None)?
        .rows;
    let mut lines = Vec::new();
    for row in rows.iter().take(facts.scope.limit) {
        let (_, article) = facts.sentences(&[cell(row, "sentence_id")], &[])?;
        let mut line = vec![
            text("Tie: "),
            page(facts.names.actor(cell(row, "subject_id"))?),
            text(format!(" {} ", cell(row, "predicate").replace('_', " "))),
            page(facts.names.actor(cell(row, "object_id"))?),
            text(". "),
        ];
        line.extend(facts.source(article));
        line.extend([text(" ("), code(cell(row, "relation_id")), text(")")]);
        lines.push(line);
    }
    if rows.len() > facts.scope.limit {
        lines.push(vec![text(format!(
            "{} more ties",
            rows.len() - facts.scope.limit
        ))]);
    }
    Ok(lines)
}
