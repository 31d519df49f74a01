//! Benchmarks only: `cargo bench -p onrecord-bench`. What several of them share.

/// Pieces of invented names.
pub const SYLLABLES: [&str; 20] = [
    "ka", "ri", "mo", "sha", "len", "dor", "vi", "zu", "bar", "nat", "hel", "gho", "tan", "si",
    "mur", "pol", "ye", "chi", "ros", "wal",
];

/// The given names of the lexicon.
pub fn given_names() -> Vec<&'static str> {
    include_str!("../lexicon/words/given-names.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .collect()
}

/// Numbers below a bound, the same on every run.
pub fn draw() -> impl FnMut(usize) -> usize {
    let mut state = 1_u64;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % below
    }
}
