//! Measures against labelled sets, one file a measure.
//!
//! Each measure prints the figures others have published beside ours.

mod error;
mod overlap;
mod pages;

pub use error::ScoreError;
pub use overlap::{Average, Overlap, average};
pub use pages::{PageScore, PagesScore, pages};
