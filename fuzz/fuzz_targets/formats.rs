//! Any bytes as a file of any format: the first byte chooses the ending, the rest is the
//! file. Every page and note has a place below the file.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use onrecord_formats::{Kind, Limits, Options, kind_of, pages};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, file)) = bytes.split_first() else {
        return;
    };
    let ending = Kind::ENDINGS[usize::from(*first) % Kind::ENDINGS.len()];
    let name = format!("fuzz.{ending}");
    let options = Options {
        limits: Limits {
            page_bytes: 1 << 20,
            document_bytes: 8 << 20,
            ..Limits::default()
        },
        ..Options::default()
    };
    let kind = kind_of(&name, Cursor::new(file)).expect("bytes in memory");
    // The crate that knows Parquet panics on damaged files: the reader catches that, a fuzzer
    // does not.
    if kind == Kind::Parquet {
        return;
    }
    for page in pages(kind, &name, Cursor::new(file.to_vec()), &options) {
        match page {
            Ok(page) => assert!(page.uri.starts_with(&name) && page.bytes.len() <= 1 << 20),
            Err(note) => assert!(note.place.starts_with(&name) && note.code != "failed"),
        }
    }
});
