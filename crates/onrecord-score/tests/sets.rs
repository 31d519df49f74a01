//! No text breaks the readers of labelled sets; what they read lies in its text.

use std::path::Path;

use onrecord_score::{dates, events, places};
use proptest::prelude::*;

/// Lines of the pieces that the sets are made of, in any order.
fn sets() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<s>",
        "</s>",
        "<t>",
        "</t>",
        "[T1 ",
        "[A1,R2 ",
        "]",
        "ASSAULT",
        "/x actual ",
        "\t",
        "\n",
        "marked_sentence",
        "gold_root",
        "gold_penta",
        "4",
        " B-S",
        " I-T",
        " O",
        "é",
        "“x”",
        "2019-03-04",
        "<article>",
        "</article>",
        "<text>",
        "<location>",
        "<start>",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in sets()) {
        for row in events::relations("x", &text).unwrap_or_default() {
            for span in [row.actor, row.recipient].into_iter().flatten() {
                prop_assert!(row.text.get(span.start..span.end).is_some());
            }
        }
        for row in events::extractions(("x", &text), ("x", &text)).unwrap_or_default() {
            for span in row.parties.iter().flatten().flatten() {
                prop_assert!(row.text.get(span.start..span.end).is_some());
            }
        }
        for row in events::marked("x", &text).unwrap_or_default() {
            for event in &row.events {
                prop_assert!(row.text.get(event.trigger.start..event.trigger.end).is_some());
            }
        }
        let _ = dates::read(&text, "x");
        let _ = places::read(&text, Path::new("x"));
    }
}
