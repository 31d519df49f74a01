//! Step: who did what to whom.
//!
//! The rules of `lexicon/events` name verbs and nouns and where their parties stand; the
//! sentence's tree tells who is subject, object or agent, the voice of the verb, and whether
//! the act is told as done.
//!
//! A sentence is read as items (`items.rs`): a mention counts as one item. `tree.rs` leads
//! from items to the words of the tree and back. Verbs are read in `verbal.rs` with the help
//! of `clause.rs`, nouns in `nominal.rs`, noun phrases in `parties.rs`; `find.rs` decides
//! which findings are kept and what status they have. A sentence without a tree is given a
//! plain one by `guess.rs`.

mod clause;
mod find;
mod guess;
pub mod head;
mod items;
mod nominal;
mod parties;
mod tree;
mod verbal;
mod where_when;

#[cfg(test)]
mod tests;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Event};

/// Finds the events of an article, in order of their triggers.
///
/// Reads sentences, quotations, mentions, actors, dates, places and statements. Each event
/// has at least one party with an actor id; its trigger lies in its sentence, and its spans
/// are those of mentions or of an adjective that stands for a government ("Turkish").
pub fn find(reading: &ArticleReading, lexicon: &Lexicon) -> Vec<Event> {
    let lines = reading
        .sentences
        .iter()
        .map(|s| items::Line::of(reading, lexicon, s));
    lines.flat_map(|line| line.events()).collect()
}
