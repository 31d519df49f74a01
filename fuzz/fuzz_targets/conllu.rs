//! Any text as CoNLL-U and as IOB2: what is read is written back, and parsed without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::language::Engine;
use onrecord_score::{conllu, names, parsed};

fuzz_target!(|text: &str| {
    if let Ok(sentences) = conllu::read(text, "fuzz") {
        let written = conllu::write(&sentences);
        assert_eq!(conllu::read(&written, "fuzz").expect("our own"), sentences);
        let _ = parsed::parse_given(&sentences, Engine::built_in());
    }
    let _ = names::read(text, "fuzz");
});
