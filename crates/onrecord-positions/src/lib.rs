//! Steps: positions, outlooks and framings of an article; stories, disagreements and
//! outcomes across a pile.

use onrecord_lexicon::Lexicon;
use onrecord_model::{Across, ArticleReading, Framing, Outlook, Pile, Position};

/// Where actors stand, from an article's statements and events.
pub fn positions(_reading: &ArticleReading, _lexicon: &Lexicon) -> Vec<Position> {
    Vec::new()
}

/// What is announced in an article; outcomes are left open.
pub fn outlooks(_reading: &ArticleReading, _lexicon: &Lexicon) -> Vec<Outlook> {
    Vec::new()
}

/// How an article and its speakers characterise actors.
pub fn framings(_reading: &ArticleReading, _lexicon: &Lexicon) -> Vec<Framing> {
    Vec::new()
}

/// What only several articles together show.
pub fn across(_pile: &Pile, _lexicon: &Lexicon) -> Across {
    Across::default()
}
