//! The actors, the most mentioned first.

use maud::html;
use onrecord_record::Map;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::listing::SIZE;
use crate::reply::Reply;
use crate::shown;
use crate::view::{Form, View, number, text, typed};

const COLUMNS: [&str; 8] = [
    "actor_id", "name", "kind", "named", "country", "sectors", "mentions", "forms",
];

const COUNTED: &str = "
    select m.actor_id, a.name, a.kind, a.named, a.country, a.sectors, m.mentions
    from _mentioned m join actors a on a.actor_id = m.actor_id
    where (?1 is null or a.kind = ?1) and (?2 is null or a.country = ?2 collate nocase)
    order by m.mentions desc, a.name, a.actor_id limit ?3 offset ?4";

/// The names of an actor, from one to the next in the index: as many steps as there are names.
const FORMS: &str = "
    with recursive form(it) as (
        select min(text) from mentions where actor_id = ?1 and kind = 'name'
        union all
        select (select min(text) from mentions
                where actor_id = ?1 and kind = 'name' and text > it) from form
        where it is not null limit 200)
    select count(it) from form";

/// A table of them; with words, those whose name holds the words.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let size = view
        .params
        .number(
            "size",
            if view.form == Form::Html { SIZE } else { 1000 },
            10_000,
        )
        .max(1);
    let page = view.params.number("page", 1, 10_000).max(1);
    let kind = view.params.get("kind");
    let country = view.params.get("country");
    let mut rows = match view.params.get("q") {
        Some(words) => named(view, words, kind)?,
        None => {
            let values = [
                json!(kind),
                json!(country),
                json!(size + 1),
                json!((page - 1) * size),
            ];
            typed("actors", view.ask(COUNTED, &values)?)
        }
    };
    let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let next = rows.len() > at(size);
    rows.truncate(at(size));
    for row in &mut rows {
        let forms = view.count(FORMS, &[json!(text(row, "actor_id"))])?;
        row.insert("forms".to_owned(), json!(forms));
    }
    let to = |page: u64, form| view.address(form, &view.params.with("page", &page.to_string()));
    if view.form != Form::Html {
        return Ok(Reply::Rows {
            columns: COLUMNS.map(str::to_owned).into(),
            rows,
            next: next.then(|| to(page + 1, view.form)),
        });
    }
    let kinds = [
        "person",
        "organization",
        "government",
        "military",
        "legislature",
        "group",
        "media",
    ];
    let main = html! {
        h1 { "Actors" }
        form.inline action="/actors" {
            label { "Name " input type="search" name="q" value=(view.params.get("q").unwrap_or_default())
                dir="auto" maxlength="200"; }
            " " label { "Kind " select name="kind" {
                option value="" { "any" }
                @for one in kinds { option value=(one) selected[kind == Some(one)] { (one) } }
            } }
            " " button { "Show" }
        }
        @if rows.is_empty() { p.told { "No actor fits." } }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Actors" {
                table {
                    thead { tr {
                        th scope="col" { "Actor" } th scope="col" { "Kind" } th scope="col" { "Country" }
                        th.n scope="col" { "Mentions" } th.n scope="col" { "Names as written" }
                    } }
                    tbody {
                        @for row in &rows {
                            tr.row data-row=(text(row, "actor_id")) {
                                th scope="row" { a href={ "/actor/" (text(row, "actor_id")) } { (shown::name(text(row, "name"))) } }
                                td { (text(row, "kind")) @if row["named"] == Value::Bool(false) { ", by description only" } }
                                td { (shown::text(text(row, "country"))) }
                                td.n { (shown::thousands(number(row, "mentions").unsigned_abs())) }
                                td.n { (number(row, "forms")) }
                            }
                        }
                    }
                }
            }
            nav.pager aria-label="Pages of the list" {
                @if page > 1 { a rel="prev" href=(to(page - 1, Form::Html)) { "← Previous" } }
                span { "Page " (page) }
                @if next { a rel="next" href=(to(page + 1, Form::Html)) { "Next →" } }
                span.files { "This list as " a href=(view.address(Form::Csv, view.params)) { "CSV" } " or "
                    a href=(view.address(Form::Json, view.params)) { "JSON" } }
            }
        }
    };
    Reply::page("Actors", main)
}

/// The actors with a name like this.
fn named(view: &View<'_>, words: &str, kind: Option<&str>) -> Result<Vec<Map>, Fault> {
    let mut found = view.record.find_actors(words)?;
    found.retain(|row| kind.is_none_or(|kind| text(row, "kind") == kind));
    found.truncate(200);
    for row in &mut found {
        let mentions = view.record.mentions_of(text(row, "actor_id"))?;
        row.insert("mentions".to_owned(), json!(mentions));
    }
    found.sort_by_key(|row| {
        (
            std::cmp::Reverse(number(row, "mentions")),
            text(row, "name").to_owned(),
        )
    });
    Ok(found)
}
