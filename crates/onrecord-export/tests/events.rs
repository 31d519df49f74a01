//! Formats of event data, timelines and maps hold the events of the record.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use made::{NASTY, by_id, cells, document, folder, hostile, rows_of, text, word};
use onrecord_export::Options;
use serde_json::Value;

/// Events that happened; the fixture has one that was denied.
fn happened(record: &onrecord_record::Record) -> Vec<onrecord_record::Map> {
    let events = rows_of(record, "events");
    events
        .into_iter()
        .filter(|event| event["status"] == "actual")
        .collect()
}

#[test]
fn polecat_has_its_forty_columns() {
    let made = hostile();
    let (text, done) = document(&made.record, "polecat", &Options::default());
    let lines = cells(&text);
    assert!(lines.iter().all(|line| line.len() == 40), "{text}");
    assert_eq!(lines[0][0], "Event ID");
    assert_eq!(lines[0][4..7], ["Intensity", "Quad Code", "Contexts"]);
    assert_eq!(lines[0][37..], ["Story Locations", "Language", "Version"]);
    let events = happened(&made.record);
    assert_eq!(lines.len() - 1, events.len());
    assert_eq!(done.left_out["events with the status `denied`"], 1);
    let actors = rows_of(&made.record, "actors");
    for (line, event) in lines[1..].iter().zip(&events) {
        assert_eq!(line[0], word(event, "event_id"));
        assert_eq!(line[1], "2014-05-03");
        assert_eq!(
            line[2..6],
            ["ASSAULT", "aerial", "-9.5", "MATERIAL CONFLICT"]
        );
        assert!(
            line.iter().all(|cell| !cell.is_empty()),
            "what is missing is `None`"
        );
        let ids = event["actor_ids"].as_array().expect("a list");
        let names: Vec<String> = ids
            .iter()
            .map(|id| one_line(word(by_id(&actors, id.as_str().expect("an id")), "name")))
            .map(|name| name.replace(';', ","))
            .collect();
        assert_eq!(line[7], names.join("; "));
    }
    let line = lines
        .iter()
        .find(|line| line[27] == "IRQ")
        .expect("the hostile one");
    assert_eq!(
        (&*line[16], &*line[17], &*line[23]),
        ("IRQ", "645", &*one_line(NASTY))
    );
    assert_eq!(
        (&*line[28], &*line[29], &*line[30]),
        ("-3.25", "41.5", "12")
    );
    assert_eq!((&*line[13], &*line[21]), ("Ironside guards", "the port"));
    let options = Options {
        text: false,
        ..Options::default()
    };
    let lines = cells(&document(&made.record, "polecat", &options).0);
    assert!(
        lines[1..].iter().all(|line| line[13] == "None"),
        "raw words are words"
    );
}

fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control() || c == '\u{2028}', " ")
}

#[test]
fn icews_has_a_line_for_each_pair() {
    let made = hostile();
    let lines = cells(&document(&made.record, "icews", &Options::default()).0);
    assert!(lines.iter().all(|line| line.len() == 20));
    assert_eq!(lines[0][6], "CAMEO Code");
    let pairs: usize = happened(&made.record)
        .iter()
        .map(|event| {
            let n = |column: &str| event[column].as_array().map_or(0, Vec::len).max(1);
            n("actor_ids") * n("recipient_ids")
        })
        .sum();
    assert_eq!(lines.len() - 1, pairs);
    for line in &lines[1..] {
        assert_eq!(line[1], "2014-05-03");
        assert_eq!(
            line[5..8],
            ["Fight with artillery and tanks", "194", "-10.0"]
        );
        assert_eq!(line[12], "2", "the second sentence");
    }
    assert!(
        lines
            .iter()
            .any(|line| line[9].contains("Government") && line[10] == "Iraq")
    );
}

#[test]
fn gdelt_has_two_files_of_61_and_16_columns() {
    let made = hostile();
    let files = folder(&made.record, "gdelt", &Options::default());
    let events = cells(&text(&files, "gdelt.export.CSV"));
    let mentions = cells(&text(&files, "gdelt.mentions.CSV"));
    assert!(events.iter().all(|line| line.len() == 61));
    assert!(mentions.iter().all(|line| line.len() == 16));
    assert_eq!(mentions.len(), happened(&made.record).len());
    for line in &events {
        assert_eq!(line[1..5], ["20140503", "201405", "2014", "2014.4192"]);
        assert_eq!(line[26..31], ["194", "194", "19", "4", "-10.0"]);
    }
    let line = events
        .iter()
        .find(|line| line[17] == "IRQ")
        .expect("an actor of Iraq");
    assert_eq!(
        (&*line[15], &*line[22], &*line[23]),
        ("IRQGOVMIL", "GOV", "MIL")
    );
    assert_eq!((&*line[51], &*line[53], &*line[56]), ("4", "IZ", "-3.25"));
    assert_eq!(line[60], "https://example.org/a?b=\"c\"&d=<e>");
    let mention = mentions
        .iter()
        .find(|line| line[0] == events[0][0])
        .expect("a mention");
    assert!(["1", "2"].contains(&&*mention[3]) && mention[11] == "7");
    assert_eq!(mention[2], "20140509000000");
}

#[test]
fn plover_keeps_every_event_and_its_status() {
    let made = hostile();
    let (text, done) = document(&made.record, "plover", &Options::default());
    let events = rows_of(&made.record, "events");
    let sentences = rows_of(&made.record, "sentences");
    assert_eq!(text.lines().count(), events.len());
    assert_eq!(done.left_out["dates of events, which are undated"], 1);
    for (line, event) in text.lines().zip(&events) {
        let record: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(record["id"], event["event_id"]);
        assert_eq!(record["event"], event["event_type"]);
        assert_eq!(record["status"], event["status"]);
        assert_eq!(record["date"], event["date"]);
        assert!(record.get("enddate").is_none(), "a day is no span");
        let sentence = by_id(&sentences, word(event, "sentence_id"));
        assert_eq!(record["text"], sentence["text"]);
        assert_eq!(record["text_info"]["start"], sentence["start"]);
        let parties = |name: &str| record[name].as_array().map_or(0, Vec::len);
        assert_eq!(
            parties("actor"),
            event["actor_ids"].as_array().map_or(0, Vec::len)
        );
        assert_eq!(
            parties("recipient"),
            event["recipient_ids"].as_array().map_or(0, Vec::len)
        );
        let denied = event["status"] == "denied";
        let modes = record["mode"].as_array().expect("a list");
        assert_eq!(modes.contains(&"negation".into()), denied);
    }
    let options = Options {
        text: false,
        ..Options::default()
    };
    let (text, _) = document(&made.record, "plover", &options);
    assert!(!text.contains("shelled") && text.contains("ASSAULT"));
}

#[test]
fn geojson_has_a_point_for_each_event_with_coordinates() {
    let made = hostile();
    let (text, done) = document(&made.record, "geojson", &Options::default());
    let map: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().expect("features");
    assert_eq!(features.len(), 2);
    assert_eq!(done.left_out["events without a place"], 1);
    for feature in features {
        assert_eq!(
            feature["geometry"]["coordinates"],
            serde_json::json!([41.5, -3.25])
        );
        assert_eq!(feature["properties"]["precision"], "exact");
        let text = feature["properties"]["sentence"].as_str();
        assert_eq!(
            text,
            Some("The so-called Ironside guards shelled the port on 3 May 2014.")
        );
    }
    assert!(features.iter().any(|f| f["properties"]["place"] == NASTY));
    assert_eq!(map["onrecord"]["rows"]["events"], 2);
    assert_eq!(map["onrecord"]["left_out"]["events without a place"], 1);
}

#[test]
fn timelinejs_has_a_slide_for_each_dated_row() {
    let made = hostile();
    let (text, done) = document(&made.record, "timelinejs", &Options::default());
    let timeline: Value = serde_json::from_str(&text).expect("JSON");
    let slides = timeline["events"].as_array().expect("slides");
    assert_eq!(slides.len(), 4);
    assert_eq!(
        (
            done.left_out["undated events"],
            done.left_out["undated statements"]
        ),
        (1, 1)
    );
    for slide in slides {
        let id = slide["unique_id"].as_str().expect("an id");
        let event = id.starts_with("ev-");
        let day = serde_json::json!({"year": 2014, "month": 5, "day": 3});
        let month = serde_json::json!({"year": 2014, "month": 5});
        assert_eq!(slide["start_date"], if event { day } else { month });
        let text = slide["text"]["text"].as_str().expect("a text");
        let own = text
            .replace("<p>", "")
            .replace("</p>", "")
            .replace("</a>", "");
        let tags = own.matches('<').count();
        assert_eq!(
            tags,
            own.matches("<a href=").count(),
            "markup of the page in {text}"
        );
        assert!(!slide["text"]["headline"].to_string().contains('<'));
    }
    let link = "<a href=\"https://example.org/a?b=&quot;c&quot;&amp;d=&lt;e&gt;\">";
    assert!(slides.iter().any(|slide| {
        slide["text"]["text"]
            .as_str()
            .is_some_and(|t| t.contains(link))
    }));
    assert!(timeline["title"]["text"]["headline"].is_string());
}
