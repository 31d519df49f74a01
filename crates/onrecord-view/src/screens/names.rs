//! Who is who: names that may be one actor, and one actor's names to be parted. All of it can
//! be taken back.

use std::collections::BTreeSet;

use maud::{Markup, html};
use onrecord_record::{Change, Map, State};
use serde_json::json;

use super::review::done;
use crate::error::Fault;
use crate::reply::Reply;
use crate::shown;
use crate::view::{Form, View, number, text};

const SHOWN: u64 = 40;

/// The names of one actor, or names that several actors share.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let back = view.address(Form::Html, &view.params.without("done"));
    let actor = match view.params.get("actor") {
        Some(asked) => Some(crate::fields::actor(view.record, asked)?),
        None => None,
    };
    let shared = match actor {
        Some(_) => Vec::new(),
        None => shared(view)?,
    };
    if view.form != Form::Html {
        let columns = ["name", "actors", "actor_ids"].map(str::to_owned).into();
        return Ok(Reply::Rows {
            columns,
            rows: shared,
            next: None,
        });
    }
    let main = html! {
        h1 { "Names" }
        (done(view, &back)?)
        @if !view.write { p.warn { "You can read, not write: open the address with the token that "
            code { "onrecord serve" } " printed at its start." } }
        form.inline action="/names" { label { "Actor " input name="actor" dir="auto" maxlength="200" value=(view.params.get("actor").unwrap_or_default()); } " " button { "Show" } }
        @match &actor {
            Some(id) => (one(view, id, &back)?),
            None => (candidates(view, &shared, &back)?),
        }
        (history(view, &back)?)
    };
    Reply::page("Names", main)
}

/// Names that more than one actor bears, but for two of whom a person said that they are two.
fn shared(view: &View<'_>) -> Result<Vec<Map>, Fault> {
    let mut apart = BTreeSet::new();
    for (correction, state) in view.record.corrections()? {
        if let (Some(Change::Apart { actor, other }), State::Applied) = (correction.change(), state)
        {
            apart.insert(BTreeSet::from([actor, other]));
        }
    }
    let mut rows = view.ask(
        "select key as name, count(*) as actors, json_group_array(actor_id) as actor_ids
         from _names group by key having count(*) > 1 order by 2 desc, 1 limit ?1",
        &[json!(SHOWN + apart.len() as u64)],
    )?;
    rows.retain(|row| {
        let ids: Option<BTreeSet<String>> = serde_json::from_str(text(row, "actor_ids")).ok();
        ids.is_none_or(|ids| !apart.contains(&ids))
    });
    Ok(rows)
}

/// A button that keeps two actors apart.
fn never(actor: &str, other: &str, back: &str) -> Markup {
    html! {
        form method="post" action="/correct" {
            input type="hidden" name="what" value="apart";
            input type="hidden" name="actor" value=(actor);
            input type="hidden" name="to" value=(other);
            input type="hidden" name="back" value=(back);
            button { "They are two: never merge" }
        }
    }
}

fn candidates(view: &View<'_>, shared: &[Map], back: &str) -> Result<Markup, Fault> {
    let mut lines = Vec::new();
    for (n, row) in shared.iter().enumerate() {
        let ids: Vec<String> = serde_json::from_str(text(row, "actor_ids")).unwrap_or_default();
        let mut links = Vec::new();
        for id in ids.iter().take(6) {
            let mentions = view.record.mentions_of(id)?;
            links.push(html! { li { (view.names.link(id)?) " " span.badge { (view.names.kind(id)?) } " "
                span.n { (shown::count(mentions, "mention")) } " " a href={ "/names?actor=" (id) } { "its names" } } });
        }
        lines.push(html! {
            li.row data-row={ "name-" (n) } {
                p.claim { "“" (shown::name(text(row, "name"))) "” is a name of " (number(row, "actors")) " actors" }
                ul.plain { @for link in &links { (link) } }
                @if view.write && ids.len() == 2 {
                    form method="post" action="/correct" {
                        input type="hidden" name="what" value="merge";
                        input type="hidden" name="actor" value=(ids[1]);
                        input type="hidden" name="to" value=(ids[0]);
                        input type="hidden" name="back" value=(back);
                        button { "They are one: merge" }
                    }
                    (never(&ids[1], &ids[0], back))
                }
            }
        });
    }
    Ok(html! {
        h2 { "Names that several actors bear" }
        p.quiet { "Two who share a name may be one, or two: a look at their sentences tells. Left alone, they stay two." }
        @if lines.is_empty() { p.told { "No name is borne by two actors." } }
        ol.rows { @for line in &lines { (line) } }
    })
}

fn one(view: &View<'_>, id: &str, back: &str) -> Result<Markup, Fault> {
    let forms = crate::forms::of(view, id, 100)?;
    let joined = view.record.joined_actors(id)?;
    let hidden = |what: &str| {
        html! {
            input type="hidden" name="what" value=(what);
            input type="hidden" name="actor" value=(id);
            input type="hidden" name="back" value=(back);
        }
    };
    Ok(html! {
        h2 { (view.names.link(id)?) }
        @if view.write {
            div.columns {
                section { h3 { "This is another actor" }
                    form.field method="post" action="/correct" { (hidden("merge"))
                        label { span { "Merge into" } input name="to" required dir="auto" maxlength="200"; } button { "Merge" } }
                    p.quiet { "All rows then tell of the other; it can be taken back." } }
                section { h3 { "Another name" }
                    form.field method="post" action="/correct" { (hidden("rename"))
                        label { span { "Name" } input name="name" required dir="auto" maxlength="200"; } button { "Rename" } } }
                section { h3 { "Not to be in the record" }
                    form.field method="post" action="/correct" { (hidden("forget"))
                        label { span { "Why" } input name="why" dir="auto" maxlength="400"; } button { "Forget" } }
                    p.quiet { "For private people: they are then in no row. The text of pages stays." } }
            }
        }
        @if !joined.is_empty() {
            h3 { "Taken for the same, across pages" }
            ul.rows {
                @for (n, other) in joined.iter().enumerate() {
                    li.row data-row={ "join-" (n) } {
                        p.claim { (shown::name(&other.name)) }
                        p.source { (shown::text(&other.reason)) " (" code { (shown::text(&other.made_by)) } ")" }
                        @if view.write { (never(&other.id, id, back)) }
                    }
                }
            }
        }
        h3 { "Names, as pages write them" }
        div.scroll tabindex="0" role="region" aria-label="Names" {
            table {
                thead { tr { th scope="col" { "Name" } th.n scope="col" { "Mentions" } @if view.write { th scope="col" { "Is of another actor" } } } }
                tbody {
                    @for (n, row) in forms.iter().enumerate() {
                        tr.row data-row={ "form-" (n) } {
                            th scope="row" { a href={ "/search" (crate::params::Params::default().with("q", &quoted(text(row, "form"))).query()) } { (shown::name(text(row, "form"))) } }
                            td.n { (crate::forms::count(row)) }
                            @if view.write {
                                td { form.field method="post" action="/correct" { (hidden("split"))
                                    input type="hidden" name="form" value=(text(row, "form"));
                                    label { span.aside-only { "Name of the other actor" } input name="name" required dir="auto" maxlength="200" placeholder="name"; } button { "Split off" } } }
                            }
                        }
                    }
                }
            }
        }
    })
}

fn quoted(form: &str) -> String {
    format!("\"{}\"", form.replace('"', " "))
}

/// What was changed of who is who, each to be taken back.
fn history(view: &View<'_>, back: &str) -> Result<Markup, Fault> {
    let all = view.record.corrections()?;
    let mut lines = Vec::new();
    for (correction, state) in all.iter().rev() {
        let told = match correction.change() {
            Some(Change::Merge { from, to }) => {
                html! { "merge " (name(view, &from)?) " into " (name(view, &to)?) }
            }
            Some(Change::Split { form, name, .. }) => {
                html! { "split “" (shown::name(&form)) "” off as " (shown::name(&name)) }
            }
            Some(Change::Rename { was, name, .. }) => {
                html! { "rename " (shown::name(was.as_deref().unwrap_or("it"))) " to " (shown::name(&name)) }
            }
            Some(Change::Apart { actor, other }) => {
                html! { (name(view, &actor)?) " is never " (name(view, &other)?) }
            }
            // The name stands in the pages, but is not to be told.
            Some(Change::Forget { actor }) => {
                html! { "forget " code { (crate::tell::short(&actor)) } }
            }
            _ => continue,
        };
        lines.push(html! {
            li {
                (told) " " span.badge { (state.name()) }
                @if let Some(why) = &correction.why { " (" (shown::text(why)) ")" }
                @if *state == State::Applied && view.write {
                    " " form.in-line method="post" action="/correct" {
                        input type="hidden" name="what" value="undo";
                        input type="hidden" name="correction" value=(correction.id);
                        input type="hidden" name="back" value=(back);
                        button { "Take back" }
                    }
                }
            }
        });
        if lines.len() == 30 {
            break;
        }
    }
    Ok(html! {
        @if !lines.is_empty() { h2 { "What was changed" } ol.plain { @for line in &lines { (line) } } }
    })
}

fn name(view: &View<'_>, id: &str) -> Result<Markup, Fault> {
    let known = view.record.actor_name(id)?;
    Ok(match known {
        Some(name) => shown::name(&name),
        None => html! { code { (crate::tell::short(id)) } },
    })
}
