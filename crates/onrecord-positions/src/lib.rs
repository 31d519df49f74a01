//! Steps: positions, outlooks and framings of an article; stories, disagreements and
//! outcomes across a pile.
//!
//! The words of each sentence are compared with the phrases of `lexicon/issues` and
//! `lexicon/framing`. Who is for or against a thing is read off the dependency tree: the word
//! that takes the thing, and whose it is; a wording of the lexicon serves where a speaker tells
//! it in his own words.
//! How a sentence speaks of an actor in it, a learned head tells ([`tone`]).

pub mod across;
mod framings;
mod marked;
mod numbers;
mod outlooks;
mod phrase;
mod places;
mod positions;
mod seen;
mod targets;
pub mod tone;
mod view;
mod words;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod sample;

pub use across::across;
pub use framings::framings;
pub use marked::mark;
pub use outlooks::outlooks;
pub use positions::positions;
pub use seen::{Taking, sightings, takings};
