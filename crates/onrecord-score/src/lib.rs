//! Measures against labelled sets, one file a measure.
//!
//! Each measure prints the figures others have published beside ours.

pub mod actors;
pub mod attribution;
pub mod conllu;
pub mod coref;
pub mod dates;
pub mod engine;
mod error;
pub mod events;
pub mod gold;
mod name_pairs;
pub mod names;
mod overlap;
mod pages;
pub mod parse;
pub mod parsed;
pub mod places;
pub mod stance;
pub mod stands;

pub use conllu::{ConlluMultiword, ConlluRow, ConlluSentence, ConlluToken, ConlluWord};
pub use error::ScoreError;
pub use name_pairs::{NamePairsScore, name_pairs};
pub use names::{KindScore, LabelledSentence, NamesScore};
pub use overlap::{Average, Overlap, average};
pub use pages::{PageScore, PagesScore, pages};
pub use parse::{Agreement, ParseScore, RelationScore};
