//! What a search found, as rows of a list.

use onrecord_record::{Hit, Map};
use serde_json::json;

use crate::error::Fault;
use crate::view::{View, text};

/// A sentence or title that was found, as a row of sentences.
pub(super) fn of_hit(hit: &Hit) -> Map {
    let marks: Vec<[usize; 2]> = hit.marks.iter().map(|(a, b)| [*a, *b]).collect();
    let row = json!({
        "sentence_id": hit.row_id, "article_id": hit.article_id, "n": hit.n,
        "start": hit.start, "end": hit.end, "page_start": hit.page_start,
        "page_end": hit.page_end, "text": hit.text, "_marks": marks,
        "_publisher": hit.publisher, "_published": hit.published, "_title": hit.title,
        "_article": hit.article_id,
    });
    row.as_object().cloned().unwrap_or_default()
}

/// Adds what is shown of a row's article.
pub(super) fn with_article(view: &View<'_>, mut row: Map) -> Result<Map, Fault> {
    let of_sentence = "select a.publisher as _publisher, a.published as _published,
        a.title as _title, a.article_id as _article
        from sentences s join articles a on a.article_id = s.article_id where s.sentence_id = ?1";
    let of_article = "select publisher as _publisher, published as _published, title as _title,
        article_id as _article from articles where article_id = ?1";
    let found = match (text(&row, "article_id"), text(&row, "sentence_id")) {
        ("", "") => Vec::new(),
        ("", sentence) => view.ask(of_sentence, &[json!(sentence)])?,
        (article, _) => view.ask(of_article, &[json!(article)])?,
    };
    row.extend(found.into_iter().next().unwrap_or_default());
    Ok(row)
}
