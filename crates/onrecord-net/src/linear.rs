//! Linear layers for the heads of later steps, on the engine's own kernels.

use crate::kernel::{self, Isa, Matrix};
use crate::{Bytes, math};

/// A linear layer on whole numbers of eight bits: weights and inputs are rounded, sums are
/// exact, so that its outputs are the same bits on every machine.
pub struct Linear {
    matrix: Matrix,
    isa: Isa,
}

impl std::fmt::Debug for Linear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Linear({}, {})", self.matrix.inputs, self.matrix.outputs)
    }
}

impl Linear {
    /// Rounds the weights, `[output][input]`, each output by its own scale. `None` if the
    /// numbers of weights and outputs do not fit, or the inputs are no multiple of 16.
    ///
    /// ```
    /// use onrecord_net::Linear;
    /// let weights = [[1.0; 16], [0.5; 16]].concat();
    /// let layer = Linear::new(&weights, &[0.0, 1.0]).unwrap();
    /// let out = layer.rows(&[0.25; 16]);
    /// assert!((out[0] - 4.0).abs() < 0.05 && (out[1] - 3.0).abs() < 0.05);
    /// assert!(Linear::new(&[1.0], &[0.0, 1.0]).is_none());
    /// ```
    pub fn new(weights: &[f32], bias: &[f32]) -> Option<Self> {
        let inputs = weights.len().checked_div(bias.len())?;
        if inputs == 0
            || !inputs.is_multiple_of(math::LANES)
            || inputs * bias.len() != weights.len()
        {
            return None;
        }
        let mut scales = Vec::with_capacity(bias.len());
        let mut rounded = Vec::with_capacity(weights.len());
        for row in weights.chunks_exact(inputs) {
            let most = row.iter().fold(1e-12_f32, |most, w| most.max(w.abs()));
            let scale = most / 127.0;
            scales.push(scale);
            rounded.extend(row.iter().map(|w| (w / scale).round() as i8));
        }
        Some(Self {
            matrix: Matrix::pack(&rounded, &scales, bias),
            isa: Isa::detect(),
        })
    }

    /// The outputs of rows of inputs, one row after the other.
    pub fn rows(&self, x: &[f32]) -> Vec<f32> {
        let mut bytes = Bytes::default();
        bytes.round(x, self.matrix.inputs);
        let rows = x.len() / self.matrix.inputs;
        let width = self.matrix.width();
        let mut wide = vec![0.0; rows * width];
        kernel::times(self.isa, &self.matrix, &bytes, &mut wide);
        let rows = wide.chunks_exact(width);
        rows.flat_map(|row| &row[..self.matrix.outputs])
            .copied()
            .collect()
    }
}

/// The shares of scores after they are raised and summed to 1, the same bits on every machine.
pub fn shares(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised: Vec<f32> = scores.iter().map(|s| math::exp(s - top)).collect();
    let total: f32 = raised.iter().sum();
    raised.into_iter().map(|x| x / total).collect()
}
