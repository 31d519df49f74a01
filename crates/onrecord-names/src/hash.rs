//! A map for the lists: looked up in for every word of every name.

use std::collections::HashMap as StdMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A quick hash for short words; nobody chooses the words of the lists to collide.
#[derive(Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            let mixed = self.0.rotate_left(5) ^ u64::from_le_bytes(word);
            self.0 = mixed.wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
}

/// A map by words.
pub type HashMap<K, V> = StdMap<K, V, BuildHasherDefault<Quick>>;
