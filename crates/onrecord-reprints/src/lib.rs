//! Step: wire copy and near-duplicates, across outlets.
//!
//! Two stages. The first takes a few runs of words of each article ([`Signature`]) and finds
//! the articles that share some ([`Index`]); the second aligns such a pair word by word and
//! tells which sentences of the one stand in the other ([`find`]). [`reprints`] does both for
//! a pile and makes rows of it: who carries whom, which article stands for a text, stories.
//!
//! ```
//! use onrecord_reprints::{ArticleText, Index, Settings, Source, find};
//! use onrecord_model::ReprintKind;
//! let body = [
//!     "The harbour council met on Monday to talk about the price of the new bridge.",
//!     "Nobody knew at first how many boats the flood had taken away from the lower quay.",
//!     "The mayor said that the work would begin before the end of the year if it stays dry.",
//! ];
//! let article = |id: &'static str| ArticleText {
//!     id,
//!     sentences: body.iter().map(|s| ("", *s)).collect(),
//!     ..ArticleText::default()
//! };
//! let mut index = Index::default();
//! for id in ["ar-1", "ar-2"] {
//!     index.add(&article(id));
//! }
//! let text = |id: &str| ["ar-1", "ar-2"].into_iter().find(|x| *x == id).map(article);
//! let found = find(&index, &Settings::default(), text, |_| Source::default());
//! assert_eq!(found.carried[0].kind, ReprintKind::Same);
//! assert_eq!(found.carried[0].sentences, [(0, 0), (1, 1), (2, 2)]);
//! ```

mod align;
mod direction;
mod find;
mod groups;
mod hash;
mod index;
mod judge;
mod memo;
mod pile;
mod shelf;
mod signature;
mod table;
mod words;

use onrecord_model::PartialDate;

pub use onrecord_model::Carried;

pub use find::find;
pub use groups::same_text;
pub use index::Index;
pub use pile::{Texts, reprints, story};
pub use shelf::{on_shelf, signed};
pub use signature::{Signature, SignatureError};

/// An article as this step sees it.
#[derive(Clone, Debug, Default)]
pub struct ArticleText<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its printed date.
    pub published: Option<PartialDate>,
    /// Its sentences, in order: id and words.
    pub sentences: Vec<(&'a str, &'a str)>,
}

/// What an article prints of where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The wires it credits, by name: in its dateline, its author line, its last lines.
    pub credits: Vec<String>,
    /// The wire that its outlet is, by name.
    pub outlet: Option<String>,
}

/// What can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Articles printed more days apart are compared only where nearly all of one stands in
    /// the other. Those without a date are compared with all.
    pub days: i32,
}

impl Default for Settings {
    /// Ten days.
    fn default() -> Settings {
        Settings { days: 10 }
    }
}

/// What [`find`] found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Pairs, by article and other.
    pub carried: Vec<Carried>,
    /// What it took.
    pub statistics: Statistics,
}

/// What a call of [`find`] took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Articles in the index.
    pub articles: usize,
    /// Pairs that were aligned.
    pub alignments: usize,
    /// Pairs of which one is a reprint as a whole.
    pub whole: usize,
    /// Pairs of which it is known who carries whom.
    pub known: usize,
    /// Bytes of the index.
    pub index_bytes: usize,
    /// Bytes of the tables of the pass.
    pub table_bytes: usize,
}
