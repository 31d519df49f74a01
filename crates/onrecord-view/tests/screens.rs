//! What the screens show, of a record with hostile names.
#![allow(clippy::disallowed_methods)] // tests make files

mod ask;

use ask::{asked, assert_harmless};
use serde_json::Value;

const SCREENS: [&str; 17] = [
    "/",
    "/search",
    "/articles",
    "/actors",
    "/positions",
    "/positions/foreign-troops",
    "/timeline",
    "/network",
    "/network?of=issues",
    "/map",
    "/compare",
    "/outlooks",
    "/disagreements",
    "/review",
    "/names",
    "/export",
    "/help",
];

#[test]
fn every_screen_shows_hostile_text_as_text() {
    let asked = asked();
    let mut addresses: Vec<String> = SCREENS.map(str::to_owned).into();
    let tables = onrecord_record::TABLES.iter();
    addresses.extend(tables.map(|table| format!("/search?table={}", table.name)));
    addresses.push("/search?q=Haddad".to_owned());
    addresses.push("/search?q=%3Cscript%3Ealert(9)%3C/script%3E".to_owned());
    addresses.push("/search?outlet=%22%3E%3Cimg+src%3Dx%3E".to_owned());
    addresses.push("/%3Cscript%3E".to_owned());
    for (table, screen) in [("articles", "article"), ("actors", "actor")] {
        for row in asked.rows(table) {
            let id = row
                .values()
                .next()
                .and_then(Value::as_str)
                .expect("an id")
                .to_owned();
            addresses.push(format!("/{screen}/{id}"));
            if table == "articles" {
                addresses.push(format!("/article/{id}?raw=yes"));
            } else {
                addresses.push(format!("/names?actor={id}"));
            }
        }
    }
    for table in [
        "statements",
        "events",
        "positions",
        "outlooks",
        "framings",
        "mentions",
        "relations",
        "sentences",
        "places",
        "pages",
        "runs",
    ] {
        let id = asked.rows(table)[0]
            .values()
            .next()
            .and_then(Value::as_str)
            .expect("an id")
            .to_owned();
        addresses.push(format!("/row/{id}"));
    }
    let with = [("cookie", "onrecord8080=the-token-of-tests")];
    for address in &addresses {
        let answer = asked.get_with(address, &with);
        let wrong = address.contains("%3C") || address.contains("%22");
        assert!(
            wrong || answer.status == 200,
            "{address}: {} {}",
            answer.status,
            answer.body
        );
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{address}"
        );
        assert!(answer.body.ends_with("</html>"), "{address}");
        assert_harmless(&answer, address);
        // A name of 25,000 characters is cut where it is one of many.
        assert!(
            answer.body.len() < 300_000,
            "{address}: {}",
            answer.body.len()
        );
    }
}

#[test]
fn lists_come_as_json_and_csv_too() {
    let asked = asked();
    for address in [
        "/search",
        "/articles",
        "/actors",
        "/positions",
        "/positions/foreign-troops",
        "/timeline",
        "/network",
        "/map",
        "/compare",
        "/outlooks",
        "/disagreements",
        "/review",
        "/names",
    ] {
        let json = asked.get(&format!("{address}.json"));
        assert_eq!(json.status, 200, "{address}: {}", json.body);
        assert_eq!(json.header("content-type"), "application/json");
        let value = json.json();
        let columns = value["columns"].as_array().expect("columns").len();
        let rows = value["rows"].as_array().expect("rows").len();
        let csv = asked.get(&format!("{address}.csv"));
        assert_eq!(
            csv.header("content-type"),
            "text/csv; charset=utf-8",
            "{address}"
        );
        assert!(
            csv.header("content-disposition").starts_with("attachment"),
            "{address}"
        );
        let mut reader = csv::Reader::from_reader(csv.body.as_bytes());
        assert_eq!(
            reader.headers().expect("a head").len(),
            columns,
            "{address}"
        );
        assert_eq!(
            reader.records().filter(Result::is_ok).count(),
            rows,
            "{address}"
        );
        for cell in csv.body.split(['\n', ',']) {
            assert!(!cell.starts_with('='), "{address}: {cell}");
        }
    }
    assert_eq!(asked.get("/help.csv").status, 404);
}

#[test]
fn charts_come_as_drawings() {
    let asked = asked();
    for address in [
        "/positions/foreign-troops.svg",
        "/timeline.svg",
        "/network.svg",
        "/map.svg",
    ] {
        let answer = asked.get(address);
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(answer.header("content-type"), "image/svg+xml");
        assert!(
            answer.header("content-security-policy").contains("sandbox"),
            "{address}"
        );
        assert!(
            answer.body.starts_with("<svg") && !answer.body.contains("<script"),
            "{address}"
        );
    }
}

#[test]
fn a_search_narrows_by_facets_and_pages_on() {
    let asked = asked();
    let rows = |address: &str| -> Vec<Value> {
        asked.get(address).json()["rows"]
            .as_array()
            .expect("rows")
            .clone()
    };
    let all = rows("/search.json?table=statements");
    assert_eq!(all.len(), 4);
    let first = rows("/search.json?table=statements&size=3");
    let second = rows("/search.json?table=statements&size=3&page=2");
    assert_eq!([first, second].concat(), all);
    let next = asked.get("/search.json?table=statements&size=3").json()["next"].clone();
    assert_eq!(next, "/search.json?table=statements&size=3&page=2");

    assert_eq!(
        rows("/search.json?table=events&event_type=assault").len(),
        4
    );
    assert_eq!(rows("/search.json?table=events&status=denied").len(), 0);
    assert_eq!(
        rows("/search.json?table=events&since=2014-05&until=2014-05").len(),
        4
    );
    assert_eq!(rows("/search.json?table=events&since=2015").len(), 0);
    assert_eq!(rows("/search.json?table=events&sure=0.5").len(), 0);
    assert_eq!(
        rows("/search.json?table=statements&outlet=narnian").len(),
        3
    );
    assert_eq!(rows("/search.json?table=statements&outlet=Nobody").len(), 0);
    assert_eq!(
        rows("/search.json?table=positions&stance=oppose&issue=foreign-troops").len(),
        4
    );
    let guards = asked.rows("events")[0]["actor_ids"][0]
        .as_str()
        .expect("an actor")
        .to_owned();
    assert_eq!(
        rows(&format!("/search.json?table=events&actor={guards}")).len(),
        4
    );
    assert_eq!(
        rows("/search.json?table=events&actor=Ironside+Guards").len(),
        4
    );
    assert_eq!(rows("/search.json?table=statements&q=leave").len(), 4);
    assert_eq!(rows("/search.json?q=%22foreign+troops%22").len(), 4);
    // As the record's own filter gives them.
    for (address, status) in [
        ("/search?table=nothing", 400),
        ("/search?table=events&actor=Nobody", 400),
        ("/search?table=events&sure=2", 400),
        ("/search?q=%22", 400),
        ("/search?table=positions&stanse=oppose", 400),
        ("/search?table=disagreements&outlet=Post", 400),
        ("/search?table=articles&sure=0.5", 400),
        ("/timeline?q=x", 400),
        ("/review?table=pages", 400),
    ] {
        let answer = asked.get(address);
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
    }
}

#[test]
fn the_reader_marks_words_and_shows_the_raw_page() {
    let asked = asked();
    let article = asked
        .rows("articles")
        .into_iter()
        .find(|a| a["title"] == "Troops – and número 3");
    let id = article.expect("the article")["article_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let answer = asked.get(&format!("/article/{id}"));
    for part in [
        "m-speaker",
        "m-cue",
        "m-statement",
        "m-event",
        "m-framing",
        "s stands",
    ] {
        assert!(answer.body.contains(part), "{part}");
    }
    assert!(
        answer.body.contains("class=\"mark m-event begins ends\""),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("so-called"));
    let hidden = asked.get(&format!("/article/{id}?show=events"));
    assert!(!hidden.body.contains("m-cue") && hidden.body.contains("m-event"));
    let raw = asked.get(&format!("/article/{id}?raw=yes"));
    assert!(
        raw.body.contains("<span class=\"what\">menu</span>"),
        "{}",
        raw.body
    );
    let changed = asked
        .rows("articles")
        .into_iter()
        .find(|a| a["title"] == "Troops – and número 4");
    let id = changed.expect("the article")["article_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let raw = asked.get(&format!("/article/{id}?raw=yes"));
    assert!(raw.body.contains("is not what was read"), "{}", raw.body);
}

#[test]
fn a_row_says_why_it_is_here() {
    let asked = asked();
    let row = asked
        .rows("statements")
        .into_iter()
        .find(|s| s["speaker_text"] == "Omar Ḥaddad");
    let id = row.expect("a statement")["statement_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let page = asked.get(&format!("/row/{id}"));
    for part in [
        "We will never leave Porto",
        "According to",
        "The Narnian Post",
        "test.hand",
        "85 %",
        "unreviewed",
        "@article",
        "container-title",
        "SHA-256",
        "a name",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let short = asked.get(&format!("/row/{}", &id[..14]));
    assert_eq!(short.header("location"), format!("/row/{id}"));
    let json = asked.get(&format!("/row/{id}.json")).json();
    assert_eq!(json["table"], "statements");
    assert_eq!(json["row"]["statement_id"], id.as_str());
    assert!(
        json["citations"][0]["text"]
            .as_str()
            .expect("text")
            .contains("never leave")
    );
    assert_eq!(asked.get("/row/st-ffff").status, 404);
    assert_eq!(asked.get("/row").status, 404);
}

#[test]
fn exports_leave_as_files() {
    let asked = asked();
    let answer = asked.get("/export/jsonl");
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(
        answer
            .header("content-disposition")
            .contains("r-jsonl.jsonl"),
        "{:?}",
        answer.headers
    );
    let lines: Vec<Value> = answer
        .body
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect();
    assert_eq!(lines.iter().filter(|l| l["table"] == "events").count(), 4);
    let one = asked.get("/export/file?format=csv&table=events");
    assert_eq!(one.header("content-type"), "text/csv");
    assert_eq!(asked.get("/export/csv").status, 400);
    assert_eq!(asked.get("/export/nothing").status, 404);
}

#[test]
fn an_empty_record_has_all_screens() {
    let empty = ask::common::empty();
    let options = onrecord_view::Options::new(empty.record.path(), "token");
    let router = onrecord_view::site(options).expect("pages");
    let asked = ask::Asked {
        made: empty,
        router,
    };
    for address in SCREENS {
        let answer = asked.get(address);
        let nothing = address == "/positions/foreign-troops";
        assert_eq!(
            answer.status,
            if nothing { 404 } else { 200 },
            "{address}: {}",
            answer.body
        );
    }
}
