//! Citations of a row, in all styles.

use maud::{Markup, html};
use onrecord_export::references;
use onrecord_record::Citation;
use serde_json::{Value, json};

use crate::shown;

/// A citation in one style.
pub(crate) struct Style {
    pub name: &'static str,
    pub text: String,
}

/// The sentences in every style that the record can be cited in.
pub(crate) fn styles(row: &str, citations: &[Citation]) -> Vec<Style> {
    let sources = references::sources(citations);
    let entries = |entry: fn(&references::Source<'_>) -> String| -> String {
        let all: Vec<String> = sources.iter().map(entry).collect();
        all.join("\n")
    };
    let items: Vec<Value> = sources.iter().map(references::csl).collect();
    let plain: Vec<String> = citations.iter().map(|c| plain(row, c)).collect();
    let markdown: Vec<String> = citations.iter().map(|c| markdown(row, c)).collect();
    vec![
        Style {
            name: "Plain",
            text: plain.join("\n\n"),
        },
        Style {
            name: "Markdown",
            text: markdown.join("\n\n"),
        },
        Style {
            name: "Chicago",
            text: entries(references::chicago),
        },
        Style {
            name: "BibTeX",
            text: entries(references::bibtex),
        },
        Style {
            name: "CSL-JSON",
            text: format!("{:#}", Value::from(items)),
        },
    ]
}

fn plain(row: &str, c: &Citation) -> String {
    format!(
        "“{}” {} [{row}, {}, SHA-256 {}]",
        shown::line(&c.text),
        source(c, ""),
        place(c),
        c.sha256
    )
}

fn markdown(row: &str, c: &Citation) -> String {
    format!(
        "> {}\n\n{} (`{row}`, {}, SHA-256 `{}`)",
        shown::line(&c.text),
        source(c, "*"),
        place(c),
        c.sha256
    )
}

fn source(c: &Citation, mark: &str) -> String {
    let mut parts: Vec<String> = [&c.publisher, &c.author]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    parts.extend(
        c.title
            .as_ref()
            .map(|title| format!("{mark}{}{mark}", shown::line(title))),
    );
    parts.push(c.published.clone().unwrap_or_else(|| "undated".to_owned()));
    parts.push(c.uri.clone());
    parts.join(", ")
}

/// Where on its page a sentence stands.
pub(crate) fn place(c: &Citation) -> String {
    match c.page_start.zip(c.page_end) {
        Some((start, end)) => format!("characters {start} to {end} of the page"),
        None => format!("characters {} to {} of the article's text", c.start, c.end),
    }
}

/// The styles, each in a box with a button that copies it.
pub(crate) fn boxes(row: &str, citations: &[Citation]) -> Markup {
    html! {
        @for (n, style) in styles(row, citations).iter().enumerate() {
            details.cite open[n == 0] {
                summary { (style.name) }
                pre #{ "cite-" (n) } tabindex="0" dir="auto" { (shown::text(&style.text)) }
                button type="button" data-copy={ "cite-" (n) } data-key=[(n == 0).then_some("c")] hidden {
                    "Copy " (style.name)
                }
            }
        }
    }
}

/// The sentences for programs.
pub(crate) fn json(citations: &[Citation]) -> Value {
    let one = |c: &Citation| {
        json!({
            "sentence_id": c.sentence_id, "text": c.text, "article_id": c.article_id, "n": c.n,
            "start": c.start, "end": c.end, "page_start": c.page_start, "page_end": c.page_end,
            "title": c.title, "author": c.author, "publisher": c.publisher,
            "published": c.published, "page_id": c.page_id, "uri": c.uri, "sha256": c.sha256,
        })
    };
    citations.iter().map(one).collect()
}
