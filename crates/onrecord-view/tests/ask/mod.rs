//! A record with hostile names, and questions to its pages, without a socket.
#![allow(dead_code)]

#[path = "../../../onrecord-record/tests/common/mod.rs"]
pub mod common;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use common::{Made, Sample, empty, put, reading_of, write};
use onrecord_record::{Map, Record};
use onrecord_view::{Options, Outside, RawText, Removed, site};
use serde_json::Value;
use tower::ServiceExt;

/// Markup, a script, attributes, turned direction of writing, a control character, an entity.
pub const NASTY: &str = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt; \
    \u{202e}Ḥaddad\u{1}';--";
const IN_TEXT: &str = "Omar <script>alert(3)</script> \u{202e}Ḥaddad";
pub const TOKEN: &str = "the-token-of-tests";

struct Known;

impl Outside for Known {
    fn now(&self) -> String {
        "2030-01-01T09:00:00Z".to_owned()
    }

    fn question(&self, issue: &str) -> Option<String> {
        (issue == "foreign-troops").then(|| "Should the <b>troops</b> stay?".to_owned())
    }

    fn page(&self, uri: &str, _: &str) -> RawText {
        match uri {
            "pages/3.txt" => RawText::Same {
                text: "Ménu | Share\n<script>alert(4)</script>".repeat(40),
                removed: vec![Removed {
                    start: 0,
                    end: 12,
                    what: "menu".to_owned(),
                }],
            },
            "pages/4.txt" => RawText::Changed,
            _ => RawText::Missing,
        }
    }
}

/// The pages of a record of four articles, one of them hostile.
pub struct Asked {
    pub made: Made,
    pub router: Router,
}

pub fn asked() -> Asked {
    asked_with(|options| options)
}

pub fn asked_with(change: impl FnOnce(Options) -> Options) -> Asked {
    let mut made = empty();
    let hostile = Sample {
        number: 1,
        minister: IN_TEXT,
        office: Some(NASTY),
        country: Some("IRQ"),
        ..Sample::default()
    };
    let mut reading = reading_of(&hostile, "nasty", NASTY);
    reading.page.uri = "https://example.org/a?b=\"c\"&d=<e>".to_owned();
    let article = &mut reading.articles[0].article;
    article.title = Some(NASTY.to_owned());
    article.author = Some(NASTY.to_owned());
    article.publisher = Some(NASTY.to_owned());
    reading.articles[0].actors[0].name = format!("{NASTY}{}", "long ".repeat(5000));
    reading.articles[0].places[0].name = NASTY.to_owned();
    reading.articles[0].positions[0].scope = Some(NASTY.to_owned());
    put(&mut made, &reading);
    for number in [2, 3, 4] {
        write(
            &mut made,
            &Sample {
                number,
                ..Sample::default()
            },
        );
    }
    let mut options = Options::new(made.record.path(), TOKEN);
    options.outside = Arc::new(Known);
    options.by = "tests".to_owned();
    let router = site(change(options)).expect("pages");
    Asked { made, router }
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

/// Asks, and waits until all work that this began is done.
pub fn send(router: Router, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let answer = router.oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    })
}

impl Asked {
    pub fn send(&self, request: Request<Body>) -> Answer {
        send(self.router.clone(), request)
    }

    /// A page, as a browser on this machine asks for it.
    pub fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[])
    }

    pub fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(address);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "127.0.0.1:8080");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request"))
    }

    /// A form, as our own page sends it, but for these headers.
    pub fn post(&self, form: &str, headers: &[(&str, &str)]) -> Answer {
        let usual = [
            ("host", "127.0.0.1:8080"),
            ("origin", "http://127.0.0.1:8080"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", "onrecord8080=the-token-of-tests"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let mut request = Request::post("/correct");
        let kept = usual
            .iter()
            .filter(|(name, _)| !headers.iter().any(|(n, _)| n == name));
        for (name, value) in kept.chain(headers).filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        self.send(
            request
                .body(Body::from(form.to_owned()))
                .expect("a request"),
        )
    }

    /// The rows of a table as they are now.
    pub fn rows(&self, table: &str) -> Vec<Map> {
        let record = Record::open_read(self.made.record.path()).expect("the record");
        record
            .table(table, &Default::default(), None)
            .expect("rows")
            .rows
    }

    /// The first row's cell of a table.
    pub fn first(&self, table: &str, column: &str) -> String {
        self.rows(table)[0][column]
            .as_str()
            .expect("text")
            .to_owned()
    }
}

/// Nothing of a page's text has become markup.
pub fn assert_harmless(answer: &Answer, address: &str) {
    // What can be typed over stands in its field as it is; a quote there is escaped.
    let mut body = String::new();
    for (n, part) in answer.body.split(" value=\"").enumerate() {
        let rest = if n == 0 {
            part
        } else {
            part.split_once('"').map_or("", |(_, rest)| rest)
        };
        body.push_str(rest);
    }
    let body = &body;
    for (at, _) in body.match_indices("<script") {
        let tag = &body[at..body[at..].find('>').map_or(body.len(), |end| at + end)];
        assert!(tag.contains(" src=\"/assets/"), "{address}: {tag}");
    }
    for sign in [
        "<img",
        "<b>troops",
        "<e>",
        "\u{202e}",
        "\u{1}",
        " style=",
        "<style",
        "javascript:",
    ] {
        assert!(!body.contains(sign), "{address}: {sign:?}");
    }
    // An attribute that runs something stands only in text, where its quotes are escaped.
    for (at, _) in body.match_indices("onerror=") {
        assert!(
            body[at..].starts_with("onerror=&#39;")
                || body[at..].starts_with("onerror=&apos;")
                || body[at..].starts_with("onerror='alert(2)'&gt;"),
            "{address}: {}",
            &body[at..at + 30]
        );
    }
}
