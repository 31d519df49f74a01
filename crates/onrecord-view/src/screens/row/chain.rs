//! From the words to the actors: through whom a statement came, and how each name or pronoun
//! was found to mean an actor.

use maud::{Markup, html};
use onrecord_record::Map;
use serde_json::{Value, json};

use crate::error::Fault;
use crate::passage::{Passage, marks_of};
use crate::shown;
use crate::view::{View, list, some, text};

/// Kinds of marks whose words stand for an actor.
const PARTIES: [(&str, &str); 4] = [
    ("m-speaker", "The speaker"),
    ("m-doer", "Who acts"),
    ("m-done-to", "To whom"),
    ("m-framing", "The label"),
];

/// The chain of sources and the way to each actor.
pub(super) fn section(
    view: &View<'_>,
    table: &str,
    row: &Map,
    passage: Option<&Passage>,
) -> Result<Markup, Fault> {
    let mut lines = Vec::new();
    if let Some(passage) = passage {
        for mark in marks_of(table, row, Some(passage)) {
            let Some((_, part)) = PARTIES.iter().find(|(kind, _)| *kind == mark.kind) else {
                continue;
            };
            let found = view.ask(
                "select m.mention_id, m.text, m.kind, m.actor_id, m.made_by, m.confidence, m.start
                 from mentions m where m.article_id = ?1 and m.start < ?3 and m.\"end\" > ?2
                 order by m.start limit 6",
                &[
                    json!(passage.article_id),
                    json!(mark.start),
                    json!(mark.end),
                ],
            )?;
            for mention in &found {
                lines.push(step(view, part, mention, &passage.article_id)?);
            }
        }
    }
    let sources = sources(view, table, row, passage)?;
    Ok(html! {
        @if !lines.is_empty() || sources.is_some() {
            section {
                h2 { "From the words to the actors" }
                @if let Some(sources) = &sources { p.chain { (sources) } }
                ol.steps { @for line in &lines { (line) } }
            }
        }
    })
}

/// One mention: its words, what they are, and whom they were found to mean.
fn step(view: &View<'_>, part: &str, mention: &Map, article: &str) -> Result<Markup, Fault> {
    let kind = text(mention, "kind");
    let actor = some(mention, "actor_id");
    // A pronoun or description leads back to the last name.
    let before = match (kind, actor) {
        ("name", _) | (_, None) => None,
        (_, Some(actor)) => view
            .ask(
                "select m.text, m.sentence_id from mentions m
                 where m.actor_id = ?1 and m.article_id = ?2 and m.kind = 'name' and m.start < ?3
                 order by m.start desc limit 1",
                &[json!(actor), json!(article), mention["start"].clone()],
            )?
            .into_iter()
            .next(),
    };
    let sure = mention.get("confidence").and_then(Value::as_f64);
    Ok(html! {
        li {
            (part) ": “" (shown::name(text(mention, "text"))) "”, a " (kind)
            @if let Some(before) = &before {
                ", stands for “" a href={ "/article/" (article) "#" (text(before, "sentence_id")) } {
                    (shown::name(text(before, "text"))) } "” before it"
            }
            " → "
            @match actor {
                Some(actor) => (view.names.link(actor)?),
                None => span.unknown { "nobody known" },
            }
            " " span.quiet { "("
                a href={ "/row/" (text(mention, "mention_id")) } { (shown::text(text(mention, "made_by"))) }
                @if let Some(sure) = sure { (format!(", {:.0} %", sure * 100.0)) }
                ")" }
        }
    })
}

/// Through whom it came to the page: outlet, those who pass it on, the speaker.
fn sources(
    view: &View<'_>,
    table: &str,
    row: &Map,
    passage: Option<&Passage>,
) -> Result<Option<Markup>, Fault> {
    let outlet = passage
        .and_then(|p| p.publisher.as_deref())
        .unwrap_or("the article");
    Ok(match table {
        "statements" => {
            let via: Vec<Markup> = list(row, "via")
                .map(|id| view.names.link(id))
                .collect::<Result<_, _>>()?;
            let source = shown::word(text(row, "source_kind"));
            Some(html! {
                (shown::name(outlet)) " reports"
                @for one in &via { " → " (one) " reports" }
                " → " (crate::tell::speaker(view, row)?)
                " (" (source) " source, " (text(row, "kind")) ")"
                @if let Some(outer) = some(row, "nested_in") {
                    ", within " a href={ "/row/" (outer) } { "another statement" }
                }
            })
        }
        "events" => Some(html! {
            (shown::name(outlet)) " tells it "
            @match some(row, "attributed_to") {
                Some(who) => { "in the words of " (view.names.link(who)?) },
                None => "in its own words",
            }
            @if let Some(statement) = some(row, "statement_id") {
                ", within " a href={ "/row/" (statement) } { "a statement" }
            }
        }),
        "positions" | "outlooks" => {
            let rests = some(row, "statement_id").map(|id| (id, "a statement"));
            let rests = rests.or_else(|| some(row, "event_id").map(|id| (id, "an event")));
            rests.map(|(id, what)| html! { "It rests on " a href={ "/row/" (id) } { (what) } "." })
        }
        _ => None,
    })
}
