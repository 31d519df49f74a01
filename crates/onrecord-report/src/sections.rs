//! The sections of a report, one a file, in the order in which they are read.

mod actor;
mod announced;
mod disagreements;
mod done;
mod figures;
mod framings;
mod method;
mod places;
mod said;
mod stands;
mod timeline;

use std::collections::BTreeSet;

use onrecord_record::RecordError;

use crate::doc::{Block, Doc, Line, code, page, strong, text};
use crate::facts::Facts;

/// The whole report.
pub(crate) fn document(facts: &Facts<'_>) -> Result<Doc, RecordError> {
    // What is shown is chosen first, so that pictures can lead to it.
    let said = said::section(facts)?;
    let done = done::section(facts)?;
    let announced = announced::section(facts)?;
    let stands = stands::section(facts)?;
    let shown: BTreeSet<String> = [&said, &done, &announced, &stands]
        .into_iter()
        .flatten()
        .flat_map(|section| &section.blocks)
        .flat_map(|block| match block {
            Block::Cited(all) => all.iter().map(|cited| cited.id.clone()).collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut sections = vec![figures::section(facts)?];
    sections.extend(actor::section(facts)?);
    sections.extend(timeline::section(facts, &shown)?);
    sections.extend(stands::with_pictures(facts, stands, &shown)?);
    sections.extend(said);
    sections.extend(done);
    sections.extend(places::section(facts, &shown)?);
    sections.extend(announced);
    sections.extend(framings::section(facts)?);
    sections.extend(disagreements::section(facts)?);
    sections.extend(method::sections(facts)?);
    Ok(Doc {
        title: title(facts),
        lead: lead(facts),
        sections,
    })
}

/// `Hill Front on foreign-troops since 2018`.
fn title(facts: &Facts<'_>) -> Line {
    let mut line = match (&facts.actor, &facts.scope.issue) {
        (Some(actor), None) => vec![page(crate::names::text(actor, "name"))],
        (Some(actor), Some(issue)) => vec![
            page(crate::names::text(actor, "name")),
            text(": "),
            page(facts.question(issue)),
        ],
        (None, Some(issue)) => vec![page(facts.question(issue))],
        (None, None) => vec![text("The record")],
    };
    let (since, until) = (&facts.scope.since, &facts.scope.until);
    let when = match (since, until) {
        (Some(a), Some(b)) if a == b => format!(" in {a}"),
        (Some(a), Some(b)) => format!(" from {a} to {b}"),
        (Some(a), None) => format!(" since {a}"),
        (None, Some(b)) => format!(" until {b}"),
        (None, None) if line.len() == 1 && facts.actor.is_none() && facts.scope.issue.is_none() => {
            " as a whole".to_owned()
        }
        (None, None) => String::new(),
    };
    line.push(text(when));
    line
}

fn lead(facts: &Facts<'_>) -> Vec<Block> {
    let meta = facts.meta;
    let mut about = vec![text("A report from ")];
    match meta.record.is_empty() {
        true => about.push(text("a record")),
        false => about.extend([text("the record "), code(meta.record.clone())]),
    }
    about.push(text(format!(
        " of {} and {}",
        crate::doc::count(facts.articles.pages, "page", "pages"),
        crate::doc::count(facts.articles.all().len(), "article", "articles"),
    )));
    if let Some(issue) = &facts.scope.issue {
        about.extend([text(", issue "), code(issue.clone())]);
    }
    if let Some(day) = &meta.written {
        about.push(text(format!(", written {day}")));
    }
    about.push(text("."));
    let mut lead = vec![Block::Para(about)];
    lead.push(Block::Warning(vec![
        text("a program read these pages. Each entry gives its sentence: read it before you rely on the entry. "),
        text("What somebody said is not what happened. "),
        strong("Unreviewed"),
        text(" means that no person has checked the entry; words of a page stand as they are printed there."),
    ]));
    lead
}

/// A date, or that there is none.
pub(crate) fn when(date: Option<impl ToString>) -> String {
    date.map_or_else(|| "undated".to_owned(), |date| date.to_string())
}
