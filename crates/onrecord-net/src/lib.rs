//! Arithmetic of small networks on whole numbers of eight bits, and the heads that stand on it.
//!
//! Weights are int8 with one scale an output; rows of inputs are rounded to eight bits one by
//! one; sums of products are exact. So a network's output is the same bits on every machine and
//! for every number of threads. This crate knows nothing of language: the engine brings the
//! encoder, later steps their weights and features.

mod bytes;
mod carried;
mod dispatch;
pub mod kernel;
mod linear;
pub mod math;
mod tagger;
mod tensors;
mod wide;

pub use bytes::Bytes;
pub use carried::Carried;
pub use linear::Linear;
pub use tagger::{Tagged, Tagger, TaggerError, feature};
pub use tensors::Tensors;
pub use wide::{add_picked, add_rows, shares};
