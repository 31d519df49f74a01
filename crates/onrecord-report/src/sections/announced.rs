//! What was announced, and what later sentences tell became of it.

use onrecord_record::{Map, RecordError};

use super::when;
use crate::choose::{choose, each};
use crate::doc::{Block, Cited, Section, code, page, shown, strong, text};
use crate::facts::{Announced, Facts};
use crate::names::{list, some, text as cell};

const RULE: &str = "Those with a term or a condition go before others, then threats and promises before demands and \
                    these before warnings and predictions, then by id; of one article no more than a quarter of the \
                    list while others have some.";

pub(super) fn section(facts: &Facts<'_>) -> Result<Option<Section>, RecordError> {
    if facts.announced.is_empty() {
        return Ok(None);
    }
    let mut blocks = Vec::new();
    let (open, told): (Vec<&Announced>, Vec<&Announced>) = facts
        .announced
        .iter()
        .partition(|row| row.outcome == "open");
    for (all, heading, note) in [
        (told, "What became of it", ""),
        (
            open,
            "Open: no sentence of the record tells the outcome",
            "Open says that nothing was found, not that nothing came of it. ",
        ),
    ] {
        if all.is_empty() {
            continue;
        }
        let ranked: Vec<_> = all.iter().map(|row| (rank(row), row.article)).collect();
        let mut taken = choose(&ranked, facts.scope.limit, each(facts.scope.limit));
        taken.sort_by_key(|n| {
            let date = date(facts, all[*n]);
            (date.is_none(), date, all[*n].article, all[*n].id.clone())
        });
        blocks.push(Block::Heading(vec![text(heading)]));
        let names = ["announcement", "announcements"];
        let mut rule = vec![text(note)];
        rule.extend(shown(taken.len(), all.len(), names, "by date", RULE));
        blocks.push(Block::Rule(rule));
        let cited = taken.into_iter().map(|n| cited(facts, all[n]));
        blocks.push(Block::Cited(cited.collect::<Result<_, _>>()?));
    }
    Ok(Some(Section {
        id: "announced",
        title: "What was announced".to_owned(),
        blocks,
    }))
}

fn date(facts: &Facts<'_>, row: &Announced) -> Option<onrecord_model::PartialDate> {
    row.date.or(facts.articles.get(row.article).date)
}

fn rank(row: &Announced) -> (bool, u8, String) {
    let kind = match row.kind.as_str() {
        "threat" | "promise" => 0,
        "demand" => 1,
        _ => 2,
    };
    (!row.horizon, kind, row.id.clone())
}

fn cited(facts: &Facts<'_>, announced: &Announced) -> Result<Cited, RecordError> {
    let row = facts.names.row("outlooks", "outlook_id", &announced.id)?;
    let row = row.as_deref().cloned().unwrap_or_default();
    let mut head = vec![
        strong(facts.names.actor(&announced.actor)?),
        text(format!(": {}, {}", announced.kind, when(announced.date))),
    ];
    if facts.scope.text
        && let Some(horizon) = some(&row, "horizon")
    {
        head.extend([text(", term or condition: “"), page(horizon), text("”")]);
    }
    let marks = marks(facts, &row)?;
    let mut cited = facts.cited(&announced.id, &row, head, &marks)?;
    if announced.outcome != "open" {
        cited.head.push(text(", "));
        cited.head.push(strong(announced.outcome.clone()));
        let ids = list(&row, "outcome_sentence_ids");
        for id in ids {
            let (sentences, article) = facts.sentences(&[id], &[])?;
            let mut source = facts.source(article);
            source.extend([text(" ("), code(id), text(")")]);
            cited
                .later
                .push((source, sentences.into_iter().flatten().collect()));
        }
        if let Some(note) = some(&row, "outcome_note") {
            cited.head.push(text(format!(" (found by: {note})")));
        }
    }
    Ok(cited)
}

/// Where the words of an announcement stand in the article.
fn marks(facts: &Facts<'_>, row: &Map) -> Result<Vec<(usize, usize)>, RecordError> {
    let sentence = facts
        .names
        .row("sentences", "sentence_id", cell(row, "sentence_id"))?;
    let (Some(sentence), Some(content)) = (sentence, some(row, "content")) else {
        return Ok(Vec::new());
    };
    let words = cell(&sentence, "text");
    let Some(at) = words.find(&content) else {
        return Ok(Vec::new());
    };
    let start = sentence
        .get("start")
        .and_then(serde_json::Value::as_u64)
        .unwrap_or_default();
    let start = usize::try_from(start).unwrap_or_default() + words[..at].chars().count();
    Ok(vec![(start, start + content.chars().count())])
}

/// An announcement in a few words.
pub(super) fn line(facts: &Facts<'_>, row: &Announced) -> Result<String, RecordError> {
    let name = facts.names.actor(&row.actor)?;
    Ok(format!("{name}: {}, {}", row.kind, when(row.date)))
}
