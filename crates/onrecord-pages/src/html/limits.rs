//! How much a page may ask of a tree builder.
//!
//! A page of a few hundred kilobytes can be made so that building its tree takes minutes,
//! or more stack than there is. Such pages are told by counting, in one pass, and are not
//! read: the same ones on every machine.

use onrecord_model::Note;

use super::markup::Piece;
use super::open::OpenElements;

/// The limits. Pages of real sites stay far below them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Elements open at once.
    pub depth: usize,
    /// Tables open at once.
    pub tables: usize,
    /// Attributes of one tag.
    pub attributes: usize,
    /// Elements, with those that the tree builder makes itself, and bare `<` and `&`.
    pub elements: usize,
    /// Bytes of text between tags.
    pub text: usize,
    /// Elements and bytes of text, each counted as often as elements are open around it.
    pub work: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { depth: 400, tables: 60, attributes: 256, elements: 60_000, text: 3_000_000, work: 60_000_000 }
    }
}

/// What a page has asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Load {
    work: usize,
}

impl Load {
    /// Counts a piece, with the elements open before it.
    pub fn take(&mut self, piece: &Piece<'_>, open: &OpenElements, limits: &Limits) -> Result<(), Note> {
        match piece {
            Piece::Open(tag) if tag.attributes > limits.attributes => {
                return Err(over(
                    "too-many-attributes",
                    format!("a <{}> tag has {} attributes", tag.name.as_str(), tag.attributes),
                    limits.attributes,
                ));
            }
            Piece::Open(tag) => self.work += tag.inside.len() + open.depth(),
            Piece::Text(text) | Piece::Raw(_, text) => self.work += text.len() * open.depth().max(1),
            Piece::Close(_) => {}
        }
        if open.depth() > limits.depth {
            return Err(over("too-deep", format!("{} elements are open at once", open.depth()), limits.depth));
        }
        if open.tables() > limits.tables {
            return Err(over("too-deep", format!("{} tables are open at once", open.tables()), limits.tables));
        }
        if open.made() > limits.elements {
            return Err(over("too-many-elements", format!("it has {} elements or more", open.made()), limits.elements));
        }
        if self.work > limits.work {
            return Err(over("too-much-work", "its text lies too deep in elements".to_owned(), limits.work));
        }
        Ok(())
    }
}

fn over(code: &str, what: String, limit: usize) -> Note {
    Note::unread(code, "", format!("the page was not read: {what} (limit {limit})"))
}
