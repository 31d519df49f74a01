//! A crawl of 10,000 pages of which every hundredth record is broken, each in another way
//! than the one before: one note each, and all others are read.

mod make;

use make::{gzip, html, notes, read, response};
use onrecord_model::sha256_hex;

const PAGES: usize = 10_000;
const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// One way of breaking: a record's bytes in, broken bytes out.
type Break = fn(Vec<u8>) -> Vec<u8>;

fn replaced(record: Vec<u8>, was: &str, is: &str) -> Vec<u8> {
    let text = String::from_utf8(record).expect("UTF-8");
    assert!(text.contains(was), "{was}");
    text.replacen(was, is, 1).into_bytes()
}

fn longer(record: Vec<u8>, by: i64) -> Vec<u8> {
    let text = String::from_utf8(record).expect("UTF-8");
    let (before, rest) = text.split_once("\r\nContent-Length: ").expect("a length");
    let (length, rest) = rest.split_once("\r\n").expect("a line");
    let length = length.parse::<i64>().expect("a number") + by;
    format!("{before}\r\nContent-Length: {length}\r\n{rest}").into_bytes()
}

/// Ways that break a record in a plain file as well as in a packed one.
const OF_RECORDS: [Break; 14] = [
    |r| replaced(r, "WARC/1.0", "WORC/1.0"),
    |r| replaced(r, "Content-Length: ", "Content-Longth: "),
    |r| replaced(r, "Content-Length: ", "Content-Length: x"),
    |r| replaced(r, "Content-Length: ", "Content-Length: -"),
    |r| {
        replaced(
            r,
            "Content-Length: ",
            "Content-Length: 99999999999999999999",
        )
    },
    |r| longer(r, 7),
    |r| longer(r, 2_000),
    |r| longer(r, -9),
    |r| replaced(r, "WARC-Type: response\r\n", ""),
    |r| replaced(r, "HTTP/1.1 200", "HTCP/1.1 200"),
    |r| replaced(r, "HTTP/1.1 200", "HTTP/1.1 abc"),
    |r| r[..r.len() - 60].to_vec(),
    |r| r[..90].to_vec(),
    |r| {
        let end = r.len();
        let mut r = r;
        r[20..end - 4].fill(0);
        r
    },
];

/// Ways that break the packing.
const OF_MEMBERS: [Break; 8] = [
    // Another check sum, another length.
    |mut m| {
        let at = m.len() - 6;
        m[at] ^= 0x55;
        m
    },
    |mut m| {
        let at = m.len() - 2;
        m[at] ^= 0x55;
        m
    },
    // Cut off in the middle, or all but the head.
    |m| m[..m.len() / 2].to_vec(),
    |m| m[..12].to_vec(),
    // Damaged at the beginning, in the middle, in its sign.
    |mut m| {
        m[11..15].fill(0xff);
        m
    },
    |mut m| {
        let at = m.len() / 2;
        m[at..at + 24].fill(0);
        m
    },
    |mut m| {
        m[0] = 0;
        m
    },
    |mut m| {
        m[3] = 0xff;
        m
    },
];

fn good(n: usize) -> Vec<u8> {
    response(
        &format!("https://example.org/{n}"),
        200,
        HTML,
        html(n).as_bytes(),
    )
}

fn check(name: &str, file: &[u8], broken: &[usize], ways: usize) {
    assert!(broken.len() >= ways && broken.len() == PAGES / 100);
    let found = read(name, file);
    let read: Vec<&str> = found
        .iter()
        .flatten()
        .map(|page| page.sha256.as_str())
        .collect();
    let expected: Vec<String> = (0..PAGES)
        .filter(|n| !broken.contains(n))
        .map(|n| sha256_hex(html(n).as_bytes()))
        .collect();
    let missing = expected.iter().position(|id| !read.contains(&id.as_str()));
    assert_eq!(missing, None, "page {missing:?} {:#?}", notes(&found));
    assert_eq!(read, expected);
    let notes = notes(&found);
    assert_eq!(notes.len(), broken.len(), "{notes:#?}");
    // In the order of the file, each at a place of its own.
    let places: std::collections::BTreeSet<&str> = notes.iter().map(|n| n.place.as_str()).collect();
    assert_eq!(places.len(), notes.len());
}

#[test]
fn every_hundredth_record_of_a_plain_file() {
    let mut file = Vec::new();
    let mut broken = Vec::new();
    for n in 0..PAGES {
        let record = good(n);
        if n % 100 == 50 {
            file.extend(OF_RECORDS[broken.len() % OF_RECORDS.len()](record));
            broken.push(n);
        } else {
            file.extend(record);
        }
    }
    check("crawl.warc", &file, &broken, OF_RECORDS.len());
}

#[test]
fn every_hundredth_record_of_a_packed_file() {
    let mut file = Vec::new();
    let mut broken = Vec::new();
    let ways = OF_RECORDS.len() + OF_MEMBERS.len();
    for n in 0..PAGES {
        let record = good(n);
        if n % 100 == 50 {
            let way = broken.len() % ways;
            match OF_RECORDS.get(way) {
                Some(way) => file.extend(gzip(&way(record))),
                None => file.extend(OF_MEMBERS[way - OF_RECORDS.len()](gzip(&record))),
            }
            broken.push(n);
        } else {
            file.extend(gzip(&record));
        }
    }
    check("crawl.warc.gz", &file, &broken, ways);
}

#[test]
fn every_hundredth_record_of_a_file_packed_as_a_whole() {
    let mut file = Vec::new();
    let mut broken = Vec::new();
    for n in 0..PAGES {
        let record = good(n);
        if n % 100 == 50 {
            file.extend(OF_RECORDS[broken.len() % OF_RECORDS.len()](record));
            broken.push(n);
        } else {
            file.extend(record);
        }
    }
    check("crawl.warc.gz", &gzip(&file), &broken, OF_RECORDS.len());
}
