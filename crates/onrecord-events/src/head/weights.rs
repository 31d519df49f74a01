//! The weights of the head: `training/tagger.py` makes them.

use std::sync::LazyLock;

use onrecord_net::Tagger;

/// The head for the encoder of `weights/english.weights`.
pub static WEIGHTS: &[u8] = include_bytes!("../../../../weights/events.safetensors");
/// The head for the encoder of `weights/english-fast.weights`.
pub static FAST_WEIGHTS: &[u8] = include_bytes!("../../../../weights/events-fast.safetensors");

/// The head for the encoder that the binary carries.
pub fn built_in() -> &'static Tagger {
    static HEAD: LazyLock<Tagger> = LazyLock::new(|| {
        Tagger::new(WEIGHTS).expect("the weights in the binary fit it: a test reads them")
    });
    &HEAD
}

/// The head for the encoder of the fast profile.
pub fn fast() -> &'static Tagger {
    static HEAD: LazyLock<Tagger> = LazyLock::new(|| {
        Tagger::new(FAST_WEIGHTS).expect("the weights in the binary fit it: a test reads them")
    });
    &HEAD
}
