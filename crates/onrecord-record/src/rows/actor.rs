//! The row of an actor, made from all pages that name it and all actors joined to it.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};

use crate::error::Fault;
use crate::joins::{Known, fate_of};
use crate::{names, schema, values};

/// Makes the row of an actor, or takes it away where no page names the actor.
///
/// Aliases are the name mentions, looked up one distinct form at a time, so that the cost
/// does not grow with the number of pages. Where pages differ on a column, the variant that
/// comes first in the alphabet is taken; of joined actors, those of the one that stays.
pub(crate) fn rebuild(tx: &Transaction<'_>, actor_id: &str) -> Result<(), Fault> {
    let aliases = aliases(tx, actor_id)?;
    let Some(sources) = Sources::of(tx, actor_id, !aliases.is_empty())? else {
        tx.prepare_cached("delete from actors where actor_id = ?")?
            .execute([actor_id])?;
        return names::write(tx, actor_id, []);
    };
    let first = &sources.first;
    let roles: Vec<Value> = sources
        .roles
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
    let name = sources.name.as_deref().or(first[0].as_str());
    let keys = aliases;
    let aliases = values::list(&keys);
    let roles = Value::from(roles).to_string();
    let sectors = first[4].to_string();
    let row = (
        name,
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
        let keys = keys.iter().map(String::as_str).chain(name);
        names::write(tx, actor_id, keys)?;
        let insert = schema::insert("actors").replacen("insert", "insert or replace", 1);
        tx.prepare_cached(&insert)?.execute(params![
            actor_id, row.0, row.1, row.2, row.3, row.4, row.5, row.6, row.7
        ])?;
    }
    Ok(())
}

/// What the row is made from.
struct Sources {
    /// What pages say of the actor: name, kind, named, country, sectors, Wikidata id, offices.
    first: Value,
    /// A name that a person gave.
    name: Option<String>,
    /// Offices, each with a sentence that states it.
    roles: BTreeMap<String, Option<String>>,
}

impl Sources {
    /// `None` where no page names the actor.
    fn of(tx: &Transaction<'_>, actor_id: &str, has_names: bool) -> Result<Option<Sources>, Fault> {
        let mut known = Known::of(tx);
        let mut said: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut roles: BTreeMap<String, Option<String>> = BTreeMap::new();
        let parts = parts(tx, actor_id)?;
        for part in &parts {
            let fate = known.fate(part)?;
            let stays = fate
                .as_ref()
                .is_none_or(|f| f.to.as_deref() == Some(actor_id));
            if stays {
                said.insert(part.clone(), variants(tx, part)?);
            }
            let whole = fate.is_none_or(|fate| fate.is_whole());
            for (office, sentence) in text_roles(tx, part, whole)? {
                if !whole && known.in_article(part, &sentence.1)?.as_deref() != Some(actor_id) {
                    continue;
                }
                let known = roles.entry(office).or_default();
                match known {
                    Some(known) if *known <= sentence.0 => {}
                    _ => *known = Some(sentence.0),
                }
            }
        }
        for office in said
            .values()
            .flatten()
            .filter_map(|v| v[6].as_array())
            .flatten()
        {
            roles.entry(office.to_string()).or_insert(None);
        }
        let given: Option<(String, Option<String>)> = tx
            .prepare_cached("select name, like_id from _given_names where actor_id = ?")?
            .query_row([actor_id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let own = said.get(actor_id).into_iter().flatten().next();
        let first = match own.or_else(|| said.values().flatten().next()) {
            Some(first) => Some(first.clone()),
            None => split_off(tx, given.as_ref().and_then(|(_, like)| like.clone()))?,
        };
        // One who was split off is there while the pages have the form.
        let is_there = has_names || !matches!(given, Some((_, Some(_))));
        Ok(first.filter(|_| is_there).map(|first| Sources {
            first,
            name: given.map(|(name, _)| name),
            roles,
        }))
    }
}

/// What is known of an actor that was split off: the kind of the one from which it was.
fn split_off(tx: &Transaction<'_>, like: Option<String>) -> Result<Option<Value>, Fault> {
    let mut like = like;
    while let Some(id) = like {
        if let Some(first) = variants(tx, &id)?.first() {
            return Ok(Some(json!([first[0], first[1], true, null, [], null, []])));
        }
        // It may have been split off itself.
        like = tx
            .prepare_cached(
                "select like_id from _given_names where actor_id = ?1 and like_id <> ?1",
            )?
            .query_row([&id], |row| row.get(0))
            .optional()?
            .flatten();
    }
    Ok(None)
}

/// The actors of the pages of which an actor is made.
fn parts(tx: &Transaction<'_>, actor_id: &str) -> Result<Vec<String>, Fault> {
    let mut query =
        tx.prepare_cached("select from_id from _parts where to_id = ? order by from_id")?;
    let mut parts: Vec<String> = query
        .query_map([actor_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if fate_of(tx, actor_id)?.is_none() {
        parts.push(actor_id.to_owned());
    }
    Ok(parts)
}

/// What pages say of an actor, each wording once, sorted.
pub(crate) fn variants(tx: &rusqlite::Connection, actor_id: &str) -> Result<Vec<Value>, Fault> {
    let mut query = tx.prepare_cached(
        "select data from _variants where kind = 'actors' and row_id = ? order by data",
    )?;
    let mut found = query.query([actor_id])?;
    let mut variants = Vec::new();
    while let Some(row) = found.next()? {
        variants.extend(serde_json::from_str::<Value>(
            row.get_ref(0)?.as_str().unwrap_or(""),
        ));
    }
    Ok(variants)
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

/// An office, with a sentence that states it and its article.
type TextRole = (String, (String, String));

/// Offices that the text states, each with the sentence whose id is the smallest; with all
/// its sentences where the articles must be looked at.
fn text_roles(tx: &Transaction<'_>, actor_id: &str, whole: bool) -> Result<Vec<TextRole>, Fault> {
    let mut query = tx.prepare_cached(match whole {
        true => {
            "with recursive office(role) as (
                 select min(role) from _text_roles where actor_id = ?1
                 union all
                 select (select min(t.role) from _text_roles t
                         where t.actor_id = ?1 and t.role > office.role)
                 from office where office.role is not null
             )
             select role, (select min(t.sentence_id) from _text_roles t
                           where t.actor_id = ?1 and t.role = office.role), ''
             from office where role is not null"
        }
        false => {
            "select t.role, t.sentence_id, s.article_id
             from _text_roles t join sentences s using (sentence_id)
             where t.actor_id = ? order by 1, 2"
        }
    })?;
    let found = query.query_map([actor_id], |row| {
        Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}
