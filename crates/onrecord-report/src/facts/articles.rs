//! What is known of the articles, without their text.

use std::collections::BTreeMap;

use onrecord_model::PartialDate;
use onrecord_record::{Filter, Record, RecordError};

use super::date_of;
use crate::names::{some, text};

/// An article, as it is told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub outlet: Option<String>,
    pub date: Option<PartialDate>,
    pub title: Option<String>,
    /// Name of the page's file, or its address.
    pub file: String,
    /// Its address on the web, where it was read from there.
    pub web: Option<String>,
    /// Whether it repeats another's text.
    pub repeats: bool,
}

/// All articles, by number.
pub(crate) struct Articles {
    all: Vec<Told>,
    numbers: BTreeMap<String, usize>,
    /// How many pages there are.
    pub pages: usize,
    nobody: Told,
}

impl Articles {
    /// The number of no article.
    pub(crate) const NONE: usize = usize::MAX;

    pub(crate) fn of(record: &Record) -> Result<Articles, RecordError> {
        let mut uris: BTreeMap<String, String> = BTreeMap::new();
        record.for_each("pages", &Filter::default(), None, |row| {
            uris.insert(
                text(&row, "page_id").to_owned(),
                text(&row, "uri").to_owned(),
            );
            Ok::<(), RecordError>(())
        })?;
        let mut articles = Articles {
            all: Vec::new(),
            numbers: BTreeMap::new(),
            pages: uris.len(),
            nobody: Told {
                file: "unknown".to_owned(),
                ..Told::default()
            },
        };
        record.for_each("articles", &Filter::default(), None, |row| {
            let id = text(&row, "article_id").to_owned();
            let uri = uris.get(text(&row, "page_id")).map_or("", String::as_str);
            let web = ["http://", "https://"]
                .iter()
                .any(|scheme| uri.starts_with(scheme))
                .then(|| uri.to_owned());
            // Where a page lies on somebody's disk is nobody else's business.
            let file = match &web {
                Some(uri) => uri.clone(),
                None => uri.rsplit(['/', '\\']).next().unwrap_or(uri).to_owned(),
            };
            articles.numbers.insert(id, articles.all.len());
            articles.all.push(Told {
                outlet: some(&row, "publisher"),
                date: date_of(&row, "published"),
                title: some(&row, "title"),
                file,
                web,
                repeats: some(&row, "same_text_as").is_some(),
            });
            Ok::<(), RecordError>(())
        })?;
        Ok(articles)
    }

    /// The number of an article by its id.
    pub(crate) fn number(&self, id: &str) -> usize {
        self.numbers.get(id).copied().unwrap_or(Articles::NONE)
    }

    /// An article by its number.
    pub(crate) fn get(&self, number: usize) -> &Told {
        self.all.get(number).unwrap_or(&self.nobody)
    }

    /// All articles.
    pub(crate) fn all(&self) -> &[Told] {
        &self.all
    }
}
