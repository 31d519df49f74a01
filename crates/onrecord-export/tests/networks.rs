//! GraphML and GEXF hold the same network, and it is that of the record.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use std::collections::{BTreeMap, BTreeSet};

use made::{NASTY, document, hostile, rows_of, word};
use onrecord_export::Options;
use onrecord_record::Record;
use roxmltree::{Document, Node};

/// Id, from, to, and the attributes of the edges.
type Edges = BTreeMap<String, (String, String, BTreeMap<String, String>)>;

fn expected(record: &Record) -> BTreeSet<(String, String, String)> {
    let mut edges = BTreeSet::new();
    for row in rows_of(record, "relations") {
        let of = |column: &str| word(&row, column).to_owned();
        edges.insert((of("relation_id"), of("subject_id"), of("object_id")));
    }
    for row in rows_of(record, "statements") {
        if row["speaker_id"].is_string() && row["addressee_id"].is_string() {
            let of = |column: &str| word(&row, column).to_owned();
            edges.insert((of("statement_id"), of("speaker_id"), of("addressee_id")));
        }
    }
    for row in rows_of(record, "events") {
        let list = |column: &str| row[column].as_array().cloned().unwrap_or_default();
        for from in list("actor_ids") {
            for to in list("recipient_ids") {
                let of = |id: &serde_json::Value| id.as_str().expect("an id").to_owned();
                edges.insert((word(&row, "event_id").to_owned(), of(&from), of(&to)));
            }
        }
    }
    for row in rows_of(record, "positions") {
        let issue = format!("issue:{}", word(&row, "issue"));
        edges.insert((
            word(&row, "position_id").to_owned(),
            word(&row, "actor_id").to_owned(),
            issue,
        ));
    }
    edges
}

fn check(record: &Record, nodes: &BTreeMap<String, String>, edges: &Edges) {
    let actors = rows_of(record, "actors");
    for actor in &actors {
        let name = word(actor, "name").replace('\u{1}', "\u{fffd}");
        assert_eq!(nodes[word(actor, "actor_id")], name);
    }
    assert!(actors.iter().any(|actor| actor["name"] == NASTY));
    assert_eq!(nodes.len(), actors.len() + 1, "one issue");
    let found: BTreeSet<_> = edges
        .values()
        .map(|(from, to, fields)| (fields["row_id"].clone(), from.clone(), to.clone()))
        .collect();
    assert_eq!(found, expected(record));
    assert_eq!(edges.len(), found.len(), "no two edges are the same");
    let sentences = rows_of(record, "sentences");
    for (_, _, fields) in edges.values() {
        let sentence = made::by_id(&sentences, &fields["sentence_id"]);
        assert_eq!(fields["sentence"], word(sentence, "text"));
        if fields["class"] == "event" {
            assert_eq!(
                (&*fields["type"], &*fields["status"]),
                ("ASSAULT", "actual")
            );
        }
    }
}

fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |node| node.has_tag_name(name))
}

fn attribute(node: Node<'_, '_>, name: &str) -> String {
    node.attribute(name).expect(name).to_owned()
}

#[test]
fn graphml_is_the_network_of_the_record() {
    let made = hostile();
    let (text, done) = document(&made.record, "graphml", &Options::default());
    let xml = Document::parse(&text).expect("XML");
    let keys: BTreeMap<String, String> = named(xml.root(), "key")
        .map(|key| (attribute(key, "id"), attribute(key, "attr.name")))
        .collect();
    let data = |node: Node<'_, '_>| -> BTreeMap<String, String> {
        named(node, "data")
            .map(|data| {
                let name = keys[&attribute(data, "key")].clone();
                (name, data.text().unwrap_or_default().to_owned())
            })
            .collect()
    };
    let nodes = named(xml.root(), "node")
        .map(|node| (attribute(node, "id"), data(node)["label"].clone()))
        .collect();
    let edges = named(xml.root(), "edge")
        .map(|edge| {
            let ends = (
                attribute(edge, "source"),
                attribute(edge, "target"),
                data(edge),
            );
            (attribute(edge, "id"), ends)
        })
        .collect();
    check(&made.record, &nodes, &edges);
    assert_eq!(
        done.left_out["events without a known actor and recipient"],
        1
    );
    let card = named(xml.root(), "desc")
        .next()
        .and_then(|desc| desc.text());
    assert!(card.is_some_and(|card| card.contains("Cite a row")));
}

#[test]
fn gexf_is_the_same_network_with_time() {
    let made = hostile();
    let (text, done) = document(&made.record, "gexf", &Options::default());
    let xml = Document::parse(&text).expect("XML");
    let nodes = named(xml.root(), "node")
        .map(|node| (attribute(node, "id"), attribute(node, "label")))
        .collect();
    let values = |node: Node<'_, '_>| -> BTreeMap<String, String> {
        named(node, "attvalue")
            .map(|value| (attribute(value, "for"), attribute(value, "value")))
            .collect()
    };
    let edges: Edges = named(xml.root(), "edge")
        .map(|edge| {
            let ends = (
                attribute(edge, "source"),
                attribute(edge, "target"),
                values(edge),
            );
            (attribute(edge, "id"), ends)
        })
        .collect();
    check(&made.record, &nodes, &edges);
    let mut undated = 0;
    for edge in named(xml.root(), "edge") {
        let fields = values(edge);
        let span = edge.attribute("start").zip(edge.attribute("end"));
        match fields.get("date").map(String::as_str) {
            Some("2014-05-03") => assert_eq!(span, Some(("2014-05-03", "2014-05-03"))),
            Some("2014-05") => assert_eq!(span, Some(("2014-05-01", "2014-05-31"))),
            Some("2014") => assert_eq!(span, Some(("2014-01-01", "2014-12-31"))),
            Some(other) => panic!("{other} in the fixture"),
            None => {
                assert_eq!(span, None);
                undated += 1;
            }
        }
    }
    let noted: u64 = done
        .left_out
        .iter()
        .filter(|(why, _)| why.ends_with("undated"))
        .map(|(_, n)| n)
        .sum();
    assert_eq!(noted, undated);
}

#[test]
fn without_text_no_sentence_is_an_attribute() {
    let made = hostile();
    let options = Options {
        text: false,
        ..Options::default()
    };
    for format in ["graphml", "gexf"] {
        let (text, _) = document(&made.record, format, &options);
        assert!(!text.contains("shelled the port"), "{format}");
        Document::parse(&text).expect("XML");
    }
}
