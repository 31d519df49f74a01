//! `statements`.

use rusqlite::params;
use serde_json::json;

use super::{ArticleRows, Writer};
use crate::error::Fault;
use crate::values;

pub(crate) fn write(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for statement in &rows.reading.statements {
        let id = statement.id.as_str();
        let sentences = if statement.sentences.is_empty() {
            vec![rows.sentence(statement.sentence, id)?]
        } else {
            let numbers = statement.sentences.iter();
            numbers
                .map(|n| rows.sentence(*n, id))
                .collect::<Result<_, _>>()?
        };
        let content: Vec<&str> = statement
            .content
            .iter()
            .map(|s| rows.words(*s, id))
            .collect::<Result<_, _>>()?;
        let spans = json!({
            "speaker": statement.speaker_span.map(|s| rows.points(s, id)).transpose()?,
            "cue": statement.cue.map(|s| rows.points(s, id)).transpose()?,
            "content": rows.all_points(&statement.content, id)?,
        });
        let (date, precision) = values::date(statement.date);
        w.insert(
            "statements",
            id,
            params![
                id,
                rows.article.id,
                values::list(&sentences),
                statement.speaker,
                statement
                    .speaker_span
                    .map(|s| rows.words(s, id))
                    .transpose()?,
                statement.cue.map(|s| rows.words(s, id)).transpose()?,
                values::list(&content),
                spans.to_string(),
                statement.kind.name(),
                statement.addressee,
                values::list(&statement.via),
                statement.nested_in,
                statement.negated,
                statement.source_kind.name(),
                date,
                precision,
                statement.made_by,
                statement.confidence.value(),
                None::<&str>,
            ],
        )?;
        let parts = statement
            .speaker
            .iter()
            .chain(&statement.addressee)
            .chain(&statement.via);
        w.takes_part(id, parts)?;
    }
    Ok(())
}
