//! With `reviewed` only what a person has looked at leaves the record, and what it names.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use std::path::PathBuf;

use made::common::{actor_id, record_of};
use made::{document, folder, text};
use onrecord_export::{FORMATS, Options, Target, export};
use onrecord_record::{Change, Correction};

fn reviewed() -> Options {
    Options {
        reviewed: true,
        ..Options::default()
    }
}

#[test]
fn a_corrected_row_is_there_and_no_other() {
    let mut made = record_of(&[made::common::Sample::default()]);
    // Rows as read are what a page gave, whoever looked at them: all or none.
    for format in FORMATS.iter().filter(|format| format.name != "as-read") {
        let files = folder(&made.record, format.name, &reviewed());
        let card = text(&files, "CARD.md");
        assert!(
            card.contains("Only rows that a person has looked at"),
            "{}",
            format.name
        );
        assert!(
            !card.contains("| actors | 1"),
            "{}: nothing is corrected yet",
            format.name
        );
    }
    let target = Target::Folder(PathBuf::from("never-made"));
    let refused = export(&made.record, "as-read", target, &reviewed());
    let error = refused.expect_err("not some of them").to_string();
    assert!(error.contains("export all"), "{error}");
    let rename = Change::Rename {
        actor: actor_id("ironside-guards"),
        was: None,
        name: "Guards of Ironside".to_owned(),
    };
    let undone = Correction::of(rename.clone(), "a", "2031", None, 0);
    let undo = Change::Undo {
        correction: undone.id.clone(),
    };
    let corrections = [undone, Correction::of(undo, "a", "2031", None, 1)];
    made.record
        .write_corrections(&corrections)
        .expect("written");
    let (rows, _) = document(&made.record, "jsonl", &reviewed());
    assert!(!rows.contains("\"table\":\"actors\""), "taken back: {rows}");
    let again = [
        corrections.to_vec(),
        vec![Correction::of(rename, "a", "2031", None, 2)],
    ];
    made.record
        .write_corrections(&again.concat())
        .expect("written");
    let (rows, done) = document(&made.record, "jsonl", &reviewed());
    assert_eq!(done.rows["actors"], 1, "{rows}");
    assert!(rows.contains("Guards of Ironside"));
    assert_eq!(
        (
            done.rows["events"],
            done.rows["statements"],
            done.rows["mentions"]
        ),
        (0, 0, 0)
    );
    assert_eq!(done.rows["runs"], 1);
    let all = document(&made.record, "jsonl", &Options::default()).1;
    assert!(all.rows["actors"] == 2 && all.rows["events"] == 1);
}
