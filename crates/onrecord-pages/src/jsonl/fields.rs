//! What scrapers call their fields.

use onrecord_model::{Declared, MediaType};
use serde_json::{Map, Value};

/// The body as plain text.
const TEXT: [&str; 15] = [
    "text",
    "maintext",
    "main_text",
    "articleBody",
    "article_body",
    "article_text",
    "plain_text",
    "plaintext",
    "full_text",
    "fulltext",
    "cleaned_text",
    "content_text",
    "body_text",
    "raw_text",
    "story",
];
/// The body as text or HTML.
const EITHER: [&str; 5] = ["content", "body", "article", "page", "document"];
/// The page as HTML.
const HTML: [&str; 8] = [
    "html",
    "raw_html",
    "article_html",
    "content_html",
    "page_html",
    "body_html",
    "source_html",
    "rawHtml",
];

const TITLE: [&str; 4] = ["title", "headline", "title_page", "name"];
const AUTHORS: [&str; 6] = [
    "authors",
    "author",
    "byline",
    "creator",
    "writer",
    "author_name",
];
const PUBLISHED: [&str; 17] = [
    "published",
    "published_at",
    "publishedAt",
    "publish_date",
    "date_publish",
    "datePublished",
    "date_published",
    "publication_date",
    "publicationDate",
    "published_date",
    "publishedDate",
    "pub_date",
    "pubDate",
    "pubdate",
    "published_time",
    "date",
    "publish_time",
];
const PUBLISHER: [&str; 14] = [
    "sitename",
    "site_name",
    "siteName",
    "publisher",
    "source_name",
    "outlet",
    "publication",
    "newspaper",
    "media_name",
    "source",
    "hostname",
    "source_domain",
    "domain",
    "site",
];
const URL: [&str; 10] = [
    "url",
    "link",
    "canonical_url",
    "article_url",
    "source_url",
    "permalink",
    "original_url",
    "canonical_link",
    "source",
    "uri",
];
const LANGUAGE: [&str; 3] = ["language", "lang", "language_code"];

/// Objects that some exports wrap around the article.
const WRAPPERS: [&str; 6] = ["_source", "article", "document", "doc", "data", "item"];

/// The object with the article's fields.
pub(super) fn inner(object: &Map<String, Value>) -> &Map<String, Value> {
    if text(object).is_some() {
        return object;
    }
    let wrapped = WRAPPERS
        .iter()
        .filter_map(|key| object.get(*key)?.as_object());
    wrapped
        .into_iter()
        .find(|inner| text(inner).is_some())
        .unwrap_or(object)
}

/// The text of the page and, where the field's name says it, its media type. Plain text
/// goes before HTML: it is what the scraper took for the article.
pub(super) fn text(object: &Map<String, Value>) -> Option<(&str, Option<MediaType>)> {
    let find = |keys: &[&str]| {
        let mut texts = keys.iter().filter_map(|key| object.get(*key)?.as_str());
        texts.find(|text| !text.trim().is_empty())
    };
    find(&TEXT)
        .map(|text| (text, Some(MediaType::Text)))
        .or_else(|| find(&EITHER).map(|text| (text, None)))
        .or_else(|| find(&HTML).map(|html| (html, Some(MediaType::Html))))
}

/// What the scraper says of the page.
pub(super) fn declared(object: &Map<String, Value>) -> Declared {
    let publisher = PUBLISHER
        .iter()
        .filter_map(|key| named(object.get(*key)?))
        .find(|name| !is_url(name));
    Declared {
        url: URL
            .iter()
            .filter_map(|key| named(object.get(*key)?))
            .find(|url| is_url(url)),
        title: first(object, &TITLE),
        authors: AUTHORS
            .iter()
            .map(|key| people(object.get(*key)))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        publisher,
        published: first(object, &PUBLISHED),
        language: first(object, &LANGUAGE),
        ..Declared::default()
    }
}

fn first(object: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| named(object.get(*key)?))
}

/// A value as text: a string, a number, an object's name, the first of a list.
fn named(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => return named(object.get("name").or_else(|| object.get("title"))?),
        Value::Array(values) => return values.first().and_then(named),
        _ => return None,
    };
    let empty = text.is_empty()
        || matches!(
            text.to_ascii_lowercase().as_str(),
            "none" | "null" | "nan" | "unknown"
        );
    (!empty).then_some(text)
}

/// Names: a list, or a string that lists them with semicolons.
fn people(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(named).collect(),
        Some(value) => named(value)
            .map(|line| {
                line.split(';')
                    .map(|name| name.trim().to_owned())
                    .filter(|name| !name.is_empty())
                    .collect()
            })
            .unwrap_or_default(),
        None => Vec::new(),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}
