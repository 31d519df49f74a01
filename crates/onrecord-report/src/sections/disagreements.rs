//! Facts on which sentences of the scope's articles differ.

use onrecord_record::{Filter, RecordError};

use crate::doc::{Block, Section, Table, code, count, page, text};
use crate::facts::Facts;
use crate::names::{list, text as cell};

pub(super) fn section(facts: &Facts<'_>) -> Result<Option<Section>, RecordError> {
    let articles = super::figures::articles(facts);
    let rows = facts
        .record
        .table("disagreements", &Filter::default(), None)?
        .rows;
    let mut blocks = Vec::new();
    let (mut shown, mut left) = (0, 0);
    for row in &rows {
        let mut cells = Vec::new();
        let mut within = 0;
        let ids = list(row, "sentence_ids");
        for (id, value) in ids.iter().zip(list(row, "values")) {
            let (sentences, article) = facts.sentences(&[id], &[])?;
            within += usize::from(articles.contains(&article));
            let mut source = facts.source(article);
            source.extend([text(" ("), code(*id), text(")")]);
            let mut cell = sentences.into_iter().flatten().collect::<Vec<_>>();
            cell.push(crate::doc::Piece::Break);
            cell.extend(source);
            cells.push(vec![vec![page(value)], cell]);
        }
        if within == 0 {
            continue;
        }
        if shown >= facts.scope.limit {
            left += 1;
            continue;
        }
        shown += 1;
        let kind = match cell(row, "kind") {
            "difference" => "the sentences differ",
            _ => "change over time",
        };
        blocks.push(Block::Heading(vec![
            page(cell(row, "about")),
            text(format!(" ({kind}, ")),
            code(cell(row, "disagreement_id")),
            text(")"),
        ]));
        blocks.push(Block::Table(Table {
            heads: vec!["value", "sentence"],
            rows: cells,
        }));
    }
    if blocks.is_empty() {
        return Ok(None);
    }
    if left > 0 {
        blocks.push(Block::Rule(vec![text(format!(
            "{} not shown.",
            count(left, "more", "more")
        ))]));
    }
    Ok(Some(Section {
        id: "disagreements",
        title: "What is told differently".to_owned(),
        blocks,
    }))
}
