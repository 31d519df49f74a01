//! Any bytes as a scraper's JSONL file: each line is a page or a note.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::pages;

fuzz_target!(|bytes: &[u8]| {
    for line in pages::jsonl::pages("fuzz.jsonl", bytes) {
        if let Ok(raw) = line {
            let _ = pages::decode(&raw);
        }
    }
});
