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
