//! Whether two names can be the same person's, organisation's or place's.
//!
//! Names in news come in many spellings: other scripts written in Latin letters, articles
//! and titles left out, given names as initials, acronyms, legal forms. [`compare`] takes two
//! of them apart into parts with their roles, pairs the parts, weighs every difference of
//! letters by how often spellings of one name differ in it, and says why.
//!
//! ```
//! use onrecord_names::{Kind, compare};
//!
//! let found = compare("Sheikh Qadir al-Najmi", "Kader Najmi", Kind::Person);
//! assert!(found.same);
//! assert!(found.reason.contains("q/k"));
//!
//! let found = compare("Salim bin Tariq", "Tariq bin Salim", Kind::Person);
//! assert!(!found.same);
//! ```
//!
//! Pure functions: no file, no network, no clock. The word lists are part of the binary
//! (`lexicon/names`), and so are the costs, learned by `training/names.py`.

mod align;
pub mod bench;
mod body;
mod compare;
mod distance;
mod fold;
mod hash;
mod keys;
mod lists;
mod part;
mod person;
mod prepare;
mod units;
mod verdict;

pub use compare::{Comparison, Step, compare};
pub use keys::{Key, keys};
pub use prepare::Prepared;
pub use verdict::SAME;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person.
    Person,
    /// A company, party, armed group, office of state.
    Organization,
    /// A town, district, base.
    Place,
    /// Not known: an organisation where a word of either name says so, else compared as a
    /// person.
    #[default]
    Unknown,
}
