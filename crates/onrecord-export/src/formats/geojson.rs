//! GeoJSON (RFC 7946): a point for every event whose place has coordinates.
//!
//! A feature's `properties` hold the event: type, mode, status, names of the parties, date as exact
//! as the row with `date_precision`, the place with `precision` (`exact` for a town or site,
//! `area` for the middle of something large), the sentence (left out with `--no-text`) and where
//! it is printed. Filter by `status`: a threatened or denied event is on the map too. Left out and
//! counted: events without a place, or whose place has no coordinates (a country has none). The
//! data card is the member `onrecord` at the end.

use std::io::Write;

use onrecord_record::Map;
use serde_json::{Value, json};

use super::{Format, Shape, out};
use crate::card::Card;
use crate::event::Event;
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, row};

pub(super) const FORMAT: Format = Format {
    name: "geojson",
    extension: "geojson",
    what_for: "maps in QGIS, kepler.gl, Datawrapper and Leaflet: events at their places",
    files: "events.geojson",
    media_type: "application/geo+json",
    holds_card: true,
    is_text: false,
    shape: Shape::Document {
        file: "events.geojson",
        takes: &["events"],
        write,
    },
};

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let mut written = Written::default();
    let mut between = "\n";
    out(write!(
        to,
        "{{\"type\":\"FeatureCollection\",\"features\":["
    ))?;
    Event::each(source, |event| {
        let place = event.place.as_deref();
        let at = place.and_then(|p| Some([row::real(p, "lon")?, row::real(p, "lat")?]));
        let Some(at) = at else {
            written.left_out(match place {
                None => "events without a place",
                Some(_) => "events at places without coordinates",
            });
            return Ok(());
        };
        let feature = json!({
            "type": "Feature",
            "id": row::word(&event.row, "event_id"),
            "geometry": {"type": "Point", "coordinates": at},
            "properties": properties(source, &event)?,
        });
        out(write!(to, "{between}{feature}"))?;
        between = ",\n";
        written.row("events");
        Ok(())
    })?;
    let card = Card::of(source, &FORMAT, Some(&written))?.object();
    out(write!(to, "\n],\n\"onrecord\":{card}}}\n"))?;
    Ok(written)
}

fn properties(source: &Source<'_>, event: &Event) -> Result<Map, ExportError> {
    let names = |parties: &[std::rc::Rc<Map>]| {
        let names: Vec<&str> = parties.iter().map(|p| row::word(p, "name")).collect();
        names.join("; ")
    };
    let mut all = Map::new();
    let mut put = |name: &str, value: Option<&Value>| {
        all.insert(name.to_owned(), value.cloned().unwrap_or(Value::Null));
    };
    for name in [
        "event_type",
        "mode",
        "status",
        "quad",
        "intensity",
        "cameo",
        "date",
    ] {
        put(name, event.row.get(name));
    }
    put("date_precision", event.row.get("date_precision"));
    put("actors", Some(&names(&event.actors).into()));
    put("recipients", Some(&names(&event.recipients).into()));
    let attributed = source.named("actors", &event.row, "attributed_to")?;
    put(
        "according_to",
        attributed.as_deref().and_then(|a| a.get("name")),
    );
    if let Some(place) = event.place.as_deref() {
        put("place", place.get("name"));
        put("place_kind", place.get("kind"));
        for name in ["admin1", "country", "precision", "geonames"] {
            put(name, place.get(name));
        }
    }
    put("sentence", event.sentence.get("text"));
    for name in ["publisher", "published", "title"] {
        put(name, event.article.get(name));
    }
    put("uri", event.page.get("uri"));
    for name in ["made_by", "confidence", "sentence_id", "article_id"] {
        put(name, event.row.get(name));
    }
    Ok(all)
}
