//! What a row of a list shows besides its claim and sentence.

use maud::{Markup, html};
use onrecord_record::Map;

use crate::error::Fault;
use crate::passage::Passage;
use crate::shown;
use crate::view::{View, list, some, text};

/// What became of an announcement; what each page says, where pages differ.
pub(super) fn more(view: &View<'_>, table: &str, row: &Map) -> Result<Markup, Fault> {
    Ok(match table {
        "outlooks" => outcome(view, row)?,
        "disagreements" => sides(view, row)?,
        "reprints" => carried(view, row)?,
        _ => html! {},
    })
}

fn outcome(view: &View<'_>, row: &Map) -> Result<Markup, Fault> {
    let mut lines = Vec::new();
    for id in list(row, "outcome_sentence_ids").take(4) {
        if let Some(passage) = Passage::of(view, id)? {
            lines.push(html! {
                blockquote.sentence dir="auto" { (shown::text(&passage.text)) }
                p.source { (passage.source()) }
            });
        }
    }
    Ok(html! {
        @if !lines.is_empty() || some(row, "outcome_note").is_some() {
            div.outcome {
                p.claim { "What became of it: " span.badge.{ "outcome-" (text(row, "outcome")) } { (text(row, "outcome")) }
                    @if let Some(note) = some(row, "outcome_note") { " " (shown::text(note)) } }
                @for line in &lines { (line) }
            }
        }
    })
}

/// Carried sentences beside those in which they stand.
fn carried(view: &View<'_>, row: &Map) -> Result<Markup, Fault> {
    let pairs: Vec<_> = list(row, "sentence_ids")
        .zip(list(row, "from_sentence_ids"))
        .collect();
    let mut lines = Vec::new();
    for (id, from) in pairs.iter().take(3) {
        let (Some(one), Some(other)) = (Passage::of(view, id)?, Passage::of(view, from)?) else {
            continue;
        };
        lines.push(html! {
            div.side-by-side {
                @for passage in [&one, &other] {
                    section {
                        blockquote.sentence dir="auto" { (shown::text(&passage.text)) }
                        p.source { (passage.source()) }
                    }
                }
            }
        });
    }
    Ok(html! {
        @for line in &lines { (line) }
        @if pairs.len() > 3 { p.quiet { "and " (shown::count(pairs.len() as u64 - 3, "more sentence")) } }
    })
}

fn sides(view: &View<'_>, row: &Map) -> Result<Markup, Fault> {
    let mut lines = Vec::new();
    for (value, id) in list(row, "values").zip(list(row, "sentence_ids")).take(12) {
        if let Some(passage) = Passage::of(view, id)? {
            lines.push(html! {
                section {
                    h3 { (shown::name(value)) }
                    blockquote.sentence dir="auto" { (shown::text(&passage.text)) }
                    p.source { (passage.source()) @if passage.same_text_as.is_some() { " (a reprint)" } }
                }
            });
        }
    }
    Ok(html! { div.side-by-side { @for line in &lines { (line) } } })
}
