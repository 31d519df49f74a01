//! A part of a name and what is known of it.

use crate::lists::{Word, is};
use crate::units::Units;

/// A part of a name that is compared as one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub text: String,
    pub units: Units,
    pub word: Word,
    /// "J." of "J. Moreau".
    pub initial: bool,
    /// In capitals or with stops: may be an acronym.
    pub acronym: bool,
    /// An article stands before it.
    pub article: bool,
    /// It names the father: "bin" before it, "-ovich" at its end.
    pub son: bool,
    /// A number, in figures or words.
    pub number: Option<u32>,
    /// First letters of small words left out before it.
    pub before: [u8; 2],
}

impl Part {
    pub fn is(&self, flag: u32) -> bool {
        self.word.flags & flag != 0
    }

    pub fn first(&self) -> u8 {
        self.text.as_bytes().first().copied().unwrap_or(0)
    }

    /// May be missing in another name of the same person.
    pub fn optional(&self) -> bool {
        self.initial || self.is(is::TITLE | is::FAMILY)
    }
}
