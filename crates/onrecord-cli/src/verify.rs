//! Checks a record against the raw pages.
//!
//! Independent of what made the rows: this reads the tables with SQL and the pages from
//! their files, and shares only the decoding of a page's bytes with the reader.

mod exports;
mod report;
mod rows;
mod words;

use std::io::Write;

use anyhow::Result;
use onrecord_formats::order;
use onrecord_model::{MediaType, Page, RawPage};
use onrecord_record::{Map, Record};
use serde_json::Value;

pub use exports::check_export;
pub use report::Report;
use rows::check_rows;
use words::{Points, bare_words, page_words, same_but_for_blanks};

use crate::raw::RawPages;

/// Checks all pages and rows; tells each broken citation to `out` as it is found.
///
/// # Errors
/// If the record cannot be read or `out` cannot be written.
pub fn verify(record: &Record, raw: &mut RawPages, out: &mut impl Write) -> Result<Report> {
    let mut report = Report::default();
    for page in pages_by_file(record)? {
        check_page(record, raw, &page, &mut report)?;
        report.tell(out)?;
    }
    rows::check_links(record, &mut report)?;
    report.tell(out)?;
    Ok(report)
}

struct PageRow {
    id: String,
    uri: String,
    sha256: String,
}

/// The pages, those of one file together and in its order.
fn pages_by_file(record: &Record) -> Result<Vec<PageRow>> {
    let rows = record.sql("select page_id, uri, sha256 from pages order by uri, page_id")?;
    let mut pages: Vec<PageRow> = rows
        .iter()
        .map(|row| PageRow {
            id: text(row, "page_id"),
            uri: text(row, "uri"),
            sha256: text(row, "sha256"),
        })
        .collect();
    pages.sort_by_cached_key(|page| order(&page.uri));
    Ok(pages)
}

fn check_page(
    record: &Record,
    raw: &mut RawPages,
    row: &PageRow,
    report: &mut Report,
) -> Result<()> {
    report.pages += 1;
    let page = match find(record, raw, row)? {
        Found::Page(raw) => raw,
        Found::Changed(uri) => {
            report.changed += 1;
            report.broken(&uri, "the page is not what was read: its sha256 is another");
            return Ok(());
        }
        Found::Missing => {
            report.missing += 1;
            report.broken(
                &row.uri,
                "the page is not there; --pages names a folder where it may lie",
            );
            return Ok(());
        }
    };
    let Ok((page, _)) = onrecord_pages::decode(&page) else {
        // Nothing could be read on it, so nothing may cite it.
        let cited = record.sql(&format!(
            "select 1 from articles where page_id = '{}'",
            row.id
        ))?;
        if !cited.is_empty() {
            report.broken(
                &row.uri,
                "the page cannot be decoded, but the record has articles of it",
            );
        }
        return Ok(());
    };
    check_articles(record, row, &page, report)
}

enum Found {
    Page(Box<RawPage>),
    Changed(String),
    Missing,
}

/// The page at any of the places where it was read.
fn find(record: &Record, raw: &mut RawPages, row: &PageRow) -> Result<Found> {
    let mut changed = None;
    let mut look = |uri: &str| match raw.read(uri) {
        Some(Ok(page)) if page.sha256 == row.sha256 => Some(page),
        Some(_) => {
            changed.get_or_insert_with(|| uri.to_owned());
            None
        }
        None => None,
    };
    if let Some(page) = look(&row.uri) {
        return Ok(Found::Page(Box::new(page)));
    }
    for uri in record.uris(&row.id)?.iter().filter(|uri| **uri != row.uri) {
        if let Some(page) = look(uri) {
            return Ok(Found::Page(Box::new(page)));
        }
    }
    Ok(changed.map_or(Found::Missing, Found::Changed))
}

fn check_articles(record: &Record, row: &PageRow, page: &Page, report: &mut Report) -> Result<()> {
    let articles = record.sql(&format!(
        "select article_id, text from articles where page_id = '{}' order by n",
        row.id
    ))?;
    if articles.is_empty() {
        return Ok(());
    }
    let on_page = Points::of(&page.text);
    let words = (page.media_type == MediaType::Html).then(|| page_words(&page.text));
    for article in &articles {
        let id = text(article, "article_id");
        let body = text(article, "text");
        let in_text = Points::of(&body);
        let sentences = record.sql(&format!(
            "select sentence_id, n, start, \"end\", page_start, page_end, text from sentences
             where article_id = '{id}' order by n"
        ))?;
        for sentence in &sentences {
            report.sentences += 1;
            let label = format!("{}, sentence {}", row.uri, text(sentence, "sentence_id"));
            let cited = text(sentence, "text");
            if in_text.get(number(sentence, "start"), number(sentence, "end"))
                != Some(cited.as_str())
            {
                report.broken(&label, "its span in the article's text holds other words");
            }
            let place = (number(sentence, "page_start"), number(sentence, "page_end"));
            let stands = match (place, &words) {
                ((None, _) | (_, None), Some(words)) => words.hold(&bare_words(&cited)),
                ((None, _) | (_, None), None) => false,
                ((start, end), _) => on_page
                    .get(start, end)
                    .is_some_and(|found| same_but_for_blanks(found, &cited)),
            };
            if !stands {
                report.broken(&label, &format!("does not stand on the page: {cited}"));
            }
        }
        check_rows(record, &row.uri, &id, &in_text, report)?;
    }
    Ok(())
}

/// A column of text; empty where there is none.
fn text(row: &Map, name: &str) -> String {
    row.get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// A column with a number of code points.
fn number(row: &Map, name: &str) -> Option<usize> {
    row.get(name)
        .and_then(Value::as_u64)
        .and_then(|n| usize::try_from(n).ok())
}
