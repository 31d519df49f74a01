//! The SQLite schema.
//!
//! Tables whose name begins with `_` are internal: they may change with any version.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::{Kind, TABLES, Table};

/// Marks the file as a record: `onrc` in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x6f6e_7263;

/// Rises with every change to the tables.
pub(crate) const VERSION: i64 = 1;

const INDEXES: &str = "
create index articles_by_page on articles(page_id, n);
create index sentences_by_article on sentences(article_id, n);
create index mentions_by_article on mentions(article_id, start);
create index mentions_by_actor on mentions(actor_id, kind, text) where actor_id is not null;
create index relations_by_article on relations(article_id);
create index statements_by_article on statements(article_id);
create index statements_by_speaker on statements(speaker_id, date);
create index events_by_article on events(article_id);
create index events_by_date on events(date, event_type);
create index positions_by_sentence on positions(sentence_id);
create index positions_by_issue on positions(issue, actor_id, date);
create index outlooks_by_sentence on outlooks(sentence_id);
create index framings_by_article on framings(article_id);
";

const INTERNAL: &str = "
-- What a page was read with. `n` stands for the page in the tables below.
create table _pages(
    n integer primary key,
    page_id text not null unique,
    run_id text not null,
    fingerprint text not null,
    counts text not null
);
create index _pages_by_run on _pages(run_id);
-- All the places a page was read from; `pages.uri` is the first of them.
create table _uris(
    page_id text not null,
    uri text not null,
    primary key (page_id, uri)
) without rowid;
-- What pages say of an actor or a place apart from aliases and offices, each wording once,
-- and which pages say it. `actors` and `places` are made from these.
create table _variants(
    n integer primary key,
    kind text not null,
    row_id text not null,
    data text not null,
    unique (kind, row_id, data)
);
create table _held(
    variant integer not null,
    page integer not null,
    primary key (variant, page)
) without rowid;
create index _held_by_page on _held(page);
-- Offices read in the text.
create table _text_roles(
    actor_id text not null,
    role text not null,
    sentence_id text not null,
    page integer not null,
    primary key (actor_id, role, sentence_id)
) without rowid;
create index _text_roles_by_page on _text_roles(page);
-- The rows in which an actor has a part, but for mentions.
create table _row_actors(
    actor_id text not null,
    row_id text not null,
    primary key (actor_id, row_id)
) without rowid;
-- Outcomes that an article itself tells; those of the table are set by comparing pages.
create table _own_outcomes(
    outlook_id text primary key,
    outcome text not null,
    sentence_ids text not null,
    note text
) without rowid;
-- Full-text search over sentences and titles. The number of a text is kept apart, since
-- SQLite may renumber rows that have no integer key.
create table _search_rows(
    id integer primary key,
    row_id text not null unique
);
create view _search_text as
    select r.id as id, coalesce(s.text, a.title) as text, r.row_id as row_id
    from _search_rows r
    left join sentences s on s.sentence_id = r.row_id
    left join articles a on a.article_id = r.row_id;
create virtual table _search using fts5(
    text,
    row_id unindexed,
    content = '_search_text',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
";

/// All statements that make an empty record.
pub(crate) fn create() -> String {
    let mut sql = String::new();
    for table in TABLES {
        sql.push_str(&create_table(table));
    }
    sql.push_str(INDEXES);
    sql.push_str(INTERNAL);
    sql.push_str(&format!("pragma application_id = {APPLICATION_ID};\n"));
    sql.push_str(&format!("pragma user_version = {VERSION};\n"));
    sql
}

fn create_table(table: &Table) -> String {
    let mut columns = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let kind = match column.kind {
            Kind::Text | Kind::List | Kind::Object => "text",
            Kind::Integer | Kind::Boolean => "integer",
            Kind::Real => "real",
        };
        let rule = match (at, column.null) {
            (0, _) => " not null primary key",
            (_, false) => " not null",
            (_, true) => "",
        };
        columns.push(format!("    \"{}\" {kind}{rule}", column.name));
    }
    format!(
        "create table {}(\n{}\n);\n",
        table.name,
        columns.join(",\n")
    )
}

/// `insert into NAME values (?, …)`, one place a column in the table's order.
pub(crate) fn insert(table: &'static str) -> &'static str {
    static INSERTS: OnceLock<HashMap<&'static str, String>> = OnceLock::new();
    let inserts = INSERTS.get_or_init(|| {
        let of = |t: &Table| {
            format!(
                "insert into {} values ({})",
                t.name,
                vec!["?"; t.columns.len()].join(", ")
            )
        };
        TABLES.iter().map(|t| (t.name, of(t))).collect()
    });
    inserts.get(table).map_or("", String::as_str)
}
