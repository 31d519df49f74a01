//! What a row is about, whatever it says of it.

use serde_json::Value;

use crate::Map;

/// What a row is about and where it stands, whatever it says: rows of two records with the
/// same are the same row read otherwise. `None` for rows that are what they say.
pub(crate) fn place(table: &str, row: &Map) -> Option<String> {
    let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
    let span = |name: &str| cell("spans").get(name).cloned().unwrap_or_default();
    let parts = match table {
        "pages" => vec![cell("uri")],
        "articles" => vec![cell("page_id"), cell("n")],
        "sentences" => vec![cell("article_id"), cell("start")],
        "actors" => vec![cell("name"), cell("kind")],
        "places" => vec![cell("name"), cell("country"), cell("admin1")],
        "mentions" => vec![cell("article_id"), cell("start"), cell("end")],
        "relations" => vec![cell("sentence_id"), cell("predicate")],
        "statements" => match span("cue") {
            Value::Null => vec![cell("article_id"), span("content")],
            cue => vec![cell("article_id"), cue],
        },
        "events" => vec![cell("article_id"), span("trigger")],
        "positions" => vec![cell("sentence_id"), cell("issue")],
        "outlooks" => vec![cell("sentence_id"), cell("content")],
        "framings" => vec![cell("article_id"), cell("start"), cell("end")],
        "disagreements" => vec![cell("about")],
        "reprints" => vec![cell("article_id"), cell("from_article_id")],
        "stories" => vec![cell("kind"), cell("title")],
        _ => return None,
    };
    Some(Value::from(parts).to_string())
}
