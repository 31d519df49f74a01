//! The first vectors: what the tables say of pieces and words.

use super::Input;
use super::layers::{Norm, norm};
use super::shape::{Rows, Shape};
use crate::weights::{Weights, WeightsError};
use onrecord_net::math::normalise;

/// A table of int8 rows with the scale of each.
struct Table {
    rows: Vec<i8>,
    scale: Vec<f32>,
}

impl Table {
    fn new(weights: &Weights, name: &str, width: usize) -> Result<Self, WeightsError> {
        let (rows, scale) = weights.bytes(name)?;
        if scale.is_empty() || rows.len() != scale.len() * width {
            return Err(WeightsError::Tensor(name.to_owned()));
        }
        Ok(Self { rows, scale })
    }

    /// Adds a share of row `n` to a vector.
    #[inline(always)]
    fn add(&self, n: usize, share: f32, to: &mut [f32]) {
        let scale = self.scale[n] * share;
        let row = &self.rows[n * to.len()..][..to.len()];
        for (x, r) in to.iter_mut().zip(row) {
            *x = f32::from(*r).mul_add(scale, *x);
        }
    }
}

/// The tables that the first vectors come from.
pub struct Embed {
    rows: Rows,
    hidden: usize,
    pieces: Table,
    /// Of pieces, their places in the sentence: `[position][hidden]`.
    positions: Vec<f32>,
    /// Of words, their endings.
    endings: Option<Table>,
    /// `[shape][hidden]`
    shapes: Vec<f32>,
    norm: Norm,
}

impl Embed {
    /// Takes them out of a weights file with so many pieces.
    ///
    /// # Errors
    /// A tensor is missing or of another size.
    pub fn new(weights: &Weights, shape: &Shape, pieces: usize) -> Result<Self, WeightsError> {
        let h = shape.hidden;
        let table = Table::new(weights, "pieces", h)?;
        if table.scale.len() != pieces {
            return Err(WeightsError::Tensor("pieces".into()));
        }
        let by_pieces = shape.rows == Rows::Pieces;
        let positions = if by_pieces {
            weights.floats("positions.weight")?
        } else {
            Vec::new()
        };
        let endings = if by_pieces {
            None
        } else {
            Some(Table::new(weights, "endings", h)?)
        };
        Ok(Self {
            rows: shape.rows,
            hidden: h,
            pieces: table,
            positions,
            endings,
            shapes: weights.floats_of("shapes.weight", crate::pieces::SHAPES * h)?,
            norm: norm(weights, "norm", h)?,
        })
    }

    /// Pieces that one input may hold, `[CLS]` included.
    pub fn reach(&self) -> usize {
        match self.rows {
            Rows::Pieces => self.positions.len() / self.hidden,
            Rows::Words => usize::MAX,
        }
    }

    /// Whether the words' endings are read.
    pub fn reads_endings(&self) -> bool {
        self.endings.is_some()
    }

    /// Rows that a sentence has.
    pub fn rows_of(&self, sentence: &Input) -> usize {
        match self.rows {
            Rows::Pieces => sentence.pieces.len(),
            Rows::Words => sentence.words.len() + 1,
        }
    }

    /// The first and the last row of the root and of each word.
    #[inline(always)]
    pub fn ends<'a>(&self, sentence: &'a Input) -> impl Iterator<Item = (usize, usize)> + 'a {
        let by_pieces = self.rows == Rows::Pieces;
        (0..=sentence.words.len()).map(move |word| match word.checked_sub(1) {
            Some(w) if by_pieces => {
                let (first, last) = sentence.words[w];
                (first as usize, last as usize)
            }
            _ => (word, word),
        })
    }

    /// Writes the first vectors of all rows.
    #[inline(always)]
    pub fn write(&self, batch: &[Input], x: &mut [f32]) {
        let mut rows = x.chunks_exact_mut(self.hidden);
        for sentence in batch {
            match self.rows {
                Rows::Pieces => {
                    for (at, piece) in sentence.pieces.iter().enumerate() {
                        let Some(row) = rows.next() else { return };
                        row.copy_from_slice(&self.positions[at * self.hidden..][..self.hidden]);
                        self.pieces.add(*piece as usize, 1.0, row);
                        self.finish(row, sentence.shapes[at]);
                    }
                }
                Rows::Words => {
                    let root = [(0, 0)];
                    for (word, (first, last)) in root.iter().chain(&sentence.words).enumerate() {
                        let Some(row) = rows.next() else { return };
                        row.fill(0.0);
                        let pieces = &sentence.pieces[*first as usize..=*last as usize];
                        for piece in pieces {
                            let share = 1.0 / pieces.len() as f32;
                            self.pieces.add(*piece as usize, share, row);
                        }
                        if let Some(endings) = &self.endings {
                            let ending = match word.checked_sub(1) {
                                Some(w) => sentence.endings[w] as usize % endings.scale.len(),
                                None => 0,
                            };
                            endings.add(ending, 1.0, row);
                        }
                        self.finish(row, sentence.shapes[*first as usize]);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn finish(&self, row: &mut [f32], shape: u8) {
        let shape = &self.shapes[usize::from(shape) * self.hidden..][..self.hidden];
        for (x, s) in row.iter_mut().zip(shape) {
            *x += s;
        }
        normalise(row, &self.norm[0], &self.norm[1]);
    }
}
