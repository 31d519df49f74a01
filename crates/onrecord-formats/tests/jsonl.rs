//! JSONL and JSON files of scrapers.

use onrecord_formats::jsonl::{looks_like_jsonl, pages};
use onrecord_model::{MediaType, Note, RawPage, Severity, sha256_hex};

fn read(file: &str) -> Vec<Result<RawPage, Note>> {
    pages("news.jsonl", file.as_bytes()).collect()
}

fn one(line: &str) -> RawPage {
    let mut all = read(line);
    assert_eq!(all.len(), 1, "{line}");
    all.remove(0).expect("a page")
}

#[test]
fn the_fields_of_scrapers() {
    let trafilatura = one(
        r#"{"title": "Port reopens", "author": "Ana Tal; Omar Benn", "hostname": "example.org", "date": "2020-02-03",
            "text": "The port reopened.", "language": "en", "source": "https://example.org/a", "source-hostname": "x", "sitename": "Harbour Post"}"#,
    );
    let d = &trafilatura.declared;
    assert_eq!(trafilatura.bytes, b"The port reopened.");
    assert_eq!(d.authors, ["Ana Tal", "Omar Benn"]);
    assert_eq!(d.publisher.as_deref(), Some("Harbour Post"));
    assert_eq!(d.published.as_deref(), Some("2020-02-03"));
    assert_eq!(
        (d.url.as_deref(), d.language.as_deref()),
        (Some("https://example.org/a"), Some("en"))
    );
    assert_eq!(
        (d.media_type, d.charset.as_deref()),
        (Some(MediaType::Text), Some("utf-8"))
    );

    let news_please = one(
        r#"{"authors": ["Ana Tal"], "date_publish": "2020-02-03 10:00:00", "maintext": "The port reopened.",
            "source_domain": "example.org", "title": "Port", "url": "https://example.org/a", "language": null}"#,
    );
    assert_eq!(
        news_please.declared.publisher.as_deref(),
        Some("example.org")
    );
    assert_eq!(
        news_please.declared.published.as_deref(),
        Some("2020-02-03 10:00:00")
    );
    assert_eq!(news_please.declared.language, None);

    let newspaper = one(
        r#"{"url": "https://example.org/a", "text": "", "html": "<html><p>The port</p></html>", "authors": [], "publish_date": ""}"#,
    );
    assert_eq!(newspaper.declared.media_type, Some(MediaType::Html));
    assert!(newspaper.declared.published.is_none() && newspaper.declared.authors.is_empty());

    let wrapped = one(
        r#"{"_source": {"content": "The port reopened.", "source": {"name": "Harbour Post"}, "author": {"name": "Ana Tal"}, "publishedAt": 1580725800}}"#,
    );
    assert_eq!(wrapped.declared.media_type, None);
    assert_eq!(wrapped.declared.publisher.as_deref(), Some("Harbour Post"));
    assert_eq!(wrapped.declared.authors, ["Ana Tal"]);
    assert_eq!(wrapped.declared.published.as_deref(), Some("1580725800"));
}

#[test]
fn a_bad_line_does_not_stop_the_rest() {
    let all = read(
        "{\"text\": \"One.\"}\nnot json\n\n{\"text\": \"Two.\n{\"title\": \"Three\"}\n{\"text\": \"Four.\"}\r\n",
    );
    let codes: Vec<&str> = all
        .iter()
        .map(|r| {
            r.as_ref()
                .map_or_else(|n| n.code.as_str(), |p| p.uri.as_str())
        })
        .collect();
    assert_eq!(
        codes,
        [
            "news.jsonl#L1",
            "bad-json",
            "bad-json",
            "no-text",
            "news.jsonl#L6"
        ]
    );
    let note = all[2].as_ref().expect_err("half a line");
    assert_eq!(
        (note.place.as_str(), note.severity),
        ("news.jsonl line 4", Severity::Unread)
    );
}

#[test]
fn the_hash_is_that_of_the_line() {
    let line = r#"{"text": "One."}"#;
    let all = read(&format!("{line}\r\n{line}"));
    assert_eq!(
        all[0].as_ref().expect("a page").sha256,
        sha256_hex(line.as_bytes())
    );
    assert_eq!(
        all[1].as_ref().expect("a page").sha256,
        sha256_hex(line.as_bytes())
    );
}

#[test]
fn arrays_and_objects_over_many_lines() {
    for file in [
        r#"[{"text": "One. }]"}, {"text": "Two. \"{", "meta": {"a": [1, {}]}}]"#,
        "[\n  {\n    \"text\": \"One.\"\n  },\n  {\n    \"text\": \"Two.\"\n  }\n]\n",
        "{\n  \"text\": \"One.\"\n}\n{\n  \"text\": \"Two.\"\n}\n",
        "\u{feff}{\"text\": \"One.\"}\n{\"text\": \"Two.\"}",
    ] {
        let uris: Vec<String> = read(file)
            .into_iter()
            .map(|page| page.expect("a page").uri)
            .collect();
        assert_eq!(uris, ["news.jsonl#L1", "news.jsonl#L2"], "{file}");
    }
    assert!(read("").is_empty());
    assert!(read("[]").is_empty());
    assert_eq!(read("[{\"text\": \"One.\"").len(), 1);
}

#[test]
fn small_buffers_give_the_same() {
    let file = "[{\"text\": \"One “quoted” \\\\\\\" text.\"}, {\"text\": \"Two.\"}]";
    let whole = read(file);
    let small: Vec<_> = pages(
        "news.jsonl",
        std::io::BufReader::with_capacity(1, file.as_bytes()),
    )
    .collect();
    let texts = |all: &[Result<RawPage, Note>]| {
        all.iter()
            .map(|p| p.as_ref().expect("a page").bytes.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&whole), texts(&small));
}

#[test]
fn bytes_that_are_not_utf8() {
    let mut line = b"{\"text\": \"Caf".to_vec();
    line.extend(b"\xe9 at the port.\"}");
    let page = pages("x", line.as_slice())
        .next()
        .expect("a line")
        .expect("a page");
    assert_eq!(
        String::from_utf8_lossy(&page.bytes),
        "Caf\u{fffd} at the port."
    );
    assert_eq!(page.notes[0].code, "bad-bytes");
}

#[test]
fn what_looks_like_jsonl() {
    for yes in [
        "{\"text\": 1}",
        " [ {\"a\":1}]",
        "{\n \"a\": 2}",
        "\u{feff}{\"a\" : 1}",
    ] {
        assert!(looks_like_jsonl(yes.as_bytes()), "{yes}");
    }
    for no in [
        "{curly} text",
        "[1] A footnote",
        "The port.",
        "<html>",
        "",
        "{\"never closed",
    ] {
        assert!(!looks_like_jsonl(no.as_bytes()), "{no}");
    }
}

#[test]
fn a_page_keeps_its_bytes() {
    let html = "<html><head><title>x</title></head><body><p>One.</p></body></html>";
    let line = serde_json::json!({ "raw_html": html }).to_string();
    let page = one(&line);
    assert_eq!(
        (page.declared.media_type, page.bytes.as_slice()),
        (Some(MediaType::Html), html.as_bytes())
    );
}

#[test]
fn lines_of_any_length() {
    let long = format!("{{\"text\": \"{}\"}}", "Long. ".repeat(50_000));
    let array = format!("[{long},{long}]");
    assert_eq!(read(&array).into_iter().filter(Result::is_ok).count(), 2);
    assert_eq!(
        read(&format!("{long}\n{long}"))
            .into_iter()
            .filter(Result::is_ok)
            .count(),
        2
    );
    let endless = "x".repeat((64 << 20) + 10);
    let all = read(&format!(
        "{{\"text\": \"{endless}\"}}\n{{\"text\": \"Two.\"}}\n"
    ));
    assert_eq!(all[0].as_ref().expect_err("too long").code, "too-large");
    assert_eq!(all[1].as_ref().expect("a page").uri, "news.jsonl#L2");
}
