//! The words of the generated record, and numbers that come out the same on every machine.

use std::collections::BTreeMap;

/// Lists of words by name.
pub struct Words {
    lists: BTreeMap<&'static str, Vec<&'static str>>,
    /// Whether one hostile actor has a part in every row.
    pub hostile: bool,
}

impl Words {
    /// Reads `words.txt`.
    pub fn new(hostile: bool) -> Words {
        let lines = include_str!("words.txt").lines();
        let lists = lines
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(": "))
            .map(|(name, list)| {
                let cut = if list.contains('|') { '|' } else { ' ' };
                (name, list.split(cut).collect())
            })
            .collect();
        Words { lists, hostile }
    }

    /// One of a list, all alike.
    pub fn any(&self, list: &str, random: &mut Random) -> &'static str {
        let list = &self.lists[list];
        list[random.below(list.len() as u64) as usize]
    }

    /// One of a list, the first ones much more often.
    pub fn common(&self, list: &str, random: &mut Random) -> &'static str {
        let list = &self.lists[list];
        list[random.rank(list.len() as u64) as usize]
    }

    /// A word made of syllables, with a capital: the same for the same number.
    pub fn made(&self, number: u64) -> String {
        let mut random = Random::new(number ^ 0x5eed);
        let mut word = String::new();
        for _ in 0..1 + random.below(2) {
            word.push_str(self.any("syllables", &mut random));
        }
        word.push_str(self.any("syllables", &mut random));
        word.push_str(self.any("endings", &mut random));
        capital(&word)
    }
}

/// A word with a capital first.
pub fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// Numbers by splitmix64: whole numbers only, so that no machine rounds them otherwise.
pub struct Random(u64);

impl Random {
    /// The numbers that begin with this one.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to one less than `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// True `percent` times of a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// From 0 to one less than `n`, each power of two of ranks as often as the next: near
    /// to how often words and names stand in news (Zipf).
    pub fn rank(&mut self, n: u64) -> u64 {
        let powers = u64::from(n.max(1).ilog2()) + 1;
        let least = 1u64 << self.below(powers);
        (least - 1 + self.below(least)) % n.max(1)
    }
}
