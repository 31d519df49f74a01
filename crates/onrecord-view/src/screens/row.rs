//! The page of a row: why it is here. Its sentence in context, the way from the words to the
//! actor, what made it, what else was read in the same words, who else tells it, what people
//! changed, and how to cite it.

mod chain;
mod context;
mod history;
mod others;

use maud::{Markup, html};
use onrecord_record::{Kind, Map, Table, Verdict, table_named};
use serde_json::{Value, json};

use super::review;
use crate::cited;
use crate::error::Fault;
use crate::fields;
use crate::passage::Passage;
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View};

/// Sentences that are cited; a story or an actor may rest on thousands.
const CITED: usize = 12;

/// Why a row is here.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let asked = view.id().unwrap_or_default();
    let Some((name, row)) = view.record.row(asked)? else {
        return gone(view, asked);
    };
    let id = tell::id_of(&row).to_owned();
    if view.form == Form::Html
        && (matches!(name.as_str(), "articles" | "actors" | "stories") || id != asked)
    {
        return Ok(Reply::See(tell::address(&name, &id)));
    }
    let mut citations = match name.as_str() {
        // All their sentences: thousands, and none that the row rests on more than on others.
        "pages" | "articles" | "actors" | "places" | "runs" => Vec::new(),
        _ => view.record.citation(&id)?,
    };
    let many = citations.len();
    citations.truncate(CITED);
    if view.form == Form::Json {
        return Ok(Reply::Json(json!({
            "table": name, "row": row, "citations": cited::json(&citations),
        })));
    }
    let Some(table) = table_named(&name) else {
        return Err(Fault::NotThere(format!("No row has the id {asked}.")));
    };
    let passage = Passage::of_first(view, &row)?;
    let back = view.address(Form::Html, &view.params.without("done"));
    let title = format!("{} {}", tell::noun(&name), tell::short(&id));
    let main = html! {
        p.crumb { (tell::sign(&name)) " " (tell::noun(&name)) " " code { (id) }
            " " a href={ "/row/" (id) ".json" } { "JSON" } }
        h1.claim { (tell::claim(view, &name, &row)?) }
        @if let Some(passage) = &passage {
            (context::section(view, &name, &row, passage)?)
        }
        (review::done(view, &back)?)
        @if view.write && !fields::of(&name).is_empty() {
            section { h2 { "Is it right?" } (review::buttons(view, &name, &row, &back, false)?) }
        }
        (chain::section(view, &name, &row, passage.as_ref())?)
        div.columns {
            (made_by(&row))
            (others::same_words(view, &name, &id, passage.as_ref())?)
            (others::same_story(view, &name, &row)?)
            (history::section(view, &id)?)
        }
        @if !citations.is_empty() {
            section {
                h2 { "Cite it" }
                @if many > CITED { p.quiet { "The first " (CITED) " of " (many) " sentences." } }
                (cited::boxes(&id, &citations))
            }
        }
        section {
            h2 { "The row as it is in the record" }
            (fields(view, table, &row)?)
        }
    };
    Reply::page(title, main)
}

/// The place of a row that is not there: what people did with it, if they did.
fn gone(view: &View<'_>, id: &str) -> Result<Reply, Fault> {
    let lines = view.record.corrections_of(id)?;
    if lines.is_empty() || view.form != Form::Html {
        return Err(Fault::NotThere(format!(
            "No row of the record has the id {id}. A row may be gone if its page was read anew."
        )));
    }
    let suppressed = lines.iter().any(|(line, state)| {
        *state == onrecord_record::State::Applied && line.field == Verdict::Suppressed.name()
    });
    let before = view.record.before_corrections(id)?.filter(|_| !suppressed);
    let main = html! {
        p.crumb { "row " code { (shown::text(id)) } }
        h1 { "This row was taken out" }
        (history::section(view, id)?)
        @if let Some((table, row)) = &before {
            section { h2 { "What it said" }
                p.claim { (tell::sign(table)) " " s { (tell::claim(view, table, row)?) } } }
        }
    };
    Ok(Reply::Gone {
        title: "A row that was taken out".to_owned(),
        main,
    })
}

fn made_by(row: &Map) -> Markup {
    let made_by = row.get("made_by").and_then(Value::as_str);
    html! {
        @if let Some(made_by) = made_by {
            section {
                h2 { "What made it" }
                p {
                    @match made_by.split_once(':') {
                        Some(("rule", rule)) => { "The rule " code { (shown::text(rule)) } " of the lexicon" },
                        Some(("head", head)) => { "The learned head " code { (shown::text(head)) } },
                        _ => code { (shown::text(made_by)) },
                    }
                    @if let Some(sure) = row.get("confidence").and_then(Value::as_f64) {
                        ", " strong { (format!("{:.0} %", sure * 100.0)) } " sure"
                    }
                    "."
                }
                p.quiet { "At the command line, " code { "onrecord explain " (tell::id_of(row)) }
                    " shows the words and the tree that it saw." }
            }
        }
    }
}

/// All columns, with links where they are ids.
fn fields(view: &View<'_>, table: &Table, row: &Map) -> Result<Markup, Fault> {
    let mut lines = Vec::new();
    for column in table.columns {
        let value = row.get(column.name).unwrap_or(&Value::Null);
        lines.push(html! {
            tr {
                th scope="row" { code { (column.name) } }
                td { (cell(view, column.kind, value)?) }
                td.quiet { (column.what) }
            }
        });
    }
    Ok(html! {
        details {
            summary { "All columns of " (table.name) }
            div.scroll tabindex="0" role="region" aria-label="Columns" {
                table.fields {
                    thead { tr { th scope="col" { "Column" } th scope="col" { "Value" } th scope="col" { "Meaning" } } }
                    tbody { @for line in &lines { (line) } }
                }
            }
        }
    })
}

fn cell(view: &View<'_>, kind: Kind, value: &Value) -> Result<Markup, Fault> {
    Ok(match value {
        Value::Null => html! { span.quiet { "null" } },
        Value::String(text) if is_id(text) => html! {
            a href={ "/row/" (text) } { code { (text) } }
            @if text.starts_with("ac-") { " " (shown::name(&view.names.actor(text)?)) }
        },
        Value::String(text) => html! { bdi.value { (shown::text(&shown::cut(text, 2000))) } },
        Value::Array(all) if kind == Kind::List => {
            let cells: Vec<Markup> = all
                .iter()
                .take(20)
                .map(|one| cell(view, Kind::Text, one))
                .collect::<Result<_, _>>()?;
            html! {
                ul.plain { @for one in &cells { li { (one) } } }
                @if all.len() > 20 { "and " (all.len() - 20) " more" }
            }
        }
        other => html! { code { (shown::text(&shown::cut(&other.to_string(), 2000))) } },
    })
}

/// Two letters, a hyphen and twenty hexadecimal digits.
fn is_id(text: &str) -> bool {
    text.len() == 23
        && text.as_bytes()[2] == b'-'
        && text.bytes().take(2).all(|b| b.is_ascii_lowercase())
        && text.bytes().skip(3).all(|b| b.is_ascii_hexdigit())
}
