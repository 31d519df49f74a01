//! The learned head: which words of a sentence name an event of which type, and who acts and
//! who is acted upon.

mod examples;
mod features;
mod find;
mod weights;

pub use examples::{Examples, Gold, Pair, examples, head_of};
pub use find::{Labelled, Trigger, label, nearly, pair};
pub use weights::{BUILT_IN, FAST};
