//! The learned head: which words of a sentence are source, cue and content of an
//! attribution, and which belong together.

mod examples;
mod features;
mod find;
mod net;

pub use examples::{Attribution, Examples, examples};
pub use find::{Found, find, whole};
pub use net::{FAST_WEIGHTS, Head, HeadError, WEIGHTS};
