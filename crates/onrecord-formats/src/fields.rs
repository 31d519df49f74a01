//! What the fields of tables and JSON are called: one table for JSONL, CSV, XLSX and Parquet.

mod known;
mod map;

use onrecord_model::{Declared, MediaType};
use serde_json::{Map, Value};

pub use map::FieldMap;

/// Objects that some exports wrap around the article.
const WRAPPERS: [&str; 6] = ["_source", "article", "document", "doc", "data", "item"];

/// A field of ours, in the order in which `docs/formats.md` tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// The body as plain text.
    Text,
    /// The body as text or HTML.
    Either,
    /// The page as HTML.
    Html,
    Title,
    Authors,
    Publisher,
    Published,
    Url,
    Language,
}

impl Field {
    pub const ALL: [Field; 9] = [
        Field::Text,
        Field::Either,
        Field::Html,
        Field::Title,
        Field::Authors,
        Field::Publisher,
        Field::Published,
        Field::Url,
        Field::Language,
    ];

    /// Its name in a user's map.
    pub fn name(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Either => "content",
            Field::Html => "html",
            Field::Title => "title",
            Field::Authors => "authors",
            Field::Publisher => "publisher",
            Field::Published => "published",
            Field::Url => "url",
            Field::Language => "language",
        }
    }
}

/// A name with only its letters and digits, small: `Date Published`, `date_published` and
/// `datePublished` are one.
pub(crate) fn folded(name: &str) -> String {
    name.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The fields of one object or row, by their folded names; of two that are one folded the
/// first counts.
pub(crate) struct Row<'a> {
    fields: Vec<(String, &'a Value)>,
    map: &'a FieldMap,
}

impl<'a> Row<'a> {
    /// The fields of an object, or of the object inside that has the article's.
    pub fn of(object: &'a Map<String, Value>, map: &'a FieldMap) -> Row<'a> {
        let row = Row::bare(object, map);
        if row.text().is_some() {
            return row;
        }
        WRAPPERS
            .iter()
            .filter_map(|key| object.get(*key)?.as_object())
            .map(|inner| Row::bare(inner, map))
            .find(|inner| inner.text().is_some())
            .unwrap_or(row)
    }

    fn bare(object: &'a Map<String, Value>, map: &'a FieldMap) -> Row<'a> {
        Row {
            fields: object.iter().map(|(k, v)| (folded(k), v)).collect(),
            map,
        }
    }

    /// The values that a field may have, those with the user's names first.
    fn all(&self, field: Field) -> impl Iterator<Item = &'a Value> {
        let names = self.map.names(field);
        names.filter_map(|name| {
            let found = self.fields.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| *value)
        })
    }

    /// The text of the page and, where the field's name says it, its media type. Plain text
    /// goes before HTML: it is what the scraper took for the article. A field that the user
    /// names goes before all others.
    pub fn text(&self) -> Option<(&'a str, Option<MediaType>)> {
        let kinds = [
            (Field::Text, Some(MediaType::Text)),
            (Field::Either, None),
            (Field::Html, Some(MediaType::Html)),
        ];
        let filled = |value: &'a Value| value.as_str().filter(|text| !text.trim().is_empty());
        let own = kinds.into_iter().find_map(|(field, kind)| {
            let mut own = self.map.own(field).filter_map(|name| {
                let found = self.fields.iter().find(|(key, _)| key == name);
                found.and_then(|(_, value)| filled(value))
            });
            own.next().map(|text| (text, kind))
        });
        own.or_else(|| {
            kinds.into_iter().find_map(|(field, kind)| {
                let text = self.all(field).find_map(filled)?;
                Some((text, kind))
            })
        })
    }

    /// What the scraper says of the page.
    pub fn declared(&self) -> Declared {
        let first = |field| self.all(field).find_map(named);
        let urls = || self.all(Field::Url).filter_map(named);
        Declared {
            url: urls().find(|url| is_url(url)),
            title: first(Field::Title),
            authors: self
                .all(Field::Authors)
                .map(people)
                .find(|names| !names.is_empty())
                .unwrap_or_default(),
            publisher: self
                .all(Field::Publisher)
                .filter_map(named)
                .find(|name| !is_url(name)),
            published: first(Field::Published),
            language: first(Field::Language),
            ..Declared::default()
        }
    }
}

/// The page of a row of a table, by the fields that are used; its hash is of these.
///
/// # Errors
/// A note, if no column that can hold a page has text in it.
pub fn page_of_row(
    uri: &str,
    object: &Map<String, Value>,
    map: &FieldMap,
) -> Result<onrecord_model::RawPage, onrecord_model::Note> {
    let row = Row::bare(object, map);
    let Some((text, media_type)) = row.text() else {
        return Err(onrecord_model::Note::unread(
            "no-text",
            uri,
            "the row has no text in the columns that hold the page",
        ));
    };
    let mut declared = row.declared();
    declared.media_type = media_type;
    declared.charset = Some("utf-8".to_owned());
    Ok(onrecord_model::RawPage {
        uri: uri.to_owned(),
        sha256: onrecord_model::sha256_hex(&identity(text, &declared)),
        bytes: text.as_bytes().to_vec(),
        declared,
        notes: Vec::new(),
    })
}

/// The bytes that stand for a row: its used fields as JSON, in one order.
fn identity(text: &str, declared: &Declared) -> Vec<u8> {
    serde_json::json!([
        text,
        declared.media_type.map(|kind| kind.name()),
        declared.title,
        declared.authors,
        declared.publisher,
        declared.published,
        declared.url,
        declared.language,
    ])
    .to_string()
    .into_bytes()
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
            "none" | "null" | "nan" | "nat" | "unknown" | "[]"
        );
    (!empty).then_some(text)
}

/// Names: a list, a list of Python printed as text, or a string that lists them with
/// semicolons.
fn people(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(named).collect(),
        value => named(value).map(|line| listed(&line)).unwrap_or_default(),
    }
}

fn listed(line: &str) -> Vec<String> {
    let inside = line
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Some(names) = inside.and_then(quoted) {
        return names;
    }
    line.split(';')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// `'Ana Tal', "Sean O'Dor"`, or nothing if it is anything else.
fn quoted(list: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = list.trim();
    while let Some(quote) = rest.chars().next() {
        if !matches!(quote, '\'' | '"') {
            return None;
        }
        let (name, after) = rest[1..].split_once(quote)?;
        names.push(name.trim().to_owned());
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None if after.is_empty() => "",
            None => return None,
        };
    }
    names.retain(|name| !name.is_empty());
    Some(names)
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names() {
        assert_eq!(
            listed("['Ana Tal', \"Sean O'Dor\"]"),
            ["Ana Tal", "Sean O'Dor"]
        );
        assert_eq!(listed("Ana Tal; Omar Benn"), ["Ana Tal", "Omar Benn"]);
        assert_eq!(listed("[Staff]"), ["[Staff]"]);
        assert!(listed("['']").is_empty());
    }

    #[test]
    fn a_users_names_go_first() {
        let map =
            FieldMap::from_toml("content = 'Volltext'\ntitle = ['Kopf', 'Zeile']").expect("a map");
        let object = serde_json::json!({"text": "Other", "VOLLTEXT": "The port.", "zeile": "Port", "title": "x"});
        let row = Row::of(object.as_object().expect("an object"), &map);
        assert_eq!(row.text(), Some(("The port.", None)));
        assert_eq!(row.declared().title.as_deref(), Some("Port"));
    }
}
