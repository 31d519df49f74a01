//! `read --fetch` from a web server on this machine.

#[path = "../../../onrecord-fetch/tests/web/server.rs"]
#[allow(dead_code)] // the tests of fetching use more of it
mod server;

use std::fs;

use crate::common::{call, export, page};
use server::{Came, Say, Server, html, nothing};

fn as_html(n: usize) -> String {
    let text = page(n);
    let mut paragraphs = text.split("\n\n");
    let title = paragraphs.next().unwrap_or_default();
    let body: String = paragraphs.map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )
}

#[test]
fn pages_are_asked_for_kept_cited_and_read_again_without_the_network() {
    let server = Server::new(|came: &Came| match came.path.as_str() {
        "/feed" => {
            let items = r#"[{"id": "1", "url": "/p/1"}, {"id": "2", "url": "/p/2"}, {"id": "3", "url": "/p/3"}]"#;
            let feed = format!(
                r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": {items}}}"#
            );
            Say::Page(
                200,
                vec![("Content-Type", "application/feed+json".to_owned())],
                feed.into_bytes(),
            )
        }
        "/p/1" => html(&as_html(1)),
        "/p/2" => html(&as_html(2)),
        _ => nothing(404),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let url = server.url("/feed");
    let args = ["read", "--fetch", &url, "--delay", "0", "-o", "r.db"];
    let gave = call(folder.path(), &args).code(3);
    assert!(
        gave.err.contains("2 new") && gave.err.contains("asking for"),
        "{}",
        gave.err
    );
    assert!(
        gave.err.contains("/p/3: not read: the server answered 404"),
        "{}",
        gave.err
    );
    call(folder.path(), &["verify", "r.db"]).code(0);
    // Without the network: the same rows.
    let before = export(folder.path(), "r.db");
    drop(server);
    let gave = call(folder.path(), &["read", "r.db.fetched", "-o", "r.db"]).code(0);
    assert!(gave.err.contains("0 new, 2 unchanged"), "{}", gave.err);
    call(
        folder.path(),
        &["read", "r.db.fetched", "-o", "again.db", "-q"],
    )
    .code(0);
    assert!(before == export(folder.path(), "again.db"));
}

#[test]
fn nothing_is_asked_unless_an_address_is_named() {
    let server = Server::new(|_: &Came| html(&as_html(1)));
    let folder = tempfile::tempdir().expect("a folder");
    let link = format!("<p><a href=\"{}\">x</a></p>", server.url("/"));
    fs::write(
        folder.path().join("a.html"),
        as_html(2).replace("</article>", &format!("{link}</article>")),
    )
    .expect("a file");
    call(folder.path(), &["read", "a.html", "-o", "r.db", "-q"]).code(0);
    assert!(server.came().is_empty());
    assert!(!folder.path().join("r.db.fetched").exists());
    call(
        folder.path(),
        &["read", "--fetch", "news.example", "-o", "r.db"],
    )
    .code(2);
    call(
        folder.path(),
        &["read", "a.html", "--delay", "1", "-o", "r.db"],
    )
    .code(2);
}
