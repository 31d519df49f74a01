//! A model is asked by way of a server that the tests run.
#![allow(clippy::disallowed_methods)] // tests make files

#[path = "../../onrecord-record/tests/common/mod.rs"]
mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

use common::{Made, Sample, record_of};
use onrecord_opinion::{Address, Asker, Material, Opinion, OpinionError, Opinions, Verdict};
use onrecord_record::Filter;
use serde_json::{Value, json};

const AT: &str = "2030-01-01T00:00:00Z";

/// How the server answers one request.
enum Reply {
    /// As a chat, with this content.
    Says(String),
    /// With this status, these header lines and this body.
    Raw(u16, &'static str, String),
    /// Not within the time.
    Nothing,
    /// A body that does not end.
    Endless,
}

fn says(answer: Value) -> Reply {
    Reply::Says(answer.to_string())
}

/// A server that answers so many requests, and what it was asked.
fn server(replies: Vec<Reply>) -> (String, JoinHandle<Vec<Value>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
    let thread = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for reply in replies {
            let (mut stream, _) = listener.accept().expect("a client");
            asked.push(request(&stream));
            answer(&mut stream, reply);
        }
        asked
    });
    (url, thread)
}

fn request(stream: &TcpStream) -> Value {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request line");
    assert_eq!(line, "POST /v1/chat/completions HTTP/1.1\r\n");
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).expect("a header");
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    serde_json::from_slice(&body).expect("JSON")
}

fn answer(stream: &mut TcpStream, reply: Reply) {
    let (status, headers, body) = match reply {
        Reply::Says(content) => {
            let message = json!({ "role": "assistant", "content": content });
            (
                200,
                "content-type: application/json\r\n",
                json!({ "choices": [{ "message": message }] }).to_string(),
            )
        }
        Reply::Raw(status, headers, body) => (status, headers, body),
        Reply::Nothing => {
            std::thread::sleep(Duration::from_secs(3));
            return;
        }
        Reply::Endless => {
            // The client stops reading: the write fails at last.
            let _ =
                stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"choices\": [\"");
            while stream.write_all(&[b'a'; 8192]).is_ok() {}
            return;
        }
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // A client that has seen enough may be gone.
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body.as_bytes()));
}

fn made() -> Made {
    record_of(&[Sample::default()])
}

/// The material of the first row of a table.
fn material(made: &Made, table: &str) -> Material {
    let rows = made
        .record
        .table(table, &Filter::default(), Some(1))
        .expect("rows");
    Material::of_row(&made.record, table, &rows[0]).expect("material")
}

fn asker(url: &str) -> Asker {
    let address = Address::parse(url, false).expect("an address");
    Asker::new(address, "test-model", 1, Duration::from_secs(20))
}

fn ask(
    made: &Made,
    table: &str,
    replies: Vec<Reply>,
) -> (Result<Opinion, OpinionError>, Vec<Value>) {
    let (url, server) = server(replies);
    let opinion = asker(&url).ask(&material(made, table), AT);
    (opinion, server.join().expect("no panic"))
}

fn right() -> Reply {
    says(
        json!({ "verdict": "right", "field": null, "better": null, "quotation": "\"We will never leave Porto Névo,\"" }),
    )
}

#[test]
fn a_stable_answer_counts() {
    let made = made();
    let (opinion, asked) = ask(&made, "statements", vec![right(), right()]);
    let opinion = opinion.expect("an opinion");
    assert_eq!(
        (opinion.verdict, opinion.why.as_deref()),
        (Some(Verdict::Right), None)
    );
    // As the source prints it, with its place in the article's text.
    assert_eq!(
        opinion.quotation(),
        Some("“We will never leave Porto Névo,”")
    );
    assert_eq!(
        (opinion.answers[0].start, opinion.answers[0].end),
        (Some(0), Some(33))
    );
    assert_eq!(
        (opinion.at.as_str(), opinion.key.model.as_str()),
        (AT, "test-model")
    );
    // Asked twice, with the verdicts in two orders, at temperature 0 and with the seed.
    let told = |n: usize| {
        asked[n]["messages"][1]["content"]
            .as_str()
            .expect("words")
            .to_owned()
    };
    assert_ne!(told(0), told(1));
    assert_ne!(opinion.answers[0].labels, opinion.answers[1].labels);
    for (n, asked) in asked.iter().enumerate().take(2) {
        assert_eq!(
            (&asked["temperature"], &asked["seed"], &asked["stream"]),
            (&json!(0), &json!(1), &json!(false))
        );
        let words = told(n);
        assert!(
            words.contains("We will never leave Porto Névo") && words.contains("Omar Haddad"),
            "{words}"
        );
        assert!(!words.contains("{labels}") && !words.contains("{material}"));
        assert!(
            words.contains("The so-called Ironside guards shelled"),
            "the sentence after it"
        );
    }
}

#[test]
fn a_disagreement_names_the_field() {
    let made = made();
    let wrong = || {
        let answer = json!({ "verdict": "wrong", "field": "status", "better": "alleged", "quotation": "shelled the port" });
        // Some models think aloud, or talk around the object.
        Reply::Says(format!(
            "<think>{{maybe}}</think>```json\n{answer}\n``` I hope this helps."
        ))
    };
    let (opinion, _) = ask(&made, "events", vec![wrong(), wrong()]);
    let opinion = opinion.expect("an opinion");
    assert_eq!(opinion.verdict, Some(Verdict::Wrong));
    assert_eq!(
        (opinion.field(), opinion.better()),
        (Some("status"), Some("alleged"))
    );
    assert_eq!(opinion.quotation(), Some("shelled the port"));
}

#[test]
fn answers_that_do_not_count_say_why() {
    let made = made();
    let quoting = |words: &str| {
        says(json!({ "verdict": "wrong", "field": null, "better": null, "quotation": words }))
    };
    for (reply, why) in [
        (
            quoting("We will leave Porto Névo tomorrow"),
            "do not stand in the source",
        ),
        (
            quoting("The so-called Ironside guards"),
            "do not stand in the source",
        ),
        (quoting("“ ”"), "do not stand in the source"),
        (says(json!({ "verdict": "right" })), "quotes nothing"),
        (
            says(json!({ "verdict": "maybe", "quotation": "never" })),
            "no verdict",
        ),
        (
            Reply::Says("{\"verdict\": \"right\", ".to_owned()),
            "malformed JSON",
        ),
        (
            Reply::Says("I cannot help with that.".to_owned()),
            "no JSON object",
        ),
        (Reply::Says("[1]".to_owned()), "no JSON object"),
    ] {
        // Not asked a second time.
        let (opinion, asked) = ask(&made, "statements", vec![reply]);
        let opinion = opinion.expect("an opinion without a verdict");
        assert_eq!(
            (opinion.verdict, asked.len(), opinion.answers.len()),
            (None, 1, 1)
        );
        let told = opinion.why.as_deref().unwrap_or_default();
        assert!(told.contains(why), "{told}");
        assert!(opinion.quotation().is_none() && !opinion.answers[0].raw.is_empty());
    }
}

#[test]
fn an_answer_that_hangs_on_the_order_does_not_count() {
    let made = made();
    let other =
        says(json!({ "verdict": "unsure", "field": null, "better": null, "quotation": "" }));
    let (opinion, _) = ask(&made, "statements", vec![right(), other]);
    let opinion = opinion.expect("an opinion");
    assert_eq!(opinion.verdict, None);
    assert!(
        opinion
            .why
            .as_deref()
            .is_some_and(|why| why.contains("differs: right, unsure"))
    );
}

#[test]
fn a_server_that_knows_no_forms_is_asked_without() {
    let made = made();
    let refuses = Reply::Raw(
        400,
        "",
        "{\"error\": \"response_format is not supported\"}".to_owned(),
    );
    let (opinion, asked) = ask(&made, "statements", vec![refuses, right(), right()]);
    assert_eq!(opinion.expect("an opinion").verdict, Some(Verdict::Right));
    let forms: Vec<bool> = asked
        .iter()
        .map(|asked| asked.get("response_format").is_some())
        .collect();
    assert_eq!(forms, [true, false, false]);
}

#[test]
fn redirects_refusals_and_other_answers_are_errors() {
    let made = made();
    for status in [301, 302, 303, 307, 308] {
        let reply = Reply::Raw(status, "location: http://example.org/v1\r\n", String::new());
        let (opinion, asked) = ask(&made, "statements", vec![reply]);
        let error = opinion.expect_err("not followed");
        assert!(
            matches!(error, OpinionError::Redirected { .. }),
            "{status}: {error}"
        );
        assert_eq!(asked.len(), 1);
    }
    let (opinion, _) = ask(
        &made,
        "statements",
        vec![Reply::Raw(404, "", "model \"x\"\nnot found".to_owned())],
    );
    let error = opinion.expect_err("refused").to_string();
    assert!(
        error.contains("status 404: model \"x\" not found"),
        "{error}"
    );
    for body in ["<html>", "{}", "{\"choices\": []}"] {
        let (opinion, _) = ask(
            &made,
            "statements",
            vec![Reply::Raw(200, "", body.to_owned())],
        );
        assert!(
            matches!(opinion, Err(OpinionError::NotAChat { .. })),
            "{body}"
        );
    }
}

#[test]
fn time_and_size_are_bounded() {
    let made = made();
    let (url, _slow) = server(vec![Reply::Nothing]);
    let address = Address::parse(&url, false).expect("an address");
    let asker = Asker::new(address, "m", 1, Duration::from_millis(300));
    let error = asker
        .ask(&material(&made, "statements"), AT)
        .expect_err("too slow");
    assert!(matches!(error, OpinionError::TimedOut { .. }), "{error}");
    let (opinion, _) = ask(&made, "statements", vec![Reply::Endless]);
    let error = opinion.expect_err("too long");
    assert!(matches!(error, OpinionError::TooLong { .. }), "{error}");
    let long =
        says(json!({ "verdict": "wrong", "better": "a".repeat(100_000), "quotation": "never" }));
    let again = says(json!({ "verdict": "wrong", "better": null, "quotation": "never" }));
    let (opinion, _) = ask(&made, "statements", vec![long, again]);
    assert!(opinion.expect("an opinion").to_line().len() < 20_000);
}

#[test]
fn nobody_there() {
    let made = made();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
    drop(listener);
    let error = asker(&url)
        .ask(&material(&made, "statements"), AT)
        .expect_err("nobody");
    assert!(matches!(error, OpinionError::Unreachable { .. }), "{error}");
}

#[test]
fn opinions_are_kept_and_asked_for_once() {
    let made = made();
    let before = std::fs::read(made.record.path()).expect("the record");
    let (url, server) = server(vec![right(), right()]);
    let asker = asker(&url);
    let shown = material(&made, "statements");
    let mut opinions = Opinions::beside(made.record.path()).expect("none yet");
    assert!(opinions.all().is_empty() && opinions.find(&shown, &asker.key()).is_none());
    opinions
        .append(asker.ask(&shown, AT).expect("an opinion"))
        .expect("written");
    server.join().expect("no panic");
    let read = Opinions::beside(made.record.path()).expect("a file");
    assert_eq!(read.all(), opinions.all());
    assert_eq!(read.of_row(&shown.row_id).count(), 1);
    assert!(read.find(&shown, &asker.key()).is_some());
    assert_eq!(
        std::fs::read(made.record.path()).expect("the record"),
        before,
        "the record is as it was"
    );
    let rest = |key| {
        let found = read
            .unasked(&made.record, "statements", &Filter::default(), &key, 9)
            .expect("rows");
        (found.rows.len(), found.asked_before, found.left_out.len())
    };
    assert_eq!(rest(asker.key()), (0, 1, 0));
    // Another model, seed or prompt, and a row that has changed, is asked again.
    let other = |change: fn(&mut onrecord_opinion::Key)| {
        let mut key = asker.key();
        change(&mut key);
        key
    };
    for key in [
        other(|key| key.model = "another".to_owned()),
        other(|key| key.seed = 2),
        other(|key| key.prompt_sha256 = "0".to_owned()),
    ] {
        assert!(read.find(&shown, &key).is_none());
        assert_eq!(rest(key), (1, 0, 0));
    }
    let mut row = made
        .record
        .row(&shown.row_id)
        .expect("read")
        .expect("a row")
        .1;
    row.insert("kind".to_owned(), "indirect".into());
    let changed = Material::of_row(&made.record, "statements", &row).expect("material");
    assert!(read.find(&changed, &asker.key()).is_none());
}

#[test]
fn disagreements_come_first() {
    let made = made();
    let answer = |verdict: &str, words: &str| {
        says(json!({ "verdict": verdict, "field": null, "better": null, "quotation": words }))
    };
    let mut opinions = Opinions::beside(made.record.path()).expect("none yet");
    for (table, verdict, words) in [
        ("statements", "right", "never"),
        ("events", "unsure", "shelled"),
        ("outlooks", "right", "no such words"),
        ("framings", "wrong", "so-called"),
    ] {
        let (opinion, _) = {
            let (url, _server) = server(vec![answer(verdict, words), answer(verdict, words)]);
            (asker(&url).ask(&material(&made, table), AT), ())
        };
        opinions
            .append(opinion.expect("an opinion"))
            .expect("written");
    }
    let ranked: Vec<&str> = opinions
        .ranked()
        .iter()
        .map(|opinion| opinion.table.as_str())
        .collect();
    assert_eq!(ranked, ["framings", "events", "outlooks", "statements"]);
}

#[test]
fn a_broken_line_is_told_by_its_number() {
    let made = made();
    let mut path = made.record.path().as_os_str().to_owned();
    path.push(".opinions.jsonl");
    for (text, told) in [
        ("\n{\n", "line 2 is no JSON object"),
        ("{}", "line 1 has no `answers`"),
        (
            "{\"answers\": [], \"opinion_id\": 1}",
            "neither text nor null",
        ),
    ] {
        std::fs::write(&path, text).expect("written");
        let error = Opinions::beside(made.record.path())
            .expect_err("broken")
            .to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn every_judged_table_has_material() {
    let made = made();
    for table in onrecord_record::OF_SENTENCES {
        let shown = material(&made, table);
        assert!(
            shown.claim.len() > 10 && !shown.claim.contains("ac-"),
            "{table}: {}",
            shown.claim
        );
        assert!(
            shown.fields().count() > 2 && !shown.sources.is_empty(),
            "{table}"
        );
    }
    let shown = material(&made, "events");
    assert_eq!(
        shown.claim,
        "Ironside Guards -> ASSAULT/aerial -> Omar Haddad; status actual; at Porto Névo; date 2014-05-03"
    );
    for (id, told) in [
        ("st-nothing", "no row has this id"),
        ("ac-", "rows of actors are not judged"),
    ] {
        let id = match id {
            "ac-" => common::actor_id(common::MINISTER),
            id => id.to_owned(),
        };
        let error = Material::of(&made.record, &id)
            .expect_err("refused")
            .to_string();
        assert!(error.contains(told), "{error}");
    }
}
