//! Exports hold the tables of the record, the same bytes for the same pages.
#![allow(clippy::disallowed_methods)] // tests make files

#[path = "../../onrecord-record/tests/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{Sample, config, record_of};
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

fn folder(record: &Record, format: &str, options: &Options) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("new");
    let done = export(record, format, Target::Folder(target.clone()), options).expect("exported");
    let files = read(&target);
    assert_eq!(done.files.len(), files.len());
    files
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("UTF-8"))
        })
        .collect()
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
        assert!(ours.contains_key("CARD.md") && ours.contains_key("datapackage.json"));
        assert_eq!(ours.len(), TABLES.len() + 2);
        assert!(!ours["CARD.md"].contains("203") && !ours["datapackage.json"].contains("203"));
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
fn csv_cells_read_back_as_the_rows() {
    let made = record_of(&samples());
    for table in TABLES {
        let text = stream(&made.record, "csv", &one_table(table.name));
        let mut csv = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<_> = csv
            .headers()
            .expect("a header")
            .iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(
            header,
            table.columns.iter().map(|c| c.name).collect::<Vec<_>>()
        );
        assert!(
            text.split_inclusive('\n')
                .next()
                .is_some_and(|line| line.ends_with("\r\n"))
        );
        let rows = made
            .record
            .table(table.name, &Default::default(), None)
            .expect("rows");
        let cells: Vec<_> = csv.records().collect::<Result<_, _>>().expect("records");
        assert_eq!(cells.len(), rows.len(), "{}", table.name);
        for (cells, row) in cells.iter().zip(&rows) {
            for (cell, (name, value)) in cells.iter().zip(row) {
                let expected = match value {
                    _ if table.column(name).is_some_and(|c| c.clock) => String::new(),
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(cell, expected, "{}.{name}", table.name);
            }
        }
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
    .expect_err("sixteen tables in one stream");
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
    for format in FORMATS {
        for (name, text) in folder(&made.record, format.name, &options) {
            assert!(!text.contains("never leave"), "{name}");
            assert!(!text.contains("shelled the port"), "{name}");
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
    .expect_err("sixteen tables in one file");
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
    assert_eq!(read(folder.path()).len(), 1, "nothing is left behind");
    let nowhere = folder.path().join("none/pages.jsonl");
    let error = export(
        &made.record,
        "jsonl",
        Target::File(nowhere),
        &one_table("pages"),
    )
    .expect_err("no such folder");
    assert!(error.to_string().contains("pages.jsonl"), "{error}");
    for (format, table, said) in [("xls", "pages", "csv"), ("csv", "page", "pages")] {
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
}
