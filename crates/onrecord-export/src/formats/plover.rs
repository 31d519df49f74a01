//! PLOVER: one JSON object an event, in the fields of its manual (chapter 6).
//!
//! `event` is one of the 16 types of PLOVER 2.0, `mode` a list: the mode and, from the row's status,
//! the manual's auxiliary modes `future`, `hypothetical` (threatened or conditional) and `negation`
//! (denied). `date` is a day; of an event dated to a month or year it is the first day that it can have been on
//! and `enddate` the last; of an undated one it is null, and counted. `event_scale` is the intensity,
//! `text_info` gives the sentence's number and place in the article in code points, `text` the
//! sentence (left out with `--no-text`, which also leaves out `event_text`). `code` of a party is its country. The manual lets
//! makers add fields: `status`, `date_precision`, `attributed_to`, `cameo`, `confidence` and
//! `article_id` are ours. Lost: spans of the parties, the statement and story an event belongs to.

use std::io::Write;
use std::rc::Rc;

use onrecord_record::Map;
use serde_json::{Value, json};

use super::{Format, Shape, out};
use crate::event::Event;
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, row};

pub(super) const FORMAT: Format = Format {
    name: "plover",
    extension: "jsonl",
    what_for: "the PLOVER exchange format: events with citation and status, one a line",
    files: "plover.jsonl",
    media_type: "application/jsonl",
    holds_card: false,
    is_text: false,
    shape: Shape::Document {
        file: "plover.jsonl",
        takes: &["events"],
        write,
    },
};

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let mut written = Written::default();
    Event::each(source, |event| {
        if row::date(&event.row, "date").is_none() {
            written.left_out("dates of events, which are undated");
        }
        let attributed = source.named("actors", &event.row, "attributed_to")?;
        let mut record = record(&event);
        record["attributed_to"] = match attributed {
            Some(actor) => entity(&actor),
            None => Value::Null,
        };
        if !source.options.text
            && let Some(record) = record.as_object_mut()
        {
            record.shift_remove("text");
            record.shift_remove("event_text");
        }
        written.row("events");
        out(writeln!(to, "{record}"))
    })?;
    Ok(written)
}

fn record(event: &Event) -> Value {
    let date = row::date(&event.row, "date");
    let (first, last) = date.map(|date| date.bounds()).unzip();
    let last = last.filter(|last| Some(*last) != first);
    let entities = |parties: &[Rc<Map>]| parties.iter().map(|p| entity(p)).collect::<Vec<_>>();
    let of = |row: &Map, column: &str| row.get(column).cloned().unwrap_or(Value::Null);
    let mut record = json!({
        "id": of(&event.row, "event_id"),
        "date": first.map(|day| day.to_string()),
        "actor": entities(&event.actors),
        "recipient": entities(&event.recipients),
        "event": of(&event.row, "event_type"),
        "mode": modes(&event.row),
        "context": [],
        "quad_code": of(&event.row, "quad"),
        "event_scale": of(&event.row, "intensity"),
        "event_text": of(&event.row, "trigger"),
        "event_loc": event.place.as_deref().map(location),
        "text": of(&event.sentence, "text"),
        "text_info": {
            "sequence": of(&event.sentence, "n"),
            "start": of(&event.sentence, "start"),
            "end": of(&event.sentence, "end"),
        },
        "cite_info": {
            "title": of(&event.article, "title"),
            "publication": of(&event.article, "publisher"),
            "author": of(&event.article, "author"),
            "date": of(&event.article, "published"),
            "url": event.url(),
            "citation": of(&event.page, "uri"),
            "language": of(&event.article, "language"),
            "codebook": "PLOVER 2.0",
            "version": concat!("onrecord ", env!("CARGO_PKG_VERSION")),
        },
        "coder": of(&event.row, "made_by"),
        "status": of(&event.row, "status"),
        "date_precision": of(&event.row, "date_precision"),
        "cameo": of(&event.row, "cameo"),
        "confidence": of(&event.row, "confidence"),
        "article_id": of(&event.row, "article_id"),
    });
    if let Some(last) = last {
        record["enddate"] = last.to_string().into();
    }
    record
}

fn entity(actor: &Map) -> Value {
    let of = |column: &str| actor.get(column).cloned().unwrap_or(Value::Null);
    let wikidata = row::text(actor, "wikidata");
    json!({
        "code": of("country"),
        "sector": of("sectors"),
        "entity_text": of("name"),
        "identifier_id": wikidata.unwrap_or(row::word(actor, "actor_id")),
        "identifier_text": if wikidata.is_some() { "wikidata" } else { "onrecord" },
    })
}

fn modes(event: &Map) -> Vec<&str> {
    let auxiliary = match row::word(event, "status") {
        "future" => Some("future"),
        "threatened" | "conditional" => Some("hypothetical"),
        "denied" => Some("negation"),
        _ => None,
    };
    row::text(event, "mode")
        .into_iter()
        .chain(auxiliary)
        .collect()
}

fn location(place: &Map) -> Value {
    let of = |column: &str| place.get(column).cloned().unwrap_or(Value::Null);
    let city = matches!(row::word(place, "kind"), "city" | "town");
    json!({
        "resolved_place": of("name"),
        "geonameid": of("geonames"),
        "lat": of("lat"),
        "lon": of("lon"),
        "city": if city { of("name") } else { Value::Null },
        "province": of("admin1"),
        "country_code": of("country"),
        "kind": of("kind"),
        "precision": of("precision"),
    })
}
