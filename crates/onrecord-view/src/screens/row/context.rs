//! The sentence in its context.

use maud::{Markup, html};
use onrecord_record::Map;

use crate::error::Fault;
use crate::passage::Passage;
use crate::shown;
use crate::tell;
use crate::view::{View, list};

/// Sentences before and after.
const AROUND: u32 = 2;

/// The sentence, those beside it, and who says so.
pub(super) fn section(
    view: &View<'_>,
    table: &str,
    row: &Map,
    passage: &Passage,
) -> Result<Markup, Fault> {
    let (before, after) = view.record.around(&passage.article_id, passage.n, AROUND)?;
    let id = tell::id_of(row);
    let further: Vec<&str> = list(row, "sentence_ids").skip(1).take(10).collect();
    let mut more = Vec::new();
    for sentence in further {
        if let Some(passage) = Passage::of(view, sentence)? {
            more.push((tell::quoted(table, row, &passage), passage));
        }
    }
    // What follows is shown after the last of the row's own sentences only.
    let consecutive = more.is_empty();
    Ok(html! {
        section.context {
            h2 { "The sentence" }
            p.around dir="auto" { @for text in &before { (shown::text(text)) " " } }
            (tell::quoted(table, row, passage))
            @for (quoted, other) in &more {
                @if other.article_id != passage.article_id { p.source { (other.source()) } }
                (quoted)
            }
            @if consecutive { p.around dir="auto" { @for text in &after { (shown::text(text)) " " } } }
            p.source {
                (passage.source())
                @if let Some(title) = &passage.title { ": " i { (shown::name(title)) } }
                ". " a.button href={ "/article/" (passage.article_id) "?row=" (id) "#" (passage.sentence_id) } data-key="o" { "In the article" }
            }
            @if let Some(other) = &passage.same_text_as {
                p.note { "This article repeats " a href={ "/article/" (other) } { "another one" }
                    ": both count as one source." }
            }
        }
    })
}
