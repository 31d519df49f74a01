//! Step: expressions to calendar dates.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, DateMention};

/// Finds the dates an article names.
pub fn find(_reading: &ArticleReading, _lexicon: &Lexicon) -> Vec<DateMention> {
    Vec::new()
}
