//! The parts of an actor's page.

use std::collections::BTreeMap;

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::forms;
use crate::shown;
use crate::tell;
use crate::view::{View, number, some, text};

/// Above so many mentions, how each form came to the actor is not looked up.
const EXPLAINED: i64 = 5_000;
const FORMS: usize = 12;
/// Rows of an actor that a summary reads.
const READ: u64 = 5000;

/// The names as pages write them, and why they are taken for one.
pub(super) fn names(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let counts = forms::of(view, id, 60)?;
    let all: i64 = counts.iter().map(|row| number(row, "mentions")).sum();
    let mut why: BTreeMap<String, String> = BTreeMap::new();
    if all < EXPLAINED {
        for form in view.record.forms_of(id)? {
            let reasons: Vec<String> = form.joined.iter().map(|j| j.reason.clone()).collect();
            let made = form.made_by.join(", ");
            let told = if reasons.is_empty() {
                format!("as read: {made}")
            } else {
                reasons.join("; ")
            };
            why.insert(form.form, told);
        }
    }
    let line = |row: &Map| {
        let form = text(row, "form");
        html! {
            li {
                (shown::name(form)) " " span.n { (forms::count(row)) }
                @if let Some(why) = why.get(form) { br; span.quiet { (shown::text(why)) } }
            }
        }
    };
    let (first, rest) = counts.split_at(counts.len().min(FORMS));
    Ok(html! {
        section {
            h2 { "Names as written" }
            @if counts.is_empty() { p { "Mentioned by descriptions and pronouns only." } }
            ul.plain { @for row in first { (line(row)) } }
            @if !rest.is_empty() { details { summary { (rest.len()) " more" } ul.plain { @for row in rest { (line(row)) } } } }
            p { a href={ "/names?actor=" (id) } { "Merge, split or rename" } }
        }
    })
}

/// Offices, with dates and where they were read.
pub(super) fn roles(row: &Map) -> Result<Markup, Fault> {
    let roles: Vec<&Value> = row
        .get("roles")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .take(30)
        .collect();
    let part = |role: &Value, name: &str| role[name].as_str().unwrap_or_default().to_owned();
    Ok(html! {
        @if !roles.is_empty() {
            section {
                h2 { "Offices" }
                ul.plain {
                    @for role in &roles {
                        li {
                            (shown::name(&part(role, "title")))
                            @if !part(role, "of").is_empty() { ", " (shown::name(&part(role, "of"))) }
                            @if !(part(role, "from").is_empty() && part(role, "to").is_empty()) {
                                " (" (shown::text(&part(role, "from"))) "–" (shown::text(&part(role, "to"))) ")"
                            }
                            " "
                            @match role["sentence_id"].as_str() {
                                Some(sentence) => a href={ "/row/" (sentence) } { "sentence" },
                                None => span.quiet { "from the lexicon" },
                            }
                        }
                    }
                }
            }
        }
    })
}

/// Stands by issue and stance, with counts and dates.
pub(super) fn positions_of(view: &View<'_>, id: &str) -> Result<Vec<Map>, Fault> {
    view.ask(
        "select p.issue, p.stance, count(*) as times, min(p.date) as first, max(p.date) as last
         from (select row_id from _row_actors where actor_id = ?1 and row_id >= 'po-'
               and row_id < 'po.' limit ?2) x
         cross join positions p on p.position_id = x.row_id
         where p.actor_id = ?1 group by 1, 2 order by 1, 3 desc limit 60",
        &[json!(id), json!(READ)],
    )
}

pub(super) fn positions(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let rows = positions_of(view, id)?;
    Ok(html! {
        @if !rows.is_empty() {
            section {
                h2 { "Positions" }
                ul.plain {
                    @for row in &rows {
                        li {
                            (tell::stance(text(row, "stance"))) " "
                            a href={ "/positions/" (text(row, "issue")) } { (shown::text(&shown::word(text(row, "issue")))) }
                            ", " a href={ "/search?table=positions&actor_id=" (id) "&issue=" (text(row, "issue")) "&stance=" (text(row, "stance")) } {
                                (shown::count(number(row, "times").unsigned_abs(), "sentence")) }
                            @if let Some(first) = some(row, "first") {
                                span.quiet { ", " (first) @if some(row, "last") != Some(first) { " to " (text(row, "last")) } }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// What it is called, by tone and outlet: of labels that differ in case alone, the words of the
/// row that is named (SQLite takes bare columns from the row of the smallest id).
pub(super) fn framings_of(view: &View<'_>, id: &str) -> Result<Vec<Map>, Fault> {
    view.ask(
        "select f.label, f.tone, f.publisher, f.voice = 'narrator' as own,
                count(*) as times, min(f.framing_id) as framing_id
         from (select row_id from _row_actors where actor_id = ?1 and row_id >= 'fr-'
               and row_id < 'fr.' limit ?2) x
         cross join framings f on f.framing_id = x.row_id
         where f.actor_id = ?1 group by lower(f.label), 2, 3, 4 order by 5 desc, 1, 3 limit 30",
        &[json!(id), json!(READ)],
    )
}

pub(super) fn framings(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let rows = framings_of(view, id)?;
    Ok(html! {
        @if !rows.is_empty() {
            section {
                h2 { "Called" }
                ul.plain {
                    @for row in &rows {
                        li {
                            a href={ "/row/" (text(row, "framing_id")) } { "“" (shown::name(text(row, "label"))) "”" }
                            " " span.badge.{ "tone-" (text(row, "tone")) } { (text(row, "tone")) }
                            " by " (shown::name(some(row, "publisher").unwrap_or("an article without an outlet")))
                            @if number(row, "own") == 0 { ", in the words of somebody it quotes" }
                            @if number(row, "times") > 1 { " " span.n { "× " (number(row, "times")) } }
                        }
                    }
                }
            }
        }
    })
}

/// Lasting ties to other actors.
pub(super) fn ties(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let rows = view.ask(
        "select r.subject_id, r.predicate, r.object_id, count(*) as times, min(r.relation_id) as relation_id
         from (select row_id from _row_actors where actor_id = ?1 and row_id >= 're-'
               and row_id < 're.' limit ?2) x
         cross join relations r on r.relation_id = x.row_id
         group by 1, 2, 3 order by 4 desc, 2 limit 30",
        &[json!(id), json!(READ)],
    )?;
    let mut lines = Vec::new();
    for row in &rows {
        lines.push(html! {
            li {
                (view.names.link(text(row, "subject_id"))?) " " strong { (shown::word(text(row, "predicate"))) } " "
                (view.names.link(text(row, "object_id"))?) " "
                a href={ "/row/" (text(row, "relation_id")) } { "why" }
                @if number(row, "times") > 1 { " " span.n { "× " (number(row, "times")) } }
            }
        });
    }
    Ok(html! {
        @if !lines.is_empty() {
            section { h2 { "Ties" } ul.plain { @for line in &lines { (line) } } }
        }
    })
}
