//! Step: a raw page to articles.
//!
//! `decode` makes text of bytes, `articles` finds the articles in it.

mod decode;
mod host;
mod html;
mod language;
mod text;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Line, MediaType, Note, Page};

pub use decode::{MAX_BYTES, decode};
pub use host::{Hosts, PageLine, fingerprint, host_lines, host_of, line_hash, lines_of};
pub use language::of as language_of;

/// Lines that a page's host repeats on many pages, as folded line hashes.
pub type HostLines = std::collections::BTreeSet<u64>;

/// What is found on a page.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The articles, in page order.
    pub articles: Vec<Article>,
    /// Every line with its role (plain text only).
    pub lines: Vec<Line>,
    /// What could not be done.
    pub notes: Vec<Note>,
}

/// Finds the articles of a page. `host_lines` are the lines that the page's host repeats
/// on many pages; they are furniture here.
pub fn articles(page: &Page, host_lines: &HostLines, lexicon: &Lexicon) -> Found {
    match page.media_type {
        MediaType::Text => text::articles(page, host_lines, lexicon),
        MediaType::Html => html::articles(page, host_lines, lexicon),
    }
}

/// The lines of a page as its host may repeat them on others: those of a plain text, the
/// blocks of text of an HTML page. Empty for an HTML page too wild to be read.
pub fn lines(page: &Page) -> Vec<String> {
    match page.media_type {
        MediaType::Text => page.text.lines().map(str::to_owned).collect(),
        MediaType::Html => html::lines(page),
    }
}
