//! `actors`, `mentions`, `relations`.

use std::collections::BTreeMap;

use onrecord_model::Role;
use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::{ArticleRows, Writer};
use crate::error::Fault;
use crate::{schema, values};

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
        w.actors.extend(mention.actor.clone());
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

/// Makes the row of an actor from all pages that name it, or takes it away where none does.
///
/// Aliases are the name mentions, looked up one distinct form at a time, so that the cost
/// does not grow with the number of pages. Where pages differ on a column, the variant that
/// comes first in the alphabet is taken.
pub(crate) fn rebuild(tx: &Transaction<'_>, actor_id: &str) -> Result<(), Fault> {
    let mut variants = Vec::new();
    {
        let mut query = tx.prepare_cached(
            "select data from _variants where kind = 'actors' and row_id = ? order by data",
        )?;
        let mut found = query.query([actor_id])?;
        while let Some(row) = found.next()? {
            variants.extend(serde_json::from_str::<Value>(
                row.get_ref(0)?.as_str().unwrap_or(""),
            ));
        }
    }
    let Some(first) = variants.first() else {
        tx.prepare_cached("delete from actors where actor_id = ?")?
            .execute([actor_id])?;
        return Ok(());
    };
    let mut roles: BTreeMap<String, Option<String>> = BTreeMap::new();
    for office in variants.iter().filter_map(|v| v[6].as_array()).flatten() {
        roles.insert(office.to_string(), None);
    }
    roles.extend(text_roles(tx, actor_id)?);
    let roles: Vec<Value> = roles
        .into_iter()
        .map(|(office, sentence_id)| {
            let office: Value = serde_json::from_str(&office).unwrap_or_default();
            json!({
                "title": office[0],
                "of": office[1],
                "from": office[2],
                "to": office[3],
                "sentence_id": sentence_id,
            })
        })
        .collect();
    let aliases = values::list(&aliases(tx, actor_id)?);
    let roles = Value::from(roles).to_string();
    let sectors = first[4].to_string();
    let row = (
        first[0].as_str(),
        first[1].as_str(),
        first[2].as_bool(),
        first[3].as_str(),
        &sectors,
        &aliases,
        &roles,
        first[5].as_str(),
    );
    // A row that stays as it is costs no write.
    let same = tx
        .prepare_cached(
            "select 1 from actors where actor_id = ? and name is ? and kind is ? and named is ?
             and country is ? and sectors is ? and aliases is ? and roles is ? and wikidata is ?",
        )?
        .exists(params![
            actor_id, row.0, row.1, row.2, row.3, row.4, row.5, row.6, row.7
        ])?;
    if !same {
        let insert = schema::insert("actors").replacen("insert", "insert or replace", 1);
        tx.prepare_cached(&insert)?.execute(params![
            actor_id, row.0, row.1, row.2, row.3, row.4, row.5, row.6, row.7
        ])?;
    }
    Ok(())
}

fn aliases(tx: &Transaction<'_>, actor_id: &str) -> Result<Vec<String>, Fault> {
    let mut query = tx.prepare_cached(
        "with recursive form(text) as (
             select min(text) from mentions where actor_id = ?1 and kind = 'name'
             union all
             select (select min(m.text) from mentions m
                     where m.actor_id = ?1 and m.kind = 'name' and m.text > form.text)
             from form where form.text is not null
         ) select text from form where text is not null",
    )?;
    let found = query.query_map([actor_id], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Offices that the text states, each with the sentence whose id is the smallest.
fn text_roles(
    tx: &Transaction<'_>,
    actor_id: &str,
) -> Result<Vec<(String, Option<String>)>, Fault> {
    let mut query = tx.prepare_cached(
        "with recursive office(role) as (
             select min(role) from _text_roles where actor_id = ?1
             union all
             select (select min(t.role) from _text_roles t
                     where t.actor_id = ?1 and t.role > office.role)
             from office where office.role is not null
         )
         select role, (select min(t.sentence_id) from _text_roles t
                       where t.actor_id = ?1 and t.role = office.role)
         from office where role is not null",
    )?;
    let found = query.query_map([actor_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}
