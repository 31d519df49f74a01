//! Tables of numbers as files for training: little-endian, one file each.

use std::path::Path;

use anyhow::{Context, Result};

/// Writes files into a folder, which is made.
///
/// # Errors
/// The folder or a file cannot be written, naming it.
pub fn write(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The bytes of floats.
pub fn floats(all: &[f32]) -> Vec<u8> {
    all.iter().flat_map(|x| x.to_le_bytes()).collect()
}

/// The bytes of numbers of 32 bits.
pub fn numbers(all: &[i32]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// The bytes of numbers of 16 bits.
pub fn small(all: &[u16]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_le_bytes()).collect()
}
