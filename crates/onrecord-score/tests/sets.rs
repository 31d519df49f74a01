//! No text breaks the readers of labelled sets; what they read lies in its text.

use std::path::Path;

use onrecord_score::{dates, events, places, stance};
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
        "{\"sentence\": \"é x\"",
        ", \"polarity\": -1",
        ", \"from\": 0, \"to\": 1}",
        "0}",
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
        for row in stance::read("x", &text).unwrap_or_default() {
            prop_assert!(row.text.get(row.target.start..row.target.end).is_some());
        }
        let _ = dates::read(&text, "x");
        let _ = places::read(&text, Path::new("x"));
    }

    #[test]
    fn any_target_lies_in_its_sentence(
        text in "[a-zé“ ]{0,12}",
        polarity in -3..4,
        from in 0..15usize,
        to in 0..15usize,
    ) {
        let line = format!(
            r#"{{"sentence": "{text}", "polarity": {polarity}, "from": {from}, "to": {to}}}"#
        );
        let n = text.chars().count();
        let fits = (-1..=1).contains(&polarity) && from < to && to <= n;
        let rows = stance::read("x", &line);
        prop_assert_eq!(rows.is_ok(), fits);
        for row in rows.unwrap_or_default() {
            prop_assert_eq!(row.target.of(&row.text).chars().count(), to - from);
        }
    }
}
