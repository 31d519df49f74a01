use crate::{Id, PartialDate};

/// A fact on which sentences differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// From its parts.
    pub id: Id,
    /// What they differ about, in a few words.
    pub about: String,
    /// The sentences, ids.
    pub sentences: Vec<Id>,
    /// What each says, in the same order.
    pub values: Vec<String>,
    /// A difference, or a number that changed between dates.
    pub kind: DisagreementKind,
}

/// Whether two accounts differ or the world changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum DisagreementKind {
    Difference,
    ChangeOverTime,
}

impl DisagreementKind {
    /// The words the record uses.
    pub fn name(self) -> &'static str {
        match self {
            DisagreementKind::Difference => "difference",
            DisagreementKind::ChangeOverTime => "change over time",
        }
    }
}

/// Rows of several pages that tell the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// From its first row.
    pub id: Id,
    /// `utterance`, `event` or `text` (the same article on two pages).
    pub kind: String,
    /// A line that names it.
    pub title: String,
    /// Earliest date among its articles.
    pub first: Option<PartialDate>,
    /// Latest.
    pub last: Option<PartialDate>,
    /// Its articles.
    pub articles: Vec<Id>,
    /// Their outlets, sorted, each once.
    pub publishers: Vec<String>,
    /// Its rows.
    pub rows: Vec<Id>,
}
