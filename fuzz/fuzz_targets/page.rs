//! Any bytes as a page, text or HTML: the whole way ends without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::lexicon::Lexicon;
use onrecord::model::{RawPage, sha256_hex};
use onrecord::{Kit, pages};

fuzz_target!(|bytes: &[u8]| {
    let raw = RawPage {
        uri: "fuzz".into(),
        sha256: sha256_hex(bytes),
        bytes: bytes.to_vec(),
        ..RawPage::default()
    };
    if let Ok((page, notes)) = pages::decode(&raw) {
        let kit = Kit::new(Lexicon::built_in());
        let reading = onrecord::read(page, notes, &Default::default(), kit);
        for a in &reading.articles {
            for s in &a.sentences {
                assert!(a.article.text.get(s.span.start..s.span.end).is_some());
            }
        }
    }
});
