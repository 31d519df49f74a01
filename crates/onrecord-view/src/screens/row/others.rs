//! What else was read in the same words, and who else tells the same.

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::json;

use crate::error::Fault;
use crate::passage::Passage;
use crate::shown;
use crate::tell;
use crate::view::{View, list, some, text, typed};

const SHOWN: usize = 12;

/// Other rows of the same sentence: other readings, and what belongs together.
pub(super) fn same_words(
    view: &View<'_>,
    own: &str,
    id: &str,
    passage: Option<&Passage>,
) -> Result<Markup, Fault> {
    let Some(passage) = passage else {
        return Ok(html! {});
    };
    let mut lines = Vec::new();
    for table in [
        "statements",
        "events",
        "positions",
        "outlooks",
        "framings",
        "relations",
    ] {
        let rows = if matches!(table, "positions" | "outlooks") {
            let query = format!("select * from {table} where sentence_id = ?1 limit 20");
            view.ask(&query, &[json!(passage.sentence_id)])?
        } else if table == "statements" {
            view.ask(
                "select * from statements where article_id = ?1
                 and instr(sentence_ids, ?2) > 0 limit 20",
                &[json!(passage.article_id), json!(passage.sentence_id)],
            )?
        } else {
            let query = format!(
                "select * from {table} where article_id = ?1 and sentence_id = ?2 limit 20"
            );
            view.ask(
                &query,
                &[json!(passage.article_id), json!(passage.sentence_id)],
            )?
        };
        for row in typed(table, rows)
            .iter()
            .filter(|row| tell::id_of(row) != id)
        {
            lines.push(html! {
                li.row.same-table[table == own] {
                    (tell::sign(table)) " " (tell::claim(view, table, row)?) " "
                    a href={ "/row/" (tell::id_of(row)) } { (tell::noun(table)) }
                }
            });
        }
    }
    Ok(html! {
        section {
            h2 { "Also read in this sentence" }
            @if lines.is_empty() { p { "Nothing else." } }
            @else { ul.plain { @for line in lines.iter().take(SHOWN) { (line) } } }
            @if lines.len() > SHOWN { p { a href={ "/row/" (passage.sentence_id) } { "and " (lines.len() - SHOWN) " more" } } }
        }
    })
}

/// The same utterance or event on other pages.
pub(super) fn same_story(view: &View<'_>, table: &str, row: &Map) -> Result<Markup, Fault> {
    let Some(story) = some(row, "story_id").filter(|_| table != "stories") else {
        return Ok(html! {});
    };
    let stories = typed(
        "stories",
        view.ask("select * from stories where story_id = ?1", &[json!(story)])?,
    );
    let Some(story_row) = stories.first() else {
        return Ok(html! {});
    };
    let mut lines = Vec::new();
    for id in list(story_row, "row_ids")
        .filter(|id| *id != tell::id_of(row))
        .take(SHOWN)
    {
        if let Some((table, other)) = view.record.row(id)?
            && let Some(passage) = Passage::of_first(view, &other)?
        {
            lines.push(html! {
                li { (passage.source())
                    @if passage.same_text_as.is_some() { " (a reprint)" }
                    ": " a href={ "/row/" (id) } { (tell::noun(&table)) }
                    (tell::quoted(&table, &other, &passage)) }
            });
        }
    }
    Ok(html! {
        section {
            h2 { "Told elsewhere" }
            p { a href={ "/story/" (text(story_row, "story_id")) } { "Compare the outlets" }
                " (" (list(story_row, "publishers").count()) " outlets)" }
            ul.plain { @for line in &lines { (line) } }
            @if lines.is_empty() { p { (shown::text("On no other page of the record.")) } }
        }
    })
}
