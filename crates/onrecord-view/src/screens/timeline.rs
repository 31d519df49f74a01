//! The timeline: what happened, what was said and announced, with the exactness of each date
//! as its width.

use std::collections::BTreeMap;

use maud::html;
use onrecord_charts::{Kind, Row, Spot, Tag, timeline};
use onrecord_model::PartialDate;
use onrecord_record::Map;
use serde_json::{Value, json};

use super::things;
use crate::drawn;
use crate::error::Fault;
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View, number, some, text};

const EVENTS: u64 = 1000;
const OTHERS: u64 = 300;
const LISTED: usize = 50;

/// A chart by type of event, and the rows under it.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let events = things::rows(view, "events", EVENTS)?;
    let statements = things::rows_if_plain(view, "statements", OTHERS)?;
    let outlooks = things::rows_if_plain(view, "outlooks", OTHERS)?;
    if matches!(view.form, Form::Json | Form::Csv) {
        return rows(view, &events, &statements, &outlooks);
    }
    let mut lanes: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    for row in &events {
        let spot = Spot {
            date: date(some(row, "date")),
            kind: Kind::of_quad(number(row, "quad")),
            actual: text(row, "status") == "actual",
            tag: tag(things::told(view, row)?, row),
        };
        lanes.entry(text(row, "event_type")).or_default().push(spot);
    }
    let mut drawn: Vec<Row> = lanes
        .into_iter()
        .map(|(name, spots)| Row {
            name: name.to_lowercase(),
            href: Some(view.with("event_type", name)),
            spots,
        })
        .collect();
    drawn.extend(lane(
        view,
        "statements",
        "date",
        Kind::Statement,
        &statements,
    )?);
    drawn.extend(lane(view, "outlooks", "made", Kind::Outlook, &outlooks)?);
    let full = events.len() as u64 == EVENTS || statements.len() as u64 == OTHERS;
    let told = format!(
        "{}, {} and {}{}. Hollow and dashed: announced, threatened, alleged or denied, not done.",
        shown::count(events.len() as u64, "event"),
        shown::count(statements.len() as u64, "statement"),
        shown::count(outlooks.len() as u64, "announcement"),
        if full {
            ", those of the newest articles: name an actor or a span of time for others"
        } else {
            ""
        }
    );
    let frame = drawn::frame(view, "timeline", "Timeline of the record", &told);
    let chart = timeline(&frame, &drawn);
    if view.form == Form::Svg {
        return Ok(Reply::Drawing(chart.svg));
    }
    let mut dated: Vec<&Map> = events.iter().collect();
    dated.sort_by(|a, b| text(b, "date").cmp(text(a, "date")));
    let mut items = Vec::new();
    for row in dated.into_iter().take(LISTED) {
        items.push(tell::item(view, "events", row)?);
    }
    let status = view.params.get("status").unwrap_or_default();
    let extra = html! {
        label { "Status " select name="status" {
            option value="" { "any" }
            @for one in ["actual", "future", "threatened", "conditional", "denied", "alleged"] {
                option value=(one) selected[status == one] { (one) }
            }
        } }
    };
    let main = html! {
        h1 { "Timeline" }
        (drawn::narrow(view, true, &extra))
        (drawn::years(view, &things::years(events.iter())))
        @if events.is_empty() && statements.is_empty() { p.told { "Nothing fits." } }
        @else { (drawn::figure(view, &chart, &told)) }
        h2 { "The events, the last first" }
        ol.rows { @for item in &items { (item) } }
        p { a href={ "/search?table=events" (rest(view)) } { "All as a list" } " · " a href="/export/timelinejs" { "TimelineJS file" } }
    };
    Reply::page("Timeline", main)
}

fn rest(view: &View<'_>) -> String {
    view.params.query().replacen('?', "&", 1)
}

fn date(date: Option<&str>) -> Option<PartialDate> {
    date.and_then(PartialDate::parse)
}

fn tag(told: String, row: &Map) -> Tag {
    let id = tell::id_of(row);
    Tag::new(told).row(id).href(format!("/row/{id}"))
}

fn lane(
    view: &View<'_>,
    table: &str,
    column: &str,
    kind: Kind,
    rows: &[Map],
) -> Result<Option<Row>, Fault> {
    if rows.is_empty() {
        return Ok(None);
    }
    let mut spots = Vec::new();
    for row in rows {
        let who = some(row, "speaker_id").or_else(|| some(row, "actor_id"));
        let who = match who {
            Some(id) => view.names.actor(id)?,
            None => some(row, "speaker_text")
                .unwrap_or("unknown speaker")
                .to_owned(),
        };
        let words = match row.get("content") {
            Some(Value::String(words)) => words.clone(),
            _ => crate::view::list(row, "content")
                .collect::<Vec<_>>()
                .join(" … "),
        };
        let when = some(row, column).unwrap_or("undated");
        let told = shown::cut(&shown::line(&format!("{when}: {who}: {words}")), 260);
        spots.push(Spot {
            date: date(some(row, column)),
            kind,
            actual: table == "statements",
            tag: tag(told, row),
        });
    }
    Ok(Some(Row {
        name: table.to_owned(),
        href: Some(format!("/search?table={table}{}", rest(view))),
        spots,
    }))
}

fn rows(
    view: &View<'_>,
    events: &[Map],
    statements: &[Map],
    outlooks: &[Map],
) -> Result<Reply, Fault> {
    let columns = [
        "date",
        "date_precision",
        "table",
        "row_id",
        "what",
        "status",
        "told",
        "outlet",
        "sentence_id",
    ];
    let mut rows = Vec::new();
    for row in events {
        let one = json!({
            "date": row["date"], "date_precision": row["date_precision"], "table": "events",
            "row_id": row["event_id"], "what": row["event_type"], "status": row["status"],
            "told": things::told(view, row)?, "outlet": row["_publisher"], "sentence_id": row["sentence_id"],
        });
        rows.extend(one.as_object().cloned());
    }
    for row in statements {
        let one = json!({
            "date": row["date"], "date_precision": row["date_precision"], "table": "statements",
            "row_id": row["statement_id"], "what": row["kind"],
            "told": crate::view::list(row, "content").collect::<Vec<_>>().join(" … "),
            "outlet": row["_publisher"], "sentence_id": crate::view::list(row, "sentence_ids").next(),
        });
        rows.extend(one.as_object().cloned());
    }
    for row in outlooks {
        let one = json!({
            "date": row["made"], "table": "outlooks", "row_id": row["outlook_id"], "what": row["type"],
            "status": row["outcome"], "told": row["content"], "outlet": row["_publisher"],
            "sentence_id": row["sentence_id"],
        });
        rows.extend(one.as_object().cloned());
    }
    rows.sort_by(|a: &Map, b: &Map| text(a, "date").cmp(text(b, "date")));
    Ok(Reply::Rows {
        columns: columns.map(str::to_owned).into(),
        rows,
        next: None,
    })
}
