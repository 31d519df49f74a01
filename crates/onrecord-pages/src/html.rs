//! HTML pages.

mod body;
mod markup;
mod open;
mod outline;
mod paragraphs;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Page};

use crate::{Found, HostLines};
use body::BodyExtractor;

pub(crate) fn articles(page: &Page, _host_lines: &HostLines, _lexicon: &Lexicon) -> Found {
    let mut found = Found::default();
    if std::env::var("OUT").is_ok() { for (i,b) in outline::outline(&page.text).iter().enumerate() { eprintln!("{i} {:?} id{} par{} m{} l{} | {}", b.element, b.id, b.parent, b.marks, b.linked, b.text); } }
    if let Some(body) = body::Trafilatura.body(&page.text) {
        if let Ok(p) = std::env::var("DUMP") { std::fs::write(p, &body).unwrap(); }
        let text: Vec<String> = paragraphs::paragraphs(&body).into_iter().map(|p| p.text).collect();
        found.articles.push(Article::new(page.id.clone(), 1, text.join("\n\n")));
    }
    found
}
