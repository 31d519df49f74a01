//! Weights that a library carries.

use std::sync::OnceLock;

use crate::{Tagger, TaggerError};

/// A head in the binary, read when it is first asked for.
#[derive(Debug)]
pub struct Carried<T: 'static = Tagger> {
    bytes: &'static [u8],
    new: fn(&[u8]) -> Result<T, TaggerError>,
    read: OnceLock<T>,
}

impl Carried {
    /// The tagger in these bytes.
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self::of(bytes, Tagger::new)
    }

    /// The tagger.
    ///
    /// # Panics
    /// As [`Carried::head`].
    pub fn tagger(&self) -> &Tagger {
        self.head()
    }
}

impl<T> Carried<T> {
    /// The head that `new` reads from these bytes.
    pub const fn of(bytes: &'static [u8], new: fn(&[u8]) -> Result<T, TaggerError>) -> Self {
        let read = OnceLock::new();
        Self { bytes, new, read }
    }

    /// The file as it is carried.
    pub fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    /// The head.
    ///
    /// # Panics
    /// The weights do not fit this version; whoever carries them has a test that reads them.
    pub fn head(&self) -> &T {
        self.read.get_or_init(|| {
            (self.new)(self.bytes).expect("the weights in the binary fit it: a test reads them")
        })
    }
}
