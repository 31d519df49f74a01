//! Whether words stand in the record, where, and whose they are.
//!
//! A quotation is taken apart at its ellipses. Its pieces are looked for with the search
//! index, and compared in the articles found: first as they are, with signs folded that do
//! not change the words, then word by word.

mod align;
mod article;
mod fold;
mod look;
mod marks;
mod near;
mod pieces;
mod places;
mod whose;

use std::rc::Rc;

use onrecord_record::Record;

use crate::Trouble;
use crate::answer::asked;
use crate::names::Names;

pub use align::Step;
pub use article::{Article, Part};
pub use fold::Kind;
pub use whose::{Asked, Check, Said};

use look::Look;
use pieces::{Pieces, bare, whole};

/// How many words a quotation may have.
const MOST_WORDS: usize = 400;
/// Whether words stand in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Exact,
    Near,
    NotOnRecord,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Near => "near",
            Verdict::NotOnRecord => "not_on_record",
        }
    }
}

/// What became of a quotation.
#[derive(Debug)]
pub struct Checked {
    pub verdict: Verdict,
    /// Where it stands, best first.
    pub places: Vec<Place>,
    /// How many places there are.
    pub total: u64,
    /// Whether there are more than `total`.
    pub more: bool,
    /// What to know before it is used.
    pub notes: Vec<String>,
    /// Its pieces, where it was cut and does not stand in one article as it is.
    pub pieces: Vec<(String, Checked)>,
}

/// Where a quotation stands.
#[derive(Debug)]
pub struct Place {
    pub article: Rc<Article>,
    /// The parts of the article's text, one a piece.
    pub parts: Vec<Part>,
    /// In what the words differ that are the same when folded.
    pub differ: Vec<Kind>,
    /// What differs, where the words are not the same.
    pub steps: Vec<Step>,
    /// The share of words that are the same.
    pub similarity: f64,
    /// Whether it stands within quotation marks.
    pub quoted: bool,
    pub said: Vec<Said>,
    /// Whether all of the words are recorded as said by one speaker, or all as the outlet's.
    pub one_voice: bool,
    pub notes: Vec<String>,
}

impl Place {
    /// Who said it, against who was asked for.
    pub fn check(&self, asked: bool) -> Check {
        match (self.said.first(), asked) {
            (Some(said), _) => said.check,
            (None, true) => Check::Outlet,
            (None, false) => Check::NotAsked,
        }
    }
}

/// Checks a quotation.
///
/// # Errors
/// It holds no words or too many, or the record cannot be read.
pub fn check(record: &Record, text: &str, speaker: Option<&Asked>) -> Result<Checked, Trouble> {
    let text = whole(text);
    match align::words(text).len() {
        0 => return asked("`text` holds no words to look for"),
        count if count > MOST_WORDS => {
            return asked(format!(
                "`text` has {count} words; check at most {MOST_WORDS} at once"
            ));
        }
        _ => {}
    }
    let names = Names::of(record);
    let look = Look::new(record, speaker, &names);
    let pieces = Pieces::of(text);
    let at_once = look.exact(&[bare(text).to_owned()])?;
    if at_once.verdict == Verdict::Exact {
        return Ok(at_once);
    }
    let taken_apart = pieces.cut || !pieces.inserted.is_empty();
    if !taken_apart {
        return near::check(&look, bare(text));
    }
    if pieces.all.is_empty() {
        return asked("`text` holds no words beside ellipses and brackets");
    }
    let mut checked = look.exact(&pieces.all)?;
    if checked.verdict != Verdict::Exact {
        checked = look.one_by_one(&pieces.all)?;
    }
    if !pieces.inserted.is_empty() {
        checked.notes.push(format!(
            "words in square brackets were not checked: {}",
            pieces
                .inserted
                .iter()
                .map(|words| crate::names::line(words))
                .collect::<Vec<_>>()
                .join("; ")
        ));
    }
    Ok(checked)
}
