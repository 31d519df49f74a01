//! What people changed of a row.

use maud::{Markup, html};
use serde_json::{Value, json};

use crate::error::Fault;
use crate::shown;
use crate::view::{View, some, text};

/// Its corrections, the first first.
pub(super) fn section(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let rows = view.ask(
        "select correction_id, field, was, \"is\" as new, by, at, why, applied from corrections
         where row_key = ?1 order by rowid limit 50",
        &[json!(id)],
    )?;
    Ok(html! {
        section {
            h2 { "History" }
            @if rows.is_empty() { p { span.unseen { "○ unreviewed" } ": nobody has looked at it yet." } }
            ol.plain {
                @for row in &rows {
                    li {
                        (shown::date(some(row, "at").and_then(|at| at.get(..10)))) ", "
                        (shown::name(some(row, "by").unwrap_or("somebody"))) ": "
                        strong { (shown::word(text(row, "field"))) }
                        @if let Some(was) = some(row, "was") { " " (shown::name(was)) }
                        @if let Some(new) = some(row, "new") { " → " (shown::name(new)) }
                        @if let Some(why) = some(row, "why") { " (" (shown::text(why)) ")" }
                        @if row["applied"] == Value::from(0) { " " span.badge { "not in force" } }
                    }
                }
            }
        }
    })
}
