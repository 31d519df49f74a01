//! W3C Web Annotation Data Model (JSON-LD): an annotation for every row that rests on words of an
//! article.
//!
//! One `AnnotationCollection` with one `AnnotationPage`. An annotation's id is `urn:onrecord:` and
//! the row's id. Its bodies are a tag for people (`purpose` tagging) and the whole row as JSON
//! (`purpose` describing), so that nothing is lost. The target is the article,
//! `urn:onrecord:` and its id, in the `scope` of its page, with a `TextPositionSelector` (code points
//! of the article's text, half-open) and a `TextQuoteSelector` with 32 characters before and
//! after; a row that rests on several pieces has several targets. With `--no-text` there is no
//! `TextQuoteSelector`. Rows are written article by article: no more than one is held in memory.

use std::io::Write;

use onrecord_record::{Filter, Map};
use serde_json::{Value, json};

use super::{Format, Shape, out};
use crate::card::Card;
use crate::event::{is_url, slice};
use crate::source::Source;
use crate::written::Written;
use crate::{ExportError, row};

pub(super) const FORMAT: Format = Format {
    name: "webannotation",
    extension: "jsonld",
    what_for: "archives and annotation tools: rows as W3C Web Annotations on the articles",
    files: "annotations.jsonld",
    media_type: "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"",
    holds_card: true,
    is_text: false,
    shape: Shape::Document {
        file: "annotations.jsonld",
        takes: TAKES,
        write,
    },
};

const TAKES: &[&str] = &[
    "mentions",
    "relations",
    "statements",
    "events",
    "positions",
    "outlooks",
    "framings",
];

/// How many code points of the text before and after a quotation help to find it.
const AROUND: usize = 32;

fn write(source: &Source<'_>, to: &mut dyn Write) -> Result<Written, ExportError> {
    let mut written = Written::default();
    let label = Card::of(source, &FORMAT, None)?.line();
    let head = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:onrecord:annotations",
        "type": "AnnotationCollection",
        "label": label,
    });
    let head = head.to_string();
    out(write!(
        to,
        "{},\n\"first\":{{\"id\":\"urn:onrecord:annotations:1\",\"type\":\"AnnotationPage\",\
         \"startIndex\":0,\"items\":[",
        head.trim_end_matches('}')
    ))?;
    let mut between = "\n";
    source.each("articles", &Filter::default(), |article| {
        let id = row::word(&article, "article_id");
        let page = source.named("pages", &article, "page_id")?;
        let text: Option<Vec<char>> = row::text(&article, "text").map(|t| t.chars().collect());
        let on = On {
            article: id,
            scope: page.as_deref().map(scope).unwrap_or_default(),
            text,
        };
        for table in &source.tables {
            for row in source.of_article(table.name, id)? {
                let annotation = annotation(source, &on, table.name, &row)?;
                out(write!(to, "{between}{annotation}"))?;
                between = ",\n";
                written.row(table.name);
            }
        }
        Ok(())
    })?;
    let total: u64 = written.rows.values().sum();
    out(write!(to, "\n]}},\n\"total\":{total}}}\n"))?;
    Ok(written)
}

/// What is annotated.
struct On<'a> {
    article: &'a str,
    scope: String,
    text: Option<Vec<char>>,
}

/// The address of a page: its own if it is one of the web.
fn scope(page: &Map) -> String {
    match row::text(page, "uri").filter(|uri| is_url(uri)) {
        Some(uri) => uri.to_owned(),
        None => format!("urn:onrecord:{}", row::word(page, "page_id")),
    }
}

fn annotation(
    source: &Source<'_>,
    on: &On<'_>,
    table: &'static str,
    row: &Map,
) -> Result<Value, ExportError> {
    let id = row
        .values()
        .next()
        .and_then(Value::as_str)
        .unwrap_or_default();
    let targets: Vec<Value> = spans(source, table, row)?
        .into_iter()
        .map(|span| target(on, span))
        .collect();
    let made_by = row.get("made_by").and_then(Value::as_str);
    Ok(json!({
        "id": format!("urn:onrecord:{id}"),
        "type": "Annotation",
        "motivation": if table == "mentions" { "identifying" } else { "tagging" },
        "generator": {
            "id": "urn:onrecord",
            "type": "Software",
            "name": made_by.map_or("onrecord".to_owned(), |rule| format!("onrecord, {rule}")),
        },
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": tag(source, table, row)?},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": Value::Object(row.clone()).to_string(),
            },
        ],
        "target": targets,
    }))
}

/// The places of the words that a row rests on: the most telling ones it knows.
fn spans(source: &Source<'_>, table: &str, row: &Map) -> Result<Vec<(usize, usize)>, ExportError> {
    let own = |row: &Map| {
        let at = |column: &str| usize::try_from(row::int(row, column)?).ok();
        Some((at("start")?, at("end")?))
    };
    let found = match table {
        "mentions" | "framings" => own(row).into_iter().collect(),
        "statements" => row::spans(row, "content"),
        "events" => row::spans(row, "trigger"),
        _ => Vec::new(),
    };
    if !found.is_empty() {
        return Ok(found);
    }
    let ids = match table {
        "statements" => row::list(row, "sentence_ids"),
        _ => row::text(row, "sentence_id").into_iter().collect(),
    };
    let mut found = Vec::new();
    for id in ids {
        let sentence = source.one("sentences", id)?;
        found.extend(sentence.as_deref().and_then(own));
    }
    Ok(found)
}

fn target(on: &On<'_>, (start, end): (usize, usize)) -> Value {
    let mut selectors = vec![json!({"type": "TextPositionSelector", "start": start, "end": end})];
    if let Some(text) = &on.text {
        let end = end.min(text.len());
        let start = start.min(end);
        let words = |from: usize, to: usize| text[from..to].iter().collect::<String>();
        selectors.push(json!({
            "type": "TextQuoteSelector",
            "exact": words(start, end),
            "prefix": words(start.saturating_sub(AROUND), start),
            "suffix": words(end, (end + AROUND).min(text.len())),
        }));
    }
    json!({
        "type": "SpecificResource",
        "source": format!("urn:onrecord:{}", on.article),
        "scope": on.scope,
        "selector": selectors,
    })
}

/// The row in a few words, for people.
fn tag(source: &Source<'_>, table: &str, row: &Map) -> Result<String, ExportError> {
    let name = |column: &str| -> Result<String, ExportError> {
        let actor = source.named("actors", row, column)?;
        Ok(actor
            .map(|a| row::word(&a, "name").to_owned())
            .unwrap_or_default())
    };
    let word = |column: &str| row::word(row, column).to_owned();
    let parts = match table {
        "mentions" => vec!["mention".to_owned(), name("actor_id")?],
        "relations" => vec![name("subject_id")?, word("predicate"), name("object_id")?],
        "statements" => vec!["statement".to_owned(), word("kind"), name("speaker_id")?],
        "events" => vec![
            "event".to_owned(),
            word("event_type"),
            word("mode"),
            word("status"),
        ],
        "positions" => vec![
            "position".to_owned(),
            word("issue"),
            word("stance"),
            name("actor_id")?,
        ],
        "outlooks" => vec![
            "outlook".to_owned(),
            word("type"),
            word("outcome"),
            name("actor_id")?,
        ],
        _ => vec!["framing".to_owned(), word("tone"), name("actor_id")?],
    };
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(slice(&parts.join(": "), (0, 200)))
}
