//! The map: events at the places they name, as exactly as the place is known. What names a
//! country only, or no place, stands beside the map and not on it.

use std::collections::BTreeMap;

use maud::html;
use onrecord_charts::{Exactness, Kind, Point, Tag, map};
use onrecord_record::Map;
use serde_json::json;

use super::things;
use crate::drawn;
use crate::error::Fault;
use crate::reply::Reply;
use crate::shown;
use crate::view::{Form, View, number, some, text};

const EVENTS: u64 = 2000;

/// A map of the events as the address chooses them, and a list of what cannot be on it.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let events = things::rows(view, "events", EVENTS)?;
    let mut places: BTreeMap<String, Option<Map>> = BTreeMap::new();
    for id in events.iter().filter_map(|row| some(row, "place_id")) {
        if !places.contains_key(id) {
            let query = "select * from places where place_id = ?1";
            places.insert(
                id.to_owned(),
                view.ask(query, &[json!(id)])?.into_iter().next(),
            );
        }
    }
    let mut points = Vec::new();
    let mut apart: BTreeMap<(String, String), (u64, Option<String>)> = BTreeMap::new();
    let mut nowhere = 0_u64;
    let mut rows = Vec::new();
    for row in &events {
        let place = some(row, "place_id").and_then(|id| places.get(id)?.as_ref());
        let Some(place) = place else {
            nowhere += 1;
            continue;
        };
        let degrees = |name: &str| place.get(name).and_then(serde_json::Value::as_f64);
        let exactness = Exactness::read(text(place, "precision"), text(place, "kind"));
        rows.push((row, place));
        match (exactness, degrees("lat").zip(degrees("lon"))) {
            (Some(exactness), Some((lat, lon))) => points.push(Point {
                lat,
                lon,
                exactness,
                place: text(place, "name").to_owned(),
                kind: Kind::of_quad(number(row, "quad")),
                actual: text(row, "status") == "actual",
                tag: Tag::new(things::told(view, row)?)
                    .row(text(row, "event_id"))
                    .href(format!("/row/{}", text(row, "event_id"))),
            }),
            _ => {
                let key = (
                    text(place, "kind").to_owned(),
                    text(place, "name").to_owned(),
                );
                let entry = apart.entry(key).or_default();
                entry.0 += 1;
                entry.1 = some(row, "place_id").map(str::to_owned);
            }
        }
    }
    if matches!(view.form, Form::Json | Form::Csv) {
        return files(view, &rows);
    }
    let told = format!(
        "{} at a place, {} at a country or a place without coordinates, {} without a place{}. \
         A ring is as wide as the place is uncertain.",
        shown::count(points.len() as u64, "event"),
        shown::thousands(apart.values().map(|(n, _)| n).sum()),
        shown::thousands(nowhere),
        if events.len() as u64 == EVENTS {
            "; of the newest articles"
        } else {
            ""
        },
    );
    let frame = drawn::frame(view, "map", "Events at their places", &told);
    let chart = map(&frame, &points);
    if view.form == Form::Svg {
        return Ok(Reply::Drawing(chart.svg));
    }
    let mut beside: Vec<_> = apart.into_iter().collect();
    beside.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
    let mut by_place: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for (row, place) in &rows {
        if Exactness::read(text(place, "precision"), text(place, "kind")).is_some() {
            *by_place
                .entry((text(place, "name"), text(row, "place_id")))
                .or_default() += 1;
        }
    }
    let mut located: Vec<_> = by_place.into_iter().collect();
    located.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let main = html! {
        h1 { "Map" }
        (drawn::narrow(view, true, &html! {}))
        (drawn::years(view, &things::years(events.iter())))
        @if points.is_empty() { p.told { "No event that fits names a town, site or region with coordinates." } }
        @else {
            (drawn::figure(view, &chart, &told))
            p.quiet { "Borders are the de facto view of Natural Earth and no statement about whose a place is." }
        }
        div.columns {
            section {
                h2 { "On the map" }
                ul.plain { @for ((name, id), n) in located.iter().take(40) {
                    li { a href={ "/search?table=events&place_id=" (id) } { (shown::name(name)) } " " span.n { (shown::thousands(*n)) } }
                } }
            }
            section {
                h2 { "Not on the map" }
                p { "A country is no spot, and a mark in its middle would say that something happened there." }
                ul.plain {
                    @for ((kind, name), (n, id)) in beside.iter().take(40) {
                        li { a href={ "/search?table=events&place_id=" (id.as_deref().unwrap_or_default()) } { (shown::name(name)) }
                            " (" (kind) ") " span.n { (shown::thousands(*n)) } }
                    }
                    @if nowhere > 0 { li { a href="/search?table=events&place_id=none" { "no place named" } " " span.n { (shown::thousands(nowhere)) } } }
                }
            }
        }
        p { "For programs: " a href="/export/geojson" { "GeoJSON" } }
    };
    Reply::page("Map", main)
}

fn files(view: &View<'_>, rows: &[(&Map, &Map)]) -> Result<Reply, Fault> {
    let columns = [
        "event_id",
        "date",
        "event_type",
        "status",
        "place",
        "kind",
        "country",
        "lat",
        "lon",
        "precision",
        "told",
    ];
    let mut all = Vec::new();
    for (row, place) in rows {
        let one = json!({
            "event_id": row["event_id"], "date": row["date"], "event_type": row["event_type"],
            "status": row["status"], "place": place["name"], "kind": place["kind"],
            "country": place["country"], "lat": place["lat"], "lon": place["lon"],
            "precision": place["precision"], "told": things::told(view, row)?,
        });
        all.extend(one.as_object().cloned());
    }
    Ok(Reply::Rows {
        columns: columns.map(str::to_owned).into(),
        rows: all,
        next: None,
    })
}
