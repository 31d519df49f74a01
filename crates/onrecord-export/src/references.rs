//! Articles as bibliographies have them, one format a file.
//!
//! Nothing is guessed: the author line stays whole, since it may name a desk or an agency, and
//! what the page does not print is left out.

mod bibtex;
mod chicago;
mod csl;

use onrecord_model::PartialDate;
use onrecord_record::Citation;

pub use bibtex::bibtex;
pub use chicago::chicago;
pub use csl::csl;

/// An article and the sentences that are cited from it.
#[derive(Clone, Debug)]
pub struct Source<'c> {
    /// The first of the sentences; all are of one article.
    article: &'c Citation,
    sentences: Vec<&'c Citation>,
}

/// The articles of the sentences, in the order in which they come.
pub fn sources(citations: &[Citation]) -> Vec<Source<'_>> {
    let mut found: Vec<Source<'_>> = Vec::new();
    for citation in citations {
        let known = found
            .iter_mut()
            .find(|source| source.article.article_id == citation.article_id);
        match known {
            Some(source) => source.sentences.push(citation),
            None => found.push(Source {
                article: citation,
                sentences: vec![citation],
            }),
        }
    }
    found
}

impl Source<'_> {
    /// The address on the web, where the page was read from one.
    fn url(&self) -> Option<&str> {
        let uri = self.article.uri.as_str();
        let web = uri.starts_with("http://") || uri.starts_with("https://");
        web.then_some(uri)
    }

    fn date(&self) -> Option<PartialDate> {
        PartialDate::parse(self.article.published.as_deref()?)
    }

    /// The sentences and where they stand, in one line of text.
    fn note(&self) -> String {
        let told = self.sentences.iter().map(|sentence| {
            let (text, id) = (line(&sentence.text), &sentence.sentence_id);
            format!(
                "“{text}” ({id}, characters {} to {})",
                sentence.start, sentence.end
            )
        });
        let told: Vec<String> = told.collect();
        let page = match self.url() {
            Some(_) => String::new(),
            None => format!("; page {}", self.article.uri),
        };
        format!("{}{page}; SHA-256 {}", told.join("; "), self.article.sha256)
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence of an article with everything that a format may stumble over.
    pub fn hostile() -> Citation {
        Citation {
            sentence_id: "se-1".into(),
            text: "They paid 100 % of {it} to R&D_1 #2, ~$5^2 \\ more.\nAll.".into(),
            start: 10,
            end: 60,
            article_id: "ar-1".into(),
            title: Some("“Will \\input{x} & Co. pay?” asks 50% of A_B".into()),
            author: Some("Staff, Agencies".into()),
            publisher: Some("Lurren & Today".into()),
            published: Some("2019-04-03".into()),
            uri: "https://example.org/a_b?x=%7B#top".into(),
            sha256: "ab12".into(),
            ..bare()
        }
    }

    /// A sentence of a page that prints nothing about itself.
    pub fn bare() -> Citation {
        Citation {
            sentence_id: "se-2".into(),
            text: "It rained.".into(),
            n: 0,
            start: 0,
            end: 10,
            page_start: None,
            page_end: None,
            article_id: "ar-2".into(),
            title: None,
            author: None,
            publisher: None,
            published: None,
            page_id: "pg-2".into(),
            uri: "pages/two words.txt".into(),
            sha256: "cd34".into(),
        }
    }

    #[test]
    fn an_article_is_one_source_whatever_is_cited_from_it() {
        let second = Citation {
            sentence_id: "se-3".into(),
            ..hostile()
        };
        let all = [hostile(), second, bare()];
        let found = sources(&all);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].sentences.len(), 2);
        assert!(found[0].note().contains("se-3") && found[0].url().is_some());
        assert!(found[1].note().contains("page pages/two words.txt"));
    }
}
