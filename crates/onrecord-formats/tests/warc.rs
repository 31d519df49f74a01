//! WARC files: whole, packed, broken.

mod make;

use make::{
    all_well, deflate, gzip, html, notes, one, read, read_twice, read_with, record, response, text,
    zlib,
};
use onrecord_formats::{Limits, Options};
use onrecord_model::{MediaType, Severity, sha256_hex};

const HTML: &str = "Content-Type: text/html; charset=ISO-8859-2\r\n";

#[test]
fn a_response_is_a_page() {
    let body = html(1);
    let file = response("https://example.org/1", 200, HTML, body.as_bytes());
    let page = one("a.warc", &file);
    assert_eq!(
        (page.uri.as_str(), text(&page)),
        ("a.warc#B0", body.clone())
    );
    // The page is the same as the file that another tool would have saved.
    assert_eq!(page.sha256, sha256_hex(body.as_bytes()));
    let declared = &page.declared;
    assert_eq!(declared.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(declared.charset.as_deref(), Some("ISO-8859-2"));
    assert_eq!(declared.media_type, Some(MediaType::Html));
    assert_eq!(
        declared.published, None,
        "the crawler's date is no date of publication"
    );
}

#[test]
fn all_ways_of_packing_give_the_same_pages() {
    let records: Vec<Vec<u8>> = (0..5)
        .map(|n| {
            response(
                &format!("https://example.org/{n}"),
                200,
                HTML,
                html(n).as_bytes(),
            )
        })
        .collect();
    let plain = records.concat();
    let each: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let whole = gzip(&plain);
    // Some writers cut the stream anywhere.
    let cut: Vec<u8> = plain.chunks(333).flat_map(gzip).collect();
    let ids: Vec<String> = (0..5).map(|n| sha256_hex(html(n).as_bytes())).collect();
    for file in [&plain, &each, &whole, &cut] {
        let pages = all_well(read_twice("a.warc.gz", file));
        assert_eq!(
            pages.iter().map(|p| p.sha256.clone()).collect::<Vec<_>>(),
            ids
        );
    }
    let uris = |file: &[u8]| -> Vec<String> {
        read("x", file)
            .into_iter()
            .flatten()
            .map(|p| p.uri)
            .collect()
    };
    let starts = |all: &[Vec<u8>]| -> Vec<String> {
        let mut at = 0;
        all.iter()
            .map(|r| {
                let uri = format!("x#B{at}");
                at += r.len();
                uri
            })
            .collect()
    };
    assert_eq!(uris(&plain), starts(&records));
    let packed: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
    assert_eq!(uris(&each), starts(&packed));
    let within: Vec<String> = starts(&records)
        .iter()
        .map(|uri| uri.replace("#B", "#B0+"))
        .collect();
    assert_eq!(uris(&whole)[1..], within[1..]);
}

#[test]
fn bodies_are_unpacked() {
    let body = html(7);
    let bytes = body.as_bytes();
    let (first, second) = bytes.split_at(20);
    let chunked = |bytes: &[u8]| {
        let (a, b) = bytes.split_at(bytes.len() / 3);
        let mut out = format!("{:x};x=y\r\n", a.len()).into_bytes();
        out.extend_from_slice(a);
        out.extend_from_slice(format!("\r\n{:X}\r\n", b.len()).as_bytes());
        out.extend_from_slice(b);
        out.extend_from_slice(b"\r\n0\r\n\r\n");
        out
    };
    let brotli = brotli_stored(bytes);
    for (head, packed) in [
        ("Content-Encoding: gzip\r\n", gzip(bytes)),
        (
            "Content-Encoding: GZIP\r\n",
            [gzip(first), gzip(second)].concat(),
        ),
        ("Content-Encoding: deflate\r\n", deflate(bytes)),
        ("Content-Encoding: deflate\r\n", zlib(bytes)),
        ("Content-Encoding: br\r\n", brotli),
        ("Content-Encoding: identity\r\n", bytes.to_vec()),
        ("Content-Encoding: deflate, gzip\r\n", gzip(&zlib(bytes))),
        ("Transfer-Encoding: chunked\r\n", chunked(bytes)),
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            chunked(&gzip(bytes)),
        ),
        // Crawlers that unpack and leave the heads as they were.
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            bytes.to_vec(),
        ),
        ("Content-Encoding: br\r\n", bytes.to_vec()),
    ] {
        let page = one(
            "a.warc",
            &response(
                "https://example.org/",
                200,
                &(HTML.to_owned() + head),
                &packed,
            ),
        );
        assert_eq!(text(&page), body, "{head}");
        assert!(page.notes.is_empty(), "{head} {:?}", page.notes);
    }
}

/// Brotli data that is not packed: a head, one stored block, an end.
fn brotli_stored(bytes: &[u8]) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut push =
        |value: usize, count: usize| (0..count).for_each(|n| bits.push(value >> n & 1 == 1));
    push(0, 1); // window of 16 bits
    push(0, 1); // not the last block
    push(0, 2); // length in 4 nibbles
    push(bytes.len() - 1, 16);
    push(1, 1); // stored
    let mut out: Vec<u8> = bits
        .chunks(8)
        .map(|byte| {
            byte.iter()
                .enumerate()
                .map(|(n, b)| u8::from(*b) << n)
                .sum()
        })
        .collect();
    out.extend_from_slice(bytes);
    out.push(3); // the last block, empty
    out
}

#[test]
fn what_is_no_page_is_counted_once() {
    let ok = response(
        "https://example.org/ok",
        200,
        HTML,
        b"<p>The port reopened.</p>",
    );
    let parts = [
        record("warcinfo", "", "application/warc-fields", b"software: x"),
        record(
            "request",
            "https://example.org/",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response("https://example.org/gone", 404, HTML, b"<p>Not found</p>"),
        response("https://example.org/moved", 301, HTML, b""),
        ok.clone(),
        response(
            "https://example.org/i.png",
            200,
            "Content-Type: image/png\r\n",
            b"\x89PNG....",
        ),
        response("https://example.org/x", 200, "", b"\x89PNG...."),
        record(
            "revisit",
            "https://example.org/",
            "application/http; msgtype=response",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "metadata",
            "https://example.org/",
            "application/warc-fields",
            b"a: b",
        ),
        record(
            "resource",
            "https://example.org/t",
            "text/plain; charset=utf-8",
            "Türen auf.".as_bytes(),
        ),
        record(
            "conversion",
            "https://example.org/w",
            "text/plain",
            b"The crane was mended.",
        ),
    ];
    let all = read_twice("a.warc", &parts.concat());
    let pages: Vec<String> = all.iter().flatten().map(text).collect();
    assert_eq!(
        pages,
        [
            "<p>The port reopened.</p>",
            "Türen auf.",
            "The crane was mended."
        ]
    );
    let notes = notes(&all);
    assert_eq!((notes.len(), notes[0].severity), (1, Severity::Info));
    assert_eq!(
        notes[0].text,
        "records left out that are no pages: 5 (image/png: 2, seen before: 1, status 301: 1, status 404: 1)"
    );
}

#[test]
fn a_file_that_breaks_off_gives_what_came_before() {
    let records: Vec<Vec<u8>> = (0..3)
        .map(|n| response("https://example.org/", 200, HTML, html(n).as_bytes()))
        .collect();
    let plain = records.concat();
    let packed: Vec<u8> = records.iter().flat_map(|r| gzip(r)).collect();
    for (file, cut) in [
        (&plain, 60),
        (&plain, 300),
        (&packed, 5),
        (&packed, 40),
        (&packed, 150),
    ] {
        let all = read("a.warc", &file[..file.len() - cut]);
        assert_eq!(all.len(), 3, "{cut} {all:?}");
        assert!(all[..2].iter().all(Result::is_ok), "{cut} {all:#?}");
        let note = all[2].as_ref().expect_err("the last is cut off");
        assert!(
            note.severity == Severity::Unread && note.place.starts_with("a.warc#B"),
            "{note:?}"
        );
    }
}

#[test]
fn bodies_that_break_off_are_read_in_part() {
    let body = html(3);
    let cut = |head: &str, bytes: &[u8]| {
        let head = HTML.to_owned() + head;
        one(
            "a.warc",
            &response("https://example.org/", 200, &head, bytes),
        )
    };
    let packed = gzip(body.repeat(50).as_bytes());
    let page = cut("Content-Encoding: gzip\r\n", &packed[..packed.len() - 30]);
    assert!(text(&page).starts_with("<html>") && page.notes[0].code == "body-broken");
    let page = cut(
        "Transfer-Encoding: chunked\r\n",
        format!("{:x}\r\n{body}", body.len() + 9).as_bytes(),
    );
    assert_eq!(
        (text(&page), page.notes[0].severity),
        (body, Severity::Partly)
    );
}

#[test]
fn bombs_and_absurd_lengths() {
    let zeros = vec![b' '; 4 << 20];
    let ok = response("https://example.org/", 200, HTML, b"<p>Well.</p>");
    let head = HTML.to_owned() + "Content-Encoding: gzip\r\n";
    let bomb = response("https://example.org/", 200, &head, &gzip(&zeros));
    let all = read("a.warc", &[bomb, ok.clone()].concat());
    assert_eq!(all[0].as_ref().expect_err("a bomb").code, "bomb");
    assert!(all[1].is_ok());

    // A whole member that is a bomb.
    let big = response("https://example.org/", 200, HTML, &zeros);
    let all = read("a.warc.gz", &[gzip(&big), gzip(&ok)].concat());
    assert_eq!(all[0].as_ref().expect_err("a bomb").code, "bomb");
    assert!(all[1].is_ok());

    for length in [
        "18446744073709551615",
        "99999999999999999999",
        "-1",
        "1e3",
        "",
        "9999999",
    ] {
        let text = String::from_utf8(ok.clone()).expect("UTF-8");
        let (head, rest) = text.split_once("Content-Length: ").expect("a length");
        let rest = rest.split_once("\r\n").expect("a line").1;
        let broken = format!("{head}Content-Length: {length}\r\n{rest}");
        let all = read("a.warc", &[broken.as_bytes(), &ok].concat());
        assert_eq!(
            (all.len(), all[0].is_err(), all[1].is_ok()),
            (2, true, true),
            "{length} {all:?}"
        );
    }

    let options = Options {
        limits: Limits {
            page_bytes: 1000,
            ..Limits::default()
        },
        ..Options::default()
    };
    let long = response("https://example.org/", 200, HTML, &[b'x'; 200_000]);
    let all = read_with("a.warc", &[long, ok].concat(), &options);
    assert_eq!(all[0].as_ref().expect_err("too long").code, "too-large");
    assert!(all[1].is_ok());
}

#[test]
fn what_is_no_warc_ends() {
    for bytes in [
        &b"WARC/"[..],
        b"WARC/1.0\r\n",
        b"\x1f\x8b\x08",
        b"\x1f\x8b",
        b"WARC/1.0\r\n\r\n\r\n",
        &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0].repeat(1000),
    ] {
        let all = read("a.warc", bytes);
        assert!(
            all.iter().all(Result::is_err) && !all.is_empty() && all.len() < 10,
            "{all:?}"
        );
    }
    assert!(read("a.warc", b"").is_empty());
}

#[test]
fn a_page_may_quote_a_record() {
    // Lines that look like a record are the page's own as long as lengths are right.
    let body = format!(
        "<pre>\r\n{}</pre>",
        String::from_utf8_lossy(&response("x", 200, HTML, b"y"))
    );
    let page = one(
        "a.warc",
        &response("https://example.org/", 200, HTML, body.as_bytes()),
    );
    assert_eq!(text(&page), body);
}
