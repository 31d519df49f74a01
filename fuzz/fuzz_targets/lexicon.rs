//! Any text as a lexicon file: it is read or refused with an error that names the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::lexicon::{File, Lexicon};

fuzz_target!(|input: (u8, &str)| {
    let rooms = [
        "actors/a.toml",
        "places/a.tsv",
        "words/demonyms.tsv",
        "pages/a.toml",
        "speech/a.toml",
        "events/a.toml",
        "issues/a.toml",
        "framing/a.toml",
    ];
    let name = rooms[usize::from(input.0) % rooms.len()].to_owned();
    let file = File {
        path: name.clone(),
        name,
        text: input.1.to_owned(),
    };
    if let Err(error) = Lexicon::from_files(&[file]) {
        assert!(!error.to_string().is_empty());
    }
});
