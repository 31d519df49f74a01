//! Step: who did what to whom.
//!
//! The first, rule-based version: no parser. The rules of `lexicon/events` name verbs and
//! nouns and where their parties stand; a shallow reading of the words around a trigger
//! finds the parties, the voice of the verb, and whether the act is told as done.
//!
//! A sentence is read as items (`items.rs`): a mention counts as one item. Verbs are read
//! in `verbal.rs` with the help of `group.rs`, nouns in `nominal.rs`, noun phrases in
//! `parties.rs` and `subject.rs`; `find.rs` decides which findings are kept and what status they have.

mod find;
mod group;
mod items;
mod nominal;
mod parties;
mod subject;
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
