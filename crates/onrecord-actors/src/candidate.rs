//! What a stretch of words may stand for.

use onrecord_model::{ActorKind, MentionKind};

use crate::view::Line;

/// A stretch of words of a sentence that may stand for an actor.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    pub sense: Sense,
    pub kind: MentionKind,
    pub rule: &'static str,
    pub confidence: u8,
}

/// Whom it may stand for.
#[derive(Clone, Debug)]
pub enum Sense {
    /// This actor of the lexicon.
    Known(usize),
    /// One of these actors of the lexicon, once it has been named.
    Short { among: Vec<usize>, titled: bool },
    /// The organ of a state.
    Organ(Organ),
    /// A body by its name.
    Body {
        kind: ActorKind,
        sector: String,
        country: Option<String>,
    },
    /// A person by given name and surname.
    Person,
    /// Perhaps the surname of a person, surely one if a title stands before it; where no
    /// such person is named, what the word is alone.
    Word {
        titled: bool,
        alone: Option<ActorKind>,
    },
    /// Perhaps an acronym or alias introduced in the article.
    Alias,
}

/// An organ of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organ {
    /// Government, Military or Legislature.
    pub kind: ActorKind,
    /// ISO 3166 alpha-3.
    pub country: String,
}

impl Candidate {
    /// Whether this is an actor of the lexicon by its own name, inside a longer name that has
    /// no head noun of its own: the lexicon knows better.
    pub fn is_known_inside(&self, name: &Candidate) -> bool {
        let headless = match &name.sense {
            Sense::Person => true,
            Sense::Body { sector, .. } => sector.is_empty(),
            _ => false,
        };
        let known = matches!(self.sense, Sense::Known(_)) && self.rule == "actors.lexicon";
        known && headless && name.from <= self.from && self.to <= name.to
    }

    /// Of candidates of the same length the lower one is taken.
    fn rank(&self) -> u8 {
        match self.sense {
            Sense::Known(_) => 0,
            Sense::Organ(_) => 1,
            Sense::Person => 2,
            Sense::Body { .. } => 3,
            Sense::Short { .. } => 4,
            Sense::Word { .. } | Sense::Alias => 5,
        }
    }
}

/// The longest candidates that do not overlap, in order. An article before a name adds
/// nothing to its length.
pub fn longest(line: &Line<'_>, mut all: Vec<Candidate>) -> Vec<Candidate> {
    let length = |c: &Candidate| c.to - c.from - usize::from(line.lower(c.from) == "the");
    all.sort_by_key(|c| (std::cmp::Reverse(length(c)), c.rank(), c.from));
    let mut taken: Vec<Candidate> = Vec::new();
    for candidate in all {
        if taken
            .iter()
            .all(|t| candidate.to <= t.from || t.to <= candidate.from)
        {
            taken.push(candidate);
        }
    }
    taken.sort_by_key(|c| c.from);
    taken
}
