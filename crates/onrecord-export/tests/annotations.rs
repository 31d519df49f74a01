//! Annotations stand where the words stand.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use std::collections::{BTreeMap, BTreeSet};

use made::{by_id, document, folder, hostile, rows_of, text, word};
use onrecord_export::{ExportError, Options, Target, export};
use serde_json::Value;

fn slice(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn web_annotations_quote_the_article() {
    let made = hostile();
    let (text, done) = document(&made.record, "webannotation", &Options::default());
    let collection: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(collection["type"], "AnnotationCollection");
    assert!(
        collection["label"]
            .as_str()
            .is_some_and(|card| card.contains("Cite a row"))
    );
    let items = collection["first"]["items"]
        .as_array()
        .expect("annotations");
    assert_eq!(collection["total"], items.len());
    let articles = rows_of(&made.record, "articles");
    let mut seen = BTreeSet::new();
    for item in items {
        let row: Value =
            serde_json::from_str(item["body"][1]["value"].as_str().expect("a row")).expect("JSON");
        let id = row
            .as_object()
            .and_then(|row| row.values().next())
            .and_then(Value::as_str);
        assert_eq!(item["id"], format!("urn:onrecord:{}", id.expect("an id")));
        assert!(seen.insert(id.map(str::to_owned)));
        let targets = item["target"].as_array().expect("targets");
        assert!(!targets.is_empty(), "{item}");
        for target in targets {
            let article = target["source"].as_str().expect("a source");
            let article = by_id(
                &articles,
                article.strip_prefix("urn:onrecord:").expect("an id"),
            );
            let text = word(article, "text");
            let at = |name: &str| target["selector"][0][name].as_u64().expect("a place") as usize;
            let quote = &target["selector"][1];
            assert_eq!(quote["exact"], slice(text, at("start"), at("end")));
            let before = slice(text, 0, at("start"));
            assert!(before.ends_with(quote["prefix"].as_str().expect("a prefix")));
            let after = slice(text, at("end"), text.chars().count());
            assert!(after.starts_with(quote["suffix"].as_str().expect("a suffix")));
        }
    }
    for table in [
        "mentions",
        "relations",
        "statements",
        "events",
        "positions",
        "outlooks",
        "framings",
    ] {
        let rows = rows_of(&made.record, table);
        assert_eq!(done.rows[table], rows.len() as u64);
        for row in rows {
            let id = row
                .values()
                .next()
                .and_then(Value::as_str)
                .map(str::to_owned);
            assert!(seen.contains(&id), "{table} {id:?}");
        }
    }
    let options = Options {
        text: false,
        ..Options::default()
    };
    let (text, _) = document(&made.record, "webannotation", &options);
    assert!(!text.contains("TextQuoteSelector") && text.contains("TextPositionSelector"));
}

#[test]
fn brat_spans_are_the_words_at_their_offsets() {
    let made = hostile();
    let files = folder(&made.record, "brat", &Options::default());
    let config = text(&files, "annotation.conf");
    assert!(config.contains("ASSAULT\tActor*:Party|"));
    let articles = rows_of(&made.record, "articles");
    let events = rows_of(&made.record, "events");
    let (mut split, mut said, mut done) = (0, 0, 0);
    for article in &articles {
        let id = word(article, "article_id");
        let part = &id[3..5];
        let paper = text(&files, &format!("{part}/{id}.txt"));
        assert_eq!(paper, word(article, "text"));
        let notes = text(&files, &format!("{part}/{id}.ann"));
        let lines: BTreeMap<&str, Vec<&str>> = notes
            .lines()
            .map(|line| {
                let mut parts = line.split('\t');
                (parts.next().expect("an id"), parts.collect())
            })
            .collect();
        assert_eq!(
            lines.len(),
            notes.lines().count(),
            "ids are unique in {notes}"
        );
        for (n, parts) in &lines {
            let (kind, rest) = parts[0].split_once(' ').expect("a type");
            match &n[..1] {
                "T" => {
                    let pieces: Vec<String> = rest
                        .split(';')
                        .map(|place| {
                            let (start, end) = place.split_once(' ').expect("a place");
                            let at = |s: &str| s.parse::<usize>().expect("a number");
                            slice(&paper, at(start), at(end))
                        })
                        .collect();
                    split += usize::from(pieces.len() > 1);
                    assert_eq!(parts[1..].join("\t"), pieces.join(" "));
                }
                "E" => {
                    let spans = parts[0].split(' ').filter_map(|part| part.split_once(':'));
                    assert!(spans.clone().all(|(_, span)| lines.contains_key(span)));
                    done += usize::from(kind.starts_with("ASSAULT:"));
                    said += usize::from(kind.starts_with("Statement:"));
                }
                "A" | "#" => {
                    let of = rest.split(' ').next().expect("an id");
                    assert!(lines.contains_key(of), "{n} in {notes}");
                }
                other => panic!("{other} in {notes}"),
            }
        }
    }
    assert!(split > 0, "a mention of the fixture runs over a line end");
    assert_eq!((done, said), (events.len(), 2), "one statement has no cue");
    assert!(files.contains_key("CARD.md"));
    let options = Options {
        text: false,
        ..Options::default()
    };
    let place = tempfile::tempdir().expect("a folder");
    let target = Target::Folder(place.path().join("brat"));
    let error = export(&made.record, "brat", target, &options).expect_err("nothing but text");
    assert!(matches!(error, ExportError::AllText { .. }), "{error}");
    let mut out = Vec::new();
    let error = export(
        &made.record,
        "brat",
        Target::Stream(&mut out),
        &Options::default(),
    );
    assert!(matches!(error, Err(ExportError::NeedsFolder { .. })));
}

#[test]
fn ftm_entities_name_only_entities_that_are_there() {
    let made = hostile();
    let (text, _) = document(&made.record, "ftm", &Options::default());
    let entities: BTreeMap<String, Value> = text
        .lines()
        .map(|line| {
            let entity: Value = serde_json::from_str(line).expect("JSON");
            (entity["id"].as_str().expect("an id").to_owned(), entity)
        })
        .collect();
    assert_eq!(entities.len(), text.lines().count(), "ids are unique");
    for (id, entity) in &entities {
        for (name, values) in entity["properties"].as_object().expect("properties") {
            let values = values.as_array().expect("a list");
            assert!(
                !values.is_empty()
                    && values
                        .iter()
                        .all(|v| v.as_str().is_some_and(|v| !v.is_empty()))
            );
            let points = [
                "proof",
                "involved",
                "document",
                "entity",
                "resolved",
                "subject",
                "object",
                "member",
                "organization",
            ];
            if points.contains(&&**name) {
                for value in values {
                    assert!(
                        entities.contains_key(value.as_str().expect("an id")),
                        "{id}: {value}"
                    );
                }
            }
        }
    }
    let sentences = rows_of(&made.record, "sentences");
    for event in rows_of(&made.record, "events") {
        let entity = &entities[word(&event, "event_id")];
        assert_eq!(entity["schema"], "Event");
        let sentence = by_id(&sentences, word(&event, "sentence_id"));
        assert_eq!(entity["properties"]["summary"][0], sentence["text"]);
        let denied = event["status"] == "denied";
        let name = entity["properties"]["name"][0].as_str().expect("a name");
        assert_eq!(name.ends_with("(denied)"), denied);
    }
    for actor in rows_of(&made.record, "actors") {
        assert_eq!(
            entities[word(&actor, "actor_id")]["properties"]["name"][0],
            actor["name"]
        );
    }
}

#[test]
fn dna_lists_the_positions() {
    let made = hostile();
    let (text, done) = document(&made.record, "dna", &Options::default());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(header[..3], ["statement ID", "time", "document ID"]);
    assert_eq!(
        header[9..],
        ["person", "organization", "concept", "agreement"]
    );
    let lines: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("lines");
    assert_eq!(lines.len(), 2);
    assert_eq!(done.left_out["mixed positions"], 1);
    assert_eq!(done.left_out["dates of positions without a day"], 1);
    let positions = rows_of(&made.record, "positions");
    for line in &lines {
        let position = by_id(&positions, &line[0]);
        let exact = position["date_precision"] == "day";
        assert_eq!(&line[1], if exact { "2014-05-03 00:00:00" } else { "" });
        assert_eq!((&line[12], line[9].is_empty()), ("0", false));
        assert!(line.iter().all(|cell| !cell.contains([';', '"', '\n'])));
        assert!(line[11].starts_with("foreign-troops"));
    }
}
