//! The ways in which pages come.

use std::io::Write;
use std::path::Path;

use crate::common::{call, call_with, export, page, write};

fn uris(folder: &Path, record: &str) -> Vec<String> {
    let gave = call(folder, &["list", "pages", record]).code(0).out;
    let uri = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        row["uri"].as_str().expect("text").to_owned()
    };
    let mut uris: Vec<String> = gave.lines().map(uri).collect();
    uris.sort();
    uris
}

fn jsonl(pages: std::ops::Range<usize>) -> String {
    let line = |n: usize| {
        let url = format!("https://news.example.org/{n}");
        serde_json::json!({"url": url, "title": format!("Page {n}"), "text": page(n)}).to_string()
    };
    pages.map(|n| line(n) + "\n").collect()
}

#[test]
fn files_folders_patterns_and_gzip() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write(&at("a/1.txt"), page(1));
    write(&at("a/b/2.txt"), page(2));
    write(&at("a/.hidden/3.txt"), page(3));
    write(&at("a/notes.doc"), page(4));
    // Two members, as some programs write.
    let mut packed = Vec::new();
    for half in [&page(5)[..100], &page(5)[100..]] {
        let mut packer = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::default());
        packer.write_all(half.as_bytes()).expect("memory");
        packer.finish().expect("memory");
    }
    write(&at("5.txt.gz"), packed);
    write(&at("6.page"), page(6));
    let gave = call(
        folder.path(),
        &["read", "a", "*.gz", "6.page", "-o", "a/r.db"],
    )
    .code(0);
    assert_eq!(
        uris(folder.path(), "a/r.db"),
        ["5.txt.gz", "6.page", "a/1.txt", "a/b/2.txt"]
    );
    assert!(
        gave.err.contains("left out by their ending (1 .doc"),
        "{}",
        gave.err
    );
    // The hash is that of the unpacked bytes.
    write(&at("5.txt"), page(5));
    let again = call(folder.path(), &["read", "5.txt", "-o", "a/r.db"]).code(0);
    assert_eq!(again.count(" unchanged"), 1);
    call(folder.path(), &["verify", "a/r.db"]).code(0);
}

#[test]
fn what_is_not_there_is_named_and_makes_no_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let gave = call(
        folder.path(),
        &["read", "none.txt", "no*.html", "-o", "r.db"],
    )
    .code(3);
    assert!(
        gave.err.contains("none.txt: no such file") && gave.err.contains("no*.html"),
        "{}",
        gave.err
    );
    assert!(!folder.path().join("r.db").exists());
    std::fs::create_dir(folder.path().join("bare")).expect("a folder");
    call(folder.path(), &["read", "bare", "-o", "r.db"]).code(1);
}

#[test]
fn standard_input_holds_a_page_or_many() {
    let folder = tempfile::tempdir().expect("a folder");
    call_with(
        folder.path(),
        &["read", "-", "-o", "one.db"],
        page(7).as_bytes(),
    )
    .code(0);
    assert_eq!(uris(folder.path(), "one.db"), ["-"]);
    call_with(
        folder.path(),
        &["read", "-", "-o", "many.db"],
        jsonl(0..3).as_bytes(),
    )
    .code(0);
    assert_eq!(uris(folder.path(), "many.db"), ["-#L1", "-#L2", "-#L3"]);
}

#[test]
fn jsonl_by_name_and_by_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = jsonl(0..40) + "{\"no\": \"page\"}\n" + "not JSON\n" + &jsonl(40..42);
    write(&folder.path().join("x.jsonl"), &lines);
    write(&folder.path().join("y.dump"), jsonl(50..52));
    let gave = call(folder.path(), &["read", "x.jsonl", "y.dump", "-o", "r.db"]).code(3);
    assert_eq!(gave.count(" new"), 44);
    assert!(
        gave.err.contains("x.jsonl line 41: not read")
            && gave.err.contains("x.jsonl line 42: not read"),
        "{}",
        gave.err
    );
    let found = uris(folder.path(), "r.db");
    assert!(found.contains(&"x.jsonl#L43".to_owned()) && found.contains(&"y.dump#L2".to_owned()));
    call(folder.path(), &["verify", "r.db"]).code(0);
    let sql = "select page_id from pages where uri = 'x.jsonl#L7'";
    let row = call(folder.path(), &["sql", "r.db", sql, "--format", "csv"])
        .code(0)
        .out;
    let id = row.lines().nth(1).expect("a row");
    assert!(
        call(folder.path(), &["cite", id, "r.db"])
            .code(0)
            .out
            .contains("x.jsonl#L7")
    );
}

#[test]
fn the_same_content_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.txt", "b.txt", "c/a.txt"] {
        write(&folder.path().join(name), page(8));
    }
    let gave = call(
        folder.path(),
        &["read", "b.txt", "a.txt", "c", "b.txt", "-o", "r.db"],
    )
    .code(0);
    assert_eq!(gave.count(" with the content of another"), 2);
    assert!(gave.err.contains("same-content"), "{}", gave.err);
    assert_eq!(uris(folder.path(), "r.db"), ["a.txt"]);
    call(folder.path(), &["read", "a.txt", "-o", "s.db"]).code(0);
    assert_eq!(export(folder.path(), "r.db"), export(folder.path(), "s.db"));
}

#[test]
fn lines_that_a_host_repeats_are_furniture() {
    let folder = tempfile::tempdir().expect("a folder");
    let extra =
        "The daily post of the harbour is a project of its readers and lives from what they give.";
    for host in ["www.post.example.org", "plain"] {
        for n in 0..6 {
            let text = page(n).replace("\n\nThe mayor", &format!("\n\n{extra}\n\nThe mayor"));
            write(&folder.path().join(host).join(format!("{n}.txt")), text);
        }
    }
    let holds = |record: &str| {
        let sql =
            "select count(*) as n from articles where text like '%lives from what they give%'";
        call(folder.path(), &["sql", record, sql]).code(0).out
    };
    call(folder.path(), &["read", "plain", "-o", "plain.db"]).code(0);
    assert_eq!(holds("plain.db"), "{\"n\":6}\n", "no host is known");
    call(
        folder.path(),
        &["read", "www.post.example.org", "-o", "host.db"],
    )
    .code(0);
    assert_eq!(holds("host.db"), "{\"n\":0}\n");

    // Two pages do not show what a host repeats; with more of them the first are read again.
    let two = ["www.post.example.org/0.txt", "www.post.example.org/1.txt"];
    call(folder.path(), &["read", two[0], two[1], "-o", "grown.db"]).code(0);
    assert_eq!(holds("grown.db"), "{\"n\":2}\n");
    let grown = call(
        folder.path(),
        &["read", "www.post.example.org", "-o", "grown.db"],
    )
    .code(0);
    assert!(
        grown
            .err
            .contains("2 of them since their host repeats other lines"),
        "{}",
        grown.err
    );
    assert_eq!(
        export(folder.path(), "grown.db"),
        export(folder.path(), "host.db")
    );
}

#[test]
fn a_line_that_html_pages_of_a_host_repeat_is_furniture() {
    let folder = tempfile::tempdir().expect("a folder");
    let appeal = "We are a small paper of the harbour and its people, and what we print is paid for by \
                  the readers who give.";
    for n in 0..5 {
        let text: String = page(n)
            .split("\n\n")
            .skip(3)
            .map(|p| format!("<p>{p}</p>\n"))
            .collect();
        let html = format!(
            "<html><head><title>Council meets, {n}</title>\
             <link rel=\"canonical\" href=\"https://post.example.org/{n}\"></head>\
             <body><article><h1>Council meets, {n}</h1>{text}<p>{appeal}</p>{text}</article></body></html>"
        );
        write(&folder.path().join(format!("{n}.html")), html);
    }
    let holds = |record: &str| {
        let sql =
            "select count(*) as n from articles where text like '%a small paper of the harbour%'";
        call(folder.path(), &["sql", record, sql]).code(0).out
    };
    call(folder.path(), &["read", "0.html", "-o", "one.db"]).code(0);
    assert_eq!(holds("one.db"), "{\"n\":1}\n");
    call(folder.path(), &["read", "*.html", "-o", "all.db"]).code(0);
    assert_eq!(holds("all.db"), "{\"n\":0}\n");
    call(folder.path(), &["verify", "all.db"]).code(0);
}

#[test]
fn a_page_that_has_changed_is_read_beside_the_older() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), page(1));
    call(folder.path(), &["read", "a.txt", "-o", "r.db"]).code(0);
    write(&folder.path().join("a.txt"), page(2));
    let gave = call(folder.path(), &["read", "a.txt", "-o", "r.db"]).code(0);
    assert!(
        gave.err
            .contains("1 in the record have changed at their place"),
        "{}",
        gave.err
    );
    call(folder.path(), &["verify", "r.db"]).code(3);
}

#[test]
fn crawls_and_tables_with_names_of_ones_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let quoted = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
    let rows: String = (60..63)
        .map(|n| format!("Page {n},{}\r\n", quoted(page(n))))
        .collect();
    write(&at("x.csv"), format!("Kopf,Volltext\r\n{rows}"));
    write(&at("fields.toml"), "text = 'Volltext'\ntitle = ['Kopf']\n");
    let body = page(64);
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{body}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example.org/64\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    write(
        &at("crawl.warc"),
        format!("{record}WARC/1.0\r\nbroken\r\n\r\n"),
    );
    // The page of the crawl, as a file.
    write(&at("same.txt"), body);
    let read = ["read", "x.csv", "crawl.warc", "same.txt", "-o", "r.db"];
    let gave = call(
        folder.path(),
        &[&read[..], &["--fields", "fields.toml"]].concat(),
    )
    .code(3);
    assert_eq!(gave.count(" new"), 4);
    let uris = uris(folder.path(), "r.db");
    assert_eq!(uris, ["crawl.warc#B0", "x.csv#R2", "x.csv#R3", "x.csv#R4"]);
    call(folder.path(), &["verify", "r.db"]).code(0);

    let other = ["read", "x.csv", "-o", "s.db"];
    let gave = call(folder.path(), &other).code(3);
    assert!(gave.err.contains("--fields"), "{}", gave.err);
    write(&at("wrong.toml"), "body = 'Volltext'\n");
    let gave = call(
        folder.path(),
        &[&other[..], &["--fields", "wrong.toml"]].concat(),
    )
    .code(2);
    assert!(
        gave.err.contains("there is no field `body`"),
        "{}",
        gave.err
    );
}
