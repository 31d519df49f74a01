//! Step: an article to sentences, tokens and quotations.

use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Quotation, Sentence};

/// Splits an article's text into sentences with their tokens, and finds its quotations.
pub fn sentences(_article: &Article, _lexicon: &Lexicon) -> (Vec<Sentence>, Vec<Quotation>) {
    (Vec::new(), Vec::new())
}
