//! Pages fetched from a web server on this machine, a willing one and hostile ones.

#![allow(clippy::disallowed_methods)]

mod server;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_fetch::{FetchError, Fetcher, Got, Settings};
use server::{Came, Say, Server, html, moved, nothing};

const PAGE: &str =
    "<html><body><p>The mayor of Dosk said that the ferry would stay.</p></body></html>";

fn quick() -> Settings {
    Settings {
        delay: Duration::ZERO,
        page_bytes: 100_000,
        timeout: Duration::from_secs(2),
        ..Settings::default()
    }
}

fn fetch(folder: &Path, settings: Settings, urls: &[String]) -> Vec<Got> {
    let now = || "2030-01-02T03:04:05Z".to_owned();
    let mut fetcher = Fetcher::open(folder, settings, &now).expect("a folder");
    fetcher.fetch(urls, &|_| {}).expect("addresses")
}

/// Fetches one address that cannot be had, and gives the code of the note and its text.
fn failed(settings: Settings, url: &str) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let got = fetch(folder.path(), settings, &[url.to_owned()]);
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].file, None);
    let note = got[0].note.clone().expect("a note");
    assert_eq!(note.place, url);
    (note.code, note.text)
}

fn text_of(folder: &Path, got: &Got) -> String {
    let file = got.file.as_ref().unwrap_or_else(|| panic!("{got:?}"));
    let bytes = fs::File::open(folder.join(file)).expect("a file");
    let options = onrecord_formats::Options::default();
    let mut pages =
        onrecord_formats::pages(onrecord_formats::Kind::Warc, "x.warc.gz", bytes, &options);
    let page = pages.next().expect("a page").expect("no note");
    assert!(pages.next().is_none(), "one record a file");
    String::from_utf8(page.bytes).expect("UTF-8")
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(bytes).expect("it is packed");
    member.finish().expect("it is packed")
}

#[test]
fn a_page_is_kept_and_asked_for_with_its_version() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/a" if came.header("if-none-match") == Some("\"1\"") => nothing(304),
        "/a" => Say::Page(
            200,
            vec![
                ("Content-Type", "text/html".to_owned()),
                ("ETag", "\"1\"".to_owned()),
            ],
            PAGE.into(),
        ),
        "/b" => Say::Page(
            200,
            vec![
                ("Content-Encoding", "gzip".to_owned()),
                ("Last-Modified", "Tue, 01 Jan 2030 00:00:00 GMT".to_owned()),
            ],
            packed(PAGE.as_bytes()),
        ),
        _ => nothing(404),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let urls = [server.url("/a#top"), server.url("/b"), server.url("/a")];
    let first = fetch(folder.path(), quick(), &urls);
    assert_eq!(first.len(), 2, "the same page is asked for once");
    for got in &first {
        assert_eq!(text_of(folder.path(), got), PAGE);
        assert_eq!(got.note, None);
    }
    // The end of a run in the middle of a line loses that line alone.
    let log = folder.path().join("requests.log");
    let whole = fs::read_to_string(&log).expect("a log");
    fs::write(&log, format!("{whole}{{\"url\": \"htt")).expect("it is written");
    let second = fetch(folder.path(), quick(), &urls);
    assert_eq!(first, second);
    let came = server.came();
    let agent = came[0].header("user-agent").expect("who asks");
    assert!(agent.starts_with("onrecord/"), "{agent}");
    let since: Vec<_> = came
        .iter()
        .filter_map(|c| c.header("if-modified-since"))
        .collect();
    assert_eq!(since, ["Tue, 01 Jan 2030 00:00:00 GMT"]);
    let log = fs::read_to_string(&log).expect("a log");
    assert_eq!(
        log.lines().filter(|line| line.contains("\"304\"")).count(),
        1
    );
    assert!(log.ends_with('\n'));
}

#[test]
fn robots_are_asked_once_and_heard() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/robots.txt" => Say::Page(200, vec![], b"User-agent: *\nDisallow: /no\n".to_vec()),
        "/moved" => moved("/no/2"),
        _ => html(PAGE),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let got = fetch(
        folder.path(),
        quick(),
        &["/no/1", "/yes", "/moved"].map(|path| server.url(path)),
    );
    let notes: Vec<_> = got
        .iter()
        .map(|got| got.note.as_ref().map(|note| note.code.clone()))
        .collect();
    assert_eq!(
        notes,
        [Some("robots".to_owned()), None, Some("robots".to_owned())]
    );
    assert_eq!(server.paths(), ["/robots.txt", "/yes", "/moved"]);
}

#[test]
fn a_host_whose_robots_fail_is_left() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/robots.txt" => nothing(503),
        _ => html(PAGE),
    });
    let (code, text) = failed(quick(), &server.url("/a"));
    assert_eq!(code, "robots");
    assert!(text.contains("cannot be had"), "{text}");
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn a_feed_brings_the_pages_it_links_to() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/feed.xml" if came.header("if-none-match").is_some() => nothing(304),
        "/feed.xml" => {
            let items: String = (1..=9)
                .map(|n| format!("<item><title>Page {n}</title><link>/page/{n}</link></item>"))
                .collect();
            let feed = format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title>{items}</channel></rss>"
            );
            Say::Page(
                200,
                vec![
                    ("Content-Type", "application/rss+xml".to_owned()),
                    ("ETag", "\"f\"".to_owned()),
                ],
                feed.into_bytes(),
            )
        }
        path if path.starts_with("/page/") => html(&format!("{PAGE}{path}")),
        _ => nothing(404),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        limit: 3,
        ..quick()
    };
    for _ in 0..2 {
        let got = fetch(folder.path(), settings.clone(), &[server.url("/feed.xml")]);
        assert_eq!(
            got.iter().map(|got| got.url.clone()).collect::<Vec<_>>(),
            [1, 2, 3].map(|n| server.url(&format!("/page/{n}")))
        );
        assert!(text_of(folder.path(), &got[2]).ends_with("/page/3"));
    }
}

#[test]
fn two_requests_to_a_host_are_apart() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/robots.txt" => nothing(404),
        _ => html(PAGE),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        delay: Duration::from_millis(300),
        ..quick()
    };
    fetch(
        folder.path(),
        settings,
        &["/1", "/2", "/3"].map(|path| server.url(path)),
    );
    let came = server.came();
    assert_eq!(came.len(), 4);
    for two in came.windows(2) {
        assert!(two[1].at.duration_since(two[0].at) >= Duration::from_millis(290));
    }
}

#[test]
fn redirects_end() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/robots.txt" => nothing(404),
        "/loop" => moved("/loop"),
        "/out" => moved("ftp://127.0.0.1/x"),
        "/where" => nothing(302),
        "/one" => moved("/two"),
        _ => html(PAGE),
    });
    assert_eq!(failed(quick(), &server.url("/loop")).0, "redirected");
    assert_eq!(failed(quick(), &server.url("/out")).0, "redirected");
    assert_eq!(failed(quick(), &server.url("/where")).0, "fetch-failed");
    let folder = tempfile::tempdir().expect("a folder");
    let got = fetch(folder.path(), quick(), &[server.url("/one")]);
    assert_eq!(text_of(folder.path(), &got[0]), PAGE);
    assert!(
        server
            .paths()
            .iter()
            .filter(|path| *path == "/loop")
            .count()
            <= 10
    );
}

#[test]
fn private_addresses_are_asked_only_where_named() {
    let inside = Server::new(|_: &Came| html("secret"));
    let to = inside.url("/");
    let server = Server::new(move |came: &Came| match came.path.as_str() {
        "/robots.txt" => nothing(404),
        _ => moved(&to),
    });
    let (code, text) = failed(quick(), &server.url("/"));
    assert_eq!(code, "not-public");
    assert!(
        text.contains("127.0.0.1") && text.contains("named outright"),
        "{text}"
    );
    assert!(inside.came().is_empty());
}

#[test]
fn hostile_bodies_are_told_and_bounded() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/robots.txt" => nothing(404),
        "/huge" => html(&"x".repeat(200_000)),
        "/bomb" => Say::Page(
            200,
            vec![("Content-Encoding", "gzip".to_owned())],
            packed(&vec![0; 10_000_000]),
        ),
        "/broken" => Say::Page(
            200,
            vec![("Content-Encoding", "gzip".to_owned())],
            b"\x1f\x8bnothing".to_vec(),
        ),
        "/cut" => {
            let packed = packed(PAGE.as_bytes());
            Say::Page(
                200,
                vec![("Content-Encoding", "gzip".to_owned())],
                packed[..packed.len() - 9].to_vec(),
            )
        }
        "/brotli" => Say::Page(
            200,
            vec![("Content-Encoding", "br".to_owned())],
            b"x".to_vec(),
        ),
        "/short" => Say::Raw(b"HTTP/1.1 200 x\r\nContent-Length: 1000\r\n\r\nthat is all".to_vec()),
        "/chunk" => Say::Raw(
            b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno number".to_vec(),
        ),
        "/noise" => Say::Raw(b"SSH-2.0-x\r\n".to_vec()),
        "/silence" => Say::Raw(Vec::new()),
        "/slow" => Say::Slowly,
        _ => nothing(500),
    });
    for (path, code) in [
        ("/huge", "too-large"),
        ("/bomb", "too-large"),
        ("/broken", "gzip-broken"),
        ("/cut", "gzip-broken"),
        ("/brotli", "fetch-failed"),
        ("/short", "fetch-failed"),
        ("/chunk", "fetch-failed"),
        ("/noise", "fetch-failed"),
        ("/silence", "fetch-failed"),
        ("/error", "fetch-failed"),
        ("/slow", "timed-out"),
    ] {
        let began = Instant::now();
        let (found, text) = failed(quick(), &server.url(path));
        assert_eq!(found, code, "{path}: {text}");
        assert!(began.elapsed() < Duration::from_secs(8), "{path}");
    }
}

#[test]
fn a_page_that_fails_later_is_read_as_it_was() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/robots.txt" => nothing(404),
        _ if came.header("if-none-match").is_some() => {
            Say::Page(503, vec![("Retry-After", "3600".to_owned())], vec![])
        }
        _ => Say::Page(200, vec![("ETag", "\"1\"".to_owned())], PAGE.into()),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let urls = [server.url("/a"), server.url("/b")];
    let first = fetch(folder.path(), quick(), &urls[..1]);
    let got = fetch(folder.path(), quick(), &urls);
    assert_eq!(got[0].file, first[0].file);
    let note = got[0].note.clone().expect("a note");
    assert!(
        note.text.contains("503") && note.text.contains("earlier run"),
        "{}",
        note.text
    );
    // The host asked for a rest of an hour: it is asked no more.
    let note = got[1].note.clone().expect("a note");
    assert!(note.text.contains("rest of 3"), "{}", note.text);
    assert!(!server.paths().contains(&"/b".to_owned()));
}

#[test]
fn what_is_no_address_is_refused_before_anything_is_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let now = || String::new();
    for url in [
        "news.example",
        "ftp://news.example/",
        "https://me:pass@news.example/",
        "file:///etc/passwd",
        "http://",
    ] {
        let mut fetcher = Fetcher::open(folder.path(), quick(), &now).expect("a folder");
        let error = fetcher.fetch(&[url.to_owned()], &|_| {}).expect_err(url);
        assert!(matches!(error, FetchError::Address { .. }), "{error}");
        assert!(error.to_string().contains(url), "{error}");
    }
}
