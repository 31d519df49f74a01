//! How outlets tell it: the stories that several tell, and the words each uses for actors.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use onrecord_record::{Map, table_named};
use serde_json::json;

use crate::error::Fault;
use crate::listing::{self, Wanted};
use crate::reply::Reply;
use crate::shown;
use crate::tell;
use crate::view::{Form, View, list, number, some, text, typed};

const STORIES: u64 = 50;
/// Framings that are read; the newest.
const FRAMINGS: u64 = 3000;
const OUTLETS: usize = 6;
const ACTORS: usize = 15;

/// Stories told by several outlets, and a table of their own words.
pub(crate) fn show(view: &View<'_>) -> Result<Reply, Fault> {
    let page = view.params.number("page", 1, 10_000).max(1);
    let least = view.params.number("outlets", 2, 50);
    let size = if view.form == Form::Html {
        STORIES
    } else {
        1000
    };
    let mut stories = typed(
        "stories",
        view.ask(
            "select story_id, kind, title, first, last, publishers,
                    json_array_length(publishers) as outlets, json_array_length(article_ids) as articles
             from stories where json_array_length(publishers) >= ?1
             order by json_array_length(publishers) desc, first desc, story_id limit ?2 offset ?3",
            &[json!(least), json!(size + 1), json!((page - 1) * size)],
        )?,
    );
    let next = stories.len() as u64 > size;
    stories.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let to = |page: u64| view.address(view.form, &view.params.with("page", &page.to_string()));
    if view.form != Form::Html {
        let columns = [
            "story_id",
            "kind",
            "title",
            "first",
            "last",
            "outlets",
            "articles",
            "publishers",
        ];
        return Ok(Reply::Rows {
            columns: columns.map(str::to_owned).into(),
            rows: stories,
            next: next.then(|| to(page + 1)),
        });
    }
    let words = words(view)?;
    let main = html! {
        h1 { "Compare outlets" }
        (words)
        h2 { "Stories that several outlets tell" }
        p.quiet { "A reprint counts once, for the outlet that has the most complete text. "
            a href=(view.with("outlets", "1")) { "With those of one outlet" } }
        @if stories.is_empty() { p.told { "No event and no utterance of the record is told by two outlets." } }
        ol.rows {
            @for story in &stories {
                li.row data-row=(text(story, "story_id")) {
                    p.claim { (tell::sign("stories")) " "
                        a href={ "/story/" (text(story, "story_id")) } { (shown::name(some(story, "title").unwrap_or("Without a title"))) }
                        " " span.badge { (text(story, "kind")) } }
                    p.source { (shown::date(some(story, "first"))) " · "
                        (shown::count(number(story, "articles").unsigned_abs(), "article")) " · "
                        (shown::text(&shown::cut(&list(story, "publishers").collect::<Vec<_>>().join("; "), 200))) }
                }
            }
        }
        nav.pager aria-label="Pages of the list" {
            @if page > 1 { a rel="prev" href=(to(page - 1)) { "← Previous" } }
            @if next { a rel="next" href=(to(page + 1)) { "Next →" } }
            span.files { "This list as " a href=(view.address(Form::Csv, view.params)) { "CSV" } " or "
                a href=(view.address(Form::Json, view.params)) { "JSON" } }
        }
    };
    Reply::page("Compare outlets", main)
}

/// Labels without regard to case and their tones, with how often each is there, one of its rows
/// and the words as that row has them.
type Words<'r> = BTreeMap<(String, &'r str), (usize, &'r str, &'r str)>;

/// What outlets call actors in their own words: a column an outlet, a line an actor.
fn words(view: &View<'_>) -> Result<Markup, Fault> {
    let Some(table) = table_named("framings") else {
        return Ok(html! {});
    };
    let mut wanted = Wanted::all(table);
    wanted.equal.push(("voice", "narrator".to_owned()));
    let rows = listing::first(view, &wanted, FRAMINGS)?;
    let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
    let mut actors: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cells: BTreeMap<(&str, &str), Words<'_>> = BTreeMap::new();
    for row in rows.iter().filter(|row| some(row, "publisher").is_some()) {
        let (outlet, actor) = (text(row, "publisher"), text(row, "actor_id"));
        *outlets.entry(outlet).or_default() += 1;
        *actors.entry(actor).or_default() += 1;
        let label = (text(row, "label").to_lowercase(), text(row, "tone"));
        let id = text(row, "framing_id");
        cells
            .entry((actor, outlet))
            .or_default()
            .entry(label)
            .or_insert((0, id, text(row, "label")))
            .0 += 1;
    }
    let most = |counts: BTreeMap<&str, usize>, n: usize| {
        let mut order: Vec<(String, usize)> =
            counts.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        order
            .into_iter()
            .take(n)
            .map(|(name, _)| name)
            .collect::<Vec<String>>()
    };
    let (outlets, actors) = (most(outlets, OUTLETS), most(actors, ACTORS));
    if outlets.is_empty() {
        return Ok(
            html! { p { "No outlet of the record characterises an actor in its own words." } },
        );
    }
    let mut lines = Vec::new();
    for actor in &actors {
        let mut line = Vec::new();
        for outlet in &outlets {
            let cell = cells.get(&(actor.as_str(), outlet.as_str()));
            line.push(html! {
                td {
                    @for ((_, tone), (n, id, label)) in cell.into_iter().flatten().take(8) {
                        a href={ "/row/" (id) } { "“" (shown::name(label)) "”" } " "
                        @if *tone == "negative" { span.badge.tone-negative { "−" } }
                        @if *tone == "positive" { span.badge.tone-positive { "+" } }
                        @if *n > 1 { " " span.n { "× " (n) } }
                        br;
                    }
                }
            });
        }
        lines.push(html! { tr { th scope="row" { (view.names.link(actor)?) } @for cell in &line { (cell) } } });
    }
    Ok(html! {
        h2 { "Their own words for actors" }
        p.quiet { "Words of the outlets themselves, not of those they quote; − negative, + positive."
            @if rows.len() as u64 == FRAMINGS { " Of the newest articles." } }
        div.scroll tabindex="0" role="region" aria-label="Words for actors" {
            table {
                thead { tr { th scope="col" { "Actor" } @for outlet in &outlets { th scope="col" { (shown::name(outlet)) } } } }
                tbody { @for line in &lines { (line) } }
            }
        }
    })
}

/// Rows of a story that are shown.
const TOLD: usize = 40;

/// One story in columns, an outlet each.
pub(crate) fn story(view: &View<'_>) -> Result<Reply, Fault> {
    let asked = view.id().unwrap_or_default();
    let Some((table, row)) = view
        .record
        .row(asked)?
        .filter(|(table, _)| table == "stories")
    else {
        return Err(Fault::NotThere(format!(
            "No story of the record has the id {asked}."
        )));
    };
    let mut columns: BTreeMap<String, Vec<Markup>> = BTreeMap::new();
    let mut reprints = Vec::new();
    let ids: Vec<&str> = list(&row, "row_ids").collect();
    for id in ids.iter().take(TOLD) {
        let Some((of, told)) = view.record.row(id)? else {
            continue;
        };
        if view.form != Form::Html {
            continue;
        }
        if of == "articles" {
            let outlet = some(&told, "publisher")
                .unwrap_or("No outlet printed")
                .to_owned();
            columns
                .entry(outlet)
                .or_default()
                .push(tell::item(view, &of, &told)?);
            continue;
        }
        let Some(passage) = crate::passage::Passage::of_first(view, &told)? else {
            continue;
        };
        let outlet = passage
            .publisher
            .clone()
            .unwrap_or_else(|| "No outlet printed".to_owned());
        if passage.same_text_as.is_some() {
            reprints.push(html! { li { (passage.source()) } });
            continue;
        }
        let called = called(view, &passage)?;
        let item = tell::item(view, &of, &told)?;
        columns
            .entry(outlet)
            .or_default()
            .push(html! { (item) @if let Some(called) = called { li.called { (called) } } });
    }
    if view.form == Form::Json {
        return Ok(Reply::Json(json!({ "table": table, "row": row })));
    }
    let absent = absent(view, &row)?;
    let title = some(&row, "title").unwrap_or("Without a title").to_owned();
    let main = html! {
        p.crumb { (tell::sign("stories")) " " (text(&row, "kind")) " " code { (asked) } " · " a href="/compare" { "all stories" } }
        h1 dir="auto" { (shown::whole(&title)) }
        p { (shown::date(some(&row, "first")))
            @if some(&row, "last") != some(&row, "first") { " to " (shown::date(some(&row, "last"))) }
            ", told by " (shown::count(list(&row, "publishers").count() as u64, "outlet")) }
        div.side-by-side tabindex="0" role="region" aria-label="The outlets side by side" {
            @for (outlet, items) in &columns {
                section { h2 { (shown::name(outlet)) } ol.rows { @for item in items { (item) } } }
            }
        }
        @if ids.len() > TOLD { p.quiet { "The first " (TOLD) " of " (ids.len()) " rows." } }
        @if !reprints.is_empty() { h2 { "Reprints, counted once" } ul { @for one in &reprints { (one) } } }
        (absent)
    };
    Reply::page(title, main)
}

/// What the sentence calls actors.
fn called(view: &View<'_>, passage: &crate::passage::Passage) -> Result<Option<Markup>, Fault> {
    let rows = view.ask(
        "select actor_id, label from framings where article_id = ?1 and sentence_id = ?2 limit 6",
        &[json!(passage.article_id), json!(passage.sentence_id)],
    )?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut out = Vec::new();
    for row in &rows {
        out.push(html! { (view.names.link(text(row, "actor_id"))?) ": “" (shown::name(text(row, "label"))) "” " });
    }
    Ok(Some(
        html! { (tell::sign("framings")) " " @for one in &out { (one) } },
    ))
}

/// Outlets with articles of these days that do not tell it.
fn absent(view: &View<'_>, row: &Map) -> Result<Markup, Fault> {
    let (Some(first), Some(last)) = (some(row, "first"), some(row, "last")) else {
        return Ok(html! {});
    };
    let told: BTreeSet<&str> = list(row, "publishers").collect();
    let rows = view.ask(
        "select publisher, count(*) as n from articles
         where published >= ?1 and published <= ?2 || '~' and publisher is not null
         group by publisher order by 2 desc, 1 limit 40",
        &[json!(first), json!(last)],
    )?;
    let others: Vec<&Map> = rows
        .iter()
        .filter(|row| !told.contains(text(row, "publisher")))
        .collect();
    Ok(html! {
        @if !others.is_empty() {
            h2 { "Who leaves it out" }
            p.quiet { "Outlets with other articles of these days in this record. What was not saved cannot be known." }
            p { @for (n, row) in others.iter().take(20).enumerate() { @if n > 0 { "; " } (shown::name(text(row, "publisher"))) " (" (number(row, "n")) ")" } }
        }
    })
}
