//! The heads: tags, arcs, relations, names and mentions from the words' vectors.

use super::shape::Shape;
use super::{Output, Scratch};
use crate::weights::{Weights, WeightsError};
use onrecord_net::kernel::{self, Isa, Matrix};
use onrecord_net::math::{LANES, add_lanes, gelu};

/// The heads' weights.
pub struct Heads {
    shape: Shape,
    tree: Matrix,
    tags: Matrix,
    arc: Matrix,
    rel: Matrix,
    /// Names and mentions, each from its half of the inputs.
    spans: Matrix,
    upos: usize,
    xpos: usize,
    bio: usize,
}

impl Heads {
    /// Takes them out of a weights file.
    ///
    /// # Errors
    /// A tensor is missing or of another size.
    pub fn new(weights: &Weights, shape: &Shape) -> Result<Self, WeightsError> {
        let labels = &weights.labels;
        let (upos, xpos) = (labels.upos.len(), labels.xpos.len());
        let (h, arc, rel, name) = (shape.hidden, shape.arc, shape.rel, shape.name);
        Ok(Self {
            shape: shape.clone(),
            tree: weights.matrix_of("tree", h, 2 * arc + 4 * rel)?,
            tags: weights.matrix_of("tags", h, 2 * name + upos + xpos)?,
            arc: weights.matrix_of("arc", arc, arc)?,
            rel: weights.matrix_of("rel", 2 * rel, labels.deprel.len())?,
            spans: weights.matrix_of("spans", 2 * name, 2 * labels.bio.len())?,
            upos,
            xpos,
            bio: labels.bio.len(),
        })
    }

    /// What the heads say of a sentence of `n` words. `tree` are the vectors of root and
    /// words, `tags` those of the words.
    #[inline(always)]
    pub fn read(&self, isa: Isa, tree: &[f32], tags: &[f32], s: &mut Scratch) -> Output {
        let n = tags.len() / self.shape.hidden;
        let (rel_dep, rel_head, arcs) = self.arcs(isa, n, tree, s);
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
        // [names | mentions | upos | xpos]
        let name = self.shape.name;
        let width = self.tags.width();
        s.parts.resize(n * width, 0.0);
        s.bytes.round(tags, self.shape.hidden);
        kernel::times(isa, &self.tags, &s.bytes, &mut s.parts);
        s.dep.clear();
        for row in s.parts[..n * width].chunks_exact(width) {
            s.dep.extend(row[..2 * name].iter().map(|x| gelu(*x)));
            let (upos, xpos) = row[2 * name..].split_at(self.upos);
            output.upos.extend_from_slice(upos);
            output.xpos.extend_from_slice(&xpos[..self.xpos]);
        }
        let width = self.spans.width();
        s.parts.resize(n * width, 0.0);
        s.bytes.round(&s.dep, 2 * name);
        kernel::times(isa, &self.spans, &s.bytes, &mut s.parts);
        for row in s.parts[..n * width].chunks_exact(width) {
            let (names, mentions) = row.split_at(self.bio);
            output.names.extend_from_slice(names);
            output.mentions.extend_from_slice(&mentions[..self.bio]);
        }
        output
    }

    /// The words as dependents and as heads of relations, and the scores of arcs.
    #[inline(always)]
    fn arcs(
        &self,
        isa: Isa,
        n: usize,
        tree: &[f32],
        s: &mut Scratch,
    ) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
        let (arc, rel) = (self.shape.arc, self.shape.rel);
        // [arc as dependent | arc as head | relation as dependent | relation as head]
        let width = self.tree.width();
        s.parts.resize((n + 1) * width, 0.0);
        s.bytes.round(tree, self.shape.hidden);
        kernel::times(isa, &self.tree, &s.bytes, &mut s.parts);
        s.dep.clear();
        // heads turned, in blocks: [block][arc][LANES]
        s.heads.clear();
        s.heads.resize((n + 1).div_ceil(LANES) * arc, [0.0; LANES]);
        let mut rel_dep = Vec::with_capacity(n * 2 * rel);
        let mut rel_head = Vec::with_capacity((n + 1) * 2 * rel);
        for (w, row) in s.parts[..(n + 1) * width]
            .chunks_exact_mut(width)
            .enumerate()
        {
            for x in &mut row[..2 * arc] {
                *x = gelu(*x);
            }
            if w > 0 {
                s.dep.extend_from_slice(&row[..arc]);
                rel_dep.extend_from_slice(&row[2 * arc..][..2 * rel]);
            }
            let block = &mut s.heads[w / LANES * arc..][..arc];
            for (turned, x) in block.iter_mut().zip(&row[arc..2 * arc]) {
                turned[w % LANES] = *x;
            }
            rel_head.extend_from_slice(&row[2 * arc + 2 * rel..][..2 * rel]);
        }
        s.turned.resize(n * arc, 0.0);
        s.bytes.round(&s.dep, arc);
        kernel::times(isa, &self.arc, &s.bytes, &mut s.turned);
        let arcs = scores(n, &s.turned[..n * arc], &s.heads, arc);
        (rel_dep, rel_head, arcs)
    }

    /// Scores of the relations between each word and its head: 0 for the root, else the
    /// head's number from 1. `[word][relation]`.
    #[inline(always)]
    pub fn relate(&self, isa: Isa, output: &Output, heads: &[usize], s: &mut Scratch) -> Vec<f32> {
        let rel = self.shape.rel;
        s.dep.resize(heads.len() * 2 * rel, 0.0);
        let pairs = output.rel_dep.chunks_exact(2 * rel).zip(heads);
        for ((dep, head), x) in pairs.zip(s.dep.chunks_exact_mut(2 * rel)) {
            let head = &output.rel_head[head * 2 * rel..][..2 * rel];
            for i in 0..rel {
                x[i] = gelu(dep[i] + head[i]);
                x[rel + i] = dep[rel + i] * head[rel + i];
            }
        }
        let width = self.rel.width();
        s.parts.resize(heads.len() * width, 0.0);
        s.bytes.round(&s.dep[..heads.len() * 2 * rel], 2 * rel);
        kernel::times(isa, &self.rel, &s.bytes, &mut s.parts);
        let rows = s.parts[..heads.len() * width].chunks_exact(width);
        rows.flat_map(|row| &row[..self.rel.outputs])
            .copied()
            .collect()
    }
}

/// Dependents that are scored together, so that the heads are read once for all of them.
const DEPENDENTS: usize = 4;

/// Scores of arcs, `[n][n + 1]`: dependents `[n][arc]` times heads `[block][arc][LANES]`.
#[inline(always)]
fn scores(n: usize, deps: &[f32], heads: &[[f32; LANES]], arc: usize) -> Vec<f32> {
    let root = (arc as f32).sqrt();
    let mut scores = vec![0.0; n * (n + 1)];
    for first in (0..n).step_by(DEPENDENTS) {
        // a last group that is too short takes the last dependent several times
        let mut group = [&deps[(n - 1) * arc..]; DEPENDENTS];
        for q in 0..DEPENDENTS.min(n - first) {
            group[q] = &deps[(first + q) * arc..][..arc];
        }
        for (block, heads) in heads.chunks_exact(arc).enumerate() {
            let mut sums = [[0.0; LANES]; DEPENDENTS];
            for (d, heads) in heads.iter().enumerate() {
                for (sums, dep) in sums.iter_mut().zip(group) {
                    add_lanes(sums, heads, dep[d]);
                }
            }
            for (q, sums) in sums.iter().enumerate().take(n - first) {
                let row = &mut scores[(first + q) * (n + 1)..][..n + 1];
                for (score, sum) in row[block * LANES..].iter_mut().zip(sums) {
                    *score = sum / root;
                }
            }
        }
    }
    scores
}
