//! Any text as a labelled set of events, dates or places: read or refused, and spans that are
//! read lie in their text.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use onrecord_score::{dates, events, places};

fuzz_target!(|text: &str| {
    for row in events::relations("fuzz", text).unwrap_or_default() {
        for span in [row.actor, row.recipient].into_iter().flatten() {
            assert!(row.text.get(span.start..span.end).is_some());
        }
    }
    for row in events::extractions(("fuzz", text), ("fuzz", text)).unwrap_or_default() {
        for span in row.parties.iter().flatten().flatten() {
            assert!(row.text.get(span.start..span.end).is_some());
        }
    }
    for row in events::marked("fuzz", text).unwrap_or_default() {
        for event in &row.events {
            assert!(
                row.text
                    .get(event.trigger.start..event.trigger.end)
                    .is_some()
            );
        }
    }
    let _ = dates::read(text, "fuzz");
    let _ = places::read(text, Path::new("fuzz"));
});
