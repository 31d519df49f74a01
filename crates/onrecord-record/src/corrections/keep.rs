//! A row that its page no longer gives, as a person left it.

use onrecord_model::Id;
use rusqlite::OptionalExtension;
use serde_json::{Value, json};

use super::find::{OnPage, sentence_ids};
use super::{Anchor, Correction, rows};
use crate::Map;
use crate::error::Fault;

/// The row to put in again: its sentences must stand on the page, its words where they say,
/// and its actors in the record. `None` if they do not.
pub(super) fn row(
    page: &OnPage<'_>,
    correction: &Correction,
    on: &Anchor,
) -> Result<Option<Map>, Fault> {
    let (Some(table), Some(sentences)) = (on.shape(), page.sentences(on)) else {
        return Ok(None);
    };
    let Some(first) = sentences.first() else {
        return Ok(None);
    };
    let tx = page.tx();
    let (article, start): (Id, i64) = tx
        .prepare_cached("select article_id, start from sentences where sentence_id = ?")?
        .query_row([first], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let text: String = tx
        .prepare_cached("select text from articles where article_id = ?")?
        .query_row([&article], |row| row.get(0))?;

    let mut row = on.row.clone();
    let old = sentence_ids(&on.row);
    let moved = old.first() != Some(first);
    if moved && !put_back(&mut row, &text, start) {
        return Ok(None);
    }
    if row.contains_key("sentence_ids") {
        row.insert("sentence_ids".to_owned(), json!(sentences));
    }
    if row.contains_key("sentence_id") {
        row.insert("sentence_id".to_owned(), first.clone().into());
    }
    if row.contains_key("article_id") {
        row.insert("article_id".to_owned(), article.into());
    }
    if !stands(&row, table.name, &text) {
        return Ok(None);
    }
    for actor in rows::actors_in(table, &row) {
        let there = tx
            .prepare_cached("select 1 from _variants where kind = 'actors' and row_id = ?")?
            .exists([&actor])?;
        if !there {
            return Ok(None);
        }
    }
    for (column, other, key) in [
        ("statement_id", "statements", "statement_id"),
        ("event_id", "events", "event_id"),
        ("nested_in", "statements", "statement_id"),
        ("place_id", "places", "place_id"),
    ] {
        let Some(id) = row.get(column).and_then(Value::as_str) else {
            continue;
        };
        let sql = format!("select 1 from {other} where {key} = ?");
        let there: Option<i64> = tx
            .prepare_cached(&sql)?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if there.is_none() && column != table.key() {
            row.insert(column.to_owned(), Value::Null);
        }
    }
    if row.contains_key("story_id") {
        row.insert("story_id".to_owned(), Value::Null);
    }
    if row.contains_key("made_by") {
        row.insert(
            "made_by".to_owned(),
            format!("correction:{}", correction.id).into(),
        );
    }
    Ok(Some(row))
}

/// Moves the row's places by as much as its sentence has moved; false if that cannot be told.
fn put_back(row: &mut Map, text: &str, start: i64) -> bool {
    // The first words of the row tell how far it stood from the beginning of the text.
    let Some((at, words)) = first_words(row) else {
        return true;
    };
    let Some(now) = find_from(text, &words, start) else {
        return false;
    };
    let by = now - at;
    if let Some(spans) = row.get_mut("spans") {
        shift(spans, by);
    }
    for column in ["start", "end"] {
        if let Some(Value::Number(place)) = row.get(column) {
            let place = place.as_i64().unwrap_or_default() + by;
            row.insert(column.to_owned(), place.into());
        }
    }
    true
}

fn shift(value: &mut Value, by: i64) {
    match value {
        Value::Number(place) => *value = (place.as_i64().unwrap_or_default() + by).into(),
        Value::Array(all) => all.iter_mut().for_each(|v| shift(v, by)),
        Value::Object(all) => all.values_mut().for_each(|v| shift(v, by)),
        _ => {}
    }
}

/// Where words of the row stood, and which.
fn first_words(row: &Map) -> Option<(i64, String)> {
    let text = |column: &str| row.get(column).and_then(Value::as_str).map(str::to_owned);
    if let Some(spans) = row.get("spans") {
        if let Some(words) = text("trigger") {
            return Some((spans["trigger"][0].as_i64()?, words));
        }
        let words = row.get("content")?.get(0)?.as_str()?.to_owned();
        return Some((spans["content"][0][0].as_i64()?, words));
    }
    let start = row.get("start")?.as_i64()?;
    Some((start, text("label").or_else(|| text("text"))?))
}

/// The code point from which words stand in a text, not before `from`.
fn find_from(text: &str, words: &str, from: i64) -> Option<i64> {
    let from = usize::try_from(from).ok()?;
    let (byte, _) = text.char_indices().nth(from)?;
    let found = byte + text[byte..].find(words)?;
    i64::try_from(text[..found].chars().count()).ok()
}

/// Whether the words of a row stand where it says.
fn stands(row: &Map, table: &str, text: &str) -> bool {
    let at = |place: &Value| -> Option<String> {
        let start = usize::try_from(place[0].as_i64()?).ok()?;
        let end = usize::try_from(place[1].as_i64()?).ok()?;
        Some(
            text.chars()
                .skip(start)
                .take(end.checked_sub(start)?)
                .collect(),
        )
    };
    let is = |place: &Value, words: &Value| at(place).as_deref() == words.as_str();
    let cell = |column: &str| row.get(column).cloned().unwrap_or_default();
    match table {
        "events" => is(&cell("spans")["trigger"], &cell("trigger")),
        "statements" => {
            let (places, words) = (cell("spans")["content"].clone(), cell("content"));
            let (Some(places), Some(words)) = (places.as_array(), words.as_array()) else {
                return false;
            };
            places.len() == words.len() && places.iter().zip(words).all(|(p, w)| is(p, w))
        }
        "framings" => is(&json!([cell("start"), cell("end")]), &cell("label")),
        "mentions" => is(&json!([cell("start"), cell("end")]), &cell("text")),
        "outlooks" => cell("content")
            .as_str()
            .is_some_and(|words| text.contains(words)),
        _ => true,
    }
}
