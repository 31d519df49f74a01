//! Runs of words, hashed.

use onrecord_lexicon::fold;

/// Words of a text as quotations are compared: folded, lower case, marks dropped.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    fold(text)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A hash of each run of `size` words, in order.
pub(super) fn shingles(words: &[String], size: usize) -> Vec<u64> {
    words.windows(size).map(hash).collect()
}

/// FNV-1a: the same on every machine, and no more is asked of it. Equal hashes are looked
/// at again word by word.
pub(super) fn hash<S: AsRef<str>>(words: &[S]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    };
    for word in words {
        word.as_ref().bytes().for_each(&mut take);
        take(0xff);
    }
    hash
}

/// The length of the longest run of words that both have.
pub(super) fn longest_run(a: &[String], b: &[String]) -> usize {
    let mut longest = 0;
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { 0 };
            longest = longest.max(row[j + 1]);
            diagonal = above;
        }
    }
    longest
}

/// Disjoint sets of row numbers.
pub(super) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    pub fn new(count: usize) -> Groups {
        Groups {
            parent: (0..count).collect(),
        }
    }

    pub fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins two sets; the lower root stays.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
    }

    /// The sets of more than one row, in order of their lowest row.
    pub fn several(&mut self) -> Vec<Vec<usize>> {
        let mut sets: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
        for at in 0..self.parent.len() {
            let root = self.root(at);
            sets.entry(root).or_default().push(at);
        }
        sets.into_values().filter(|s| s.len() > 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs() {
        let a = plain_words("We won’t go, he said; we WON'T be moved");
        assert_eq!(a[..3], ["we", "wont", "go"]);
        let b = plain_words("He says: we won't be moved at all");
        assert_eq!(longest_run(&a, &b), 4);
        assert_eq!(shingles(&a, 4).len(), a.len() - 3);
    }

    #[test]
    fn sets() {
        let mut groups = Groups::new(5);
        groups.join(3, 1);
        groups.join(4, 3);
        assert_eq!(groups.several(), [vec![1, 3, 4]]);
    }
}
