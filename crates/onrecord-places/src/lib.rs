//! Step: expressions to places.

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Place, PlaceMention};

/// Finds the places an article names, and the places themselves, each once.
pub fn find(_reading: &ArticleReading, _lexicon: &Lexicon) -> (Vec<PlaceMention>, Vec<Place>) {
    (Vec::new(), Vec::new())
}
