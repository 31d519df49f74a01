//! Key statements, with their sentences.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::PartialDate;
use onrecord_record::{Map, RecordError};

use super::when;
use crate::choose::{choose, each};
use crate::doc::{Block, Cited, Line, Piece, Section, page, shown, strong, text};
use crate::facts::{Facts, Said};
use crate::names::{list, some, spans, text as cell};

const RULE: &str = "Those that most outlets give go first, then those from which a position was read, then those of a \
                    known speaker, direct before indirect speech, the surer before the less sure, then in the \
                    order of the record; of one article no more than a quarter of the list while others have some.";

/// One utterance: the statements of several articles that give it, the best first.
struct Utterance<'a> {
    rows: Vec<&'a Said>,
    outlets: BTreeSet<String>,
}

pub(super) fn section(facts: &Facts<'_>) -> Result<Option<Section>, RecordError> {
    if facts.said.is_empty() {
        return Ok(None);
    }
    let all = utterances(facts);
    let mut blocks = Vec::new();
    let actor = facts.actor.is_some();
    let groups: &[(bool, &str)] = match actor {
        true => &[
            (true, "By the actor"),
            (
                false,
                "By others, to the actor or in a sentence that names it",
            ),
        ],
        false => &[(false, "")],
    };
    for (own, heading) in groups {
        let of: Vec<&Utterance<'_>> = all
            .iter()
            .filter(|u| !actor || u.rows[0].by_actor == *own)
            .collect();
        if of.is_empty() {
            continue;
        }
        let limit = match (*own, actor) {
            (false, true) => facts.scope.limit.div_ceil(2),
            _ => facts.scope.limit,
        };
        let ranked: Vec<_> = of.iter().map(|u| (rank(u), u.rows[0].article)).collect();
        let mut taken = choose(&ranked, limit, each(limit));
        taken.sort_by_key(|n| order(facts, of[*n]));
        if !heading.is_empty() {
            blocks.push(Block::Heading(vec![text(*heading)]));
        }
        let names = ["utterance", "utterances"];
        blocks.push(Block::Rule(shown(
            taken.len(),
            of.len(),
            names,
            "by date",
            RULE,
        )));
        let cited = taken.into_iter().map(|n| cited(facts, of[n]));
        blocks.push(Block::Cited(cited.collect::<Result<_, _>>()?));
    }
    Ok(Some(Section {
        id: "said",
        title: "Key statements".to_owned(),
        blocks,
    }))
}

fn utterances<'a>(facts: &'a Facts<'_>) -> Vec<Utterance<'a>> {
    let mut by_story: BTreeMap<&str, Vec<&Said>> = BTreeMap::new();
    let mut keys = Vec::new();
    for said in &facts.said {
        let key = said.story.as_deref().unwrap_or(&said.id);
        let rows = by_story.entry(key).or_default();
        if rows.is_empty() {
            keys.push(key);
        }
        rows.push(said);
    }
    let of = |key: &str| {
        let mut rows = by_story.get(key).cloned().unwrap_or_default();
        rows.sort_by_key(|said| quality(said));
        let outlets = rows
            .iter()
            .filter_map(|said| facts.articles.get(said.article).outlet.clone())
            .collect();
        Utterance { rows, outlets }
    };
    keys.into_iter().map(of).collect()
}

type Quality = (Reverse<bool>, Reverse<bool>, u8, i64);

fn quality(said: &Said) -> Quality {
    (
        Reverse(said.stand),
        Reverse(said.known),
        said.kind,
        said.unsure,
    )
}

fn rank(utterance: &Utterance<'_>) -> (Reverse<usize>, Quality) {
    (Reverse(utterance.outlets.len()), quality(utterance.rows[0]))
}

/// By date, the statement's or else its article's; undated ones last, in the order of articles.
fn order(
    facts: &Facts<'_>,
    utterance: &Utterance<'_>,
) -> (bool, Option<PartialDate>, usize, String) {
    let said = utterance.rows[0];
    let date = said.date.or(facts.articles.get(said.article).date);
    (date.is_none(), date, said.article, said.id.clone())
}

fn cited(facts: &Facts<'_>, utterance: &Utterance<'_>) -> Result<Cited, RecordError> {
    let said = utterance.rows[0];
    let row = facts.names.row("statements", "statement_id", &said.id)?;
    let row = row.as_deref().cloned().unwrap_or_default();
    let mut head = speaker(facts, &row)?;
    let negated = row.get("negated").and_then(serde_json::Value::as_bool) == Some(true);
    head.push(text(match cell(&row, "kind") {
        "direct" => ", quoted",
        "mixed" => ", quoted in part",
        _ => ", not quoted",
    }));
    if negated {
        head.push(text(", told as not said"));
    }
    if let Some(id) = some(&row, "addressee_id") {
        head.extend([text(", to "), page(facts.names.actor(&id)?)]);
    }
    let via = list(&row, "via");
    if !via.is_empty() {
        head.push(text(", by way of "));
        for (n, id) in via.iter().enumerate() {
            head.push(text(if n > 0 { ", then " } else { "" }));
            head.push(page(facts.names.actor(id)?));
        }
    }
    head.push(text(format!(", {}", when(said.date))));
    let mut cited = facts.cited(&said.id, &row, head, &spans(&row, "content"))?;
    also(facts, utterance, &mut cited.source);
    Ok(cited)
}

/// Who speaks, as far as it is known.
fn speaker(facts: &Facts<'_>, row: &Map) -> Result<Line, RecordError> {
    let words = some(row, "speaker_text");
    Ok(match (some(row, "speaker_id"), words) {
        (Some(id), _) => vec![strong(facts.names.actor(&id)?)],
        (None, Some(words)) => vec![
            strong("Speaker not identified"),
            text(" (the page: “"),
            page(words),
            text("”)"),
        ],
        (None, None) => vec![strong("Unknown speaker")],
    })
}

/// The other outlets that give the same.
fn also(facts: &Facts<'_>, utterance: &Utterance<'_>, source: &mut Line) {
    let own = facts.articles.get(utterance.rows[0].article).outlet.clone();
    let others: Vec<String> = utterance
        .outlets
        .iter()
        .filter(|outlet| Some(*outlet) != own.as_ref())
        .cloned()
        .collect();
    if !others.is_empty() {
        source.push(text("; also "));
        source.extend(crate::doc::listed(&others));
    } else if utterance.rows.len() > 1 {
        source.push(Piece::Text(format!(
            "; given {} times",
            utterance.rows.len()
        )));
    }
}
