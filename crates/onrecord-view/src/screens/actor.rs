//! An actor: how pages write its name, its offices, what it said and did, what was done to it,
//! where it stands, what outlets call it.

mod parts;

use maud::html;
use onrecord_record::{Map, table_named};
use serde_json::{Value, json};

use crate::error::Fault;
use crate::listing::{self, Wanted, whole_of_actor};
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View, list, text};

/// Rows of a kind that are shown; the rest is behind a link.
const SHOWN: usize = 6;
/// Rows are counted no further.
const MOST: u64 = 10_000;

/// All of an actor on one page.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let asked = view.id().unwrap_or_default();
    let mut found = view
        .record
        .row(asked)?
        .filter(|(table, _)| table == "actors");
    if found.is_none() && asked.starts_with("ac-") {
        // One that was joined to another means that one.
        if let [one] = view.record.joined_to(asked)?.as_slice() {
            return Ok(Reply::See(format!("/actor/{one}")));
        }
        found = None;
    }
    let Some((_, row)) = found else {
        return Err(Fault::NotThere(format!(
            "No actor of the record has the id {asked}."
        )));
    };
    let id = text(&row, "actor_id").to_owned();
    if id != asked {
        return Ok(Reply::See(format!("/actor/{id}{}", view.form.ending())));
    }
    let events = rows(view, "events", &id, 60)?;
    let done: Vec<&Map> = events
        .iter()
        .filter(|e| list(e, "actor_ids").any(|a| a == id))
        .collect();
    let to: Vec<&Map> = events
        .iter()
        .filter(|e| list(e, "recipient_ids").any(|a| a == id))
        .collect();
    let said = view.ask(
        "select * from statements where speaker_id = ?1 order by date desc limit ?2",
        &[json!(id), json!(SHOWN)],
    )?;
    let said = crate::view::typed("statements", said);
    if view.form == Form::Json {
        return Ok(Reply::Json(json!({
            "actor": row, "said": said, "done": done, "done_to": to,
            "positions": parts::positions_of(view, &id)?, "framings": parts::framings_of(view, &id)?,
        })));
    }
    let name = text(&row, "name").to_owned();
    let outlooks = rows(view, "outlooks", &id, SHOWN as u64)?;
    let main = html! {
        p.crumb { (tell::sign("actors")) " " (text(&row, "kind")) " " code { (id) }
            " " a href={ "/actor/" (id) ".json" } { "JSON" } }
        h1 dir="auto" { (shown::whole(&name)) }
        p {
            @if row["named"] == Value::Bool(false) { span.badge { "known by description only" } " " }
            @if let Some(country) = row["country"].as_str() { span.badge { (shown::text(country)) } " " }
            @for sector in list(&row, "sectors") { span.badge { (shown::text(sector)) } " " }
            @if let Some(item) = row["wikidata"].as_str() { span.quiet { "Wikidata " code { (shown::text(item)) } } }
        }
        ul.numbers {
            @for (table, prefix) in [("statements", "st"), ("events", "ev"), ("positions", "po"), ("outlooks", "ou"), ("framings", "fr"), ("relations", "re")] {
                @let n = whole_of_actor(view, prefix, &id, MOST)?;
                @if n > 0 {
                    li { a href={ "/search?table=" (table) "&actor=" (id) } {
                        strong { (shown::thousands(n)) @if n == MOST { "+" } } " " (tell::sign(table)) " " (table)
                    } }
                }
            }
            li { a href={ "/timeline?actor=" (id) } { "Timeline" } }
            li { a href={ "/network?actor=" (id) } { "Network" } }
        }
        div.columns {
            (parts::names(view, &id)?)
            (parts::roles(&row)?)
            (parts::positions(view, &id)?)
            (parts::framings(view, &id)?)
            (parts::ties(view, &id)?)
        }
        (section(view, "Statements", "statements", said.iter().collect(), &format!("/search?table=statements&speaker_id={id}"))?)
        (section(view, "Acts", "events", done, &format!("/search?table=events&actor={id}&actor_ids={id}"))?)
        (section(view, "Acts upon this actor", "events", to, &format!("/search?table=events&actor={id}&recipient_ids={id}"))?)
        (section(view, "Announcements", "outlooks", outlooks.iter().collect(), &format!("/outlooks?actor={id}"))?)
    };
    Reply::page(name, main)
}

fn rows(view: &View<'_>, table: &str, id: &str, most: u64) -> Result<Vec<Map>, Fault> {
    let Some(table) = table_named(table) else {
        return Ok(Vec::new());
    };
    let wanted = Wanted {
        actors: vec![id.to_owned()],
        ..Wanted::all(table)
    };
    listing::first(view, &wanted, most)
}

fn section(
    view: &View<'_>,
    head: &str,
    table: &str,
    rows: Vec<&Map>,
    all: &str,
) -> Result<maud::Markup, Fault> {
    if rows.is_empty() {
        return Ok(html! {});
    }
    let items: Vec<maud::Markup> = rows
        .iter()
        .take(SHOWN)
        .map(|row| tell::item(view, table, row))
        .collect::<Result<_, _>>()?;
    Ok(html! {
        section {
            h2 { (head) }
            ol.rows { @for item in &items { (item) } }
            p { a href=(all) { "All" } }
        }
    })
}
