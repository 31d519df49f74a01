//! The network: an encoder and light heads, on whole numbers of eight bits.
//!
//! Weights are int8 with one scale an output; activations are rounded to eight bits row by
//! row, so that a sentence's result does not depend on the sentences beside it in a batch.
//! Together with [`onrecord_net`] this makes the output the same bits on every
//! machine and for every number of threads.
//!
//! The weights file says which network it is ([`Shape`]): word pieces through six layers of
//! attention, or, for `--fast`, whole words through windows of three and two such layers.

mod attention;
mod embed;
mod heads;
mod layers;
mod shape;

pub use shape::Shape;

use attention::Attention;
use embed::Embed;
use heads::Heads;
use layers::Layer;
use onrecord_net::kernel::Isa;
use onrecord_net::{Bytes, math, on_best};

use crate::weights::{Weights, WeightsError};

/// Floats in one head of attention.
const HEAD: usize = 32;

/// One sentence (or window of one), cut into pieces.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Piece ids; the first is `[CLS]`.
    pub pieces: Vec<u32>,
    /// The shape of the word each piece belongs to.
    pub shapes: Vec<u8>,
    /// First and last piece of each word.
    pub words: Vec<(u32, u32)>,
    /// The ending of each word, as a number, where the network [reads](Net::reads_endings) it.
    pub endings: Vec<u32>,
}

/// What the heads say of one sentence of `n` words.
#[derive(Clone, Debug)]
pub struct Output {
    /// `[n][upos]`
    pub upos: Vec<f32>,
    /// `[n][xpos]`
    pub xpos: Vec<f32>,
    /// `[n][n + 1]`: the score of each head; 0 is the root.
    pub arcs: Vec<f32>,
    /// `[n][bio]`
    pub names: Vec<f32>,
    /// `[n][bio]`
    pub mentions: Vec<f32>,
    /// `[n][hidden]`: the vectors that later heads read.
    pub vectors: Vec<f32>,
    /// `[n][2 rel]`, the word as a dependent.
    rel_dep: Vec<f32>,
    /// `[n + 1][2 rel]`, the word as a head; 0 is the root.
    rel_head: Vec<f32>,
}

/// The network with its weights packed for this machine.
pub struct Net {
    embed: Embed,
    layers: Vec<Layer>,
    /// `[tree, tags][layer]`
    mix: Vec<f32>,
    heads: Heads,
    hidden: usize,
    isa: Isa,
}

on_best! {
    fn run_on_best(net: &Net, batch: &[Input], scratch: &mut Scratch) -> Vec<Output>
        => Net::go, on net.isa;
    fn relate_on_best(net: &Net, output: &Output, heads: &[usize], scratch: &mut Scratch) -> Vec<f32>
        => Net::relate, on net.isa;
}

impl Net {
    /// Takes the tensors out of a weights file.
    ///
    /// # Errors
    /// A tensor is missing or of another size.
    pub fn new(weights: &Weights, pieces: usize) -> Result<Self, WeightsError> {
        let shape = &weights.shape;
        let layers: Vec<Layer> = (0..shape.layers.len())
            .map(|n| Layer::new(weights, n, shape))
            .collect::<Result<_, WeightsError>>()?;
        Ok(Self {
            embed: Embed::new(weights, shape, pieces)?,
            mix: weights.floats_of("mix", 2 * (layers.len() + 1))?,
            layers,
            heads: Heads::new(weights, shape)?,
            hidden: shape.hidden,
            isa: Isa::detect(),
        })
    }

    /// Uses other instructions than the best; the results stay the same.
    pub fn with_isa(mut self, isa: Isa) -> Self {
        self.isa = isa;
        self
    }

    /// Runs the network over sentences. No input may be longer than [`Net::reach`].
    pub fn run(&self, batch: &[Input], scratch: &mut Scratch) -> Vec<Output> {
        run_on_best(self, batch, scratch)
    }

    /// Scores of the relations between each word and its head: 0 for the root, else the
    /// head's number from 1. `[word][relation]`.
    pub fn relations(&self, output: &Output, heads: &[usize], scratch: &mut Scratch) -> Vec<f32> {
        relate_on_best(self, output, heads, scratch)
    }

    /// Pieces that one input may hold, `[CLS]` included.
    pub fn reach(&self) -> usize {
        self.embed.reach()
    }

    /// Whether the words' endings are read.
    pub fn reads_endings(&self) -> bool {
        self.embed.reads_endings()
    }

    /// Floats in the vector of a word.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    #[inline(always)]
    fn go(&self, batch: &[Input], s: &mut Scratch) -> Vec<Output> {
        let h = self.hidden;
        let sentences: Vec<usize> = batch.iter().map(|i| self.embed.rows_of(i)).collect();
        let words: usize = batch.iter().map(|s| s.words.len() + 1).sum();
        let mut x = std::mem::take(&mut s.x);
        let mut tree = std::mem::take(&mut s.tree);
        let mut tags = std::mem::take(&mut s.tags);
        x.resize(sentences.iter().sum::<usize>() * h, 0.0);
        self.embed.write(batch, &mut x);
        for sums in [&mut tree, &mut tags] {
            sums.clear();
            sums.resize(words * h, 0.0);
        }
        self.collect(0, batch, &sentences, &x, &mut tree, &mut tags);
        for (n, layer) in self.layers.iter().enumerate() {
            layer.run(self.isa, &sentences, &mut x, s);
            self.collect(n + 1, batch, &sentences, &x, &mut tree, &mut tags);
        }
        let mut found = Vec::with_capacity(batch.len());
        let mut at = 0;
        for sentence in batch {
            let end = at + sentence.words.len() + 1;
            let (tree, tags) = (&tree[at * h..end * h], &tags[(at + 1) * h..end * h]);
            found.push(self.heads.read(self.isa, tree, tags, s));
            at = end;
        }
        (s.x, s.tree, s.tags) = (x, tree, tags);
        found
    }

    /// Adds a layer's share to the vectors of root and words.
    #[inline(always)]
    fn collect(
        &self,
        n: usize,
        batch: &[Input],
        sentences: &[usize],
        x: &[f32],
        tree: &mut [f32],
        tags: &mut [f32],
    ) {
        let h = self.hidden;
        let (a, b) = (self.mix[n], self.mix[self.layers.len() + 1 + n]);
        let mut base = 0;
        let mut to = tree.chunks_exact_mut(h).zip(tags.chunks_exact_mut(h));
        for (sentence, rows) in batch.iter().zip(sentences) {
            for (first, last) in self.embed.ends(sentence) {
                let Some((tree, tags)) = to.next() else {
                    return;
                };
                let one = first == last;
                let first = &x[(base + first) * h..][..h];
                let last = &x[(base + last) * h..][..h];
                if one {
                    for i in 0..h {
                        tree[i] = first[i].mul_add(a, tree[i]);
                        tags[i] = first[i].mul_add(b, tags[i]);
                    }
                    continue;
                }
                for i in 0..h {
                    let mean = (first[i] + last[i]) * 0.5;
                    tree[i] = mean.mul_add(a, tree[i]);
                    tags[i] = mean.mul_add(b, tags[i]);
                }
            }
            base += rows;
        }
    }

    #[inline(always)]
    fn relate(&self, output: &Output, heads: &[usize], s: &mut Scratch) -> Vec<f32> {
        self.heads.relate(self.isa, output, heads, s)
    }
}

/// Room for the numbers on the way, kept from batch to batch.
#[derive(Default)]
pub struct Scratch {
    /// The vectors of all rows.
    x: Vec<f32>,
    /// The vectors of the root and the words of each sentence, one after the other, for the
    /// tree ...
    tree: Vec<f32>,
    /// ... and for tags and names.
    tags: Vec<f32>,
    // of the layers
    qkv: Vec<f32>,
    context: Vec<f32>,
    near: Vec<f32>,
    out: Vec<f32>,
    inner: Vec<f32>,
    attention: Attention,
    // of the heads
    parts: Vec<f32>,
    dep: Vec<f32>,
    heads: Vec<[f32; math::LANES]>,
    turned: Vec<f32>,
    bytes: Bytes,
}
