//! The words by which outlets characterise actors; those of whom they quote apart.

use std::collections::BTreeMap;

use onrecord_record::RecordError;

use crate::doc::{Block, Line, Section, Table, code, count, page, text};
use crate::facts::{Facts, Frame};

/// Who says it of whom: outlet, voice (an actor's name; empty for the outlet's own) and actor.
type Voice = (String, String, String);

pub(super) fn section(facts: &Facts<'_>) -> Result<Option<Section>, RecordError> {
    if facts.frames.is_empty() {
        return Ok(None);
    }
    let mut own: BTreeMap<Voice, Vec<&Frame>> = BTreeMap::new();
    let mut quoted: BTreeMap<Voice, Vec<&Frame>> = BTreeMap::new();
    for frame in &facts.frames {
        let told = facts.articles.get(frame.article);
        let outlet = match &told.outlet {
            Some(outlet) => outlet.clone(),
            None => format!("no outlet printed ({})", told.file),
        };
        let about = facts.names.actor(&frame.actor)?;
        if frame.voice == "narrator" {
            own.entry((outlet, String::new(), about))
                .or_default()
                .push(frame);
        } else {
            let voice = facts.names.actor(&frame.voice)?;
            quoted
                .entry((outlet, voice, about))
                .or_default()
                .push(frame);
        }
    }
    let mut blocks = vec![Block::Rule(vec![text(
        "The labels are the page's words. The tone is told by a lexicon and, where that is neutral, by a learned head \
         that is often wrong.",
    )])];
    if !own.is_empty() {
        blocks.push(Block::Heading(vec![text("In the outlets’ own words")]));
        blocks.extend(table(facts, own, vec!["outlet", "actor", "words"]));
    }
    if !quoted.is_empty() {
        blocks.push(Block::Heading(vec![text(
            "In the words of those they quote",
        )]));
        blocks.extend(table(
            facts,
            quoted,
            vec!["outlet", "speaker", "actor", "words"],
        ));
    }
    Ok(Some(Section {
        id: "framings",
        title: "How it is told".to_owned(),
        blocks,
    }))
}

fn table(
    facts: &Facts<'_>,
    groups: BTreeMap<Voice, Vec<&Frame>>,
    heads: Vec<&'static str>,
) -> Vec<Block> {
    let total = groups.len();
    let mut all: Vec<(Voice, Vec<&Frame>)> = groups.into_iter().collect();
    // Those with most words are kept, in the order of outlets.
    all.sort_by_key(|(_, frames)| std::cmp::Reverse(frames.len()));
    all.truncate(facts.scope.limit);
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let rows = all.into_iter().map(|((outlet, voice, about), frames)| {
        let mut row = vec![vec![page(outlet)]];
        if heads.len() == 4 {
            row.push(vec![page(voice)]);
        }
        row.push(vec![page(about)]);
        row.push(labels(&frames));
        row
    });
    let rows: Vec<Vec<Line>> = rows.collect();
    let left = total - rows.len();
    let mut blocks = vec![Block::Table(Table { heads, rows })];
    if left > 0 {
        blocks.push(Block::Rule(vec![text(format!(
            "{} with fewer words not shown.",
            count(left, "line", "lines")
        ))]));
    }
    blocks
}

/// `“so-called” (negative, 2 times, fr-…)`.
fn labels(frames: &[&Frame]) -> Line {
    let mut by_label: BTreeMap<(String, &str), Vec<&Frame>> = BTreeMap::new();
    for frame in frames {
        let key = (frame.label.to_lowercase(), frame.tone.as_str());
        by_label.entry(key).or_default().push(frame);
    }
    let mut line = Line::new();
    for (n, ((_, tone), frames)) in by_label.iter().enumerate() {
        if n > 0 {
            line.push(text("; "));
        }
        let Some(first) = frames.first() else {
            continue;
        };
        line.push(text("“"));
        line.push(page(first.label.clone()));
        line.push(text(match frames.len() {
            1 => format!("” ({tone}, "),
            n => format!("” ({tone}, {n} times, "),
        }));
        line.push(code(first.id.clone()));
        line.push(text(")"));
    }
    line
}
