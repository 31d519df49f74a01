//! The body of an article, found in the tree of an HTML page.

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

/// Finds the body of the article on an HTML page.
pub(crate) trait BodyExtractor: Sync {
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
        Some(trafilatura::extract(html, &options).ok()?.content_html)
    }
}

/// Room for the recursion of a tree as deep as the limits allow.
const STACK: usize = 64 << 20;

/// Runs an extractor on a thread with a large stack of its own.
///
/// # Errors
/// What the extractor said when it panicked, or the system when it had no thread to give.
pub(crate) fn extract(extractor: &dyn BodyExtractor, html: &str) -> Result<Option<String>, String> {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .name("html".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || extractor.body(html))
            .map_err(|error| error.to_string())?;
        worker.join().map_err(|panic| {
            let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
            text.or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_default()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Panics;

    impl BodyExtractor for Panics {
        fn body(&self, _: &str) -> Option<String> {
            panic!("no such node")
        }
    }

    struct Recurses;

    impl BodyExtractor for Recurses {
        fn body(&self, _: &str) -> Option<String> {
            fn down(depth: usize) -> usize {
                let block = std::hint::black_box([depth; 500]);
                if depth == 0 {
                    block[0]
                } else {
                    down(depth - 1) + block[1] - depth
                }
            }
            Some(down(5_000).to_string())
        }
    }

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(extract(&Panics, ""), Err("no such node".to_owned()));
    }

    #[test]
    fn there_is_stack_enough() {
        assert!(extract(&Recurses, "").is_ok());
    }
}
