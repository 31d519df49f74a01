//! Step: who did what to whom.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Event};

/// Finds the events of an article.
pub fn find(_reading: &ArticleReading, _lexicon: &Lexicon) -> Vec<Event> {
    Vec::new()
}
