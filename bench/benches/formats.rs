//! How fast pages come out of files: unpacked bytes a second, on one thread.

use std::io::{Cursor, Write};

use divan::Bencher;
use divan::counter::BytesCount;
use onrecord_formats::{Kind, Options, pages};

fn main() {
    divan::main();
}

/// Pages of a crawl.
const PAGES: usize = 2_000;

/// A record of invented HTML, some 30 kB as pages of news are.
fn record(n: usize) -> Vec<u8> {
    let mut body = String::from("<html><head><title>Port</title></head><body>");
    for line in 0..200 {
        body.push_str(&format!(
            "<p class=\"text-{line}\">Paragraph {line} of page {n}: the harbour of Tesk reopened, the port \
             authority said on day {}.</p>\n",
            (n * 31 + line * 7) % 365
        ));
    }
    body.push_str("</body></html>");
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn count(file: &[u8]) -> usize {
    let pages = pages(
        Kind::Warc,
        "x.warc",
        Cursor::new(file.to_vec()),
        &Options::default(),
    );
    pages.filter(Result::is_ok).count()
}

#[divan::bench]
fn warc_plain(bencher: Bencher<'_, '_>) {
    let file: Vec<u8> = (0..PAGES).flat_map(record).collect();
    bencher
        .counter(BytesCount::new(file.len()))
        .bench(|| assert_eq!(count(&file), PAGES));
}

#[divan::bench]
fn warc_a_member_a_record(bencher: Bencher<'_, '_>) {
    let records: Vec<Vec<u8>> = (0..PAGES).map(record).collect();
    let unpacked: usize = records.iter().map(Vec::len).sum();
    let file: Vec<u8> = records.iter().flat_map(|record| packed(record)).collect();
    bencher
        .counter(BytesCount::new(unpacked))
        .bench(|| assert_eq!(count(&file), PAGES));
}
