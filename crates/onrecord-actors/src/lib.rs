//! Step: mentions to actors.

use onrecord_lexicon::Lexicon;
use onrecord_model::{Actor, ArticleReading, Mention, Relation};

/// What the step finds in one article.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Words that stand for actors, in order; no two overlap.
    pub mentions: Vec<Mention>,
    /// The actors, in order of first mention.
    pub actors: Vec<Actor>,
    /// Ties the text states.
    pub relations: Vec<Relation>,
}

/// Finds the actors of an article and where they are mentioned.
pub fn find(_reading: &ArticleReading, _lexicon: &Lexicon) -> Found {
    Found::default()
}
