//! `actors`, `mentions`, `relations`.

use onrecord_model::Role;
use rusqlite::params;
use serde_json::{Value, json};

use super::{ArticleRows, Writer};
use crate::error::Fault;
use crate::values;

pub(crate) fn write(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    mentions(w, rows)?;
    relations(w, rows)?;
    for actor in &rows.reading.actors {
        let roles = |from_text: bool| {
            actor
                .roles
                .iter()
                .filter(move |role| role.sentence_id.is_some() == from_text)
        };
        let known: Vec<Value> = roles(false).map(office).collect();
        let data = json!([
            actor.name,
            actor.kind.name(),
            actor.named,
            actor.country,
            actor.sectors,
            actor.wikidata,
            known,
        ]);
        w.holds("actors", &actor.id, &data.to_string())?;
        let mut insert =
            w.tx.prepare_cached("insert or ignore into _text_roles values (?, ?, ?, ?)")?;
        for role in roles(true) {
            insert.execute(params![
                actor.id,
                office(role).to_string(),
                role.sentence_id,
                w.page
            ])?;
        }
        w.actors.insert(actor.id.clone());
    }
    Ok(())
}

fn office(role: &Role) -> Value {
    json!([role.title, role.of, role.from, role.to])
}

fn mentions(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for mention in &rows.reading.mentions {
        let [start, end] = rows.points(mention.span, &mention.id)?;
        w.insert(
            "mentions",
            &mention.id,
            params![
                mention.id,
                rows.article.id,
                rows.sentence(mention.sentence, &mention.id)?,
                start,
                end,
                rows.words(mention.span, &mention.id)?,
                mention.kind.name(),
                mention.actor,
                mention.made_by,
                mention.confidence.value(),
            ],
        )?;
        if let Some(actor) = &mention.actor {
            w.parts.push((actor.clone(), mention.id.clone()));
            w.actors.insert(actor.clone());
        }
    }
    Ok(())
}

fn relations(w: &mut Writer<'_>, rows: &ArticleRows<'_>) -> Result<(), Fault> {
    for relation in &rows.reading.relations {
        w.insert(
            "relations",
            &relation.id,
            params![
                relation.id,
                relation.subject,
                relation.predicate.name(),
                relation.object,
                rows.article.id,
                rows.sentence(relation.sentence, &relation.id)?,
                values::date(relation.date).0,
            ],
        )?;
        w.takes_part(&relation.id, [&relation.subject, &relation.object])?;
    }
    Ok(())
}
