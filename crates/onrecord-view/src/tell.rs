//! Rows told to people: what a row claims, in words, beside the sentence it rests on.

mod more;

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::passage::{self, Mark, Passage, marked};
use crate::shown;
use crate::view::{View, list, number, some, text};

/// The id of a row: its first column.
pub(crate) fn id_of(row: &Map) -> &str {
    row.values()
        .next()
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The noun for one row of a table.
pub(crate) fn noun(table: &str) -> &str {
    match table {
        "stories" => "story",
        name => name.strip_suffix('s').unwrap_or(name),
    }
}

/// A sign for each kind of row; the style sheet gives it a colour.
pub(crate) fn sign(table: &str) -> Markup {
    let shape = match table {
        "statements" => "❝",
        "events" => "▲",
        "positions" => "◆",
        "outlooks" => "◷",
        "framings" => "≈",
        "mentions" | "actors" => "●",
        "relations" => "↔",
        "disagreements" => "≠",
        "stories" => "≡",
        "reprints" => "⎘",
        "places" => "◎",
        _ => "¶",
    };
    html! { span.sign.{ "sign-" (table) } aria-hidden="true" { (shape) } }
}

/// What a row claims, in words.
pub(crate) fn claim(view: &View<'_>, table: &str, row: &Map) -> Result<Markup, Fault> {
    let names = &view.names;
    let word = |name: &str| shown::word(text(row, name));
    Ok(match table {
        "statements" => html! {
            (speaker(view, row)?) " "
            span.cue { (shown::text(some(row, "cue").unwrap_or("says").trim_end_matches(':'))) }
            @if row["negated"] == Value::Bool(true) { " " span.badge { "not said" } }
            @if let Some(addressee) = some(row, "addressee_id") { " to " (names.link(addressee)?) }
            ": "
            @for (n, piece) in list(row, "content").take(6).enumerate() {
                @if n > 0 { " … " }
                span.content dir="auto" { (shown::text(&shown::cut(&shown::line(piece), 400))) }
            }
        },
        "events" => html! {
            @if list(row, "actor_ids").next().is_some() { (names.links(list(row, "actor_ids"))?) }
            @else { span.unknown { "nobody named" } }
            " " strong.act { (text(row, "event_type").to_lowercase()) }
            @if let Some(mode) = some(row, "mode") { " (" (shown::word(mode)) ")" }
            @if list(row, "recipient_ids").next().is_some() {
                " → " (names.links(list(row, "recipient_ids"))?)
            }
            " " span.badge.{ "status-" (text(row, "status")) } { (word("status")) }
            " " span.trigger { "on the words “" (shown::text(text(row, "trigger"))) "”" }
            @if let Some(place) = some(row, "place_id") { ", at " (shown::name(&names.place(place)?)) }
            @if some(row, "date").is_some() { ", " (shown::date(some(row, "date"))) }
            @if let Some(who) = some(row, "attributed_to") { ", as told by " (names.link(who)?) }
        },
        "positions" => html! {
            (names.link(text(row, "actor_id"))?) " "
            (stance(text(row, "stance")))
            " " a href={ "/positions/" (text(row, "issue")) } { (shown::text(&word("issue"))) }
            @if let Some(scope) = some(row, "scope") { " (" (shown::text(scope)) ")" }
            ", " (shown::date(some(row, "date")))
            @if let Some(who) = some(row, "according_to") { ", according to " (names.link(who)?) }
        },
        "outlooks" => html! {
            span.badge { (word("type")) } " by " (names.link(text(row, "actor_id"))?) ": "
            span.content dir="auto" { (shown::text(&shown::cut(&shown::line(text(row, "content")), 400))) }
            @if let Some(horizon) = some(row, "horizon") { " — " (shown::text(horizon)) }
            " " span.badge.{ "outcome-" (text(row, "outcome")) } { (word("outcome")) }
        },
        "framings" => html! {
            (names.link(text(row, "actor_id"))?) " is called "
            span.content { "“" (shown::text(text(row, "label"))) "”" }
            " by "
            @match text(row, "voice") {
                "narrator" => "the outlet itself",
                who => (names.link(who)?),
            }
            " " span.badge.{ "tone-" (text(row, "tone")) } { (word("tone")) }
        },
        "relations" => html! {
            (names.link(text(row, "subject_id"))?) " " strong { (word("predicate")) } " "
            (names.link(text(row, "object_id"))?)
        },
        "mentions" => html! {
            "“" (shown::name(text(row, "text"))) "” (" (word("kind")) ") is "
            @match some(row, "actor_id") {
                Some(id) => (names.link(id)?),
                None => span.unknown { "nobody known" },
            }
        },
        "actors" => html! {
            (names.link(text(row, "actor_id"))?) " "
            span.badge { (word("kind")) }
            @if row["named"] == Value::Bool(false) { " " span.badge { "by description only" } }
        },
        "articles" => html! {
            a href={ "/article/" (text(row, "article_id")) } {
                (shown::name(some(row, "title").unwrap_or("Without a title")))
            }
        },
        "disagreements" => html! {
            span.badge { (word("kind")) } " " (shown::text(text(row, "about"))) ": "
            (shown::text(&list(row, "values").take(6).collect::<Vec<_>>().join(" / ")))
        },
        "stories" => html! {
            a href={ "/story/" (text(row, "story_id")) } {
                (shown::name(some(row, "title").unwrap_or("Without a title")))
            }
            " " span.badge { (word("kind")) }
        },
        "reprints" => {
            let percent = (row["share"].as_f64().unwrap_or_default() * 100.0).round();
            html! {
                a href={ "/article/" (text(row, "article_id")) } { "An article" }
                " has " (percent) " % of its words from " a href={ "/article/" (text(row, "from_article_id")) } { "another" }
                " " span.badge { (word("kind")) }
                @if let Some(wire) = some(row, "wire") { " " span.badge { (shown::name(wire)) } }
                @if text(row, "direction") == "unknown" { " (or the other way round)" }
            }
        }
        "places" => html! {
            (shown::name(text(row, "name"))) " " span.badge { (word("kind")) }
            @if let Some(country) = some(row, "country") { " " (shown::text(country)) }
        },
        "corrections" => html! {
            (shown::text(text(row, "field"))) " of " code { (shown::text(text(row, "row_key"))) }
            ": " (shown::name(text(row, "was"))) " → " (shown::name(text(row, "is")))
        },
        "pages" => html! { code { (shown::name(text(row, "uri"))) } },
        "sentences" => html! { "Sentence" },
        _ => html! { code { (shown::text(id_of(row))) } },
    })
}

/// Who speaks: the actor, else the words that name him, else nobody.
pub(crate) fn speaker(view: &View<'_>, row: &Map) -> Result<Markup, Fault> {
    Ok(match (some(row, "speaker_id"), some(row, "speaker_text")) {
        (Some(id), _) => view.names.link(id)?,
        (None, Some(words)) => html! {
            span.unknown { (shown::name(words)) " (not resolved)" }
        },
        (None, None) => html! { span.unknown { "Unknown speaker" } },
    })
}

/// A stance by shape and word.
pub(crate) fn stance(stance: &str) -> Markup {
    let (shape, word) = match stance {
        "support" => ("▲", "supports"),
        "oppose" => ("▼", "opposes"),
        _ => ("◆", "is divided on"),
    };
    html! {
        span.stance.{ "stance-" (stance) } { span aria-hidden="true" { (shape) } " " (word) }
    }
}

/// Whether a person has looked at a row.
pub(crate) fn reviewed(view: &View<'_>, id: &str) -> Result<bool, Fault> {
    let query = "select exists (select 1 from _judged where row_id = ?1)
        or exists (select 1 from corrections where row_key = ?1 and applied)";
    Ok(view.count(query, &[json!(id)])? > 0)
}

/// A row in a list: its claim, its sentence, its source.
pub(crate) fn item(view: &View<'_>, table: &str, row: &Map) -> Result<Markup, Fault> {
    let id = id_of(row);
    let passage = match table {
        "sentences" | "articles" | "actors" | "places" | "pages" | "stories" | "corrections"
        | "runs" | "disagreements" | "reprints" => None,
        _ => Passage::of_first(view, row)?,
    };
    let seen = reviewed(view, id)?;
    let more = more::more(view, table, row)?;
    Ok(html! {
        li.row.{ "row-" (table) } data-row=(id) {
            @if table != "sentences" {
                p.claim {
                    (sign(table)) " " (claim(view, table, row)?)
                }
            }
            @if table == "sentences" { (sentence_of(row)) }
            @if let Some(passage) = &passage { (quoted(table, row, passage)) }
            (more)
            p.source {
                @if let Some(passage) = &passage { (passage.source()) " · " }
                @else if let Some(article) = some(row, "_article") {
                    (passage::source(some(row, "_publisher"), some(row, "_published"), article,
                        Some(id).filter(|id| id.starts_with("se-"))))
                    " · "
                }
                a href=(address(table, id)) {
                    @if id.starts_with("ar-") { "article " } @else { (noun(table)) " " }
                    code { (short(id)) }
                }
                @if let Some(made_by) = some(row, "made_by") { " · " span.made-by { (made_by) } }
                @if let Some(sure) = row.get("confidence").and_then(Value::as_f64) {
                    " · " span.sure { (format!("{:.0} % sure", sure * 100.0)) }
                }
                @if row.contains_key("made_by") || seen {
                    " · " @if seen { span.seen { "● reviewed" } } @else { span.unseen { "○ unreviewed" } }
                }
            }
        }
    })
}

/// Where a row has its page.
pub(crate) fn address(table: &str, id: &str) -> String {
    match table {
        "articles" => format!("/article/{id}"),
        "actors" => format!("/actor/{id}"),
        "stories" => format!("/story/{id}"),
        _ => format!("/row/{id}"),
    }
}

/// The beginning of an id, enough to name the row.
pub(crate) fn short(id: &str) -> &str {
    id.get(..13).unwrap_or(id)
}

/// The sentence of a row, with the row's words marked.
pub(crate) fn quoted(table: &str, row: &Map, passage: &Passage) -> Markup {
    let origin = usize::try_from(passage.start).unwrap_or_default();
    let mut marks = passage::marks_of(table, row, Some(passage));
    marks.retain(|mark| mark.kind != "m-position");
    html! {
        blockquote.sentence dir="auto" cite={ "/article/" (passage.article_id) } {
            (marked(&passage.text, origin, &marks))
        }
    }
}

/// A sentence that was searched for, with the words found.
fn sentence_of(row: &Map) -> Markup {
    let marks: Vec<Mark> = row
        .get("_marks")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let at = |n: usize| usize::try_from(pair.get(n)?.as_u64()?).ok();
            Some(Mark::new(at(0)?, at(1)?, "m-found", ""))
        })
        .collect();
    let title = text(row, "sentence_id").starts_with("ar-");
    let _ = number(row, "n");
    html! {
        blockquote.sentence.title[title] dir="auto" { (marked(text(row, "text"), 0, &marks)) }
    }
}
