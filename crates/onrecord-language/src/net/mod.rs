//! The network: six layers of MiniLM and light heads, on whole numbers of eight bits.
//!
//! Weights are int8 with one scale an output; activations are rounded to eight bits row by
//! row, so that a sentence's result does not depend on the sentences beside it in a batch.
//! Together with [`math`] and [`kernel`] this makes the output the same bits on every
//! machine and for every number of threads.

mod attention;
pub mod kernel;
pub mod math;

use attention::{Attention, attend};
use kernel::{Isa, Matrix};
use math::{LANES, add_scaled, gelu, normalise, quantise};

use crate::weights::{Weights, WeightsError};

/// Floats in the vector of a piece or word.
pub const HIDDEN: usize = 384;
const LAYERS: usize = 6;
const HEADS: usize = 12;
const HEAD: usize = HIDDEN / HEADS;
const INNER: usize = 1536;
/// Width of the arc head's vectors.
const ARC: usize = 256;
/// Width of each half of the relation head's vectors: one added, one multiplied.
const REL: usize = 160;
/// Width of the names and mentions heads.
const NAME: usize = 192;
/// Rows that go through a layer together: their activations stay in the second cache.
const ROWS: usize = 48;

/// One sentence (or window of one), cut into pieces.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Piece ids; the first is `[CLS]`.
    pub pieces: Vec<u32>,
    /// The shape of the word each piece belongs to.
    pub shapes: Vec<u8>,
    /// First and last piece of each word.
    pub words: Vec<(u32, u32)>,
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
    /// `[n][HIDDEN]`: the vectors that later heads read.
    pub vectors: Vec<f32>,
    /// `[n][2 REL]`, the word as a dependent.
    rel_dep: Vec<f32>,
    /// `[n + 1][2 REL]`, the word as a head; 0 is the root.
    rel_head: Vec<f32>,
}

struct Layer {
    qkv: Matrix,
    out: Matrix,
    norm1: [Vec<f32>; 2],
    up: Matrix,
    down: Matrix,
    norm2: [Vec<f32>; 2],
}

/// A small matrix in floats, `[inputs][outputs padded to LANES]`.
struct Small {
    outputs: usize,
    width: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Small {
    fn new(
        weights: &Weights,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, WeightsError> {
        let bias = weights.floats_of(&format!("{name}.bias"), outputs)?;
        let rows = weights.floats_of(&format!("{name}.weight"), inputs * outputs)?;
        let width = outputs.next_multiple_of(LANES);
        let mut turned = vec![0.0; inputs * width];
        for o in 0..outputs {
            for i in 0..inputs {
                turned[i * width + o] = rows[o * inputs + i];
            }
        }
        let mut padded = bias;
        padded.resize(width, 0.0);
        Ok(Self {
            outputs,
            width,
            weights: turned,
            bias: padded,
        })
    }

    #[inline(always)]
    fn times(&self, x: &[f32]) -> Vec<f32> {
        let mut out = self.bias.clone();
        for (x, row) in x.iter().zip(self.weights.chunks_exact(self.width)) {
            add_scaled(&mut out, row, *x);
        }
        out.truncate(self.outputs);
        out
    }
}

/// The network with its weights packed for this machine.
pub struct Net {
    embedding: Vec<i8>,
    embedding_scale: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: [Vec<f32>; 2],
    layers: Vec<Layer>,
    /// `[tree, tags][layer]`
    mix: Vec<f32>,
    tree: Matrix,
    tags: Matrix,
    arc: Matrix,
    rel: Small,
    names: Small,
    mentions: Small,
    upos: usize,
    xpos: usize,
    isa: Isa,
}

impl Net {
    /// Takes the tensors out of a weights file.
    ///
    /// # Errors
    /// A tensor is missing or of another size.
    pub fn new(weights: &Weights, pieces: usize) -> Result<Self, WeightsError> {
        let labels = &weights.labels;
        let (upos, xpos) = (labels.upos.len(), labels.xpos.len());
        let matrix = |name: &str, inputs: usize, outputs: usize| {
            let matrix = weights.matrix(name)?;
            if matrix.inputs == inputs && matrix.outputs == outputs {
                Ok(matrix)
            } else {
                Err(WeightsError::Tensor(name.to_owned()))
            }
        };
        let norm = |name: &str| -> Result<[Vec<f32>; 2], WeightsError> {
            Ok([
                weights.floats_of(&format!("{name}.weight"), HIDDEN)?,
                weights.floats_of(&format!("{name}.bias"), HIDDEN)?,
            ])
        };
        let layers = (0..LAYERS)
            .map(|i| {
                let name = |part: &str| format!("layers.{i}.{part}");
                Ok(Layer {
                    qkv: matrix(&name("qkv"), HIDDEN, 3 * HIDDEN)?,
                    out: matrix(&name("out"), HIDDEN, HIDDEN)?,
                    norm1: norm(&name("norm1"))?,
                    up: matrix(&name("up"), HIDDEN, INNER)?,
                    down: matrix(&name("down"), INNER, HIDDEN)?,
                    norm2: norm(&name("norm2"))?,
                })
            })
            .collect::<Result<_, WeightsError>>()?;
        let (embedding, embedding_scale) = weights.bytes("pieces")?;
        if embedding_scale.len() != pieces || embedding.len() != pieces * HIDDEN {
            return Err(WeightsError::Tensor("pieces".into()));
        }
        Ok(Self {
            embedding,
            embedding_scale,
            positions: weights.floats("positions.weight")?,
            shapes: weights.floats("shapes.weight")?,
            norm: norm("norm")?,
            layers,
            mix: weights.floats_of("mix", 2 * (LAYERS + 1))?,
            tree: matrix("tree", HIDDEN, 2 * ARC + 4 * REL)?,
            tags: matrix("tags", HIDDEN, 2 * NAME + upos + xpos)?,
            arc: matrix("arc", ARC, ARC)?,
            rel: Small::new(weights, "rel", 2 * REL, labels.deprel.len())?,
            names: Small::new(weights, "names", NAME, labels.bio.len())?,
            mentions: Small::new(weights, "mentions", NAME, labels.bio.len())?,
            upos,
            xpos,
            isa: Isa::detect(),
        })
    }

    /// Uses other instructions than the best; the results stay the same.
    pub fn with_isa(mut self, isa: Isa) -> Self {
        self.isa = isa;
        self
    }

    /// Pieces that one input may hold, `[CLS]` included.
    pub fn reach(&self) -> usize {
        self.positions.len() / HIDDEN
    }

    /// Runs the network over sentences. No input may be longer than [`Net::reach`].
    pub fn run(&self, batch: &[Input], scratch: &mut Scratch) -> Vec<Output> {
        match self.isa {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Isa::detect` found the features on this processor.
            #[allow(unsafe_code)]
            Isa::Avx512Vnni => unsafe { run_avx512(self, batch, scratch) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            #[allow(unsafe_code)]
            Isa::Avx2 => unsafe { run_avx2(self, batch, scratch) },
            _ => self.go(batch, scratch),
        }
    }

    #[inline(always)]
    fn go(&self, batch: &[Input], s: &mut Scratch) -> Vec<Output> {
        let rows: usize = batch.iter().map(|s| s.pieces.len()).sum();
        let words: usize = batch.iter().map(|s| s.words.len() + 1).sum();
        let mut x = std::mem::take(&mut s.x);
        let mut tree = std::mem::take(&mut s.tree);
        let mut tags = std::mem::take(&mut s.tags);
        x.resize(rows * HIDDEN, 0.0);
        self.embed(batch, &mut x);
        for sums in [&mut tree, &mut tags] {
            sums.clear();
            sums.resize(words * HIDDEN, 0.0);
        }
        self.collect(0, batch, &x, &mut tree, &mut tags);
        for (n, layer) in self.layers.iter().enumerate() {
            self.layer(layer, batch, &mut x, s);
            self.collect(n + 1, batch, &x, &mut tree, &mut tags);
        }
        let found = self.heads(batch, &tree, &tags, s);
        (s.x, s.tree, s.tags) = (x, tree, tags);
        found
    }

    #[inline(always)]
    fn embed(&self, batch: &[Input], x: &mut [f32]) {
        let mut rows = x.chunks_exact_mut(HIDDEN);
        for sentence in batch {
            for (at, (piece, shape)) in sentence.pieces.iter().zip(&sentence.shapes).enumerate() {
                let Some(row) = rows.next() else { return };
                let scale = self.embedding_scale[*piece as usize];
                let piece = &self.embedding[*piece as usize * HIDDEN..][..HIDDEN];
                let position = &self.positions[at * HIDDEN..][..HIDDEN];
                let shape = &self.shapes[*shape as usize * HIDDEN..][..HIDDEN];
                for i in 0..HIDDEN {
                    row[i] = f32::from(piece[i]) * scale + position[i] + shape[i];
                }
                normalise(row, &self.norm[0], &self.norm[1]);
            }
        }
    }

    /// Adds a layer's share to the vectors of root and words.
    #[inline(always)]
    fn collect(&self, n: usize, batch: &[Input], x: &[f32], tree: &mut [f32], tags: &mut [f32]) {
        let (a, b) = (self.mix[n], self.mix[LAYERS + 1 + n]);
        let (mut base, mut word) = (0, 0);
        for sentence in batch {
            for (first, last) in std::iter::once(&(0, 0)).chain(&sentence.words) {
                let first = &x[(base + *first as usize) * HIDDEN..][..HIDDEN];
                let last = &x[(base + *last as usize) * HIDDEN..][..HIDDEN];
                let tree = &mut tree[word * HIDDEN..][..HIDDEN];
                let tags = &mut tags[word * HIDDEN..][..HIDDEN];
                for i in 0..HIDDEN {
                    let mean = (first[i] + last[i]) * 0.5;
                    tree[i] = mean.mul_add(a, tree[i]);
                    tags[i] = mean.mul_add(b, tags[i]);
                }
                word += 1;
            }
            base += sentence.pieces.len();
        }
    }

    #[inline(always)]
    fn layer(&self, layer: &Layer, batch: &[Input], x: &mut [f32], s: &mut Scratch) {
        let rows = x.len() / HIDDEN;
        s.qkv.resize(rows * 3 * HIDDEN, 0.0);
        s.context.resize(rows * HIDDEN, 0.0);
        for (x, qkv) in x
            .chunks(ROWS * HIDDEN)
            .zip(s.qkv.chunks_mut(ROWS * 3 * HIDDEN))
        {
            s.bytes.round(x, HIDDEN);
            kernel::times(self.isa, &layer.qkv, &s.bytes.bytes, &s.bytes.scale, qkv);
        }
        let mut base = 0;
        for sentence in batch {
            let n = sentence.pieces.len();
            attend(
                n,
                &s.qkv[base * 3 * HIDDEN..][..n * 3 * HIDDEN],
                &mut s.context[base * HIDDEN..][..n * HIDDEN],
                &mut s.attention,
            );
            base += n;
        }
        s.out.resize(ROWS * HIDDEN, 0.0);
        s.inner.resize(ROWS * INNER, 0.0);
        for (x, context) in x
            .chunks_mut(ROWS * HIDDEN)
            .zip(s.context.chunks(ROWS * HIDDEN))
        {
            s.bytes.round(context, HIDDEN);
            kernel::times(
                self.isa,
                &layer.out,
                &s.bytes.bytes,
                &s.bytes.scale,
                &mut s.out,
            );
            add_and_normalise(x, &s.out, &layer.norm1);
            s.bytes.round(x, HIDDEN);
            kernel::times(
                self.isa,
                &layer.up,
                &s.bytes.bytes,
                &s.bytes.scale,
                &mut s.inner,
            );
            let inner = &mut s.inner[..x.len() / HIDDEN * INNER];
            s.bytes.bend_and_round(inner);
            kernel::times(
                self.isa,
                &layer.down,
                &s.bytes.bytes,
                &s.bytes.scale,
                &mut s.out,
            );
            add_and_normalise(x, &s.out, &layer.norm2);
        }
    }

    #[inline(always)]
    fn heads(&self, batch: &[Input], tree: &[f32], tags: &[f32], s: &mut Scratch) -> Vec<Output> {
        let mut found = Vec::with_capacity(batch.len());
        let mut at = 0;
        for sentence in batch {
            let n = sentence.words.len();
            let tree = &tree[at * HIDDEN..][..(n + 1) * HIDDEN];
            let tags = &tags[(at + 1) * HIDDEN..][..n * HIDDEN];
            at += n + 1;
            found.push(self.output(n, tree, tags, s));
        }
        found
    }

    #[inline(always)]
    fn output(&self, n: usize, tree: &[f32], tags: &[f32], s: &mut Scratch) -> Output {
        // [arc as dependent | arc as head | relation as dependent | relation as head]
        let width = self.tree.width();
        let mut parts = vec![0.0; (n + 1) * width];
        s.bytes.round(tree, HIDDEN);
        kernel::times(
            self.isa,
            &self.tree,
            &s.bytes.bytes,
            &s.bytes.scale,
            &mut parts,
        );
        let stride = (n + 1).next_multiple_of(LANES);
        let mut dep = vec![0.0; n * ARC];
        // heads turned: [ARC][stride]
        let mut head = vec![0.0; ARC * stride];
        let mut rel_dep = Vec::with_capacity(n * 2 * REL);
        let mut rel_head = Vec::with_capacity((n + 1) * 2 * REL);
        for (w, row) in parts.chunks_exact_mut(width).enumerate() {
            for x in &mut row[..2 * ARC] {
                *x = gelu(*x);
            }
            if w > 0 {
                dep[(w - 1) * ARC..][..ARC].copy_from_slice(&row[..ARC]);
                rel_dep.extend_from_slice(&row[2 * ARC..][..2 * REL]);
            }
            for (i, x) in row[ARC..2 * ARC].iter().enumerate() {
                head[i * stride + w] = *x;
            }
            rel_head.extend_from_slice(&row[2 * ARC + 2 * REL..][..2 * REL]);
        }
        let mut turned = vec![0.0; n * self.arc.width()];
        s.bytes.round(&dep, ARC);
        kernel::times(
            self.isa,
            &self.arc,
            &s.bytes.bytes,
            &s.bytes.scale,
            &mut turned,
        );
        let mut arcs = Vec::with_capacity(n * (n + 1));
        let mut scores = vec![0.0; stride];
        for dep in turned.chunks_exact(self.arc.width()) {
            scores.fill(0.0);
            for (x, head) in dep.iter().zip(head.chunks_exact(stride)) {
                add_scaled(&mut scores, head, *x);
            }
            arcs.extend(scores[..=n].iter().map(|x| x / 16.0)); // √ARC
        }
        // [names | mentions | upos | xpos]
        let width = self.tags.width();
        let mut parts = vec![0.0; n * width];
        s.bytes.round(tags, HIDDEN);
        kernel::times(
            self.isa,
            &self.tags,
            &s.bytes.bytes,
            &s.bytes.scale,
            &mut parts,
        );
        let mut output = Output {
            upos: Vec::with_capacity(n * self.upos),
            xpos: Vec::with_capacity(n * self.xpos),
            arcs,
            names: Vec::new(),
            mentions: Vec::new(),
            vectors: tags.to_vec(),
            rel_dep,
            rel_head,
        };
        for row in parts.chunks_exact_mut(width) {
            for x in &mut row[..2 * NAME] {
                *x = gelu(*x);
            }
            output.names.extend(self.names.times(&row[..NAME]));
            output
                .mentions
                .extend(self.mentions.times(&row[NAME..2 * NAME]));
            let row = &row[2 * NAME..];
            output.upos.extend_from_slice(&row[..self.upos]);
            output
                .xpos
                .extend_from_slice(&row[self.upos..][..self.xpos]);
        }
        output
    }

    /// Scores of the relations between word `dep`, from 0, and its head: 0 for the root, else
    /// the head's number from 1.
    pub fn relations(&self, output: &Output, dep: usize, head: usize) -> Vec<f32> {
        match self.isa {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Isa::detect` found the features on this processor.
            #[allow(unsafe_code)]
            Isa::Avx512Vnni => unsafe { relate_avx512(self, output, dep, head) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            #[allow(unsafe_code)]
            Isa::Avx2 => unsafe { relate_avx2(self, output, dep, head) },
            _ => self.relate(output, dep, head),
        }
    }

    #[inline(always)]
    fn relate(&self, output: &Output, dep: usize, head: usize) -> Vec<f32> {
        let dep = &output.rel_dep[dep * 2 * REL..][..2 * REL];
        let head = &output.rel_head[head * 2 * REL..][..2 * REL];
        let mut x = [0.0; 2 * REL];
        for i in 0..REL {
            x[i] = gelu(dep[i] + head[i]);
            x[REL + i] = dep[REL + i] * head[REL + i];
        }
        self.rel.times(&x)
    }
}

/// # Safety
/// The processor has the features named.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")]
#[allow(unsafe_code)]
unsafe fn run_avx512(net: &Net, batch: &[Input], scratch: &mut Scratch) -> Vec<Output> {
    net.go(batch, scratch)
}

/// # Safety
/// The processor has AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
#[allow(unsafe_code)]
unsafe fn run_avx2(net: &Net, batch: &[Input], scratch: &mut Scratch) -> Vec<Output> {
    net.go(batch, scratch)
}

/// # Safety
/// The processor has the features named.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")]
#[allow(unsafe_code)]
unsafe fn relate_avx512(net: &Net, output: &Output, dep: usize, head: usize) -> Vec<f32> {
    net.relate(output, dep, head)
}

/// # Safety
/// The processor has AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
#[allow(unsafe_code)]
unsafe fn relate_avx2(net: &Net, output: &Output, dep: usize, head: usize) -> Vec<f32> {
    net.relate(output, dep, head)
}

/// Room for the numbers on the way, kept from batch to batch.
#[derive(Default)]
pub struct Scratch {
    /// The vectors of all pieces.
    x: Vec<f32>,
    /// The vectors of the root and the words of each sentence, one after the other, for the
    /// tree ...
    tree: Vec<f32>,
    /// ... and for tags and names.
    tags: Vec<f32>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    out: Vec<f32>,
    inner: Vec<f32>,
    attention: Attention,
    bytes: Bytes,
}

/// Rows rounded to bytes.
#[derive(Default)]
struct Bytes {
    bytes: Vec<u8>,
    scale: Vec<f32>,
}

impl Bytes {
    #[inline(always)]
    fn round(&mut self, x: &[f32], width: usize) {
        let rows = x.len() / width;
        if self.bytes.len() < rows * width {
            self.bytes.resize(rows * width, 0);
        }
        self.scale.clear();
        for (x, to) in x
            .chunks_exact(width)
            .zip(self.bytes.chunks_exact_mut(width))
        {
            self.scale.push(quantise(x, to));
        }
    }
}

impl Bytes {
    /// The same for rows of [`INNER`] floats that go through [`gelu`] first, row by row, so
    /// that each is still near when it is rounded.
    #[inline(always)]
    fn bend_and_round(&mut self, x: &mut [f32]) {
        let rows = x.len() / INNER;
        if self.bytes.len() < rows * INNER {
            self.bytes.resize(rows * INNER, 0);
        }
        self.scale.clear();
        for (x, to) in x
            .chunks_exact_mut(INNER)
            .zip(self.bytes.chunks_exact_mut(INNER))
        {
            for v in x.iter_mut() {
                *v = gelu(*v);
            }
            self.scale.push(quantise(x, to));
        }
    }
}

#[inline(always)]
fn add_and_normalise(x: &mut [f32], add: &[f32], norm: &[Vec<f32>; 2]) {
    for (x, add) in x.chunks_exact_mut(HIDDEN).zip(add.chunks_exact(HIDDEN)) {
        for (x, y) in x.iter_mut().zip(add) {
            *x += y;
        }
        normalise(x, &norm[0], &norm[1]);
    }
}
