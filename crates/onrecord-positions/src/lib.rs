//! Steps: positions, outlooks and framings of an article; stories, disagreements and
//! outcomes across a pile.
//!
//! A first version by wordings of the lexicon, without a parser: the words of each sentence
//! are compared with the phrases of `lexicon/issues` and `lexicon/framing`, and a row is made
//! only where the phrase itself names the holder or stands in a known speaker's words.

mod across;
mod framings;
mod numbers;
mod outlooks;
mod phrase;
mod places;
mod positions;
mod targets;
mod view;
mod words;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod sample;

pub use across::across;
pub use framings::framings;
pub use outlooks::outlooks;
pub use positions::positions;
