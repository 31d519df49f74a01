//! The body of an article, found in the tree of an HTML page.

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

/// Finds the body of the article on an HTML page.
pub(crate) trait BodyExtractor {
    /// The body as HTML of its own, or `None` where the page seems to hold no article.
    fn body(&self, html: &str) -> Option<String>;
}

/// The crate `trafilatura`, set to leave out rather than to let in.
pub(crate) struct Trafilatura;

impl BodyExtractor for Trafilatura {
    fn body(&self, html: &str) -> Option<String> {
        let options = Options::default()
            .with_focus(ExtractionFocus::FavorPrecision)
            .with_fallback(true)
            .with_exclude_comments(true)
            .with_html_date_mode(HtmlDateMode::Disabled);
        let result = trafilatura::extract(html, &options).ok()?;
        Some(result.content_html)
    }
}
