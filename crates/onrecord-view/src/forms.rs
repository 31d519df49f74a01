//! The written forms of an actor, counted no further than a page needs.

use onrecord_record::Map;
use serde_json::json;

use crate::error::Fault;
use crate::shown;
use crate::view::{View, number};

/// More mentions of a form are not counted.
const MOST: i64 = 10_000;
/// More forms are not looked at.
const FORMS: u64 = 300;

/// The forms (`form`) and how many mentions each has (`mentions`, up to [`MOST`]), those with
/// most first. From one form to the next along the index: the cost does not grow with the
/// mentions.
pub(crate) fn of(view: &View<'_>, actor: &str, limit: u64) -> Result<Vec<Map>, Fault> {
    view.ask(
        "with recursive form(text) as (
             select min(text) from mentions where actor_id = ?1 and kind = 'name'
             union all
             select (select min(m.text) from mentions m
                     where m.actor_id = ?1 and m.kind = 'name' and m.text > form.text)
             from form where form.text is not null limit ?2
         )
         select text as form, (select count(*) from (
             select 1 from mentions m where m.actor_id = ?1 and m.kind = 'name'
             and m.text = form.text limit ?3)) as mentions
         from form where text is not null order by 2 desc, 1 limit ?4",
        &[json!(actor), json!(FORMS), json!(MOST), json!(limit)],
    )
}

/// The number of mentions of a form, in words.
pub(crate) fn count(row: &Map) -> String {
    let mentions = number(row, "mentions");
    let told = shown::thousands(mentions.unsigned_abs());
    match mentions {
        MOST => format!("{told} or more"),
        _ => told,
    }
}
