//! A record that lives only while something is explained.

use anyhow::{Context, Result};
use onrecord::Kit;
use onrecord_model::{Article, MediaType, Page, Reading, Segment, Span, id_of, sha256_hex};
use onrecord_record::{Filter, Record, RunConfig};
use tempfile::TempDir;

/// A record in a temporary folder.
#[derive(Debug)]
pub struct Scratch {
    record: Record,
    _folder: TempDir,
}

/// A record of one article, whose body is `text`.
///
/// # Errors
/// If there is no room for temporary files.
pub fn of_text(text: &str, kit: Kit<'_>) -> Result<Scratch> {
    let folder = tempfile::tempdir().context("no folder for temporary files")?;
    let mut record = Record::open(&folder.path().join("scratch"))?;
    let sha256 = sha256_hex(text.as_bytes());
    let page = Page {
        id: id_of("pg", &[&sha256]),
        uri: "-".to_owned(),
        sha256,
        media_type: MediaType::Text,
        bytes: text.len() as u64,
        encoding: "UTF-8".to_owned(),
        text: text.to_owned(),
        declared: Default::default(),
    };
    let mut article = Article::new(page.id.clone(), 1, text.to_owned());
    article.segments = vec![Segment {
        text: Span::new(0, text.len()),
        page_start: 0,
    }];
    let articles = vec![onrecord::read_article(article, kit)];
    let reading = Reading {
        page,
        lines: Vec::new(),
        articles,
        notes: Vec::new(),
    };
    let run = record.begin_run(&RunConfig {
        settings: "{}".to_owned(),
        ..RunConfig::default()
    })?;
    record.write_page(&reading, &run, "", "")?;
    Ok(Scratch {
        record,
        _folder: folder,
    })
}

impl Scratch {
    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Ids of its sentences, in order.
    pub fn sentences(&self) -> Result<Vec<String>> {
        let rows = self.record.table("sentences", &Filter::default(), None)?;
        Ok(rows
            .iter()
            .filter_map(|row| Some(row["sentence_id"].as_str()?.to_owned()))
            .collect())
    }
}
