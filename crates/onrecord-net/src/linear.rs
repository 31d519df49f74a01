//! Linear layers for the heads of later steps, on the engine's own kernels.

use crate::kernel::Matrix;
use crate::math;
use crate::wide::rows_times;

/// A linear layer on whole numbers of eight bits: weights and inputs are rounded, sums are
/// exact, so that its outputs are the same bits on every machine.
pub struct Linear {
    matrix: Matrix,
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
        })
    }

    /// The outputs of rows of inputs, one row after the other.
    pub fn rows(&self, x: &[f32]) -> Vec<f32> {
        rows_times(x, &self.matrix)
    }
}
