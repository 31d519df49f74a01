//! Events: sentences with their triggers, actors and recipients marked.

mod marked;
mod score;

pub use marked::marked;
use onrecord_model::{EventType, Span};
pub use score::MarkedScore;

/// An event as it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The words that name it.
    pub trigger: Span,
    /// Its type.
    pub event_type: EventType,
    /// The noun phrases of those who act ...
    pub actors: Vec<Span>,
    /// ... and of those who are acted upon.
    pub recipients: Vec<Span>,
}

/// A sentence with its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldSentence {
    /// File and line.
    pub name: String,
    /// The text without its marks.
    pub text: String,
    /// The events, by their numbers.
    pub events: Vec<Marked>,
}
