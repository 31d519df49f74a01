//! Cells that people may change: their fields in a form, and what is typed there.

use maud::{Markup, html};
use onrecord_record::{Map, Record, Rule, rule_of, table_named};
use serde_json::{Value, json};

use crate::error::Fault;
use crate::shown;
use crate::view::{View, list, some, text};

/// The columns of a table that people may change, with what each may hold.
pub(crate) fn of(table: &str) -> Vec<(&'static str, Rule)> {
    let Some(table) = table_named(table) else {
        return Vec::new();
    };
    let columns = table.columns.iter();
    columns
        .filter_map(|c| Some((c.name, rule_of(table.name, c.name).ok()?)))
        .collect()
}

/// A form for each cell that may be changed.
pub(crate) fn forms(view: &View<'_>, table: &str, row: &Map, back: &str) -> Result<Markup, Fault> {
    let id = crate::tell::id_of(row);
    let mut forms = Vec::new();
    for (field, rule) in of(table) {
        let value = typed(view, row, field)?;
        forms.push(html! {
            form.field method="post" action="/correct" {
                input type="hidden" name="what" value="set";
                input type="hidden" name="row" value=(id);
                input type="hidden" name="field" value=(field);
                input type="hidden" name="back" value=(back);
                label { span { (shown::word(field).replace(" id", "")) }
                    @match rule {
                        Rule::Word(words) => select name="value" {
                            @for word in words { option value=(word) selected[*word == value] { (word) } }
                        },
                        Rule::Truth => select name="value" {
                            @for word in ["true", "false"] { option value=(word) selected[word == value] { (word) } }
                        },
                        _ => input name="value" value=(value) dir="auto" maxlength="1000";,
                    }
                }
                button { "Set" }
            }
        });
    }
    Ok(html! {
        @for form in &forms { (form) }
        p.quiet { "Actors and places by name or id, several actors parted by semicolons; an empty field empties the cell. \
            The sentence is never changed." }
    })
}

/// A cell as a person would type it.
fn typed(view: &View<'_>, row: &Map, field: &str) -> Result<String, Fault> {
    Ok(match row.get(field) {
        Some(Value::Array(_)) => {
            let names: Vec<String> = list(row, field)
                .map(|id| view.names.actor(id))
                .collect::<Result<_, _>>()?;
            names.join("; ")
        }
        Some(Value::Bool(truth)) => truth.to_string(),
        Some(Value::String(id)) if id.starts_with("ac-") => view.names.actor(id)?,
        Some(Value::String(id)) if id.starts_with("pl-") => view.names.place(id)?,
        _ => some(row, field).unwrap_or_default().to_owned(),
    })
}

/// Ids in place of the names that were typed.
pub(crate) fn ids(record: &Record, rule: Rule, words: &str) -> Result<String, Fault> {
    let words = words.trim();
    match rule {
        _ if words.is_empty() => Ok(String::new()),
        Rule::Actor => actor(record, words),
        Rule::Voice if words != "narrator" => actor(record, words),
        Rule::Actors => {
            let names = words
                .split(';')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            let ids: Vec<String> = names
                .map(|name| actor(record, name))
                .collect::<Result<_, _>>()?;
            Ok(ids.join(","))
        }
        Rule::Place => place(record, words),
        _ => Ok(words.to_owned()),
    }
}

/// The id of the one actor that a name or id means.
pub(crate) fn actor(record: &Record, words: &str) -> Result<String, Fault> {
    let mut found = record.find_actors(words)?;
    if found.is_empty() && words.starts_with("ac-") {
        // One that was joined to another means that one.
        for id in record.joined_to(words)? {
            found.extend(record.find_actors(&id)?);
        }
    }
    match found.as_slice() {
        [one] => Ok(text(one, "actor_id").to_owned()),
        [] => Err(Fault::Wrong(format!(
            "No actor of the record has the name or id `{words}`."
        ))),
        several => {
            let same: Vec<&Map> = several
                .iter()
                .filter(|row| text(row, "name") == words)
                .collect();
            if let [one] = same.as_slice() {
                return Ok(text(one, "actor_id").to_owned());
            }
            let names: Vec<String> = several
                .iter()
                .take(8)
                .map(|row| format!("{} ({})", text(row, "name"), text(row, "actor_id")))
                .collect();
            Err(Fault::Wrong(format!(
                "Several actors fit `{words}`; give the id: {}.",
                names.join("; ")
            )))
        }
    }
}

fn place(record: &Record, words: &str) -> Result<String, Fault> {
    let query =
        "select place_id, name, country from places where place_id = ?1 or name = ?1 limit 9";
    let found = record.sql_with(query, &[json!(words)])?;
    match found.rows.as_slice() {
        [one] => Ok(text(one, "place_id").to_owned()),
        [] => Err(Fault::Wrong(format!(
            "No place of the record has the name or id `{words}`."
        ))),
        several => {
            let all: Vec<String> = several
                .iter()
                .map(|row| format!("{} in {}", text(row, "place_id"), text(row, "country")))
                .collect();
            Err(Fault::Wrong(format!(
                "Several places are called `{words}`; give the id: {}.",
                all.join("; ")
            )))
        }
    }
}
