//! What is written is what is read: WARC, mbox, CSV with any content; and no bytes at all
//! make a reader fail.

mod make;

use std::fmt::Write;

use make::{all_well, gzip, read, read_twice, response, text};
use onrecord_formats::Kind;
use proptest::prelude::*;

/// Text that does not begin like something else and is not empty.
fn body() -> impl Strategy<Value = String> {
    "[a-zA-Z\u{e4}\u{201c}\u{4e00} \r\n,;\"'<>WARC/1.0:-]{0,200}"
        .prop_map(|text| format!("x{text}."))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn warc(bodies in prop::collection::vec(body(), 1..6), way in 0..4_usize, cut in 1..500_usize) {
        let records = bodies.iter().map(|body| response("https://example.org/", 200, "Content-Type: text/plain\r\n", body.as_bytes()));
        let records: Vec<Vec<u8>> = records.collect();
        let plain = records.concat();
        let file = match way {
            0 => plain,
            1 => records.iter().flat_map(|record| gzip(record)).collect(),
            2 => gzip(&plain),
            _ => plain.chunks(cut).flat_map(gzip).collect(),
        };
        let pages: Vec<String> = all_well(read_twice("x.warc", &file)).iter().map(text).collect();
        prop_assert_eq!(pages, bodies);
    }

    #[test]
    fn mbox(bodies in prop::collection::vec("[a-zA-Z >\n]{0,80}(\nFrom the port\n>From x\n\nFrom a Mon 10:00 2020\n)?[a-z \n]{0,20}", 1..5)) {
        let bodies: Vec<String> = bodies.iter().map(|body| format!("x{body}x\n")).collect();
        let mut file = String::new();
        for body in &bodies {
            let quoted: String = body.split_inclusive('\n').map(|line| match line.trim_start_matches('>').starts_with("From ") {
                true => format!(">{line}"),
                false => line.to_owned(),
            }).collect();
            let _ = write!(file, "From a@example.org Mon Feb  3 10:00:00 2020\nSubject: x\n\n{quoted}\n");
        }
        let pages: Vec<String> = all_well(read_twice("x.mbox", file.as_bytes())).iter().map(text).collect();
        prop_assert_eq!(pages, bodies);
    }

    #[test]
    fn csv(rows in prop::collection::vec((body(), "[a-z\u{e4} ,;\"\n]{0,20}"), 1..8), sign in prop::sample::select(vec![',', ';', '\t'])) {
        let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let mut file = format!("title{sign}text\r\n");
        for (body, title) in &rows {
            let _ = write!(file, "{}{sign}{}\r\n", quoted(title), quoted(body));
        }
        let pages = all_well(read_twice("x.csv", file.as_bytes()));
        let read: Vec<String> = pages.iter().map(text).collect();
        prop_assert_eq!(read, rows.iter().map(|(body, _)| body.clone()).collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in prop::sample::select(Kind::ENDINGS.to_vec()), head in prop::sample::select(vec!["", "WARC/1.0\r\n", "PK\u{3}\u{4}", "%PDF-1.4\n1 0 obj<<", "{\\rtf1 ", "From a Mon 10:00 2020\n", "<rss><item>", "\u{1f}", "title,text\n", "{\"text\":"])) {
        let file = [head.as_bytes(), &bytes].concat();
        for page in read(&format!("x.{ending}"), &file) {
            match page {
                Ok(page) => prop_assert!(page.uri.starts_with("x.")),
                Err(note) => prop_assert!(note.place.starts_with("x.") && note.code != "failed", "{note:?}"),
            }
        }
    }
}
