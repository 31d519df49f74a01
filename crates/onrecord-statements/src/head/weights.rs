//! The weights of the head: `training/tagger.py` makes them.

use onrecord_net::Carried;

/// The head for the encoder of `weights/english.weights`.
pub static BUILT_IN: Carried = Carried::new(include_bytes!(
    "../../../../weights/attribution.safetensors"
));
/// The head for the encoder of `weights/english-fast.weights`.
pub static FAST: Carried = Carried::new(include_bytes!(
    "../../../../weights/attribution-fast.safetensors"
));
