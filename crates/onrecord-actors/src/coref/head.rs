//! The learned head: how well a spot goes on a chain, begins one, or stands for nobody.
//!
//! A small network over the encoder's vectors of two words and the [`features`] of the pair.
//! Plain sums in a fixed order: the same bits on every machine.
//!
//! [`features`]: super::features

use std::sync::LazyLock;

use onrecord_net::{Tensors, add_picked, add_rows};
use thiserror::Error;

use super::features::FEATURES;

/// Numbers in the inner layer.
const INNER: usize = 64;
/// Numbers in the product of two words.
const PRODUCT: usize = 32;

/// What is wrong with the weights of the head.
#[derive(Debug, Error)]
pub enum HeadError {
    /// No file in safetensors' format.
    #[error("no weights of the coreference head: {0}")]
    Format(String),
    /// A tensor is missing or of another size.
    #[error("the weights of the coreference head do not fit this version: tensor {0}")]
    Tensor(&'static str),
}

/// The head for the encoder of `weights/english.weights`.
pub static WEIGHTS: &[u8] = include_bytes!("../../../../weights/coreference.safetensors");
/// The head for the encoder of `weights/english-fast.weights`.
pub static FAST_WEIGHTS: &[u8] = include_bytes!("../../../../weights/coreference-fast.safetensors");

/// The head of one encoder.
#[derive(Debug)]
pub struct Head {
    /// Floats in a word's vector.
    width: usize,
    /// `[width][2 INNER + PRODUCT]`: as the later word, as the earlier one, for products.
    words: Vec<f32>,
    /// `[width][INNER]`, for the word alone.
    own: Vec<f32>,
    /// `[2 PRODUCT][INNER]`: products with the last and the best spot of a chain.
    products: Vec<f32>,
    /// `[FEATURES][INNER]`: for pairs ...
    pair: Vec<f32>,
    /// ... and for the spot alone.
    alone: Vec<f32>,
    pair_out: Vec<f32>,
    /// `[2][INNER]`: begins a chain, stands for nobody.
    alone_out: Vec<f32>,
    /// Of the inner layers (alone, pair) and of the two outputs of a spot alone.
    bias: Vec<f32>,
}

/// What the head makes of one word before it is compared.
#[derive(Clone, Debug, Default)]
pub struct Read {
    words: Vec<f32>,
    own: Vec<f32>,
}

impl Head {
    /// The head for the encoder that the binary carries.
    pub fn built_in() -> &'static Self {
        static HEAD: LazyLock<Head> = LazyLock::new(|| {
            Head::new(WEIGHTS).expect("the weights in the binary fit it: a test reads them")
        });
        &HEAD
    }

    /// The head for the encoder of the fast profile.
    pub fn fast() -> &'static Self {
        static HEAD: LazyLock<Head> = LazyLock::new(|| {
            Head::new(FAST_WEIGHTS).expect("the weights in the binary fit it: a test reads them")
        });
        &HEAD
    }

    /// Reads the weights.
    ///
    /// # Errors
    /// The bytes are no safetensors file, or one of another shape.
    pub fn new(bytes: &[u8]) -> Result<Self, HeadError> {
        let file = Tensors::read(bytes).map_err(HeadError::Format)?;
        let tensor = |name: &'static str, size: Option<usize>| {
            file.floats(name, size).ok_or(HeadError::Tensor(name))
        };
        let own = tensor("own", None)?;
        let width = own.len() / INNER;
        Ok(Self {
            width,
            words: tensor("words", Some(width * (2 * INNER + PRODUCT)))?,
            own,
            products: tensor("products", Some(2 * PRODUCT * INNER))?,
            pair: tensor("pair", Some(FEATURES * INNER))?,
            alone: tensor("alone", Some(FEATURES * INNER))?,
            pair_out: tensor("pair_out", Some(INNER))?,
            alone_out: tensor("alone_out", Some(2 * INNER))?,
            bias: tensor("bias", Some(2 * INNER + 2))?,
        })
    }

    /// Floats in the vectors it reads.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Reads a word's vector and the features of its spot alone.
    pub fn read(&self, vector: &[f32], features: &[u16]) -> Read {
        let mut words = vec![0.0; 2 * INNER + PRODUCT];
        add_rows(&mut words, vector, &self.words);
        let mut own = self.bias[..INNER].to_vec();
        add_rows(&mut own, vector, &self.own);
        let mut read = Read { words, own };
        add_picked(&mut read.own, features, &self.alone);
        add_picked(&mut read.words[..INNER], features, &self.pair);
        read
    }

    /// Scores of a spot alone: that it begins a chain, that it stands for nobody.
    pub fn alone(&self, read: &Read) -> [f32; 2] {
        let of = |n: usize| {
            let sum = dot(&read.own, &self.alone_out[n * INNER..][..INNER]);
            sum + self.bias[2 * INNER + n]
        };
        [of(0), of(1)]
    }

    /// The score of a spot with a chain whose last and best spots are these.
    pub fn pair(&self, spot: &Read, last: &Read, best: &Read, features: &[u16]) -> f32 {
        let mut inner = self.bias[INNER..2 * INNER].to_vec();
        let two = spot.words[..INNER]
            .iter()
            .zip(&last.words[INNER..2 * INNER]);
        for (inner, (spot, last)) in inner.iter_mut().zip(two) {
            *inner = *inner + spot + last;
        }
        let own = &spot.words[2 * INNER..];
        let mut by = [0.0; 2 * PRODUCT];
        for (by, other) in by.chunks_exact_mut(PRODUCT).zip([last, best]) {
            for (by, (a, b)) in by.iter_mut().zip(own.iter().zip(&other.words[2 * INNER..])) {
                *by = a * b;
            }
        }
        add_rows(&mut inner, &by, &self.products);
        add_picked(&mut inner, features, &self.pair);
        dot(&inner, &self.pair_out)
    }
}

/// The rectified `inner` times `out`.
fn dot(inner: &[f32], out: &[f32]) -> f32 {
    let mut sum = 0.0;
    for (x, w) in inner.iter().zip(out) {
        sum += x.max(0.0) * w;
    }
    sum
}
