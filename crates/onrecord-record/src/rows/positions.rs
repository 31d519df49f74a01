//! `positions`, `outlooks`, `framings`.

use onrecord_model::{Evidence, Outcome, Voice};
use rusqlite::params;

use super::{ArticleRows, Writer};
use crate::error::Fault;
use crate::values;

pub(crate) fn write(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    positions(w, rows)?;
    outlooks(w, rows)?;
    framings(w, rows)
}

fn positions(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for position in &rows.reading.positions {
        let id = position.id.as_str();
        let (date, precision) = values::date(position.date);
        let (statement, event) = match &position.evidence {
            Evidence::Statement(id) => (Some(id), None),
            Evidence::Event(id) => (None, Some(id)),
            Evidence::Sentence => (None, None),
        };
        w.insert(
            "positions",
            id,
            params![
                id,
                position.issue,
                position.actor,
                position.stance.name(),
                position.scope,
                date,
                precision,
                position.according_to,
                statement,
                event,
                rows.sentence(position.sentence, id)?,
                position.made_by,
                position.confidence.value(),
            ],
        )?;
        w.takes_part(
            id,
            [&position.actor].into_iter().chain(&position.according_to),
        )?;
    }
    Ok(())
}

fn outlooks(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for outlook in &rows.reading.outlooks {
        let id = outlook.id.as_str();
        let outcome = outlook.outcome.name();
        let told_in = values::list(&outlook.outcome_sentences);
        let new = w.insert(
            "outlooks",
            id,
            params![
                id,
                outlook.actor,
                outlook.outlook_type.name(),
                rows.words(outlook.content, id)?,
                rows.sentence(outlook.sentence, id)?,
                outlook.statement,
                values::date(outlook.made).0,
                outlook
                    .horizon
                    .map(|span| rows.words(span, id))
                    .transpose()?,
                outcome,
                told_in,
                outlook.outcome_note,
            ],
        )?;
        w.takes_part(id, [&outlook.actor])?;
        if new && outlook.outcome != Outcome::Open {
            w.tx.prepare_cached("insert or replace into _own_outcomes values (?, ?, ?, ?)")?
                .execute(params![id, outcome, told_in, outlook.outcome_note])?;
        }
    }
    Ok(())
}

fn framings(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for framing in &rows.reading.framings {
        let id = framing.id.as_str();
        let [start, end] = rows.points(framing.label, id)?;
        let (voice, speaker) = match &framing.voice {
            Voice::Narrator => ("narrator", None),
            Voice::Actor(actor) => (actor.as_str(), Some(actor)),
        };
        w.insert(
            "framings",
            id,
            params![
                id,
                rows.article.id,
                rows.sentence(framing.sentence, id)?,
                rows.article.publisher,
                framing.actor,
                rows.words(framing.label, id)?,
                start,
                end,
                voice,
                framing.tone.name(),
            ],
        )?;
        w.takes_part(id, [&framing.actor].into_iter().chain(speaker))?;
    }
    Ok(())
}
