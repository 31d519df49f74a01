//! A record whose values are hostile to file formats, and how tests read exports.
#![allow(dead_code)]

#[path = "../../../onrecord-record/tests/common/mod.rs"]
pub mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{Made, Sample, empty, put, reading_of};
use onrecord_export::{Exported, Options, Target, export};
use onrecord_model::{EventStatus, PartialDate, Reading, Stance};
use onrecord_record::{Map, Record, Table, table_named};
use serde_json::Value;

/// Quotation marks, separators, line ends, markup, a turned direction of writing, a control
/// character, a formula.
pub const NASTY: &str =
    "=\"Omar\", 'the;\tRed'\r\n<b>&amp;</b> \u{202e}Ḥaddad\u{1} ]]>--|\u{2028}😀";
const IN_TEXT: &str = "Omar \"the\tRed\"\n<b>&amp; Ḥaddad</b>;\u{202e} -- 😀";

/// Three pages: a hostile one, one where all that can be missing is missing, a plain one.
pub fn hostile() -> Made {
    let mut made = empty();
    put(&mut made, &nasty());
    put(&mut made, &bare());
    common::write(
        &mut made,
        &Sample {
            number: 3,
            ..Sample::default()
        },
    );
    made
}

fn nasty() -> Reading {
    let sample = Sample {
        number: 1,
        minister: IN_TEXT,
        office: Some(NASTY),
        country: Some("IRQ"),
        ..Sample::default()
    };
    let mut reading = reading_of(&sample, "nasty", NASTY);
    reading.page.uri = "https://example.org/a?b=\"c\"&d=<e>".to_owned();
    let a = &mut reading.articles[0];
    a.article.title = Some(NASTY.to_owned());
    a.article.author = Some("'=1+1".to_owned());
    a.article.publisher = Some("@The; \"Post\"".to_owned());
    a.places[0].name = NASTY.to_owned();
    a.places[0].country = Some("IRQ".to_owned());
    a.places[0].admin1 = Some("-\"a\"".to_owned());
    a.positions[0].scope = Some(NASTY.to_owned());
    a.positions[0].date = PartialDate::day(2014, 5, 3);
    reading
}

fn bare() -> Reading {
    let sample = Sample {
        number: 2,
        minister: "Omar Haddad",
        office: None,
        country: None,
        ..Sample::default()
    };
    let mut reading = common::reading(&sample);
    reading.notes.clear();
    let a = &mut reading.articles[0];
    a.article.title = Some(String::new());
    a.article.publisher = None;
    a.article.published = None;
    a.article.published_from = None;
    a.article.language = None;
    a.notes.clear();
    for event in &mut a.events {
        event.date = None;
        event.place = None;
        event.mode = None;
        event.recipients.clear();
        event.recipient_spans.clear();
        event.statement = None;
        event.status = EventStatus::Denied;
    }
    for statement in &mut a.statements {
        statement.speaker = None;
        statement.speaker_span = None;
        statement.cue = None;
        statement.via.clear();
        statement.date = None;
    }
    a.positions[0].date = None;
    a.positions[0].stance = Stance::Mixed;
    reading
}

/// The rows of a table as an export has to give them: without clocks.
pub fn rows(record: &Record, table: &Table) -> Vec<Map> {
    let rows = record
        .table(table.name, &Default::default(), None)
        .expect("rows");
    let without_clocks = |mut row: Map| {
        for column in table.columns.iter().filter(|column| column.clock) {
            row[column.name] = Value::Null;
        }
        row
    };
    rows.into_iter().map(without_clocks).collect()
}

/// The rows of a table named `name`.
pub fn rows_of(record: &Record, name: &str) -> Vec<Map> {
    rows(record, table_named(name).expect("a table"))
}

/// One document as text, and what was left out.
pub fn document(record: &Record, format: &str, options: &Options) -> (String, Exported) {
    let mut out = Vec::new();
    let done = export(record, format, Target::Stream(&mut out), options).expect("exported");
    (String::from_utf8(out).expect("UTF-8"), done)
}

/// One table as bytes.
pub fn table(record: &Record, format: &str, name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let options = Options {
        tables: vec![name.to_owned()],
        ..Options::default()
    };
    export(record, format, Target::Stream(&mut out), &options).expect("exported");
    out
}

/// All files below a folder, by path.
pub fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            for (inner, bytes) in read(&path) {
                files.insert(format!("{name}/{inner}"), bytes);
            }
        } else {
            files.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    files
}

/// The files of an export to a folder, by path.
pub fn folder(record: &Record, format: &str, options: &Options) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("new");
    let done = export(record, format, Target::Folder(target.clone()), options).expect("exported");
    let files = read(&target);
    assert_eq!(done.files.len(), files.len(), "{format}: {:?}", done.files);
    files
}

/// A file of [`folder`] as text.
pub fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("UTF-8")
}

/// Lines of cells parted by tabs, as scripts read them: no quoting.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let lines = text
        .strip_suffix('\n')
        .expect("a last line end")
        .split('\n');
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// The text of a column.
pub fn word<'a>(row: &'a Map, column: &str) -> &'a str {
    row[column].as_str().unwrap_or_default()
}

/// The row with this id.
pub fn by_id<'a>(rows: &'a [Map], id: &str) -> &'a Map {
    let found = rows
        .iter()
        .find(|row| row.values().next().and_then(Value::as_str) == Some(id));
    found.unwrap_or_else(|| panic!("{id} is in the record"))
}
