//! Cards in the margin: what is claimed, and where it is explained.

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::Value;

use crate::error::Fault;
use crate::tell;
use crate::view::View;

/// So many are open at once; more are behind a summary.
const OPEN: usize = 3;

/// A card for each row.
pub(super) fn cards(view: &View<'_>, rows: &[(&'static str, &Map)]) -> Result<Markup, Fault> {
    let all: Vec<Markup> = rows
        .iter()
        .map(|(table, row)| card(view, table, row))
        .collect::<Result<_, _>>()?;
    let (open, rest) = all.split_at(all.len().min(OPEN));
    Ok(html! {
        ul { @for card in open { (card) } }
        @if !rest.is_empty() {
            details { summary { (rest.len()) " more" } ul { @for card in rest { (card) } } }
        }
    })
}

fn card(view: &View<'_>, table: &'static str, row: &Map) -> Result<Markup, Fault> {
    let id = tell::id_of(row);
    let asked = view.params.get("row") == Some(id);
    let seen = tell::reviewed(view, id)?;
    Ok(html! {
        li.card.row.{ "row-" (table) }.asked[asked] #{ "card-" (id) } data-row=(id) {
            p.claim { (tell::sign(table)) " " (tell::claim(view, table, row)?) }
            p.source {
                a href={ "/row/" (id) } { "Why is this here?" }
                @if let Some(sure) = row.get("confidence").and_then(Value::as_f64) {
                    " " span.sure { (format!("{:.0} %", sure * 100.0)) }
                }
                @if row.contains_key("made_by") {
                    " " @if seen { span.seen { "● reviewed" } } @else { span.unseen { "○ unreviewed" } }
                }
            }
        }
    })
}
