//! Hashes written out, with fixed seeds: the same on every machine and in every version.

const SEED: u64 = 0x6f6e_7265_636f_7264; // "onrecord"
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Stirs all bits of a number into all others (the finaliser of splitmix64).
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The hash of a word's bytes, eight at a time.
pub fn word(bytes: &[u8]) -> u64 {
    let mut hash = SEED ^ (bytes.len() as u64).wrapping_mul(ODD);
    for chunk in bytes.chunks(8) {
        // little-endian, the last ones filled up with noughts
        let eight = chunk
            .iter()
            .rev()
            .fold(0, |all, byte| all << 8 | u64::from(*byte));
        hash = (hash ^ eight).wrapping_mul(ODD);
        hash ^= hash >> 29;
    }
    mix(hash)
}

/// The hash of a run of words, from the words' hashes.
pub fn run(words: &[u64]) -> u64 {
    let mut hash = SEED;
    for word in words {
        hash = (hash ^ word).wrapping_mul(ODD).rotate_left(23);
    }
    mix(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stored signatures stand on these values: a change makes them worthless.
    #[test]
    fn values_that_never_change() {
        assert_eq!(mix(1), 0x5692_161d_100b_05e5);
        assert_eq!(word(b"council"), WORD);
        assert_eq!(run(&[word(b"the"), word(b"council")]), RUN);
        assert_ne!(word(b""), word(b"\0"));
        assert_ne!(run(&[1, 2]), run(&[2, 1]));
    }

    const WORD: u64 = 0xafb1_2bf3_f8db_32f7;
    const RUN: u64 = 0x1518_4a39_01cc_8678;
}
