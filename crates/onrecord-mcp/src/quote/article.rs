//! An article in which a quotation is looked for.

use onrecord_record::{Filter, Map, Record};
use serde_json::Value;

use super::fold::Folded;
use super::marks;
use crate::Trouble;
use crate::names::{one, text};

/// A part of a text: code points, half-open.
pub type Part = (usize, usize);

/// An article, taken apart for comparison.
#[derive(Debug)]
pub struct Article {
    pub row: Map,
    /// The text of the article, or its title.
    pub text: String,
    pub is_title: bool,
    pub folded: Folded,
    /// Rows of its sentences, in order.
    pub sentences: Vec<Map>,
    /// Rows of its statements.
    pub statements: Vec<Map>,
    quoted: Vec<Part>,
}

impl Article {
    /// The article of this id; none where the record does not have it.
    pub fn of(record: &Record, id: &str, is_title: bool) -> Result<Option<Article>, Trouble> {
        let Some(mut row) = one(record, "articles", id)? else {
            return Ok(None);
        };
        let body = row.remove("text");
        let all = match is_title {
            true => text(&row, "title").to_owned(),
            false => body
                .as_ref()
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
        };
        let rows = |table: &str| -> Result<Vec<Map>, Trouble> {
            match is_title {
                true => Ok(Vec::new()),
                false => Ok(record
                    .table(table, &Filter::default().article(id), None)?
                    .rows),
            }
        };
        Ok(Some(Article {
            folded: Folded::of(&all),
            quoted: marks::quoted(&all),
            sentences: rows("sentences")?,
            statements: rows("statements")?,
            row,
            text: all,
            is_title,
        }))
    }

    /// The words of a part.
    pub fn words(&self, (start, end): Part) -> String {
        self.text.chars().skip(start).take(end - start).collect()
    }

    /// Whether all of these parts stand within quotation marks.
    pub fn is_quoted(&self, parts: &[Part]) -> bool {
        parts.iter().all(|part| marks::within(&self.quoted, *part))
    }

    /// The sentences in which a part stands.
    pub fn sentences_of(&self, part: Part) -> impl Iterator<Item = &Map> {
        self.sentences
            .iter()
            .filter(move |row| number(row, "start") < part.1 && part.0 < number(row, "end"))
    }

    /// The numbers of the first and last sentence of the parts.
    pub fn range(&self, parts: &[Part]) -> Option<(usize, usize)> {
        let all = parts.iter().flat_map(|part| self.sentences_of(*part));
        let numbers: Vec<usize> = all.map(|row| number(row, "n")).collect();
        Some((*numbers.iter().min()?, *numbers.iter().max()?))
    }

    /// Where the pieces stand one after another: once for each place of the first that the
    /// others follow, at most `most`.
    pub fn find(&self, pieces: &[Folded], most: usize) -> Vec<Vec<Part>> {
        /// How often a piece is looked for in an article.
        const EACH: usize = 50;
        let Some((first, others)) = pieces.split_first() else {
            return Vec::new();
        };
        let others: Vec<Vec<Part>> = others.iter().map(|p| self.folded.find(p, EACH)).collect();
        let mut found = Vec::new();
        for start in self.folded.find(first, EACH) {
            let mut parts = vec![start];
            for places in &others {
                let end = parts.last().map_or(0, |part| part.1);
                parts.extend(places.iter().find(|place| place.0 >= end));
            }
            if parts.len() == pieces.len() && found.len() < most {
                found.push(parts);
            }
        }
        found
    }
}

/// A cell that holds a place.
pub fn number(row: &Map, name: &str) -> usize {
    let number = row.get(name).and_then(Value::as_u64).unwrap_or_default();
    usize::try_from(number).unwrap_or(usize::MAX)
}
