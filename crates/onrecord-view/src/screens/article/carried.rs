//! Which articles carry sentences of this one, or have theirs from it.

use maud::{Markup, html};
use serde_json::json;

use crate::error::Fault;
use crate::shown;
use crate::view::{View, number, some, text};

/// Which articles have sentences in common with this one.
pub(super) fn carried(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let rows = view.ask(
        "select r.reprint_id, r.kind, r.share, r.wire, r.direction, 1 as has, a.article_id,
                a.publisher, a.published, a.title, json_array_length(r.sentence_ids) as n
         from reprints r join articles a on a.article_id = r.from_article_id
         where r.article_id = ?1
         union all
         select r.reprint_id, r.kind, r.share_of_from, r.wire, r.direction, 0, a.article_id,
                a.publisher, a.published, a.title, json_array_length(r.sentence_ids)
         from reprints r join articles a on a.article_id = r.article_id
         where r.from_article_id = ?1
         order by 3 desc, 1 limit 12",
        &[json!(id)],
    )?;
    Ok(html! {
        @if !rows.is_empty() {
            details.carried {
                summary { "Sentences in common with " (shown::count(rows.len() as u64, "article")) }
                ul.plain {
                    @for row in &rows {
                        li {
                            (shown::count(number(row, "n").unsigned_abs(), "sentence"))
                            " (" ((row["share"].as_f64().unwrap_or_default() * 100.0).round()) " % of its words) "
                            @if text(row, "direction") == "unknown" { "also in " } @else if number(row, "has") == 1 { "from " } @else { "carried by " }
                            a href={ "/article/" (text(row, "article_id")) } { (shown::name(some(row, "title").unwrap_or("an article without a title"))) }
                            @if let Some(outlet) = some(row, "publisher") { ", " (shown::name(outlet)) }
                            ", " (shown::date(some(row, "published"))) " "
                            a href={ "/row/" (text(row, "reprint_id")) } { span.badge { (shown::word(text(row, "kind"))) } }
                            @if let Some(wire) = some(row, "wire") { " " span.badge { (shown::name(wire)) } }
                        }
                    }
                }
            }
        }
    })
}
