//! Our own formats lose nothing: every value of every table reads back.
#![allow(clippy::disallowed_methods)] // tests make files

mod made;

use made::{hostile, rows, rows_of, table};
use onrecord_export::{Options, Target, export, import};
use onrecord_record::{Column, Filter, Inbox, Kind, Map, Record, TABLES, Table};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

#[test]
fn jsonl_reads_back() {
    let made = hostile();
    for known in TABLES {
        let text = String::from_utf8(table(&made.record, "jsonl", known.name)).expect("UTF-8");
        let found: Vec<Map> = text
            .lines()
            .map(|line| {
                let mut row: Map = serde_json::from_str(line).expect("an object");
                assert_eq!(row.shift_remove("table"), Some(known.name.into()));
                row
            })
            .collect();
        assert_eq!(found, rows(&made.record, known), "{}", known.name);
    }
}

#[test]
fn csv_reads_back() {
    let made = hostile();
    let mut guarded = 0;
    for known in TABLES {
        let text = String::from_utf8(table(&made.record, "csv", known.name)).expect("UTF-8");
        let mut lines = csv_lines(&text).into_iter();
        let header: Vec<_> = lines
            .next()
            .expect("a header")
            .into_iter()
            .flatten()
            .collect();
        let names: Vec<_> = known.columns.iter().map(|c| c.name).collect();
        assert_eq!(header, names);
        let found: Vec<Map> = lines
            .map(|cells| {
                assert_eq!(cells.len(), known.columns.len());
                let cells = known.columns.iter().zip(cells);
                cells
                    .map(|(column, cell)| {
                        guarded += usize::from(is_guarded(column, cell.as_deref()));
                        (column.name.to_owned(), csv_value(column, cell))
                    })
                    .collect()
            })
            .collect();
        assert_eq!(found, rows(&made.record, known), "{}", known.name);
    }
    assert!(guarded >= 6, "{guarded} cells would have been formulas");
}

/// Cells as RFC 4180 writes them; one without anything is `None`, `""` an empty text.
fn csv_lines(text: &str) -> Vec<Vec<Option<String>>> {
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    let mut rest = text;
    while !rest.is_empty() {
        let cell = match rest.strip_prefix('"') {
            Some(mut inner) => {
                let mut cell = String::new();
                loop {
                    let (piece, after) = inner.split_once('"').expect("a closing mark");
                    cell.push_str(piece);
                    match after.strip_prefix('"') {
                        Some(more) => {
                            cell.push('"');
                            inner = more;
                        }
                        None => {
                            rest = after;
                            break;
                        }
                    }
                }
                Some(cell)
            }
            None => {
                let end = rest.find([',', '\r']).expect("an end of the cell");
                let (cell, after) = rest.split_at(end);
                rest = after;
                (!cell.is_empty()).then(|| cell.to_owned())
            }
        };
        line.push(cell);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
        } else {
            rest = rest.strip_prefix("\r\n").expect("a line end");
            lines.push(std::mem::take(&mut line));
        }
    }
    lines
}

fn is_guarded(column: &Column, cell: Option<&str>) -> bool {
    let cell = cell.unwrap_or_default();
    if column.kind == Kind::Text {
        let first = cell.trim_start_matches(' ').chars().next();
        let runs = first.is_some_and(|c| "=+-@\t\r＝＋－＠".contains(c));
        assert!(!runs, "a spreadsheet would run {cell:?}");
    }
    let inner = cell.trim_start_matches('\'');
    let begins = inner
        .trim_start_matches(' ')
        .starts_with(['=', '+', '-', '@', '\t', '\r']);
    column.kind == Kind::Text && inner.len() < cell.len() && begins
}

fn csv_value(column: &Column, cell: Option<String>) -> Value {
    let Some(cell) = cell else {
        return Value::Null;
    };
    match column.kind {
        Kind::Text if is_guarded(column, Some(&cell)) => cell[1..].into(),
        Kind::Text => cell.into(),
        _ => serde_json::from_str(&cell).expect("JSON"),
    }
}

#[test]
fn parquet_reads_back() {
    let made = hostile();
    for known in TABLES {
        let bytes = table(&made.record, "parquet", known.name);
        let file = SerializedFileReader::new(bytes::of(bytes)).expect("a Parquet file");
        let metadata = file.metadata().file_metadata();
        let card = metadata.key_value_metadata().expect("metadata");
        let card = card.iter().find(|entry| entry.key == "onrecord");
        let card = card
            .and_then(|entry| entry.value.as_deref())
            .expect("a card");
        let card: Value = serde_json::from_str(card).expect("JSON");
        assert!(card["how_to_cite"].is_string() && card["runs"].is_array());
        let found: Vec<Map> = file
            .get_row_iter(None)
            .expect("rows")
            .map(|row| {
                let row = row.expect("a row");
                let cells = row.get_column_iter().zip(known.columns);
                cells
                    .map(|((name, field), column)| {
                        assert_eq!(name, column.name);
                        (name.clone(), parquet_value(column, field))
                    })
                    .collect()
            })
            .collect();
        assert_eq!(found, rows(&made.record, known), "{}", known.name);
    }
}

mod bytes {
    /// What the reader of Parquet takes in place of a file.
    pub fn of(bytes: Vec<u8>) -> impl parquet::file::reader::ChunkReader {
        let mut file = tempfile::tempfile().expect("a file");
        std::io::Write::write_all(&mut file, &bytes).expect("written");
        file
    }
}

fn parquet_value(column: &Column, field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(truth) => (*truth).into(),
        Field::Long(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Str(text) if column.kind == Kind::Text => text.as_str().into(),
        Field::Str(json) => serde_json::from_str(json).expect("JSON"),
        Field::ListInternal(list) => {
            let items = list.elements().iter().map(|item| match item {
                Field::Str(text) => Value::from(text.as_str()),
                other => panic!("{} holds {other}", column.name),
            });
            items.collect()
        }
        other => panic!("{} is {other}", column.name),
    }
}

#[test]
fn sqlite_reads_back_and_answers() {
    let made = hostile();
    let folder = tempfile::tempdir().expect("a folder");
    let target = Target::Folder(folder.path().to_owned());
    export(&made.record, "sqlite", target, &Options::default()).expect("exported");
    let db = rusqlite::Connection::open(folder.path().join("record.db")).expect("opened");
    for known in TABLES {
        assert_eq!(
            sqlite_rows(&db, known),
            sorted(rows(&made.record, known)),
            "{}",
            known.name
        );
    }
    let one = |sql: &str| {
        db.query_row(sql, [], |row| row.get::<_, i64>(0))
            .expect(sql)
    };
    assert_eq!(one("select count(*) from pragma_foreign_key_check"), 0);
    for (view, table) in [
        ("who_said_what", "statements"),
        ("who_did_what", "events"),
        ("where_they_stand", "positions"),
        ("what_was_announced", "outlooks"),
    ] {
        let n = rows_of(&made.record, table).len() as i64;
        assert_eq!(one(&format!("select count(*) from {view}")), n, "{view}");
    }
    let found = "select count(*) from sentences where rowid in
                 (select rowid from sentences_fts where sentences_fts match 'shelled')";
    assert_eq!(one(found), 3);
    assert_eq!(
        one("select count(*) from card where name = 'how_to_cite'"),
        1
    );
    let metadata = std::fs::read_to_string(folder.path().join("metadata.json")).expect("read");
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let columns = &metadata["databases"]["record"]["tables"]["events"]["columns"];
    assert_eq!(columns["event_type"], "PLOVER type.");
}

fn sqlite_rows(db: &rusqlite::Connection, table: &Table) -> Vec<Map> {
    let mut query = db
        .prepare(&format!("select * from \"{}\"", table.name))
        .expect("a table");
    let found = query.query_map([], |row| {
        let mut map = Map::new();
        for (at, column) in table.columns.iter().enumerate() {
            let value = match (column.kind, row.get::<_, rusqlite::types::Value>(at)?) {
                (_, rusqlite::types::Value::Null) => Value::Null,
                (Kind::Boolean, rusqlite::types::Value::Integer(n)) => (n != 0).into(),
                (_, rusqlite::types::Value::Integer(n)) => n.into(),
                (_, rusqlite::types::Value::Real(n)) => n.into(),
                (Kind::List | Kind::Object, rusqlite::types::Value::Text(json)) => {
                    serde_json::from_str(&json).expect("JSON")
                }
                (_, rusqlite::types::Value::Text(text)) => text.into(),
                (_, other) => panic!("{}: {other:?}", column.name),
            };
            map.insert(column.name.to_owned(), value);
        }
        Ok(map)
    });
    sorted(
        found
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("rows"),
    )
}

fn sorted(mut rows: Vec<Map>) -> Vec<Map> {
    rows.sort_by_key(|row| row.values().next().map(Value::to_string));
    rows
}

#[test]
fn only_two_lists_hold_objects() {
    let made = hostile();
    for known in TABLES {
        let lists = || {
            known
                .columns
                .iter()
                .filter(|column| column.kind == Kind::List)
        };
        for row in rows(&made.record, known) {
            for column in lists().filter(|c| !["notes", "roles"].contains(&c.name)) {
                let items = row[column.name].as_array().expect("a list");
                assert!(
                    items.iter().all(Value::is_string),
                    "{}.{}",
                    known.name,
                    column.name
                );
            }
        }
    }
}

#[test]
fn a_record_without_rows_is_empty_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = Record::open(&folder.path().join("empty.db")).expect("a record");
    for format in onrecord_export::FORMATS {
        let target = Target::Folder(folder.path().join(format.name));
        let done = export(&record, format.name, target, &Options::default());
        let done = done.unwrap_or_else(|error| panic!("{}: {error}", format.name));
        assert_eq!(done.rows.values().sum::<u64>(), 0, "{}", format.name);
    }
}

#[test]
fn rows_as_read_are_taken_over() {
    let made = hostile();
    let folder = tempfile::tempdir().expect("a folder");
    let (rows, inbox) = (folder.path().join("rows"), folder.path().join("inbox.db"));
    let options = Options {
        times: true,
        ..Options::default()
    };
    export(
        &made.record,
        "as-read",
        Target::Folder(rows.clone()),
        &options,
    )
    .expect("exported");
    let mut filling = Inbox::new(&inbox).expect("an inbox");
    let counts = import(&rows, &mut filling).expect("imported");
    assert_eq!(counts["read_pages"], 3);
    filling.close().expect("all is there");
    let mut other = Record::open(&folder.path().join("other.db")).expect("a record");
    assert_eq!(other.take_over(&inbox).expect("taken over").pages, 3);
    for known in TABLES.iter().filter(|table| table.name != "runs") {
        let all = |record: &Record| record.table(known.name, &Filter::default(), None);
        assert_eq!(
            all(&made.record).expect("rows"),
            all(&other).expect("rows"),
            "{}",
            known.name
        );
    }

    // A table that is cut short is noticed.
    let mut filling = Inbox::new(&folder.path().join("short.db")).expect("an inbox");
    std::fs::rename(rows.join("sentences.parquet"), rows.join("x")).expect("moved");
    assert!(import(&rows, &mut filling).is_err());
    std::fs::create_dir(rows.join("sentences")).expect("a folder");
    let error = import(&rows, &mut filling).expect_err("no sign that it is whole");
    assert!(error.to_string().contains("_SUCCESS"), "{error}");
    std::fs::write(rows.join("sentences/_SUCCESS"), "").expect("a file");
    import(&rows, &mut filling).expect("imported");
    let error = filling.close().expect_err("there are no sentences");
    assert!(
        error.to_string().contains("sentences, 0 are there"),
        "{error}"
    );
}
