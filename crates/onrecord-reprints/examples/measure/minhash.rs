//! For comparison: the common way, one MinHash of the whole text with banding.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Id, Pile};

/// Pairs that share a band: `bands` bands of `rows` lowest hashes of five-word runs.
pub fn candidates(pile: &Pile, bands: usize, rows: usize) -> BTreeSet<(Id, Id)> {
    let mut buckets: BTreeMap<(usize, Vec<u64>), Vec<&Id>> = BTreeMap::new();
    for article in &pile.articles {
        let text: Vec<&str> = article.sentences.iter().map(|s| s.text.as_str()).collect();
        let text = onrecord_lexicon::fold(&text.join(" ")).to_lowercase();
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        let runs: BTreeSet<u64> = words.windows(5).map(hash).collect();
        for band in 0..bands {
            let lowest = (0..rows).map(|row| {
                let seed = stir((band * rows + row) as u64 + 1);
                runs.iter().map(|r| stir(r ^ seed)).min().unwrap_or(0)
            });
            buckets
                .entry((band, lowest.collect()))
                .or_default()
                .push(&article.id);
        }
    }
    let mut pairs = BTreeSet::new();
    for ids in buckets.values() {
        for (n, a) in ids.iter().enumerate() {
            for b in &ids[n + 1..] {
                pairs.insert(((*a).min(b).clone(), (*a).max(b).clone()));
            }
        }
    }
    pairs
}

fn hash(words: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in words.join(" ").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    stir(hash)
}

fn stir(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
