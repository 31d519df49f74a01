//! The tools that list rows: what they give, bounds, errors.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use made::{called, data, server};
use serde_json::{Value, json};

fn ids<'a>(told: &'a Value, table: &str, key: &str) -> Vec<&'a str> {
    let rows = told[table].as_array().expect("rows").iter();
    rows.map(|row| row[key].as_str().expect("an id")).collect()
}

#[test]
fn who_said_what() {
    let (_made, server) = server();
    let told = data(
        &server,
        "search_statements",
        json!({ "speaker": "Ister Bann" }),
    );
    assert_eq!(
        (told["total"].as_u64(), told["given"].as_u64()),
        (Some(4), Some(4))
    );
    let told = data(
        &server,
        "search_statements",
        json!({ "speaker": "Ister Bann", "words": "plan OR lost", "limit": 1 }),
    );
    assert_eq!(
        (told["total"].as_u64(), told["given"].as_u64()),
        (Some(3), Some(1))
    );
    let row = &told["statements"][0];
    assert!(
        row["sentences"][0]["text"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
    assert_eq!(
        row["names"]
            .as_object()
            .and_then(|names| names.values().next()),
        Some(&json!("Ister Bann"))
    );
    let told = data(
        &server,
        "search_statements",
        json!({ "actor": "Mara Tolven", "kind": "indirect" }),
    );
    assert_eq!(told["total"], 0);
    let answer =
        called(&server, "search_statements", json!({ "words": "lost" })).expect("an answer");
    assert!(answer.text.contains("NOT said"), "{}", answer.text);
}

#[test]
fn pages_of_a_list_follow_one_another() {
    let (_made, server) = server();
    let all = data(
        &server,
        "search_statements",
        json!({ "actor": "Ister Bann" }),
    );
    let all = ids(&all, "statements", "statement_id");
    let mut again = Vec::new();
    let mut parts = Vec::new();
    for offset in 0..5 {
        parts.push(data(
            &server,
            "search_statements",
            json!({ "actor": "Ister Bann", "limit": 1, "offset": offset }),
        ));
    }
    for part in &parts {
        assert_eq!(part["total"], 4);
        again.extend(ids(part, "statements", "statement_id"));
    }
    assert_eq!(again, all);
}

#[test]
fn sentences_with_their_source() {
    let (_made, server) = server();
    let told = data(
        &server,
        "search",
        json!({ "words": "cranes", "context": 1, "outlet": "gazette" }),
    );
    assert_eq!(told["total"], 2);
    for sentence in told["sentences"].as_array().expect("sentences") {
        assert_eq!(sentence["outlet"], made::PORT);
        assert!(!sentence["before"].as_array().expect("before").is_empty());
        assert!(!sentence["marks"].as_array().expect("marks").is_empty());
    }
    let told = data(
        &server,
        "search",
        json!({ "words": "plan", "table": "positions" }),
    );
    assert_eq!(told["positions"][0]["stance"], "oppose");
}

#[test]
fn who_did_what() {
    let (_made, server) = server();
    let told = data(
        &server,
        "search_events",
        json!({ "actor": "Ironside Guards", "event_type": "assault" }),
    );
    assert_eq!(
        (told["total"].as_u64(), &told["events"][0]["status"]),
        (Some(1), &json!("actual"))
    );
    let told = data(
        &server,
        "timeline",
        json!({ "actor": "Ironside Guards", "with": "Omar Haddad" }),
    );
    assert_eq!(told["events"][0]["recipients"], json!(["Omar Haddad"]));
    assert_eq!(
        data(&server, "timeline", json!({ "actor": "Ister Bann" }))["total"],
        0
    );
    // The sentence of the position tells no event.
    assert_eq!(
        data(&server, "timeline", json!({ "issue": "foreign-troops" }))["total"],
        0
    );
}

#[test]
fn where_actors_stand_and_what_changed() {
    let (_made, server) = server();
    let told = data(&server, "positions", json!({}));
    assert_eq!(
        ids(&told, "issues", "issue"),
        ["foreign-troops", "sale-of-the-harbour"]
    );
    let told = data(&server, "positions", json!({ "issue": "harbour" }));
    assert_eq!(
        (told["total"].as_u64(), told["changes_total"].as_u64()),
        (Some(4), Some(1))
    );
    assert_eq!(
        (&told["changes"][0]["was"], &told["changes"][0]["is"]),
        (&json!("support"), &json!("oppose"))
    );
    assert_eq!(
        told["positions"][0]["date"], "2019-04-09",
        "the newest first"
    );
    let told = data(&server, "positions", json!({ "actor": "Dockers' Union" }));
    assert_eq!(told["total"], 1);
    assert!(told["positions"][0]["speaks_for"].as_str().is_some());
    let told = data(
        &server,
        "positions",
        json!({ "actor": "Ister Bann", "stance": "oppose" }),
    );
    assert_eq!(
        (told["total"].as_u64(), told["changes_total"].as_u64()),
        (Some(1), Some(1))
    );
}

#[test]
fn an_actor_and_a_row() {
    let (_made, server) = server();
    let told = data(&server, "actor", json!({ "name": "union" }));
    assert_eq!(told["relations"][0]["predicate"], "speaks_for");
    let told = data(&server, "actor", json!({ "name": "bann" }));
    assert_eq!(
        (
            told["has_part_in"]["statements"].as_u64(),
            told["has_part_in"]["mentions"].as_u64()
        ),
        (Some(4), Some(2))
    );
    assert_eq!(told["issues"][0]["issue"], "sale-of-the-harbour");
    let id = told["actor"]["actor_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let row = data(&server, "row", json!({ "id": format!("[{id}]") }));
    assert_eq!(
        (&row["table"], &row["row"]["sentences_total"]),
        (&json!("actors"), &json!(2))
    );
    let said = data(
        &server,
        "search_statements",
        json!({ "speaker": id.clone() }),
    );
    let statement = said["statements"][0]["statement_id"]
        .as_str()
        .expect("an id");
    let row = data(&server, "row", json!({ "id": &statement[..12] }));
    assert_eq!(
        (&row["row"]["statement_id"], &row["reviewed"]),
        (&json!(statement), &json!(false))
    );
    let article = said["statements"][0]["article_id"].as_str().expect("an id");
    let answer = called(&server, "row", json!({ "id": article })).expect("an answer");
    assert!(
        answer.data["row"]["text_length"]
            .as_u64()
            .is_some_and(|n| n > 100)
    );
    assert!(
        answer
            .text
            .lines()
            .skip(2)
            .all(|line| line.starts_with('>')),
        "{}",
        answer.text
    );
    let cited = data(
        &server,
        "cite",
        json!({ "ids": [statement, id], "limit": 1 }),
    );
    assert_eq!(cited["rows"][1]["sentences_total"], 2);
    assert_eq!(
        cited["rows"][1]["sentences"].as_array().map(Vec::len),
        Some(1)
    );
    assert!(
        cited["rows"][0]["sentences"][0]["footnote"]
            .as_str()
            .is_some_and(|note| note.contains("sha256"))
    );
}

#[test]
fn errors_say_what_to_do() {
    let (made, server) = server();
    for (tool, arguments, told) in [
        (
            "search_statements",
            json!({}),
            "give one of `words`, `speaker`",
        ),
        (
            "search_events",
            json!({ "status": "actual" }),
            "give one of `words`, `actor`",
        ),
        (
            "timeline",
            json!({ "since": "2019" }),
            "give one of `actor`, `issue`",
        ),
        (
            "search_events",
            json!({ "with": "Ister Bann", "words": "a" }),
            "give both",
        ),
        (
            "search_events",
            json!({ "actor": "nobody" }),
            "no actor of the record has the name `nobody`",
        ),
        (
            "actor",
            json!({ "name": "r" }),
            "no actor of the record has the name `r`",
        ),
        (
            "search",
            json!({ "words": "-a" }),
            "says only what must not be there",
        ),
        (
            "search",
            json!({ "words": "a", "since": "soon" }),
            "`soon` is no date",
        ),
        (
            "positions",
            json!({ "issue": "bread" }),
            "there are some on foreign-troops, sale-of-the-harbour",
        ),
        ("row", json!({ "id": "st-" }), "several ids begin with"),
        ("row", json!({ "id": "xx-1" }), "no row has the id `xx-1`"),
        ("cite", json!({ "ids": [] }), "takes from 1 to 20"),
    ] {
        let error = called(&server, tool, arguments.clone())
            .expect_err("refused")
            .to_string();
        assert!(error.contains(told), "{tool} {arguments}: {error}");
        assert!(
            !error.contains(&made.folder.path().display().to_string()),
            "{error}"
        );
    }
    assert!(server.call("drop_table", None).is_none());
}
