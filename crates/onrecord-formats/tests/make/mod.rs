//! Small writers of the formats, for the tests that read them.

#![allow(dead_code)] // each test uses some of them

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use onrecord_formats::{Kind, Options, kind_of, page_at, pages, split};
use onrecord_model::{Note, RawPage};

/// What a file gives.
pub type Found = Vec<Result<RawPage, Note>>;

/// Reads a file by its name and content.
pub fn read(name: &str, bytes: &[u8]) -> Found {
    read_with(name, bytes, &Options::default())
}

/// The same with options.
pub fn read_with(name: &str, bytes: &[u8], options: &Options) -> Found {
    let kind = kind_of(name, Cursor::new(bytes)).expect("bytes in memory");
    pages(kind, name, Cursor::new(bytes.to_vec()), options).collect()
}

/// Reads a file, then each of its pages and troubles by its address: they must be the same.
pub fn read_twice(name: &str, bytes: &[u8]) -> Found {
    let all = read(name, bytes);
    for page in all.iter().flatten() {
        let again = again(name, bytes, &page.uri);
        let again = again.unwrap_or_else(|| panic!("{} is not found again", page.uri));
        let again = again.unwrap_or_else(|note| panic!("{}: {note:?}", page.uri));
        assert_eq!((&again.uri, &again.sha256), (&page.uri, &page.sha256));
        assert_eq!(
            (&again.bytes, &again.declared),
            (&page.bytes, &page.declared)
        );
        assert_eq!(again.notes, page.notes);
    }
    all
}

/// One page of a file, by its address.
pub fn again(name: &str, bytes: &[u8], uri: &str) -> Option<Result<RawPage, Note>> {
    let kind = kind_of(name, Cursor::new(bytes)).expect("bytes in memory");
    let (file, place) = split(uri, |file| file == name);
    assert_eq!(file, name);
    let source = Cursor::new(bytes.to_vec());
    page_at(
        kind,
        name,
        place.unwrap_or_default(),
        source,
        &Options::default(),
    )
}

/// The pages, where nothing may be wrong.
pub fn all_well(found: Found) -> Vec<RawPage> {
    found
        .into_iter()
        .map(|page| page.unwrap_or_else(|note| panic!("{note:?}")))
        .collect()
}

/// The one page of a file.
pub fn one(name: &str, bytes: &[u8]) -> RawPage {
    let mut all = all_well(read_twice(name, bytes));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The notes.
pub fn notes(found: &Found) -> Vec<&Note> {
    found
        .iter()
        .filter_map(|page| page.as_ref().err())
        .collect()
}

/// Text of a page.
pub fn text(page: &RawPage) -> String {
    String::from_utf8(page.bytes.clone()).expect("UTF-8")
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

/// A record of a WARC file.
pub fn record(kind: &str, url: &str, media: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x:{url}>\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n\
         WARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

/// The record of an HTTP response; `head` is lines of a head without the status.
pub fn response(url: &str, status: u16, head: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {status} X\r\n{head}\r\n").into_bytes();
    block.extend_from_slice(body);
    record(
        "response",
        url,
        "application/http; msgtype=response",
        &block,
    )
}

/// A page of invented news.
pub fn html(n: usize) -> String {
    format!(
        "<html><head><title>Report {n}</title></head><body><p>The harbour of Tesk reopened on day {n}, \
         the port authority said.</p></body></html>"
    )
}

/// A member of a ZIP file: name, bytes, and whether it is packed.
pub type Member<'a> = (&'a str, &'a [u8], bool);

/// A ZIP file.
pub fn zip(members: &[Member<'_>]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes, packed) in members {
        let data = if *packed {
            deflate(bytes)
        } else {
            bytes.to_vec()
        };
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut about = Vec::new();
        for value in [20_u16, 0x800, if *packed { 8 } else { 0 }, 0, 0] {
            about.extend_from_slice(&value.to_le_bytes());
        }
        for value in [crc.sum(), data.len() as u32, bytes.len() as u32] {
            about.extend_from_slice(&value.to_le_bytes());
        }
        about.extend_from_slice(&(name.len() as u16).to_le_bytes());
        about.extend_from_slice(&[0, 0]);
        let start = out.len() as u32;
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&about);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&data);
        list.extend_from_slice(b"PK\x01\x02\x14\0");
        list.extend_from_slice(&about);
        list.extend_from_slice(&[0; 10]);
        list.extend_from_slice(&start.to_le_bytes());
        list.extend_from_slice(name.as_bytes());
    }
    let (start, count) = (out.len() as u32, members.len() as u16);
    out.extend_from_slice(&list);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&(list.len() as u32).to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]);
    out
}

/// A TAR file; names of more than 100 bytes as GNU tar writes them.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in members {
        if name.len() > 100 {
            block(&mut out, "././@LongLink", b'L', name.as_bytes());
        }
        block(&mut out, &name[..name.len().min(100)], b'0', bytes);
    }
    out.extend_from_slice(&[0; 1024]);
    out
}

fn block(out: &mut Vec<u8>, name: &str, kind: u8, bytes: &[u8]) {
    let mut head = [0; 512];
    head[..name.len()].copy_from_slice(name.as_bytes());
    head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
    head[148..156].copy_from_slice(b"        ");
    head[156] = kind;
    head[257..263].copy_from_slice(b"ustar ");
    let sum: u32 = head.iter().map(|b| u32::from(*b)).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    out.extend_from_slice(&head);
    out.extend_from_slice(bytes);
    out.resize(out.len().next_multiple_of(512), 0);
}

/// What kind a file in memory is.
pub fn kind(name: &str, bytes: &[u8]) -> Kind {
    kind_of(name, Cursor::new(bytes)).expect("bytes in memory")
}
