//! Any bytes as a scraper's JSONL file: each line is a page or a note.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for line in onrecord_formats::jsonl::pages("fuzz.jsonl", bytes) {
        let _ = line;
    }
});
