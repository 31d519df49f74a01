//! Step: who said what.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Statement};

/// Finds the statements of an article.
pub fn find(_reading: &ArticleReading, _lexicon: &Lexicon) -> Vec<Statement> {
    Vec::new()
}
