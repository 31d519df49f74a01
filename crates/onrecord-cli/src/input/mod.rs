//! Pages in: files, folders, globs, standard input.
//!
//! [`expand()`] makes an ordered list of sources of what was named on the command line;
//! [`feed()`] goes over that list and gives one [`Fed`] a page. A reading run goes over it
//! twice.

mod expand;
mod feed;
mod unpack;

pub use expand::{Inputs, beside, expand};
pub use feed::{Fed, Key, feed, load};

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// Something to read pages from.
#[derive(Clone, Debug)]
pub struct Source {
    /// As named on the command line, or found below a folder named there, with `/`.
    pub uri: String,
    /// Where its bytes are.
    pub place: Place,
}

/// Where bytes are.
#[derive(Clone, Debug)]
pub enum Place {
    /// In a file.
    File(PathBuf),
    /// In a copy of what came on standard input.
    Copy(Arc<File>),
    /// Nowhere: the note says why.
    Nowhere(onrecord_model::Note),
}
