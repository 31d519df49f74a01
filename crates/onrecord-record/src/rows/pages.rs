//! `pages`, `articles`, `sentences`.

use onrecord_model::{Article, Note, Page, Reading, Span};
use rusqlite::params;

use super::{ArticleRows, Writer};
use crate::error::Fault;
use crate::{fts, values};

/// A row of `pages`.
pub(crate) struct PageRow<'a> {
    pub id: &'a str,
    pub uri: &'a str,
    pub sha256: &'a str,
    pub media_type: &'a str,
    pub bytes: u64,
    pub articles: usize,
    pub read_at: &'a str,
    pub notes: String,
}

pub(crate) fn page(w: &mut Writer<'_>, row: &PageRow<'_>) -> Result<(), Fault> {
    w.tx.prepare_cached("insert or ignore into _uris values (?, ?)")?
        .execute(params![row.id, row.uri])?;
    let uri: String =
        w.tx.prepare_cached("select min(uri) from _uris where page_id = ?")?
            .query_row([row.id], |r| r.get(0))?;
    w.insert(
        "pages",
        row.id,
        params![
            row.id,
            uri,
            row.sha256,
            row.media_type,
            i64::try_from(row.bytes).unwrap_or(i64::MAX),
            values::int(row.articles),
            row.read_at,
            row.notes,
        ],
    )?;
    Ok(())
}

/// The notes of a page: its own, then those of its articles, which name their article.
pub(crate) fn notes(reading: &Reading) -> String {
    let in_articles = reading.articles.iter().flat_map(|article| {
        article.notes.iter().map(|note| match note.place.as_str() {
            "" => Note {
                place: format!("article {}", article.article.n),
                ..note.clone()
            },
            _ => note.clone(),
        })
    });
    let all: Vec<Note> = reading.notes.iter().cloned().chain(in_articles).collect();
    values::notes(&all)
}

pub(crate) fn article(
    w: &mut Writer<'_>,
    rows: &ArticleRows<'_>,
    page: &Page,
) -> Result<(), Fault> {
    let article: &Article = rows.article;
    let (published, precision) = values::date(article.published);
    let (page_start, page_end) = rows.on_page(Span::new(0, article.text.len()), page);
    let new = w.insert(
        "articles",
        &article.id,
        params![
            article.id,
            page.id,
            values::int(article.n),
            article.title,
            article.author,
            article.publisher,
            published,
            precision,
            article
                .published_from
                .filter(|_| article.published.is_some())
                .map(|from| from.name()),
            article.language,
            article.text,
            page_start,
            page_end,
            values::int(article.repeats),
            None::<&str>,
        ],
    )?;
    let mut texts = Vec::new();
    if let Some(title) = article.title.as_deref().filter(|_| new) {
        texts.push(fts::add(w.tx, &article.id, title)?);
    }
    for sentence in &rows.reading.sentences {
        let text = rows.words(sentence.span, &sentence.id)?;
        let [start, end] = rows.points(sentence.span, &sentence.id)?;
        let (page_start, page_end) = rows.on_page(sentence.span, page);
        let n = values::int(sentence.n);
        let new = w.insert(
            "sentences",
            &sentence.id,
            params![
                sentence.id,
                article.id,
                n,
                start,
                end,
                page_start,
                page_end,
                text
            ],
        )?;
        if new {
            texts.push(fts::add(w.tx, &sentence.id, text)?);
        }
    }
    match (new, texts.first(), texts.last()) {
        (true, Some(first), Some(last)) => fts::add_article(w.tx, &article.id, *first, *last),
        _ => Ok(()),
    }
}
