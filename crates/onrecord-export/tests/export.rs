//! Exports hold the tables of the record, the same bytes for the same pages.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use std::collections::BTreeMap;

use made::common::{self, Sample, config, record_of};
use made::{folder, read};
use onrecord_export::{ExportError, FORMATS, Options, Target, export};
use onrecord_record::{Kind, Record, TABLES};
use serde_json::Value;

fn samples() -> Vec<Sample> {
    let spelt = ["Omar Ḥaddad", "O. Haddad", "Umar Haddad"];
    (1..4)
        .map(|number| Sample {
            number,
            minister: spelt[number as usize - 1],
            ..Sample::default()
        })
        .collect()
}

fn stream(record: &Record, format: &str, options: &Options) -> String {
    let mut out = Vec::new();
    export(record, format, Target::Stream(&mut out), options).expect("exported");
    String::from_utf8(out).expect("UTF-8")
}

fn one_table(table: &str) -> Options {
    Options {
        tables: vec![table.to_owned()],
        ..Options::default()
    }
}

#[test]
fn every_row_of_jsonl_names_its_table_and_has_its_columns_in_order() {
    let made = record_of(&samples());
    let text = stream(&made.record, "jsonl", &Options::default());
    let mut last = 0;
    let mut seen = BTreeMap::<String, u64>::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let row = row.as_object().expect("an object");
        let at = TABLES
            .iter()
            .position(|t| row["table"] == t.name)
            .expect("a table");
        assert!(at >= last, "tables in the record's order");
        last = at;
        let columns = ["table"]
            .into_iter()
            .chain(TABLES[at].columns.iter().map(|c| c.name));
        assert_eq!(row.keys().collect::<Vec<_>>(), columns.collect::<Vec<_>>());
        for column in TABLES[at].columns {
            let value = &row[column.name];
            let fits = match column.kind {
                Kind::Text => value.is_string(),
                Kind::Integer => value.is_i64(),
                Kind::Real => value.is_number(),
                Kind::Boolean => value.is_boolean(),
                Kind::List => value.is_array(),
                Kind::Object => value.is_object(),
            };
            assert!(
                fits || value.is_null() && column.null,
                "{}: {value}",
                column.name
            );
        }
        *seen.entry(TABLES[at].name.to_owned()).or_default() += 1;
    }
    let mut counts = made.record.counts().expect("counts");
    counts.retain(|_, n| *n > 0);
    assert_eq!(seen, counts);
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let mut backwards = samples();
    backwards.reverse();
    let mut first = record_of(&samples());
    let mut second = record_of(&backwards);
    first
        .record
        .end_run(&first.run.clone(), "2031")
        .expect("ended");
    // The second in two runs, at another time, one page written twice.
    let later = onrecord_record::RunConfig {
        started: "2033".to_owned(),
        ..config()
    };
    second.run = second.record.begin_run(&later).expect("a run");
    common::write(&mut second, &backwards[0]);
    second
        .record
        .end_run(&second.run.clone(), "2034")
        .expect("ended");
    for format in FORMATS {
        let options = Options::default();
        let ours = folder(&first.record, format.name, &options);
        assert_eq!(
            ours,
            folder(&second.record, format.name, &options),
            "{}",
            format.name
        );
        let card = made::text(&ours, "CARD.md");
        assert!(card.contains("How to cite") && !card.contains("203"));
        if ["jsonl", "csv", "parquet"].contains(&format.name) {
            assert_eq!(ours.len(), TABLES.len() + 2);
            assert!(!made::text(&ours, "datapackage.json").contains("203"));
        }
    }
    let options = Options::default();
    assert_eq!(
        stream(&first.record, "jsonl", &options),
        stream(&second.record, "jsonl", &options)
    );
    let timed = Options {
        times: true,
        ..Options::default()
    };
    assert!(stream(&first.record, "jsonl", &timed).contains("2030-01-01T00:00:01Z"));
    assert!(!stream(&first.record, "jsonl", &options).contains("2030-01-01"));
}

#[test]
fn csv_is_one_table_a_file() {
    let made = record_of(&samples());
    for table in TABLES {
        let text = stream(&made.record, "csv", &one_table(table.name));
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let header = csv.headers().expect("a header").iter();
        assert!(header.eq(table.columns.iter().map(|c| c.name)));
        let mut lines = text.split_inclusive('\n');
        assert!(lines.next().is_some_and(|line| line.ends_with("\r\n")));
        let rows = made.record.counts().expect("counts")[table.name];
        assert_eq!(csv.records().count() as u64, rows, "{}", table.name);
    }
    let mut options = one_table("places");
    options.bom = true;
    assert!(stream(&made.record, "csv", &options).starts_with("\u{feff}place_id,"));
    let mut out = Vec::new();
    let error = export(
        &made.record,
        "csv",
        Target::Stream(&mut out),
        &Options::default(),
    )
    .expect_err("all tables in one stream");
    assert!(
        matches!(error, ExportError::OneTable { .. }) && out.is_empty(),
        "{error}"
    );
}

#[test]
fn without_text_no_sentence_is_in_any_file() {
    let made = record_of(&samples());
    let options = Options {
        text: false,
        ..Options::default()
    };
    for format in FORMATS.iter().filter(|format| !format.is_text) {
        for (name, bytes) in folder(&made.record, format.name, &options) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("never leave"), "{} {name}", format.name);
            assert!(!text.contains("shelled the port"), "{} {name}", format.name);
        }
    }
    assert!(stream(&made.record, "jsonl", &options).contains("\"content\":null"));
}

#[test]
fn a_file_is_replaced_as_a_whole_or_not_at_all() {
    let made = record_of(&samples());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pages.jsonl");
    std::fs::write(&path, "before").expect("written");
    let error = export(
        &made.record,
        "csv",
        Target::File(path.clone()),
        &Options::default(),
    )
    .expect_err("all tables in one file");
    assert!(matches!(error, ExportError::OneTable { .. }), "{error}");
    assert_eq!(read(folder.path()).len(), 1);
    assert_eq!(std::fs::read_to_string(&path).expect("read"), "before");
    let done = export(
        &made.record,
        "jsonl",
        Target::File(path.clone()),
        &one_table("pages"),
    )
    .expect("exported");
    assert_eq!(done.rows["pages"], 3);
    assert_eq!(
        std::fs::read_to_string(&path)
            .expect("read")
            .lines()
            .count(),
        3
    );
    let names: Vec<String> = read(folder.path()).into_keys().collect();
    let beside = ["pages.jsonl", "pages.jsonl.card.md"];
    assert_eq!(
        names, beside,
        "the card lies beside, nothing is left behind"
    );
    let nowhere = folder.path().join("none/pages.jsonl");
    let error = export(
        &made.record,
        "jsonl",
        Target::File(nowhere),
        &one_table("pages"),
    )
    .expect_err("no such folder");
    assert!(error.to_string().contains("pages.jsonl"), "{error}");
    for (format, table, said) in [
        ("xls", "pages", "csv"),
        ("csv", "page", "pages"),
        ("polecat", "pages", "events"),
    ] {
        let mut out = Vec::new();
        let error = export(
            &made.record,
            format,
            Target::Stream(&mut out),
            &one_table(table),
        )
        .expect_err("not there");
        assert!(error.to_string().contains(said), "{error}");
    }
    for (format, table) in [
        ("polecat", "statements"),
        ("sqlite", "pages"),
        ("gdelt", "events"),
    ] {
        let mut out = Vec::new();
        let error = export(
            &made.record,
            format,
            Target::Stream(&mut out),
            &one_table(table),
        )
        .expect_err("not in a stream");
        assert!(
            out.is_empty() && error.to_string().contains(format),
            "{error}"
        );
    }
}
