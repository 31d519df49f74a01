//! `events`.

use rusqlite::params;
use serde_json::json;

use super::{ArticleRows, Writer};
use crate::error::Fault;
use crate::values;

pub(crate) fn write(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for event in &rows.reading.events {
        let id = event.id.as_str();
        let spans = json!({
            "trigger": rows.points(event.trigger, id)?,
            "actor": rows.all_points(&event.actor_spans, id)?,
            "recipient": rows.all_points(&event.recipient_spans, id)?,
        });
        let (date, precision) = values::date(event.date);
        w.insert(
            "events",
            id,
            params![
                id,
                rows.article.id,
                rows.sentence(event.sentence, id)?,
                rows.words(event.trigger, id)?,
                spans.to_string(),
                event.event_type.name(),
                event.mode,
                event.quad,
                f64::from(event.intensity) / 10.0,
                event.cameo,
                values::list(&event.actors),
                values::list(&event.recipients),
                event.place,
                date,
                precision,
                event.status.name(),
                event.attributed_to,
                event.statement,
                event.made_by,
                event.confidence.value(),
                None::<&str>,
            ],
        )?;
        let parts = event
            .actors
            .iter()
            .chain(&event.recipients)
            .chain(&event.attributed_to);
        w.takes_part(id, parts)?;
    }
    Ok(())
}
