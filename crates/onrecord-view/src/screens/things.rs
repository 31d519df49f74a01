//! Events, statements and announcements for charts: a bounded number of the newest.

use onrecord_record::{Map, table_named};

use crate::error::Fault;
use crate::listing::{self, Wanted};
use crate::shown;
use crate::view::{View, list, some, text};

/// Rows of a table as the address chooses them, at most `most`, those of the newest articles.
pub(super) fn rows(view: &View<'_>, table: &str, most: u64) -> Result<Vec<Map>, Fault> {
    let wanted = Wanted::read(view, table)?;
    if let Some(words) = &wanted.words {
        let told = format!("A chart cannot search for `{words}`; the search can.");
        return Err(Fault::Wrong(told));
    }
    listing::first(view, &wanted, most)
}

/// The same where a table may not know the columns that are asked for.
pub(super) fn rows_if_plain(view: &View<'_>, table: &str, most: u64) -> Result<Vec<Map>, Fault> {
    let Some(known) = table_named(table) else {
        return Ok(Vec::new());
    };
    let of_events = table_named("events");
    let foreign = view.params.pairs().any(|(name, _)| {
        known.column(name).is_none() && of_events.is_some_and(|t| t.column(name).is_some())
    });
    if foreign {
        Ok(Vec::new())
    } else {
        rows(view, table, most)
    }
}

/// An event in one line of plain text, for a mark of a chart.
pub(super) fn told(view: &View<'_>, row: &Map) -> Result<String, Fault> {
    let all = |column: &str| -> Result<String, Fault> {
        let names: Vec<String> = list(row, column)
            .take(4)
            .map(|id| view.names.actor(id))
            .collect::<Result<_, _>>()?;
        Ok(names.join(" and "))
    };
    let (who, whom) = (all("actor_ids")?, all("recipient_ids")?);
    let act = text(row, "event_type").to_lowercase();
    let mut out = format!("{}: ", some(row, "date").unwrap_or("undated"));
    out.push_str(if who.is_empty() { "nobody named" } else { &who });
    out.push_str(&format!(", {act}"));
    if !whom.is_empty() {
        out.push_str(&format!(" toward {whom}"));
    }
    out.push_str(&format!(
        " ({}), on the words “{}”",
        text(row, "status"),
        text(row, "trigger")
    ));
    if let Some(outlet) = some(row, "_publisher") {
        out.push_str(&format!(", according to {outlet}"));
    }
    Ok(shown::cut(&shown::line(&out), 300))
}

/// The years of rows, the last first.
pub(super) fn years<'r>(rows: impl Iterator<Item = &'r Map>) -> Vec<String> {
    let year = |row: &Map| {
        some(row, "date")
            .and_then(|date| date.get(..4))
            .map(str::to_owned)
    };
    let mut all: Vec<String> = rows.filter_map(year).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.dedup();
    all.truncate(30);
    all
}
