//! One SQLite file for Datasette and other clients: the tables without what the program keeps for
//! itself, with foreign keys, full-text search, views that read well, and the data card.
//!
//! Lists and objects are JSON text, booleans 1 and 0, what is missing is null, as in the record.
//! Views: `who_said_what`, `who_did_what`, `where_they_stand`, `what_was_announced`. Full-text
//! search (FTS5): `sentences_fts`, `articles_fts` (titles), `statements_fts`. The table `card`
//! holds the data card; a folder gets `metadata.json` for Datasette beside it. Foreign keys are
//! declared and not enforced: with `--reviewed-only` a row may name one that was left out.

use std::path::Path;

use onrecord_record::{Kind, Map, Table};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value;

use super::{Format, Shape};
use crate::ExportError;
use crate::card::Card;
use crate::source::Source;
use crate::written::Written;

pub(super) const FORMAT: Format = Format {
    name: "sqlite",
    extension: "db",
    what_for: "Datasette and SQL: all tables in one file, with views and full-text search",
    files: "record.db and metadata.json for Datasette",
    media_type: "application/vnd.sqlite3",
    holds_card: true,
    is_text: false,
    shape: Shape::Database {
        file: "record.db",
        write,
    },
};

/// Which table a column's ids are of.
const KEYS: &[(&str, &str)] = &[
    ("page_id", "pages"),
    ("article_id", "articles"),
    ("same_text_as", "articles"),
    ("sentence_id", "sentences"),
    ("actor_id", "actors"),
    ("subject_id", "actors"),
    ("object_id", "actors"),
    ("speaker_id", "actors"),
    ("addressee_id", "actors"),
    ("attributed_to", "actors"),
    ("according_to", "actors"),
    ("place_id", "places"),
    ("statement_id", "statements"),
    ("nested_in", "statements"),
    ("event_id", "events"),
    ("story_id", "stories"),
];

/// Views and the tables each needs.
const VIEWS: &[(&[&str], &str)] = &[
    (
        &["statements", "articles", "sentences", "actors"],
        include_str!("sqlite/who_said_what.sql"),
    ),
    (
        &["events", "articles", "sentences", "actors", "places"],
        include_str!("sqlite/who_did_what.sql"),
    ),
    (
        &["positions", "articles", "sentences", "actors"],
        include_str!("sqlite/where_they_stand.sql"),
    ),
    (
        &["outlooks", "articles", "sentences", "actors"],
        include_str!("sqlite/what_was_announced.sql"),
    ),
];

/// Full-text tables: the table, its column of words.
const SEARCH: &[(&str, &str)] = &[
    ("sentences", "text"),
    ("articles", "title"),
    ("statements", "content"),
];

const INDEXES: &[(&str, &str)] = &[
    ("articles", "page_id"),
    ("sentences", "article_id"),
    ("mentions", "actor_id"),
    ("mentions", "sentence_id"),
    ("statements", "article_id"),
    ("statements", "speaker_id"),
    ("events", "article_id"),
    ("events", "date"),
    ("events", "event_type"),
    ("positions", "issue"),
    ("positions", "actor_id"),
    ("outlooks", "actor_id"),
    ("framings", "actor_id"),
];

fn write(source: &Source<'_>, path: &Path) -> Result<Written, ExportError> {
    let mut written = Written::default();
    let mut db = Connection::open(path).map_err(failed)?;
    // The file is nobody's yet, and is thrown away on an error.
    db.pragma_update(None, "journal_mode", "off")
        .map_err(failed)?;
    db.pragma_update(None, "synchronous", "off")
        .map_err(failed)?;
    db.pragma_update(None, "foreign_keys", false)
        .map_err(failed)?;
    let tx = db.transaction().map_err(failed)?;
    for table in &source.tables {
        let known = |name: &str| source.wants(name);
        tx.execute(&create(table, known), []).map_err(failed)?;
        let places = vec!["?"; table.columns.len()].join(", ");
        let insert = format!("insert into \"{}\" values ({places})", table.name);
        let mut insert = tx.prepare(&insert).map_err(failed)?;
        let n = source.all(table, |row| {
            insert
                .execute(params_from_iter(cells(table, &row)))
                .map_err(failed)?;
            Ok(())
        })?;
        written.rows.insert(table.name.to_owned(), n);
    }
    for (table, column) in INDEXES.iter().filter(|(table, _)| source.wants(table)) {
        let sql = format!("create index \"{table}_by_{column}\" on \"{table}\"(\"{column}\")");
        tx.execute(&sql, []).map_err(failed)?;
    }
    for (table, column) in SEARCH.iter().filter(|(table, _)| source.wants(table)) {
        tx.execute_batch(&format!(
            "create virtual table \"{table}_fts\" using fts5(\"{column}\", content=\"{table}\",
                 tokenize='unicode61 remove_diacritics 2');
             insert into \"{table}_fts\"(\"{table}_fts\") values ('rebuild');"
        ))
        .map_err(failed)?;
    }
    for (needs, view) in VIEWS {
        if needs.iter().all(|table| source.wants(table)) {
            tx.execute_batch(view).map_err(failed)?;
        }
    }
    put_card(&tx, source, &written)?;
    tx.commit().map_err(failed)?;
    db.execute_batch("analyze").map_err(failed)?;
    db.close().map_err(|(_, error)| failed(error))?;
    Ok(written)
}

fn create(table: &Table, known: impl Fn(&str) -> bool) -> String {
    let mut lines = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let kind = match column.kind {
            Kind::Text | Kind::List | Kind::Object => "text",
            Kind::Integer | Kind::Boolean => "integer",
            Kind::Real => "real",
        };
        let key = if at == 0 { " primary key" } else { "" };
        let other = KEYS.iter().find(|(name, _)| *name == column.name && at > 0);
        let references = other
            .filter(|(_, other)| known(other))
            .map(|(_, other)| format!(" references \"{other}\""))
            .unwrap_or_default();
        lines.push(format!("    \"{}\" {kind}{key}{references}", column.name));
    }
    format!(
        "create table \"{}\" (\n{}\n)",
        table.name,
        lines.join(",\n")
    )
}

fn cells(table: &Table, row: &Map) -> Vec<Sql> {
    let cell = |name: &str| match row.get(name) {
        None | Some(Value::Null) => Sql::Null,
        Some(Value::Bool(truth)) => Sql::Integer(i64::from(*truth)),
        Some(Value::String(text)) => Sql::Text(text.clone()),
        Some(Value::Number(number)) => match number.as_i64() {
            Some(whole) => Sql::Integer(whole),
            None => number.as_f64().map_or(Sql::Null, Sql::Real),
        },
        Some(other) => Sql::Text(other.to_string()),
    };
    table
        .columns
        .iter()
        .map(|column| cell(column.name))
        .collect()
}

fn put_card(db: &Connection, source: &Source<'_>, written: &Written) -> Result<(), ExportError> {
    db.execute("create table card (name text primary key, value text)", [])
        .map_err(failed)?;
    let card = Card::of(source, &FORMAT, Some(written))?.object();
    for (name, value) in card.as_object().into_iter().flatten() {
        let value = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        db.execute("insert into card values (?, ?)", params![name, value])
            .map_err(failed)?;
    }
    Ok(())
}

fn failed(error: rusqlite::Error) -> ExportError {
    ExportError::Encoding {
        format: FORMAT.name,
        what: format!("the file cannot be written ({error}); check the folder and the space left"),
    }
}
