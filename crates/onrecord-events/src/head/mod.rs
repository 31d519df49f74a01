//! The learned head: which words of a sentence name an event of which type, and who acts and
//! who is acted upon.

mod examples;
mod features;

pub use examples::{Examples, Gold, Pair, examples};
