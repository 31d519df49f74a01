//! Step: mentions to actors.
//!
//! Forms of the lexicon first, then what the names head finds, then what the article itself
//! introduces: surnames, acronyms, other spellings. Trees tell a country that acts from a
//! place, and whose an office is.

mod answer;
mod bodies;
mod book;
mod candidate;
pub mod coref;
mod described;
mod heard;
mod introduced;
mod join;
mod known;
mod metonym;
mod names;
mod offices;
mod organ;
mod resolve;
mod roles;
mod ties;
mod title;
mod view;

use coref::Head;
pub use join::join;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Actor, ArticleReading, Mention, Relation};

use resolve::Resolved;
use view::Line;

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
/// to the places. Pronouns and descriptions are linked by the coreference head of the
/// encoder that read the article; without it pronouns are left out.
pub fn find(reading: &ArticleReading, lexicon: &Lexicon, head: Option<&Head>) -> Found {
    let lines = view::lines(reading, lexicon);
    let (mut resolved, relations) = by_rules(reading, lexicon, &lines);
    if let Some(head) = head {
        coref::find(reading, lexicon, &lines, &mut resolved, head);
    }
    resolved.finish(reading, &lines, relations)
}

/// What the rules find: names, offices and ties, descriptions by an office.
fn by_rules<'a>(
    reading: &ArticleReading,
    lexicon: &'a Lexicon,
    lines: &[Line<'_>],
) -> (Resolved<'a>, Vec<Relation>) {
    let mut resolved = resolve::resolve(reading, lexicon, lines);
    let relations = roles::find(reading, lexicon, lines, &mut resolved);
    described::find(lexicon, lines, &mut resolved);
    described::reports(lines, &mut resolved);
    (resolved, relations)
}
