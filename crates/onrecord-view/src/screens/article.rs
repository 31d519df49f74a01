//! The reader: an article with the rows that rest on it, as marks in the text and as cards
//! beside it; or the raw page with what was left out.

mod cards;
mod carried;
mod raw;
mod text;

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::params::Params;
use crate::passage::{self, Mark, Passage};
use crate::reply::Reply;
use crate::shown;
use crate::view::{Form, View, number, some, text as cell, typed};

/// Sentences on a page of the reader.
const SENTENCES: i64 = 250;
/// At most so many rows of a table on it.
const ROWS: u64 = 2000;

/// The tables whose rows the reader marks, and whether their rows hang on sentences only.
const MARKED: [(&str, bool); 7] = [
    ("statements", false),
    ("events", false),
    ("positions", true),
    ("outlooks", true),
    ("framings", false),
    ("relations", false),
    ("mentions", false),
];

/// What the reader shows of an article.
struct Reading {
    article: Map,
    sentences: Vec<Passage>,
    /// Rows by table, in the order of [`MARKED`].
    rows: Vec<(&'static str, Vec<Map>)>,
    /// Number of the first sentence shown.
    first: i64,
    /// How many there are.
    all: i64,
}

/// The article, or its raw page.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let asked = view.id().unwrap_or_default();
    let Some((table, article)) = view.record.row(asked)? else {
        return Err(Fault::NotThere(format!("No article has the id {asked}.")));
    };
    if table != "articles" {
        return Ok(Reply::See(crate::tell::address(&table, asked)));
    }
    let title = some(&article, "title")
        .unwrap_or("Without a title")
        .to_owned();
    if view.params.is("raw") && view.form == Form::Html {
        let main = html! { (head(view, &article)?) (raw::page(view, &article)?) };
        return Reply::page(title, main);
    }
    let reading = reading(view, article)?;
    if view.form == Form::Json {
        let mut all = json!({ "article": reading.article });
        for (table, rows) in &reading.rows {
            all[*table] = rows.iter().cloned().map(Value::Object).collect();
        }
        return Ok(Reply::Json(all));
    }
    let kinds = wanted(view);
    let marks = marks(view, &reading, &kinds);
    let main = html! {
        (head(view, &reading.article)?)
        (switches(view, &reading, &kinds))
        (text::body(view, &reading, &marks, &kinds)?)
        (pages(view, &reading))
    };
    Reply::page(title, main)
}

fn reading(view: &View<'_>, article: Map) -> Result<Reading, Fault> {
    let id = cell(&article, "article_id").to_owned();
    let all = view.ask(
        "select count(*) as n from sentences where article_id = ?1",
        &[json!(id)],
    )?;
    let all = all.first().map_or(0, |row| number(row, "n"));
    let page = i64::try_from(view.params.number("page", 1, 100_000))
        .unwrap_or(1)
        .max(1);
    let first = (page - 1) * SENTENCES;
    let range = [json!(id), json!(first), json!(first + SENTENCES)];
    let sentences = view.ask(
        "select s.sentence_id, s.text, s.n, s.start, a.article_id, a.title, a.publisher,
                a.published, a.same_text_as
         from sentences s join articles a on a.article_id = s.article_id
         where s.article_id = ?1 and s.n >= ?2 and s.n < ?3 order by s.n",
        &range,
    )?;
    let mut rows = Vec::new();
    for (table, by_sentence) in MARKED {
        let from = match (by_sentence, table) {
            (true, _) => format!(
                "from sentences s cross join {table} t on t.sentence_id = s.sentence_id
                 where s.article_id = ?1 and s.n >= ?2 and s.n < ?3 order by s.n"
            ),
            (false, "statements") => format!(
                "from {table} t cross join sentences s
                 on s.sentence_id = json_extract(t.sentence_ids, '$[0]')
                 where t.article_id = ?1 and s.n >= ?2 and s.n < ?3 order by s.n, t.rowid"
            ),
            (false, _) => format!(
                "from {table} t cross join sentences s on s.sentence_id = t.sentence_id
                 where t.article_id = ?1 and s.n >= ?2 and s.n < ?3 order by s.n, t.rowid"
            ),
        };
        let query = format!("select t.*, s.n as _n {from} limit {ROWS}");
        rows.push((table, typed(table, view.ask(&query, &range)?)));
    }
    Ok(Reading {
        article,
        sentences: sentences.iter().map(Passage::of_row).collect(),
        rows,
        first,
        all,
    })
}

/// The tables that are marked: all, or those named in the address.
fn wanted(view: &View<'_>) -> Vec<&'static str> {
    let all = MARKED.iter().map(|(table, _)| *table);
    match view.params.get("show") {
        None => all.collect(),
        Some(named) => all
            .filter(|table| named.split(',').any(|n| n == *table))
            .collect(),
    }
}

/// All marks on the text; those of the row asked for stand out.
fn marks(view: &View<'_>, reading: &Reading, kinds: &[&str]) -> Vec<Mark> {
    let asked = view.params.get("row").unwrap_or_default();
    let mut marks = Vec::new();
    for (table, rows) in reading
        .rows
        .iter()
        .filter(|(table, _)| kinds.contains(table))
    {
        for row in rows {
            let n = number(row, "_n");
            let passage = reading.sentences.iter().find(|p| p.n == n);
            let id = crate::tell::id_of(row);
            for mut mark in passage::marks_of(table, row, passage) {
                mark.href = Some(match *table {
                    "mentions" => match some(row, "actor_id") {
                        Some(actor) => format!("/actor/{actor}"),
                        None => format!("/row/{id}"),
                    },
                    _ => format!("#card-{id}"),
                });
                if id == asked {
                    marks.push(Mark {
                        kind: "m-asked",
                        href: None,
                        ..mark.clone()
                    });
                }
                marks.push(mark);
            }
        }
    }
    marks
}

fn head(view: &View<'_>, article: &Map) -> Result<Markup, Fault> {
    let id = cell(article, "article_id");
    let page = view.ask(
        "select uri, sha256, articles, bytes from pages where page_id = ?1",
        &[json!(cell(article, "page_id"))],
    )?;
    let page = page.into_iter().next().unwrap_or_default();
    let raw = view.params.is("raw");
    let other = view.address(
        Form::Html,
        &Params::default().with("raw", if raw { "" } else { "yes" }),
    );
    Ok(html! {
        header.article-head {
            h1 dir="auto" { (shown::whole(some(article, "title").unwrap_or("Without a title"))) }
            p {
                @match some(article, "publisher") {
                    Some(outlet) => a href={ "/articles" (Params::default().with("outlet", outlet).query()) } { (shown::whole(outlet)) },
                    None => span.unknown { "No outlet printed" },
                }
                ", " (shown::date(some(article, "published")))
                @if let Some(from) = some(article, "published_from") { span.quiet { " (from the " (shown::word(from)) ")" } }
                @if let Some(author) = some(article, "author") { ", by " (shown::whole(author)) }
            }
            p.quiet {
                "Page " code { (shown::whole(cell(&page, "uri"))) }
                ", SHA-256 " code { (shown::cut(cell(&page, "sha256"), 16)) }
                @if number(&page, "articles") > 1 { ", article " (number(article, "n")) " of " (number(&page, "articles")) }
                @if number(article, "repeats") > 1 { ", its body stands there " (number(article, "repeats")) " times" }
            }
            @if let Some(other) = some(article, "same_text_as") {
                p.note { "Its text is that of " a href={ "/article/" (other) } { "another article" } ", or cut from it; it is counted once." }
            }
            (carried::carried(view, id)?)
            p.tools {
                a.button href=(other) data-key="w" { @if raw { "The article" } @else { "Raw page" } }
                " " a.button href={ "/article/" (id) ".json" } { "JSON" }
                " " a.button href={ "/search?table=statements&article=" (id) } { "Its rows as a list" }
            }
        }
    })
}

/// Which kinds of rows are marked.
fn switches(view: &View<'_>, reading: &Reading, kinds: &[&'static str]) -> Markup {
    let to = |table: &'static str| {
        let mut next: Vec<&str> = kinds.to_vec();
        if let Some(at) = next.iter().position(|k| *k == table) {
            next.remove(at);
        } else {
            next.push(table);
        }
        let value = if next.len() == MARKED.len() {
            String::new()
        } else {
            next.join(",")
        };
        let value = if next.is_empty() {
            "none".to_owned()
        } else {
            value
        };
        view.address(Form::Html, &view.params.with("show", &value))
    };
    html! {
        nav.switches aria-label="What is marked" {
            @for (table, rows) in &reading.rows {
                a.button.on[kinds.contains(table)] href=(to(table)) rel="nofollow" {
                    (crate::tell::sign(table)) " " (table) " " span.n { (rows.len()) }
                    span.aside-only { @if kinds.contains(table) { ", shown: hide" } @else { ", hidden: show" } }
                }
            }
        }
    }
}

/// Links to the rest of a long article.
fn pages(view: &View<'_>, reading: &Reading) -> Markup {
    let page = reading.first / SENTENCES + 1;
    let last = (reading.all + SENTENCES - 1) / SENTENCES;
    let to = |page: i64| view.address(Form::Html, &view.params.with("page", &page.to_string()));
    html! {
        @if last > 1 {
            nav.pager aria-label="Parts of the article" {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { "← Before" } }
                span { "Part " (page) " of " (last) }
                @if page < last { a rel="next" href=(to(page + 1)) { "Further →" } }
            }
        }
    }
}
