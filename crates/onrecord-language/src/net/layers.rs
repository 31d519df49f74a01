//! The layers of the encoders.

use super::Scratch;
use super::attention::attend;
use super::shape::Shape;
use crate::weights::{Weights, WeightsError};
use onrecord_net::kernel::{self, Isa, Matrix};
use onrecord_net::math::{gelu, normalise};

/// Rows, at least, that go through a layer together: their activations stay in the second cache.
const ROWS: usize = 48;

/// The weight and bias of a layer normalisation.
pub type Norm = [Vec<f32>; 2];

/// One layer.
pub enum Layer {
    /// Each row looks at all rows of its sentence, then an inner layer.
    Attention(Box<Attention>),
    /// Each row and its two neighbours.
    Window(Box<Window>),
}

/// A layer of attention, as in BERT.
pub struct Attention {
    qkv: Matrix,
    out: Matrix,
    norm1: Norm,
    up: Matrix,
    down: Matrix,
    norm2: Norm,
}

/// A layer that gives each row what a linear layer makes of the row before it, itself and
/// the row behind it; rows outside the sentence are zeros.
pub struct Window {
    near: Matrix,
    norm: Norm,
}

impl Layer {
    /// Takes layer `n` out of a weights file; its letter in the file's shape says its kind.
    ///
    /// # Errors
    /// A tensor is missing or of another size.
    pub fn new(weights: &Weights, n: usize, shape: &Shape) -> Result<Self, WeightsError> {
        let h = shape.hidden;
        let name = |part: &str| format!("layers.{n}.{part}");
        let norm = |part: &str| norm(weights, &name(part), h);
        let matrix = |part: &str, inputs, outputs| weights.matrix_of(&name(part), inputs, outputs);
        Ok(if shape.layers.as_bytes()[n] == b'w' {
            Self::Window(Box::new(Window {
                near: matrix("near", 3 * h, h)?,
                norm: norm("norm")?,
            }))
        } else {
            Self::Attention(Box::new(Attention {
                qkv: matrix("qkv", h, 3 * h)?,
                out: matrix("out", h, h)?,
                norm1: norm("norm1")?,
                up: matrix("up", h, shape.inner)?,
                down: matrix("down", shape.inner, h)?,
                norm2: norm("norm2")?,
            }))
        })
    }

    /// Runs over the rows `x`, `[row][hidden]`, of sentences of so many rows each: a few
    /// sentences at a time.
    #[inline(always)]
    pub fn run(&self, isa: Isa, sentences: &[usize], x: &mut [f32], s: &mut Scratch) {
        let h = match self {
            Self::Attention(layer) => layer.out.outputs,
            Self::Window(layer) => layer.near.outputs,
        };
        let (mut sentences, mut x) = (sentences, x);
        while !sentences.is_empty() {
            let (mut many, mut rows) = (0, 0);
            while many < sentences.len() && rows < ROWS {
                rows += sentences[many];
                many += 1;
            }
            let (these, later) = x.split_at_mut(rows * h);
            match self {
                Self::Attention(layer) => layer.run(isa, &sentences[..many], these, s),
                Self::Window(layer) => layer.run(isa, &sentences[..many], these, s),
            }
            (sentences, x) = (&sentences[many..], later);
        }
    }
}

/// A layer normalisation out of a weights file.
///
/// # Errors
/// It is missing or of another size.
pub fn norm(weights: &Weights, name: &str, hidden: usize) -> Result<Norm, WeightsError> {
    Ok([
        weights.floats_of(&format!("{name}.weight"), hidden)?,
        weights.floats_of(&format!("{name}.bias"), hidden)?,
    ])
}

impl Attention {
    /// Runs over whole sentences: no row looks at one of another sentence.
    #[inline(always)]
    fn run(&self, isa: Isa, sentences: &[usize], x: &mut [f32], s: &mut Scratch) {
        let h = self.out.outputs;
        let inner = self.down.inputs;
        let rows = x.len() / h;
        s.bytes.round(x, h);
        kernel::times(isa, &self.qkv, &s.bytes, room(&mut s.qkv, rows * 3 * h));
        let context = room(&mut s.context, rows * h);
        let mut base = 0;
        for n in sentences {
            let qkv = &s.qkv[base * 3 * h..][..n * 3 * h];
            attend(
                *n,
                h,
                qkv,
                &mut context[base * h..][..n * h],
                &mut s.attention,
            );
            base += n;
        }
        s.bytes.round(context, h);
        let out = room(&mut s.out, rows * h);
        kernel::times(isa, &self.out, &s.bytes, out);
        add_and_normalise(x, out, &self.norm1);
        s.bytes.round(x, h);
        let wide = room(&mut s.inner, rows * inner);
        kernel::times(isa, &self.up, &s.bytes, wide);
        s.bytes.bend_and_round(wide, inner);
        kernel::times(isa, &self.down, &s.bytes, out);
        add_and_normalise(x, out, &self.norm2);
    }
}

impl Window {
    /// Runs over whole sentences: no row reads one of another sentence.
    #[inline(always)]
    fn run(&self, isa: Isa, sentences: &[usize], x: &mut [f32], s: &mut Scratch) {
        let h = self.near.outputs;
        s.bytes.clear(x.len() * 3);
        let mut base = 0;
        for n in sentences {
            // with a row of zeros at either end, a row and its neighbours stand in one piece
            s.near.resize((n + 2) * h, 0.0);
            s.near[..h].fill(0.0);
            s.near[h..(n + 1) * h].copy_from_slice(&x[base * h..][..n * h]);
            s.near[(n + 1) * h..].fill(0.0);
            for row in 0..*n {
                s.bytes.push(&s.near[row * h..][..3 * h]);
            }
            base += n;
        }
        let out = room(&mut s.out, x.len());
        kernel::times(isa, &self.near, &s.bytes, out);
        for (x, add) in x.chunks_exact_mut(h).zip(out.chunks_exact(h)) {
            for (x, add) in x.iter_mut().zip(add) {
                *x += gelu(*add);
            }
            normalise(x, &self.norm[0], &self.norm[1]);
        }
    }
}

/// So many floats of a room that only grows.
#[inline(always)]
fn room(floats: &mut Vec<f32>, n: usize) -> &mut [f32] {
    if floats.len() < n {
        floats.resize(n, 0.0);
    }
    &mut floats[..n]
}

#[inline(always)]
fn add_and_normalise(x: &mut [f32], add: &[f32], norm: &Norm) {
    let h = norm[0].len();
    for (x, add) in x.chunks_exact_mut(h).zip(add.chunks_exact(h)) {
        for (x, y) in x.iter_mut().zip(add) {
            *x += y;
        }
        normalise(x, &norm[0], &norm[1]);
    }
}
