//! One pass over a page before any tree is built: is it safe to build one, what blocks of
//! text does it hold, what does it say of itself?

use onrecord_model::Note;

use super::head::Head;
use super::limits::{Limits, Load};
use super::markup::{Piece, pieces};
use super::open::OpenElements;
use super::outline::{Block, Outline};

/// What one pass over a page shows.
#[derive(Debug, Default)]
pub(crate) struct Sketch {
    /// Its blocks of text, in order.
    pub blocks: Vec<Block>,
    /// What it says of itself.
    pub head: Head,
}

/// Takes the sketch of a page.
///
/// # Errors
/// A note that says which limit the page goes over. What is within the limits can be given
/// to a tree builder on a thread with a stack of some size.
pub(crate) fn sketch(html: &str, limits: &Limits) -> Result<Sketch, Note> {
    let mut open = OpenElements::default();
    let mut outline = Outline::default();
    let mut head = Head::default();
    let mut load = Load::default();
    for piece in pieces(html) {
        load.take(&piece, &open, limits)?;
        match piece {
            Piece::Open(tag) => {
                outline.before_open(&tag, &open);
                let stays = open.open(&tag);
                head.open(&tag, stays, &mut open, outline.len());
                outline.after_open(&tag, stays, &mut open);
            }
            Piece::Close(name) => {
                outline.before_close(name, &open);
                open.close(name);
            }
            Piece::Text(text) => outline.text(text, &mut open, &mut head),
            Piece::Raw(name, text) => head.raw(name, text),
            Piece::Comment(_) => {}
        }
    }
    Ok(Sketch {
        blocks: outline.finish(),
        head,
    })
}
