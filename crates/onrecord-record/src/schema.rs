//! The SQLite schema.
//!
//! Tables whose name begins with `_` are internal: they may change with any version.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::{Kind, TABLES, Table};

/// Marks the file as a record: `onrc` in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x6f6e_7263;

/// Rises with every change to the tables.
pub(crate) const VERSION: i64 = 7;

const INDEXES: &str = "
create index articles_by_page on articles(page_id, n);
create index articles_by_date on articles(published desc, article_id);
create index articles_by_publisher on articles(publisher, published);
create index sentences_by_article on sentences(article_id, n);
create index mentions_by_article on mentions(article_id, start);
create index mentions_by_actor on mentions(actor_id, kind, text, article_id, made_by)
    where actor_id is not null;
create index mentions_by_actor_and_article on mentions(actor_id, article_id)
    where actor_id is not null;
create index relations_by_article on relations(article_id);
create index relations_by_predicate on relations(predicate, object_id, subject_id);
create index statements_by_article on statements(article_id);
create index statements_by_speaker on statements(speaker_id, date);
create index statements_by_date on statements(date);
create index events_by_article on events(article_id);
create index events_by_date on events(date, event_type);
create index events_by_type on events(event_type collate nocase, sentence_id);
create index positions_by_sentence on positions(sentence_id);
create index positions_by_issue on positions(issue, actor_id, date);
create index positions_by_name_of_issue on positions(issue collate nocase, actor_id, date, sentence_id);
create index positions_by_issue_and_sentence on positions(issue collate nocase, sentence_id);
create index positions_by_actor on positions(actor_id, date);
create index positions_by_date on positions(date);
create index outlooks_by_sentence on outlooks(sentence_id);
create index outlooks_by_date on outlooks(made);
create index reprints_by_article on reprints(article_id);
create index reprints_by_source on reprints(from_article_id);
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
-- The names of actors as they are compared (see `names.rs`).
create table _names(
    key text not null,
    actor_id text not null,
    primary key (key, actor_id)
) without rowid;
create index _names_by_actor on _names(actor_id);
-- The rows in which an actor has a part, but for mentions.
create table _row_actors(
    actor_id text not null,
    row_id text not null,
    primary key (actor_id, row_id)
) without rowid;
-- How many mentions an actor has.
create table _mentioned(
    actor_id text primary key,
    mentions integer not null
) without rowid;
-- Actors that are one: as the step across pages says, and as corrections do.
create table _joins(
    from_id text not null,
    to_id text not null,
    reason text not null,
    made_by text not null,
    confidence integer not null,
    primary key (from_id, made_by)
) without rowid;
-- To which actor the rows of an actor of the pages go, where that is not itself alone.
create table _fates(
    actor_id text primary key,
    fate text not null
) without rowid;
-- The same as pairs: of which actors of the pages an actor is made.
create table _parts(
    to_id text not null,
    from_id text not null,
    primary key (to_id, from_id)
) without rowid;
create index _parts_by_actor on _parts(from_id);
-- Names given by corrections; an actor split off is of the kind of `like_id`.
create table _given_names(
    actor_id text primary key,
    name text not null,
    like_id text
) without rowid;
-- Cells that no longer hold what was read, once for each actor of the pages in them:
-- `value` is the cell as it was read.
create table _moved(
    actor_id text not null,
    row_id text not null,
    field text not null,
    value text not null,
    primary key (actor_id, row_id, field)
) without rowid;
create index _moved_by_row on _moved(row_id);
-- The corrections in the order in which they count, and what became of each. Of those of a
-- row of a page: the page, the row as it was seen, and the row that it is now.
create table _corrections(
    n integer primary key,
    correction_id text not null unique,
    state text not null,
    page_id text,
    more text,
    row_id text
);
create index _corrections_by_page on _corrections(page_id) where page_id is not null;
create index _corrections_by_row on _corrections(row_id) where row_id is not null;
-- What people say of rows, also of rows that they took out.
create table _judged(
    row_id text primary key,
    verdict text not null,
    correction_id text not null,
    page_id text not null
) without rowid;
create index _judged_by_page on _judged(page_id);
-- Rows that are not as they were read, and how they were; `was` is null for a row that the
-- page no longer gives and a correction keeps.
create table _touched(
    row_id text primary key,
    page_id text not null,
    tbl text not null,
    was text
) without rowid;
create index _touched_by_page on _touched(page_id);
-- Which corrections the rows of a page show.
create table _settled(
    page_id text primary key,
    digest text not null
) without rowid;
-- Outcomes that an article itself tells; those of the table are set by comparing pages.
create table _own_outcomes(
    outlook_id text primary key,
    outcome text not null,
    sentence_ids text not null,
    note text
) without rowid;
-- Articles that are new, gone or other than when they were last compared with others.
create table _changed(
    n integer primary key,
    article_id text not null unique
);
-- What the steps across pages know of the articles: what it was made with, the items of an
-- article by blocks, and the blocks of which an item is new or gone.
create table _compared_with(
    made_with text primary key
) without rowid;
create table _kept(
    step text not null,
    key text not null,
    article_id text not null,
    item text not null
);
create index _kept_by_block on _kept(step, key);
create index _kept_by_article on _kept(article_id);
create table _stale(
    step text not null,
    key text not null,
    primary key (step, key)
) without rowid;
-- The rows that a block gave.
create table _made(
    step text not null,
    key text not null,
    row_id text not null,
    primary key (step, key, row_id)
) without rowid;
-- The outcomes that the blocks gave; of one outlook the one of the first block counts.
create table _outcomes(
    outlook_id text not null,
    key text not null,
    outcome text not null,
    sentence_ids text not null,
    note text not null,
    primary key (outlook_id, key)
) without rowid;
create index _outcomes_by_key on _outcomes(key);
-- Statements by number, which rises with the id; the statements that have a run of words, each
-- with how many runs it has; and those that report one utterance.
create table _said(
    n integer primary key,
    statement_id text not null unique,
    article_id text not null,
    runs blob not null
);
create index _said_by_article on _said(article_id);
create table _word_runs(
    run integer not null,
    n integer not null,
    size integer not null,
    primary key (run, n)
) without rowid;
create table _same(
    a integer not null,
    b integer not null,
    shared integer not null,
    primary key (a, b)
) without rowid;
create index _same_by_b on _same(b);
-- The statements and events of stories.
create table _in_story(
    row_id text not null,
    story_id text not null,
    primary key (row_id, story_id)
) without rowid;
-- What an article's text is known by and the wires it credits, what the last comparison found
-- of it, and which article it was said to stand in.
create table _signatures(
    article_id text primary key,
    published text,
    signature blob not null,
    source text not null
) without rowid;
create table _aligned(
    article_id text primary key,
    found blob not null
) without rowid;
create table _same_text(
    article_id text primary key,
    same_text_as text not null
) without rowid;
-- Rows, and articles with all their rows, whose cells that tell of other pages are to be made.
create table _cells(
    row_id text primary key
) without rowid;
-- Full-text search over sentences and titles. The number of a text is kept apart, since
-- SQLite may renumber rows that have no integer key.
create table _search_rows(
    id integer primary key,
    row_id text not null unique
);
-- Which of these numbers the title and the sentences of an article have.
create table _texts(
    first integer primary key,
    last integer not null,
    article_id text not null unique
);
create view _search_text as
    select r.id as id, coalesce(s.text, a.title) as text, r.row_id as row_id
    from _search_rows r
    left join sentences s on s.sentence_id = r.row_id
    left join articles a on a.article_id = r.row_id;
-- With `prefix`, `re*` in two million sentences takes 45 ms in place of 2.5 s, for a twentieth
-- more on the disk.
create virtual table _search using fts5(
    text,
    row_id unindexed,
    content = '_search_text',
    content_rowid = 'id',
    prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
";

/// Notes every article whose rows change, whoever changes them, in what the steps across pages
/// look at.
const TRIGGERS: [(&str, &str, &str, &str); 12] = [
    ("insert", "", "articles", "new.article_id"),
    ("delete", "", "articles", "old.article_id"),
    (
        "update",
        " of title, author, publisher, published",
        "articles",
        "new.article_id",
    ),
    ("insert", "", "statements", "new.article_id"),
    ("delete", "", "statements", "old.article_id"),
    (
        "update",
        " of sentence_ids, speaker_id, content, date",
        "statements",
        "new.article_id",
    ),
    ("insert", "", "events", "new.article_id"),
    ("delete", "", "events", "old.article_id"),
    (
        "update",
        " of sentence_id, event_type, mode, actor_ids, recipient_ids, place_id, date, status",
        "events",
        "new.article_id",
    ),
    ("insert", "", "outlooks", "new.sentence_id"),
    ("delete", "", "outlooks", "old.sentence_id"),
    (
        "update",
        " of sentence_id, actor_id, type, content, made",
        "outlooks",
        "new.sentence_id",
    ),
];

/// Counts the mentions of each actor, whoever changes them.
const COUNTED: &str = "
create trigger _count_new_mention after insert on mentions when new.actor_id is not null begin
    insert into _mentioned values (new.actor_id, 1)
    on conflict do update set mentions = mentions + 1; end;
create trigger _count_gone_mention after delete on mentions when old.actor_id is not null begin
    update _mentioned set mentions = mentions - 1 where actor_id = old.actor_id;
    delete from _mentioned where actor_id = old.actor_id and mentions = 0; end;
create trigger _count_moved_mention after update of actor_id on mentions
when new.actor_id is not old.actor_id begin
    insert into _mentioned select new.actor_id, 1 where new.actor_id is not null
    on conflict do update set mentions = mentions + 1;
    update _mentioned set mentions = mentions - 1 where actor_id = old.actor_id;
    delete from _mentioned where actor_id = old.actor_id and mentions = 0; end;
";

fn triggers() -> String {
    let mut sql = COUNTED.to_owned();
    for (what, of, table, id) in TRIGGERS {
        let article = match id.split_once('.') {
            Some((_, "sentence_id")) => {
                format!("select article_id from sentences where sentence_id = {id} and")
            }
            _ => format!("select {id} where"),
        };
        sql.push_str(&format!(
            "create trigger _{what}_of_{table} after {what}{of} on {table} begin
             insert into _changed (article_id) {article}
             true on conflict do nothing; end;\n"
        ));
    }
    sql
}

/// All statements that make an empty record.
pub(crate) fn create() -> String {
    let mut sql = String::new();
    for table in TABLES {
        sql.push_str(&create_table(table, table.name));
    }
    sql.push_str(INDEXES);
    for table in TABLES.iter().filter(|table| can_be_set_aside(table)) {
        let by = if table.column("article_id").is_some() {
            "article_id"
        } else {
            "sentence_id"
        };
        let name = set_aside(table.name);
        sql.push_str(&create_table(table, &name));
        sql.push_str(&format!("create index {name}_by on {name}({by});\n"));
        for column in table.columns[1..].iter().filter(|column| column.actor) {
            let actor = column.name;
            sql.push_str(&format!(
                "create index {name}_{actor} on {name}({actor});\n"
            ));
        }
    }
    sql.push_str(INTERNAL);
    sql.push_str(&triggers());
    sql.push_str(&format!("pragma application_id = {APPLICATION_ID};\n"));
    sql.push_str(&format!("pragma user_version = {VERSION};\n"));
    sql
}

/// Whether rows of a table cannot be without their actor: those of an actor who was
/// forgotten lie in a table beside, as they were read.
pub(crate) fn can_be_set_aside(table: &Table) -> bool {
    let mut actors = table.columns.iter().skip(1).filter(|c| c.actor);
    actors.any(|c| !c.null && c.kind == Kind::Text)
}

/// The name of that table.
pub(crate) fn set_aside(table: &str) -> String {
    format!("_forgotten_{table}")
}

fn create_table(table: &Table, name: &str) -> String {
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
    format!("create table {name}(\n{}\n);\n", columns.join(",\n"))
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
