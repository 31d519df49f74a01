//! Events: sentences with their triggers, actors and recipients marked.

mod classes;
mod extraction;
mod marked;
mod relations;
mod score;

pub use classes::Classes;
pub use extraction::{Extraction, ExtractionScore, extractions};
pub use marked::marked;
use onrecord_events::head::Gold;
use onrecord_model::EventType;
pub use relations::{Relation, RelationsScore, relations, root};
pub use score::MarkedScore;

/// A sentence with its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldSentence {
    /// File and line.
    pub name: String,
    /// The text without its marks.
    pub text: String,
    /// The events, by their numbers.
    pub events: Vec<Gold>,
}

/// The quad of a type as the public sets have it: SANCTION is material conflict there.
pub fn quad(event: EventType) -> u8 {
    match event {
        EventType::Sanction => 4,
        other => other.quad(),
    }
}
