//! Files that are dropped: handed over whole, one lot at a time, from our own pages only.
#![allow(clippy::disallowed_methods)] // tests make files

mod ask;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ask::{Answer, Asked, asked, asked_with, send};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use onrecord_view::{Added, Outside, Progress, Upload};
use serde_json::json;

/// Keeps what it is given, and waits until it may go on.
struct Taking {
    given: Mutex<Sender<Vec<Upload>>>,
    on: Mutex<Receiver<Result<Added, String>>>,
}

impl Outside for Taking {
    fn adds(&self) -> bool {
        true
    }

    fn add(&self, files: Vec<Upload>, told: &(dyn Fn(Progress) + Sync)) -> Result<Added, String> {
        told(Progress {
            stage: "Reading".to_owned(),
            done: 1,
            all: files.len() as u64,
        });
        self.given.lock().expect("lock").send(files).expect("taken");
        self.on.lock().expect("lock").recv().expect("an answer")
    }
}

type Ends = (Asked, Receiver<Vec<Upload>>, Sender<Result<Added, String>>);

fn taking() -> Ends {
    let (given, files) = channel();
    let (go, on) = channel();
    let outside = Taking {
        given: Mutex::new(given),
        on: Mutex::new(on),
    };
    let asked = asked_with(|mut options| {
        options.outside = Arc::new(outside);
        options
    });
    (asked, files, go)
}

fn form(files: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, text) in files {
        body.push_str(&format!(
            "--b0\r\ncontent-disposition: form-data; name=\"pages\"; filename=\"{name}\"\r\n\
             content-type: text/plain\r\n\r\n{text}\r\n"
        ));
    }
    body + "--b0--\r\n"
}

fn request(body: String, headers: &[(&str, &str)]) -> Request<Body> {
    let usual = [
        ("host", "127.0.0.1:8080"),
        ("origin", "http://127.0.0.1:8080"),
        ("sec-fetch-site", "same-origin"),
        ("cookie", "onrecord8080=the-token-of-tests"),
        ("content-type", "multipart/form-data; boundary=b0"),
    ];
    let mut request = Request::post("/add");
    let kept = usual
        .iter()
        .filter(|(name, _)| !headers.iter().any(|(n, _)| n == name));
    for (name, value) in kept.chain(headers).filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body)).expect("a request")
}

fn posted(router: &Router, body: String) -> std::thread::JoinHandle<Answer> {
    let router = router.clone();
    std::thread::spawn(move || send(router, request(body, &[])))
}

#[test]
fn files_are_handed_over_and_their_reading_is_told() {
    let (asked, files, go) = taking();
    assert_eq!(asked.get("/add.json").json(), json!({ "state": "idle" }));
    let sent = posted(
        &asked.router,
        form(&[("a.txt", "one"), ("../b<i>.html", "two")]),
    );
    let given = files
        .recv_timeout(Duration::from_secs(60))
        .expect("the files");
    let names: Vec<&str> = given.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.txt", "../b<i>.html"]);
    assert_eq!(given[1].bytes, b"two");
    let busy = asked.get("/add.json").json();
    assert_eq!(
        busy,
        json!({ "state": "busy", "stage": "Reading", "done": 1, "all": 2 })
    );
    let page = asked.get_with("/add", &[("cookie", "onrecord8080=the-token-of-tests")]);
    assert!(page.body.contains("Reading: 1 of 2"), "{}", page.body);
    assert!(!page.body.contains("type=\"file\""), "one lot at a time");
    let second = asked.send(request(form(&[("c.txt", "three")]), &[]));
    assert_eq!(second.status, StatusCode::BAD_REQUEST);
    assert!(second.body.contains("being read already"));
    let done = Added {
        told: "pages      2 new".to_owned(),
        failed: vec!["<i>.html: not read".to_owned()],
    };
    go.send(Ok(done)).expect("on");
    let answer = sent.join().expect("an answer");
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/add");
    let page = asked.get_with("/add", &[("cookie", "onrecord8080=the-token-of-tests")]);
    assert!(page.body.contains("2 new"), "{}", page.body);
    assert!(
        page.body.contains("&lt;i&gt;.html: not read"),
        "{}",
        page.body
    );
    assert!(page.body.contains("type=\"file\""), "the next lot");
}

#[test]
fn what_goes_wrong_is_told() {
    let (asked, files, go) = taking();
    go.send(Err("the disk is full".to_owned())).expect("on");
    posted(&asked.router, form(&[("a.txt", "one")]))
        .join()
        .expect("an answer");
    assert_eq!(files.recv().expect("files").len(), 1);
    let over = asked.get("/add.json").json();
    assert_eq!(over["well"], json!(false));
    assert_eq!(over["told"], json!("the disk is full"));
    let empty = asked.send(request(form(&[("", "")]), &[]));
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.body.contains("No file was chosen"));
    let other = [("content-type", "application/x-www-form-urlencoded")];
    let form = asked.send(request("pages=x".to_owned(), &other));
    assert_eq!(form.status, StatusCode::BAD_REQUEST);
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("a.txt", "x"), 501).collect();
    let many = asked.send(request(self::form(&many), &[]));
    assert!(many.body.contains("More than 500 files"), "{}", many.body);
    let large = "x".repeat(65 * 1024 * 1024);
    let large = asked.send(request(self::form(&[("a.txt", &large)]), &[]));
    assert!(large.body.contains("More than 64 MB"), "{}", large.body);
}

#[test]
fn only_our_own_pages_with_the_token_add() {
    let (asked, files, _go) = taking();
    for headers in [
        [("origin", "http://evil.example")],
        [("sec-fetch-site", "cross-site")],
        [("cookie", "")],
        [("cookie", "onrecord8080=another")],
    ] {
        let answer = asked.send(request(form(&[("a.txt", "one")]), &headers));
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    assert!(files.try_recv().is_err(), "nothing was handed over");
    assert!(!asked.get("/").body.contains("type=\"file\""), "no token");
}

#[test]
fn who_serves_may_not_add_at_all() {
    let asked = asked();
    let answer = asked.send(request(form(&[("a.txt", "one")]), &[]));
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(asked.get("/").body.contains("onrecord read"));
}
