//! Step: mentions to actors.
//!
//! Forms of the lexicon first, then what the names head finds, then what the article itself
//! introduces: surnames, acronyms, other spellings. Trees tell a country that acts from a
//! place, and whose an office is.

mod answer;
mod bodies;
mod book;
mod candidate;
mod described;
mod heard;
mod introduced;
mod join;
mod known;
mod metonym;
mod names;
mod offices;
mod organ;
mod pronoun;
mod resolve;
mod roles;
mod ties;
mod title;
mod view;

pub use join::join;
use onrecord_lexicon::Lexicon;
use onrecord_model::{Actor, ArticleReading, Mention, Relation};

/// What the step finds in one article.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Words that stand for actors, in order; no two overlap.
    pub mentions: Vec<Mention>,
    /// The actors, in order of first mention.
    pub actors: Vec<Actor>,
    /// Ties the text states.
    pub relations: Vec<Relation>,
}

/// Finds the actors of an article and where they are mentioned.
///
/// A country or capital is its government only where it acts or speaks; elsewhere it is left
/// to the places. Pronouns are mentions; they have an actor only where one person alone can
/// be meant.
pub fn find(reading: &ArticleReading, lexicon: &Lexicon) -> Found {
    let lines = view::lines(reading, lexicon);
    let mut resolved = resolve::resolve(reading, lexicon, &lines);
    let relations = roles::find(reading, lexicon, &lines, &mut resolved);
    described::find(lexicon, &lines, &mut resolved);
    described::reports(&lines, &mut resolved);
    pronoun::find(reading, lexicon, &lines, &mut resolved);
    resolved.finish(reading, &lines, relations)
}
