//! Who may ask what.
#![allow(clippy::disallowed_methods)] // tests make files

mod ask;

use ask::{TOKEN, asked, asked_with};
use axum::http::StatusCode;

#[test]
fn every_answer_has_the_strict_headers() {
    let asked = asked();
    for (address, status) in [
        ("/", 200),
        ("/search?q=troops", 200),
        ("/start.json", 200),
        ("/no-such-page", 404),
        ("/row/st-nothing", 404),
        ("/search?since=x", 400),
        ("/assets/nothing.js", 404),
    ] {
        let answer = asked.get(address);
        assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.body);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';"),
            "{address}: {policy}"
        );
        for part in [
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "style-src 'self'",
        ] {
            assert!(policy.contains(part), "{address}: {part}");
        }
        assert!(!policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(answer.headers.get("access-control-allow-origin").is_none());
    }
}

#[test]
fn a_name_that_is_not_ours_is_refused() {
    let asked = asked_with(|mut options| {
        options.hosts = vec!["desk.example".to_owned()];
        options
    });
    for host in ["localhost", "127.0.0.1:80", "[::1]:9", "desk.example:8080"] {
        assert_eq!(asked.get_with("/", &[("host", host)]).status, 200, "{host}");
    }
    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "",
        "10.1.2.3:8080",
    ] {
        let answer = asked.get_with("/", &[("host", host)]);
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!answer.body.contains("articles"), "{host}");
    }
}

#[test]
fn the_token_becomes_a_cookie_and_leaves_the_address() {
    let asked = asked();
    let answer = asked.get(&format!("/search?q=troops&token={TOKEN}"));
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/search?q=troops");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("onrecord8080=the-token-of-tests;"),
        "{cookie}"
    );
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    // Not to another machine.
    let answer = asked.get(&format!("//evil.example/?token={TOKEN}"));
    assert_eq!(answer.header("location"), "/evil.example/");
    let answer = asked.get("/?token=wrong");
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.headers.get("set-cookie").is_none());
}

#[test]
fn reading_can_need_the_token_too() {
    let asked = asked_with(|mut options| {
        options.token_to_read = true;
        options
    });
    assert_eq!(asked.get("/").status, StatusCode::FORBIDDEN);
    assert_eq!(
        asked.get("/search.json?table=events").status,
        StatusCode::FORBIDDEN
    );
    let with = [("cookie", "a=b; onrecord8080=the-token-of-tests")];
    assert_eq!(asked.get_with("/", &with).status, StatusCode::OK);
    let other_port = [("cookie", "onrecord8081=the-token-of-tests")];
    assert_eq!(
        asked.get_with("/", &other_port).status,
        StatusCode::FORBIDDEN
    );
}

#[test]
fn other_sites_cannot_read_or_write() {
    let asked = asked();
    let row = asked.first("statements", "statement_id");
    let form = format!("what=accept&row={row}");
    for headers in [
        &[("origin", "http://evil.example")][..],
        // A page in a sandbox, or a browser that does not say where a form comes from.
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
        &[("origin", "null"), ("sec-fetch-site", "")],
        // Another program on this machine.
        &[("origin", "http://127.0.0.1:9999")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", ""), ("sec-fetch-site", "")],
        &[("cookie", "")],
        &[("cookie", "onrecord8080=the-token-of-test")],
        &[("cookie", "onrecord8080=")],
        &[("host", "evil.example"), ("origin", "http://evil.example")],
    ] {
        let answer = asked.post(&form, headers);
        assert!(
            answer.status.is_client_error(),
            "{headers:?}: {}",
            answer.status
        );
        assert!(asked.rows("corrections").is_empty(), "{headers:?}");
    }
    let read = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "no-cors"),
    ];
    assert_eq!(
        asked.get_with("/start.json", &read).status,
        StatusCode::FORBIDDEN
    );
    let follows_a_link = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
    ];
    assert_eq!(asked.get_with("/", &follows_a_link).status, StatusCode::OK);
    assert_eq!(asked.post(&form, &[]).status, StatusCode::SEE_OTHER);
    // Our own forms have no referrer, so that their origin is not told.
    let ours = [("origin", "null"), ("sec-fetch-site", "same-origin")];
    assert_eq!(asked.post(&form, &ours).status, StatusCode::SEE_OTHER);
    assert_eq!(asked.rows("corrections").len(), 2);
}

#[test]
fn requests_are_bounded() {
    let asked = asked();
    let long = format!("/search?q={}", "a".repeat(5000));
    assert_eq!(asked.get(&long).status, StatusCode::URI_TOO_LONG);
    let large = format!("what=accept&row={}", "a".repeat(70_000));
    assert_eq!(
        asked.post(&large, &[]).status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let many: String = (0..60).map(|n| format!("&row=st-{n}")).collect();
    assert_eq!(
        asked.post(&format!("what=accept{many}"), &[]).status,
        StatusCode::BAD_REQUEST
    );
    let json = [("content-type", "application/json")];
    assert_eq!(
        asked.post("{}", &json).status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    let rows = asked
        .get("/search.json?table=mentions&size=99999999")
        .json();
    assert!(rows["rows"].as_array().expect("rows").len() < 10_001);
    assert_eq!(
        asked.get("/search?page=99999999").status,
        StatusCode::BAD_REQUEST
    );
}
