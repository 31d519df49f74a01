//! The weights file: labels, word pieces, lemmas and tensors in one piece.
//!
//! `training/export.py` writes it. A line that names the format, the length of a JSON header
//! as four bytes, the header, and the tensors, each on a border of 64 bytes.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::net::Shape;
use onrecord_net::kernel::Matrix;

/// The format this version writes and reads.
const FORMAT: u32 = 2;

const MAGIC: &[u8] = b"onrecord weights\n";

/// What is wrong with a weights file.
#[derive(Debug, Error)]
pub enum WeightsError {
    /// It does not begin as one.
    #[error("no weights file: it does not begin with \"onrecord weights\"")]
    Magic,
    /// It ends too early, or its header is damaged.
    #[error("the weights file is damaged or cut off ({0})")]
    Damaged(String),
    /// It was made by another version.
    #[error("the weights file has format {0}; this version of onrecord reads format {FORMAT}")]
    Format(u32),
    /// A tensor is missing or of another size.
    #[error("the weights file does not fit this version of onrecord: tensor {0}")]
    Tensor(String),
    /// A label is not one of the model's.
    #[error("the weights file knows a label that onrecord does not: {0}")]
    Label(String),
}

/// The label sets of the heads, in the order of their outputs.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Labels {
    /// Universal parts of speech.
    pub upos: Vec<String>,
    /// Penn Treebank parts of speech.
    pub xpos: Vec<String>,
    /// Dependency relations.
    pub deprel: Vec<String>,
    /// `O`, `B-PER`, `I-PER`, ...
    pub bio: Vec<String>,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

#[derive(Deserialize)]
struct Header {
    net: Shape,
    labels: Labels,
    tensors: Vec<(String, String, Vec<usize>, usize)>,
}

/// A weights file, read and checked but not yet packed.
pub struct Weights<'a> {
    /// The sizes of the network.
    pub shape: Shape,
    /// The label sets.
    pub labels: Labels,
    /// Name to kind, shape and bytes.
    tensors: BTreeMap<String, (String, Vec<usize>, &'a [u8])>,
}

impl<'a> Weights<'a> {
    /// Reads the header and checks that every tensor is there in full.
    ///
    /// # Errors
    /// The bytes are no weights file, are cut off, or are of another format.
    pub fn read(bytes: &'a [u8]) -> Result<Self, WeightsError> {
        let damaged = |what: &str| WeightsError::Damaged(what.to_owned());
        let rest = bytes.strip_prefix(MAGIC).ok_or(WeightsError::Magic)?;
        let (length, rest) = rest
            .split_first_chunk::<4>()
            .ok_or_else(|| damaged("no header"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let header = rest.get(..length).ok_or_else(|| damaged("no header"))?;
        let odd = |e: serde_json::Error| damaged(&format!("header: {e}"));
        let Format { format } = serde_json::from_slice(header).map_err(odd)?;
        if format != FORMAT {
            return Err(WeightsError::Format(format));
        }
        let header: Header = serde_json::from_slice(header).map_err(odd)?;
        if !header.net.fits() {
            return Err(WeightsError::Tensor("sizes of the network".into()));
        }
        let base = (MAGIC.len() + 4 + length).next_multiple_of(64);
        let mut tensors = BTreeMap::new();
        for (name, kind, shape, at) in header.tensors {
            let width = if kind == "float32" { 4 } else { 1 };
            let size = shape
                .iter()
                .try_fold(width, |size: usize, n| size.checked_mul(*n))
                .ok_or_else(|| damaged(&name))?;
            let data = base
                .checked_add(at)
                .and_then(|from| bytes.get(from..from.checked_add(size)?))
                .ok_or_else(|| damaged(&name))?;
            tensors.insert(name, (kind, shape, data));
        }
        Ok(Self {
            shape: header.net,
            labels: header.labels,
            tensors,
        })
    }

    fn tensor(&self, name: &str, kind: &str) -> Result<(&[usize], &'a [u8]), WeightsError> {
        match self.tensors.get(name) {
            Some((found, shape, data)) if found == kind => Ok((shape, data)),
            Some(_) => Err(WeightsError::Tensor(format!("{name} is not {kind}"))),
            None => Err(WeightsError::Tensor(format!("{name} is missing"))),
        }
    }

    /// A text tensor's lines.
    ///
    /// # Errors
    /// It is missing or no UTF-8.
    pub fn lines(&self, name: &str) -> Result<impl Iterator<Item = &'a str>, WeightsError> {
        let (_, data) = self.tensor(name, "uint8")?;
        let text = std::str::from_utf8(data)
            .map_err(|_| WeightsError::Tensor(format!("{name} is no UTF-8")))?;
        Ok(text.split('\n'))
    }

    /// A tensor of floats.
    ///
    /// # Errors
    /// It is missing or holds something else.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, WeightsError> {
        let (_, data) = self.tensor(name, "float32")?;
        let (floats, _) = data.as_chunks::<4>();
        Ok(floats
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect())
    }

    /// A tensor of `n` floats.
    ///
    /// # Errors
    /// It is missing or of another size.
    pub fn floats_of(&self, name: &str, n: usize) -> Result<Vec<f32>, WeightsError> {
        let floats = self.floats(name)?;
        if floats.len() == n {
            Ok(floats)
        } else {
            let found = floats.len();
            Err(WeightsError::Tensor(format!(
                "{name} has {found} numbers, {n} are needed"
            )))
        }
    }

    /// A tensor of int8 rows with the scale of each.
    ///
    /// # Errors
    /// It is missing or of another size.
    pub fn bytes(&self, name: &str) -> Result<(Vec<i8>, Vec<f32>), WeightsError> {
        let (shape, data) = self.tensor(&format!("{name}.weight"), "int8")?;
        let scale = self.floats_of(
            &format!("{name}.scale"),
            shape.first().copied().unwrap_or(0),
        )?;
        Ok((
            data.iter().map(|b| i8::from_le_bytes([*b])).collect(),
            scale,
        ))
    }

    /// A linear layer.
    ///
    /// # Errors
    /// It is missing or of another size.
    pub fn matrix(&self, name: &str) -> Result<Matrix, WeightsError> {
        let (weights, scale) = self.bytes(name)?;
        let bias = self.floats_of(&format!("{name}.bias"), scale.len())?;
        if scale.is_empty() || !(weights.len() / scale.len()).is_multiple_of(4) {
            return Err(WeightsError::Tensor(format!("{name} has an odd shape")));
        }
        Ok(Matrix::pack(&weights, &scale, &bias))
    }

    /// A linear layer of these sizes.
    ///
    /// # Errors
    /// It is missing or of another size.
    pub fn matrix_of(
        &self,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Matrix, WeightsError> {
        let matrix = self.matrix(name)?;
        if matrix.inputs == inputs && matrix.outputs == outputs {
            Ok(matrix)
        } else {
            Err(WeightsError::Tensor(name.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_weights_file_is_refused() {
        for (bytes, says) in [
            (&b""[..], "no weights file"),
            (b"PK\x03\x04", "no weights file"),
            (b"onrecord weights\n\x01", "damaged"),
            (b"onrecord weights\n\xff\xff\xff\xff{}", "damaged"),
            (b"onrecord weights\n\x02\0\0\0{}", "damaged"),
            (b"onrecord weights\n\x0c\0\0\0{\"format\":9}", "format 9"),
        ] {
            let error = Weights::read(bytes).err().map(|e| e.to_string());
            assert!(
                error.as_deref().is_some_and(|e| e.contains(says)),
                "{error:?} does not say {says}"
            );
        }
    }
}
