//! What comparing names costs: `cargo bench -p onrecord-bench --bench names`.

use std::collections::BTreeMap;

use divan::counter::ItemsCount;
use onrecord_bench::{SYLLABLES, draw, given_names};
use onrecord_names::{Kind, Prepared, SAME, compare, keys};

fn main() {
    divan::main();
}

/// Invented names: a given name, sometimes a second, and a family name made of syllables.
fn names(n: usize) -> Vec<String> {
    let given = given_names();
    let mut next = draw();
    // a few names are much more common than others
    (0..n)
        .map(|_| {
            let bound = given.len() >> next(7);
            let mut name = given[next(bound.max(1))].to_owned();
            if next(4) == 0 {
                name.push(' ');
                name.push_str(given[next(given.len())]);
            }
            name.push_str(if next(4) == 0 { " al-" } else { " " });
            for _ in 0..2 + next(2) {
                name.push_str(SYLLABLES[next(SYLLABLES.len())]);
            }
            name
        })
        .collect()
}

#[divan::bench]
fn pairs_of_strings(bencher: divan::Bencher) {
    let names = names(2000);
    bencher.counter(ItemsCount::new(names.len() / 2)).bench(|| {
        let pairs = names.chunks_exact(2);
        pairs
            .filter(|two| compare(&two[0], &two[1], Kind::Person).same)
            .count()
    });
}

#[divan::bench]
fn pairs_of_prepared_names(bencher: divan::Bencher) {
    let names = names(2000);
    let prepared: Vec<_> = names
        .iter()
        .map(|n| Prepared::new(n, Kind::Person))
        .collect();
    bencher.counter(ItemsCount::new(names.len() / 2)).bench(|| {
        let pairs = prepared.chunks_exact(2);
        pairs.filter(|two| two[0].score(&two[1]) >= SAME).count()
    });
}

/// All names against all that share a key with them, each pair once.
#[divan::bench(args = [10_000, 100_000], sample_count = 1)]
fn names_resolved(bencher: divan::Bencher, n: usize) {
    let names = names(n);
    let first = |a: &[u64], b: &[u64]| a.iter().find(|key| b.binary_search(key).is_ok()).copied();
    bencher.counter(ItemsCount::new(n)).bench(|| {
        let prepared: Vec<_> = names
            .iter()
            .map(|n| Prepared::new(n, Kind::Person))
            .collect();
        let keys: Vec<Vec<u64>> = prepared.iter().map(keys).collect();
        let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (at, keys) in keys.iter().enumerate() {
            for key in keys {
                blocks.entry(*key).or_default().push(at);
            }
        }
        let mut same = 0;
        for (key, block) in &blocks {
            for (at, one) in block.iter().enumerate() {
                for two in &block[at + 1..] {
                    if first(&keys[*one], &keys[*two]) == Some(*key)
                        && prepared[*one].score(&prepared[*two]) >= SAME
                    {
                        same += 1;
                    }
                }
            }
        }
        same
    });
}
