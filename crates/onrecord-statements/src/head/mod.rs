//! The learned head: which words of a sentence are source, cue and content of an
//! attribution, and which belong together.

mod examples;
mod features;
mod find;
mod weights;

pub use examples::{Attribution, Examples, examples};
pub use find::{Found, find, nearly, whole};
pub use weights::{BUILT_IN, FAST};
