//! The sizes of a network, as its weights file gives them.

use serde::Deserialize;

use super::HEAD;
use onrecord_net::kernel::BLOCK;
use onrecord_net::math::LANES;

/// What the rows are that go through the layers.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Rows {
    /// Word pieces with their positions: a word is the mean of its first and last piece.
    Pieces,
    /// Whole words: the mean of their pieces, their ending and their shape.
    Words,
}

/// The sizes of a network.
#[derive(Clone, Debug, Deserialize)]
pub struct Shape {
    /// What goes through the layers.
    pub rows: Rows,
    /// Floats in the vector of a row.
    pub hidden: usize,
    /// Width of the inner layers.
    pub inner: usize,
    /// The layers, a letter each: `a` attention, `w` a window of three.
    pub layers: String,
    /// Width of the arc head's vectors.
    pub arc: usize,
    /// Width of each half of the relation head's vectors: one added, one multiplied.
    pub rel: usize,
    /// Width of the names and mentions heads.
    pub name: usize,
}

impl Shape {
    /// Whether the kernels can run it.
    pub fn fits(&self) -> bool {
        let blocks = [self.hidden, self.inner, self.arc];
        let lanes = [self.rel, self.name];
        blocks
            .iter()
            .all(|n| *n > 0 && n.is_multiple_of(BLOCK) && *n <= 4096)
            && lanes
                .iter()
                .all(|n| *n > 0 && n.is_multiple_of(LANES) && *n <= 4096)
            && self.hidden.is_multiple_of(HEAD)
            && self.layers.bytes().all(|letter| b"aw".contains(&letter))
    }
}
