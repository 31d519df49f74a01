//! Start: what is in the record, what was cleaned away, what to be careful about.

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::{Value, json};

use super::add;
use crate::error::Fault;
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View, number, some, text, typed};

/// Records with more pages are not counted through: the runs say how much they read.
const LARGE: u64 = 5000;
/// So many of the newest articles are looked at for what was cleaned.
const LOOKED_AT: u64 = 5000;

struct Sums {
    counts: Vec<(String, u64)>,
    /// Whether the numbers are those of the last runs.
    of_runs: bool,
    cleaned: Map,
    outlets: Vec<Map>,
    notes: Vec<Map>,
    runs: Vec<Map>,
    corrections: u64,
}

/// The numbers and where to go from here.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let sums = sums(view)?;
    if view.form == Form::Json {
        let counts: Map = sums
            .counts
            .iter()
            .map(|(k, v)| (k.clone(), json!(v)))
            .collect();
        return Ok(Reply::Json(json!({
            "record": view.site.title, "counts": counts, "counts_are_of_runs": sums.of_runs,
            "cleaned": sums.cleaned, "outlets": sums.outlets, "notes": sums.notes,
            "runs": sums.runs, "corrections": sums.corrections,
        })));
    }
    let main = html! {
        h1 { "The record " (shown::name(&view.site.title)) }
        ul.numbers {
            @for (table, n) in &sums.counts {
                @if *n > 0 && !matches!(table.as_str(), "runs" | "corrections") {
                    li { a href=(leads(table)) {
                        strong { (shown::thousands(*n)) } " " (tell::sign(table)) " " (shown::text(table))
                    } }
                }
            }
        }
        @if sums.of_runs { p.quiet { "The numbers are those at the end of the last run." } }
        div.columns {
            section {
                h2 { "What to be careful about" }
                (warnings(&sums))
            }
            section {
                h2 { "What was cleaned away" }
                (cleaned(&sums))
            }
            section {
                h2 { "Outlets" }
                (outlets(&sums.outlets))
            }
            section {
                h2 { "Notes of the reading" }
                (notes(&sums.notes))
            }
            section {
                h2 { "Read with" }
                (runs(&sums.runs))
            }
        }
        @if view.site.options.outside.adds() {
            section { h2 { "Add pages" } (add::form(view)) }
        } @else {
            p { "More pages are added with " code { "onrecord read PAGES -o " (shown::name(&view.site.title)) } "." }
        }
    };
    Reply::page("Start", main)
}

fn leads(table: &str) -> String {
    match table {
        "actors" | "articles" | "positions" | "outlooks" | "disagreements" => format!("/{table}"),
        "stories" => "/compare".to_owned(),
        "places" => "/map".to_owned(),
        _ => format!("/search?table={table}"),
    }
}

fn sums(view: &View<'_>) -> Result<Sums, Fault> {
    let pages = "select count(*) from (select 1 from pages limit ?1)";
    let large = view.count(pages, &[json!(LARGE + 1)])? > LARGE;
    let mut runs = typed(
        "runs",
        view.ask("select * from runs order by started desc limit 20", &[])?,
    );
    let counts = if large {
        let mut all: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
        for run in &runs {
            for (table, n) in run["counts"].as_object().into_iter().flatten() {
                *all.entry(table.clone()).or_default() += n.as_u64().unwrap_or_default();
            }
        }
        in_order(all)
    } else {
        in_order(view.record.counts()?)
    };
    let cleaned = view.ask(
        "select count(*) as articles, sum(repeats > 1) as repeated,
                sum(same_text_as is not null) as reprints, sum(published is null) as undated,
                sum(publisher is null) as without_outlet, sum(n > 1) as further
         from (select repeats, same_text_as, published, publisher, n from articles
               order by published desc limit ?1)",
        &[json!(LOOKED_AT)],
    )?;
    let outlets = view.ask(
        "select publisher, count(*) as articles from articles group by publisher
         order by 2 desc, 1 limit 12",
        &[],
    )?;
    let notes = view.ask(
        "select json_extract(j.value, '$.code') as code, json_extract(j.value, '$.severity') as severity,
                min(json_extract(j.value, '$.text')) as text, count(*) as times
         from (select notes from pages where notes != '[]' limit 5000) p, json_each(p.notes) j
         group by 1, 2 order by 4 desc, 1 limit 20",
        &[],
    )?;
    runs.truncate(5);
    Ok(Sums {
        counts,
        of_runs: large,
        cleaned: cleaned.into_iter().next().unwrap_or_default(),
        outlets,
        notes,
        runs,
        corrections: view.count("select count(*) from corrections where applied", &[])?,
    })
}

fn in_order(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    let place = |name: &str| onrecord_record::TABLES.iter().position(|t| t.name == name);
    counts.sort_by_key(|(name, _)| place(name));
    counts
}

fn warnings(sums: &Sums) -> Markup {
    let articles: i64 = sums.outlets.iter().map(|row| number(row, "articles")).sum();
    let largest = sums
        .outlets
        .iter()
        .filter(|row| some(row, "publisher").is_some());
    let most = largest.max_by_key(|row| number(row, "articles"));
    let half = most.filter(|row| articles > 1 && number(row, "articles") * 2 > articles);
    let undated = number(&sums.cleaned, "undated");
    let nameless = number(&sums.cleaned, "without_outlet");
    let unended = sums
        .runs
        .iter()
        .filter(|run| run["ended"].is_null())
        .count();
    html! {
        ul.plain {
            @if let Some(row) = half {
                li.warn { (shown::name(text(row, "publisher"))) " has " (number(row, "articles")) " of "
                    (articles) " articles: charts of this record are mostly its telling." }
            }
            @if undated > 0 {
                li.warn { a href="/articles?published=none" { (shown::count(undated.unsigned_abs(), "article")) }
                    " without a printed date: their rows stand apart on timelines." }
            }
            @if nameless > 0 {
                li.warn { a href="/articles?publisher=none" { (shown::count(nameless.unsigned_abs(), "article")) }
                    " without an outlet." }
            }
            @if unended > 0 {
                li.warn { "A run has not ended: stories, disagreements and outcomes are those of the run before." }
            }
            @match sums.corrections {
                0 => { li { "Nothing was reviewed yet: every row is a machine's reading. "
                    a href="/review" { "Review" } } },
                n => { li { (shown::count(n, "correction")) " applied. " a href="/search?table=corrections" { "Show" } } },
            }
        }
    }
}

fn cleaned(sums: &Sums) -> Markup {
    let n = |name: &str| number(&sums.cleaned, name).unsigned_abs();
    html! {
        ul.plain {
            li { (shown::count(n("further"), "article")) " split from pages that hold several." }
            li { (shown::count(n("repeated"), "article")) " whose body stood on its page more than once, read once." }
            li { (shown::count(n("reprints"), "article")) " with the text of another article, counted once." }
        }
        p { "Menus, comment boxes and share links are left out. Each article shows them with "
            q { "Raw page" } "." }
        @if n("articles") >= LOOKED_AT { p.quiet { "Of the newest " (shown::thousands(LOOKED_AT)) " articles." } }
    }
}

fn outlets(outlets: &[Map]) -> Markup {
    html! {
        ul.plain {
            @for row in outlets {
                li {
                    @match some(row, "publisher") {
                        Some(name) => a href={ "/articles" (crate::params::Params::default().with("outlet", name).query()) } { (shown::name(name)) },
                        None => a href="/articles?publisher=none" { "no outlet printed" },
                    }
                    " " span.n { (shown::thousands(number(row, "articles").unsigned_abs())) }
                }
            }
        }
    }
}

fn notes(notes: &[Map]) -> Markup {
    html! {
        @if notes.is_empty() { p { "None: every page was read whole." } }
        ul.plain {
            @for note in notes {
                li.{ "note-" (text(note, "severity")) } {
                    span.badge { (shown::text(text(note, "severity"))) } " "
                    (shown::text(&shown::cut(text(note, "text"), 200)))
                    @if number(note, "times") > 1 { " " span.n { "× " (number(note, "times")) } }
                }
            }
        }
    }
}

fn runs(runs: &[Map]) -> Markup {
    let part = |row: &Map, name: &str| shown::cut(text(row, name), 12);
    html! {
        ul.plain {
            @for run in runs {
                li { "onrecord " (text(run, "version")) ", "
                    (shown::date(some(run, "started").and_then(|at| at.get(..10))))
                    @if run["ended"] == Value::Null { ", not ended" }
                    br; span.quiet { "lexicon " code { (part(run, "lexicon_sha256")) }
                        @if some(run, "weights_sha256").is_some() { ", weights " code { (part(run, "weights_sha256")) } } }
                }
            }
        }
    }
}
