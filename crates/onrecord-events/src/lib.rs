//! Step: who did what to whom.
//!
//! The rules of `lexicon/events` name verbs and nouns and where their parties stand; the
//! sentence's tree tells who is subject, object or agent, the voice of the verb, and whether
//! the act is told as done.
//!
//! A sentence is read as items (`items.rs`): a mention counts as one item. `tree.rs` leads
//! from items to the words of the tree and back. Verbs are read in `verbal.rs` with the help
//! of `clause.rs`, nouns in `nominal.rs`, noun phrases in `parties.rs`; `find.rs` decides
//! which findings are kept and what status they have. What no rule finds, the learned head
//! may (`head/`, `learned.rs`). A sentence without a tree is given a
//! plain one by `guess.rs`.

mod clause;
mod find;
mod guess;
pub mod head;
mod items;
mod learned;
mod nominal;
mod parties;
mod tree;
mod verbal;
mod where_when;

#[cfg(test)]
mod tests;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Event};
use onrecord_net::Tagger;

/// Finds the events of an article, in order of their triggers.
///
/// Reads sentences, quotations, mentions, actors, dates, places and statements. Each event
/// that a rule makes has at least one party with an actor id, and its spans are those of
/// mentions or of an adjective that stands for a government ("Turkish"). With a head those
/// that no rule makes are added, and parties known by a description only ("gunmen"): spans
/// without an id. A trigger lies in its sentence.
pub fn find(reading: &ArticleReading, lexicon: &Lexicon, head: Option<&Tagger>) -> Vec<Event> {
    let lines = reading
        .sentences
        .iter()
        .map(|s| items::Line::of(reading, lexicon, s));
    lines.flat_map(|line| line.events(head)).collect()
}
