//! Step: who said what.
//!
//! By rules over trees, quotations and mentions; the verbs and their building come from the
//! lexicon's `speech/` room. Where a sentence has no tree, only quotations and clauses with
//! "that" are read. What it does not understand it leaves out.

mod attach;
mod attribution;
mod between;
mod build;
mod clause;
mod content;
mod cue;
pub mod head;
mod learned;
mod quoted;
mod relayed;
mod source;
mod speaker;
mod stops;
mod subject;
mod tree;
mod view;
mod when;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, Statement};
use onrecord_net::Tagger;

/// Finds the statements of an article, in the order of the text.
///
/// Guaranteed for each: its spans lie in the article's text on character borders; the
/// pieces of its content are verbatim, do not overlap and stand in order; its speaker, if
/// there is one, is an actor of the reading; no two have the same cue and content.
pub fn find(reading: &ArticleReading, lexicon: &Lexicon, head: Option<&Tagger>) -> Vec<Statement> {
    let view = view::View::new(reading, lexicon);
    let learned = head.map_or_else(Vec::new, |head| head::find(reading, lexicon, head));
    let mut found = attach::attach(&view, &learned);
    relayed::relay(&view, &mut found);
    build::build(&view, found)
}
