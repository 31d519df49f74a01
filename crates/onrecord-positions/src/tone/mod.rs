//! The learned head that tells how a sentence speaks of one of those in it: for, against or
//! neither. A word's vector, its features and a row for the word itself go through one layer of
//! attention; then the target's words ask all words of the window, and three shares come out.
//! Trained by `training/stance.py`.

mod examples;
mod features;
mod head;
mod layers;
mod weights;

pub use examples::{Examples, examples};
pub use features::{Asked, ask};
pub use head::{Head, Shares};
pub use weights::BUILT_IN;
