//! How it was made, how right it is, how to cite it, what people changed.

use std::collections::BTreeMap;

use onrecord_record::{Filter, Map, RecordError};
use serde_json::Value;

use crate::doc::{Block, Line, Section, Table, code, count, page, text};
use crate::facts::Facts;
use crate::names::{some, text as cell};

pub(super) fn sections(facts: &Facts<'_>) -> Result<Vec<Section>, RecordError> {
    let runs = facts.record.table("runs", &Filter::default(), None)?.rows;
    Ok(vec![
        method(facts)?,
        corrections(facts),
        cite(facts, &runs),
        card(facts, &runs)?,
    ])
}

fn method(facts: &Facts<'_>) -> Result<Section, RecordError> {
    let mut blocks = vec![Block::Para(vec![text(
        "Rules on grammatical trees and small learned heads read every page by the same steps; the same pages give \
         the same entries. They prefer silence to a wrong entry: what is missing here may yet stand on the pages. \
         Entries of articles that repeat another’s text are left out.",
    )])];
    let repeated = facts.repeated.get();
    if repeated > 0 {
        blocks.push(Block::Para(vec![text(format!(
            "{} left out for that reason.",
            count(repeated, "entry was", "entries were")
        ))]));
    }
    let makers = makers(facts)?;
    if !makers.is_empty() {
        let rows = makers.into_iter().map(|((table, maker), n)| {
            vec![
                vec![text(table)],
                vec![text(maker)],
                vec![text(n.to_string())],
            ]
        });
        blocks.push(Block::Para(vec![text(
            "What made the entries of the whole record:",
        )]));
        blocks.push(Block::Table(Table {
            heads: vec!["entries", "made by", "how many"],
            rows: rows.collect(),
        }));
    }
    blocks.push(Block::Heading(vec![text(
        "How often such entries are right",
    )]));
    let judged = &facts.reviews.precision;
    if judged.is_empty() {
        blocks.push(Block::Para(vec![text(
            "No person has judged an entry of this record. Count a sample against its sentences before you publish \
             figures.",
        )]));
    } else {
        let rows = judged.iter().map(|of| {
            let share = match (of.share(), of.interval()) {
                (Some(share), Some((low, high))) => {
                    let [share, low, high] = [share, low, high].map(|part| part * 100.0);
                    format!("{share:.0} % ({low:.0} to {high:.0} % with a confidence of 95 %)")
                }
                _ => String::new(),
            };
            let number = |n: u64| vec![text(n.to_string())];
            vec![
                vec![text(of.table.clone())],
                number(of.judged()),
                number(of.accepted),
                number(of.changed),
                number(of.rejected),
                vec![text(share)],
            ]
        });
        blocks.push(Block::Para(vec![text(
            "By people’s own judgement of entries of this record. The range holds if those they looked at were like \
             the others; it does not if they looked for errors.",
        )]));
        blocks.push(Block::Table(Table {
            heads: vec![
                "entries",
                "looked at",
                "right",
                "changed",
                "wrong",
                "right as read",
            ],
            rows: rows.collect(),
        }));
    }
    if !facts.meta.measures.is_empty() {
        blocks.push(Block::Para(vec![text(
            "On labelled texts, of which yours may differ:",
        )]));
        let rows = facts.meta.measures.iter().map(|measure| {
            vec![
                vec![text(measure.what.clone())],
                vec![text(measure.figure.clone())],
                vec![text(measure.how.clone())],
            ]
        });
        blocks.push(Block::Table(Table {
            heads: vec!["what", "figure", "on what"],
            rows: rows.collect(),
        }));
    }
    Ok(Section {
        id: "method",
        title: "Method and error".to_owned(),
        blocks,
    })
}

/// Numbers of rows by table and kind of maker (`rule`, `head`).
fn makers(facts: &Facts<'_>) -> Result<BTreeMap<(String, String), u64>, RecordError> {
    let mut makers = BTreeMap::new();
    for table in ["statements", "events", "positions"] {
        let rows = facts.record.sql(&format!(
            "select made_by as maker, count(*) as n from {table} group by made_by"
        ))?;
        for row in &rows {
            let maker = cell(row, "maker").split(':').next().unwrap_or_default();
            let n = row.get("n").and_then(Value::as_u64).unwrap_or_default();
            *makers
                .entry((table.to_owned(), maker.to_owned()))
                .or_default() += n;
        }
    }
    Ok(makers)
}

fn corrections(facts: &Facts<'_>) -> Section {
    let all = &facts.reviews.corrections;
    let applied = facts.reviews.applied();
    let mut blocks = Vec::new();
    if all.is_empty() {
        blocks.push(Block::Para(vec![text(
            "People have corrected nothing in this record.",
        )]));
    } else {
        let people: Vec<String> = facts
            .reviews
            .people()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let mut line = vec![text(format!(
            "{} of {} to the record hold",
            applied.len(),
            count(all.len(), "correction", "corrections")
        ))];
        if !people.is_empty() {
            line.push(text(", made by "));
            line.extend(crate::doc::listed(&people));
        }
        line.push(text(
            ". They count in the whole record, not only in this report.",
        ));
        blocks.push(Block::Para(line));
        // The last ones first.
        let shown = applied.iter().rev().take(facts.scope.limit);
        let rows = shown.map(|c| {
            let words = |cell: &Option<String>| vec![page(cell.clone().unwrap_or_default())];
            let at = c.at.as_deref().unwrap_or_default();
            let day = at.split('T').next().unwrap_or_default();
            let mut by = words(&c.by);
            by.push(text(format!(" {day}")));
            vec![
                vec![code(c.id.clone())],
                vec![code(c.row_key.clone())],
                vec![page(c.field.clone())],
                words(&c.was),
                words(&c.is),
                by,
                words(&c.why),
            ]
        });
        let rows: Vec<Vec<Line>> = rows.collect();
        let left = applied.len() - rows.len();
        if !rows.is_empty() {
            blocks.push(Block::Table(Table {
                heads: vec!["correction", "row", "field", "was", "is", "by", "why"],
                rows,
            }));
        }
        if left > 0 {
            blocks.push(Block::Rule(vec![text(format!(
                "{left} earlier ones not shown."
            ))]));
        }
    }
    Section {
        id: "corrections",
        title: "Corrections applied".to_owned(),
        blocks,
    }
}

fn cite(facts: &Facts<'_>, runs: &[Map]) -> Section {
    let mut line = vec![text(format!(
        "A record of {} from {}, made with onrecord {}",
        count(facts.articles.all().len(), "article", "articles"),
        count(facts.articles.pages, "page", "pages"),
        versions(runs),
    ))];
    if let Some(day) = &facts.meta.written {
        line.push(text(format!("; report of {day}")));
    }
    line.push(text("."));
    Section {
        id: "cite",
        title: "How to cite".to_owned(),
        blocks: vec![
            Block::Para(line),
            Block::Para(vec![
                text(
                    "Cite an entry with its id, its sentence, and the article’s outlet, title and date: not this report. ",
                ),
                code("onrecord cite ID RECORD"),
                text(" writes it as BibTeX, CSL-JSON or in the Chicago style."),
            ]),
        ],
    }
}

fn versions(runs: &[Map]) -> String {
    let mut all: Vec<&str> = runs.iter().map(|run| cell(run, "version")).collect();
    all.sort_unstable();
    all.dedup();
    all.join(" and ")
}

fn card(facts: &Facts<'_>, runs: &[Map]) -> Result<Section, RecordError> {
    let mut lines = Vec::new();
    for run in runs {
        let hash = |name: &str| some(run, name).unwrap_or_else(|| "none".to_owned());
        lines.push(vec![
            text(format!(
                "Read with onrecord {}, lexicon ",
                cell(run, "version")
            )),
            code(hash("lexicon_sha256")),
            text(", model "),
            code(hash("weights_sha256")),
            text(", settings "),
            code(run.get("settings").unwrap_or(&Value::Null).to_string()),
        ]);
    }
    if !facts.meta.version.is_empty() {
        lines.push(vec![text(format!(
            "Report written by onrecord {}",
            facts.meta.version
        ))]);
    }
    let scope = facts.scope;
    let mut asked = vec![text("Asked for: ")];
    for (name, value) in [
        ("actor", &scope.actor),
        ("issue", &scope.issue),
        ("since", &scope.since),
        ("until", &scope.until),
    ] {
        if let Some(value) = value {
            asked.extend([text(format!("{name} ")), code(value.clone()), text(", ")]);
        }
    }
    asked.push(text(format!("at most {} entries a list", scope.limit)));
    if !scope.text {
        asked.push(text(", without the words of sentences"));
    }
    lines.push(asked);
    if scope.issue.is_some() {
        lines.push(vec![text(
            "Of the issue are the positions on it, and the statements, events and announcements from which one was read \
             or that stand in the same sentence; characterisations are those of actors with a position, in the \
             same articles",
        )]);
    }
    let counts = facts.record.counts()?;
    let mut whole = vec![text("The whole record: ")];
    let told = [
        "pages",
        "articles",
        "sentences",
        "actors",
        "statements",
        "events",
        "positions",
        "outlooks",
        "framings",
    ];
    let told: Vec<String> = told
        .iter()
        .map(|name| format!("{name} {}", counts.get(*name).copied().unwrap_or_default()))
        .collect();
    whole.push(text(told.join(", ")));
    lines.push(whole);
    Ok(Section {
        id: "card",
        title: "Data card".to_owned(),
        blocks: vec![Block::List(lines)],
    })
}
