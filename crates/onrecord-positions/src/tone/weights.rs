//! The weights of the head: `training/stance.py` makes them. There is none for the fast encoder.

use onrecord_net::Carried;

use super::Head;

/// The head for the encoder of `weights/english.weights`.
pub static BUILT_IN: Carried<Head> = Carried::of(
    include_bytes!("../../../../weights/tone.safetensors"),
    Head::new,
);

#[cfg(test)]
mod tests {
    #[test]
    fn the_weights_fit() {
        super::BUILT_IN.head();
    }
}
