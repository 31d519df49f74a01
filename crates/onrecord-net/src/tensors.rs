//! The floats of a file in safetensors' format.

use safetensors::SafeTensors;

/// A file of tensors.
#[derive(Debug)]
pub struct Tensors<'b>(SafeTensors<'b>);

impl<'b> Tensors<'b> {
    /// Reads a file.
    ///
    /// # Errors
    /// The bytes are no such file; what is wrong, in words.
    pub fn read(bytes: &'b [u8]) -> Result<Self, String> {
        let file = SafeTensors::deserialize(bytes).map_err(|e| e.to_string())?;
        Ok(Self(file))
    }

    /// The floats of a tensor; `None` if there is none of this name, or not of this size.
    pub fn floats(&self, name: &str, size: Option<usize>) -> Option<Vec<f32>> {
        let view = self.0.tensor(name).ok()?;
        let (floats, _) = view.data().as_chunks::<4>();
        let floats: Vec<f32> = floats.iter().map(|b| f32::from_le_bytes(*b)).collect();
        size.is_none_or(|size| size == floats.len())
            .then_some(floats)
    }

    /// The bytes of a tensor; `None` if there is none of this name.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        Some(self.0.tensor(name).ok()?.data().to_vec())
    }
}
