//! What people changed of a row.

use maud::{Markup, html};
use onrecord_record::State;

use crate::error::Fault;
use crate::shown;
use crate::view::View;

/// Its corrections, the first first.
pub(super) fn section(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let rows = view.record.corrections_of(id)?;
    Ok(html! {
        section {
            h2 { "History" }
            @if rows.is_empty() { p { span.unseen { "○ unreviewed" } ": nobody has looked at it yet." } }
            ol.plain {
                @for (line, state) in rows.iter().take(50) {
                    li {
                        (shown::date(line.at.as_deref().and_then(|at| at.get(..10)))) ", "
                        (shown::name(line.by.as_deref().unwrap_or("somebody"))) ": "
                        strong { (shown::word(&line.field)) }
                        @if let Some(was) = &line.was { " " (shown::name(was)) }
                        @if let Some(new) = &line.is { " → " (shown::name(new)) }
                        @if let Some(why) = &line.why { " (" (shown::text(why)) ")" }
                        " " span.badge { (state.name()) }
                        @if *state == State::Applied && view.write {
                            " " form.in-line method="post" action="/correct" {
                                input type="hidden" name="what" value="undo";
                                input type="hidden" name="correction" value=(line.id);
                                input type="hidden" name="back" value={ "/row/" (id) };
                                button { "Take back" }
                            }
                        }
                    }
                }
            }
        }
    })
}
