//! Weights that a library carries.

use std::sync::OnceLock;

use crate::Tagger;

/// A tagger in the binary, read when it is first asked for.
#[derive(Debug)]
pub struct Carried {
    bytes: &'static [u8],
    read: OnceLock<Tagger>,
}

impl Carried {
    /// The tagger in these bytes.
    pub const fn new(bytes: &'static [u8]) -> Self {
        let read = OnceLock::new();
        Self { bytes, read }
    }

    /// The file as it is carried.
    pub fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    /// The tagger.
    ///
    /// # Panics
    /// The weights do not fit this version; whoever carries them has a test that reads them.
    pub fn tagger(&self) -> &Tagger {
        self.read.get_or_init(|| {
            Tagger::new(self.bytes).expect("the weights in the binary fit it: a test reads them")
        })
    }
}
