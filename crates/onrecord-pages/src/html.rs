//! HTML pages.
//!
//! One pass over the page gives its blocks of text and what it says of itself, and tells
//! whether a tree can be built of it at all. Then a body extractor says which part is the
//! article, and the blocks of that part, tidied, are its text.

mod author;
mod body;
mod cells;
mod elements;
mod empty;
mod head;
mod json_ld;
mod limits;
mod markup;
mod open;
mod outline;
mod paragraphs;
mod published;
mod select;
mod sketch;
mod tidy;
mod title;

use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, DateSource, Note, Page};

use crate::{Found, HostLines};
use limits::Limits;
use outline::Block;
use select::Chosen;
use sketch::Sketch;

/// Finds the article of an HTML page.
pub(crate) fn articles(page: &Page, host_lines: &HostLines, lexicon: &Lexicon) -> Found {
    match article(page, host_lines, lexicon) {
        Ok(article) => Found {
            articles: vec![article],
            ..Found::default()
        },
        Err(note) => Found {
            notes: vec![note],
            ..Found::default()
        },
    }
}

/// The blocks of text of a page, furniture and all.
pub(crate) fn lines(page: &Page) -> Vec<String> {
    let sketch = sketch::sketch(&page.text, &Limits::default());
    sketch
        .map(|sketch| sketch.blocks.into_iter().map(|block| block.text).collect())
        .unwrap_or_default()
}

fn article(page: &Page, host_lines: &HostLines, lexicon: &Lexicon) -> Result<Article, Note> {
    let Sketch { blocks, head } = sketch::sketch(&page.text, &Limits::default())?;
    let extracted = body::extract(&body::Trafilatura, &page.text).map_err(|panic| {
        Note::unread(
            "extractor-failed",
            "",
            format!("the page was not read: the body extractor failed ({panic})"),
        )
    })?;
    let extracted = paragraphs::paragraphs(&extracted.unwrap_or_default());
    let chosen = select::select(
        &blocks,
        &extracted,
        head.meta_of(&["og:description", "description"]),
    );
    let chosen = cells::keep_to_cell(&blocks, chosen);
    let facts = facts(page, &head, &blocks, &chosen);
    let around = tidy::Around {
        blocks: &blocks,
        title: facts.title.as_deref(),
        host_lines,
        lexicon,
    };
    let lines = tidy::tidy(chosen, &around);
    if empty::is_no_article(&lines, &around, &head) {
        return Err(Note::info(
            "no-article",
            "",
            "no article was found on the page",
        ));
    }
    let paragraphs: Vec<String> = lines.into_iter().map(|line| line.text).collect();
    let text = paragraphs.join("\n\n");
    let language = crate::language_of(&text).or_else(|| code(head.language.as_deref()?));
    let declared = &page.declared;
    Ok(Article {
        title: facts.title.or_else(|| declared.title.clone()),
        author: facts
            .author
            .or_else(|| (!declared.authors.is_empty()).then(|| declared.authors.join(", "))),
        publisher: facts.publisher.or_else(|| declared.publisher.clone()),
        published: facts.published.map(|(date, _)| date),
        published_from: facts.published.map(|(_, from)| from),
        language: language.or_else(|| code(declared.language.as_deref()?)),
        ..Article::new(page.id.clone(), 1, text)
    })
}

/// What is known of the article beside its text.
struct Facts {
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<(onrecord_model::PartialDate, DateSource)>,
}

fn facts(page: &Page, head: &head::Head, blocks: &[Block], chosen: &[Chosen]) -> Facts {
    let titles = [
        head.meta_of(&["og:title", "twitter:title"]),
        head.title.as_deref(),
    ];
    let is_title = |headline: &str| {
        let mut headings = blocks
            .iter()
            .filter(|b| b.element.as_str() == "h1")
            .map(|b| b.text.as_str());
        titles
            .iter()
            .flatten()
            .any(|title| title::agree(title, headline))
            || headings.any(|h| title::agree(h, headline))
    };
    let linked = json_ld::read(&head.json_ld, is_title);
    let body = first_paragraph(blocks, chosen).unwrap_or_default();
    let publisher = title::publisher(head, &linked, &blocks[..body]);
    let title = title::title(head, &linked, blocks, body, publisher.as_deref());
    let range = front(blocks, chosen, title.as_deref());
    let url = head
        .meta_of(&["og:url"])
        .or(head.url.as_deref())
        .or(page.declared.url.as_deref());
    let published = published::published(head, &linked, blocks, range.clone(), url);
    let declared = || {
        let date = page
            .declared
            .published
            .as_deref()
            .and_then(published::read)?;
        Some((date, DateSource::Declared))
    };
    let published = match published {
        Some((_, DateSource::ModifiedLine)) | None => declared().or(published),
        found => found,
    };
    Facts {
        author: author::author(head, &linked, blocks, range, publisher.as_deref()),
        title,
        publisher,
        published,
    }
}

/// The block that is the first paragraph of the body.
fn first_paragraph(blocks: &[Block], chosen: &[Chosen]) -> Option<usize> {
    chosen
        .iter()
        .filter(|line| paragraphs::ends_sentence(&line.text) && outline::weight(&line.text) > 40)
        .find_map(|line| line.block)
        .filter(|at| *at < blocks.len())
}

/// The stretch of blocks from a little before the title to the first paragraph, where
/// byline and date stand.
fn front(blocks: &[Block], chosen: &[Chosen], title: Option<&str>) -> Range<usize> {
    const FARTHEST: usize = 25;
    let first = first_paragraph(blocks, chosen).unwrap_or(blocks.len().min(FARTHEST));
    let title = title.map(title::key);
    let is_title = |at: &usize| {
        title
            .as_ref()
            .is_some_and(|title| title::key(&blocks[*at].text) == *title)
    };
    let start = (first.saturating_sub(FARTHEST)..first).rev().find(is_title);
    start.map_or(first.saturating_sub(12), |at| at.saturating_sub(3))..(first + 1).min(blocks.len())
}

/// The ISO 639-1 code at the start of a language tag.
fn code(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}
