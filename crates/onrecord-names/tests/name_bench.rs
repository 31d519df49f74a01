//! Measures the comparison on the development half of OpenSanctions' name_bench, where it is
//! at hand.

#![allow(clippy::disallowed_methods)] // a measure reads its pairs from disk

use std::path::Path;

use onrecord_names::bench::{self, Counts};
use onrecord_names::{Prepared, compare, keys};

/// Least F1 and precision.
const FLOORS: [f64; 2] = [0.86, 0.95];
/// Least share of the pairs found the same that share a key.
const KEYS: f64 = 0.98;

#[allow(clippy::print_stdout)]
fn line(name: &str, counts: Counts) {
    println!(
        "{name:16} P {:.3} R {:.3} F1 {:.3}  {counts:?}",
        counts.precision(),
        counts.recall(),
        counts.f1(),
    );
}

#[test]
fn the_development_pairs_reach_their_floors() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/names/name_bench_dev.csv");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: name_bench is not beside the repository");
        return;
    };
    let pairs = bench::read_csv(&text).expect("rows");
    let score = bench::score(&pairs);
    for (group, counts) in &score.by_group {
        line(group, *counts);
    }
    for (kind, counts) in &score.by_kind {
        line(&format!("{kind:?}"), *counts);
    }
    line("all", score.all);
    // `MISSES=1` prints what is judged otherwise
    if std::env::var("MISSES").is_ok() {
        for pair in &pairs {
            let found = compare(&pair.a, &pair.b, pair.kind);
            if found.same != pair.same {
                println!(
                    "{} {} | {} | {:.3} {}",
                    if pair.same { "missed" } else { "wrong " },
                    pair.a,
                    pair.b,
                    found.score,
                    found.reason
                );
            }
        }
    }
    assert!(score.all.f1() >= FLOORS[0], "F1 {:.3}", score.all.f1());
    assert!(score.all.precision() >= FLOORS[1]);

    let (mut shared, mut all) = (0, 0);
    for pair in &pairs {
        let (a, b) = (
            Prepared::new(&pair.a, pair.kind),
            Prepared::new(&pair.b, pair.kind),
        );
        if a.compare(&b).same {
            let (one, two) = (keys(&a), keys(&b));
            all += 1;
            if one.iter().any(|key| two.contains(key)) {
                shared += 1;
            } else {
                println!("no key: {} | {}", pair.a, pair.b);
            }
        }
    }
    println!("pairs found the same that share a key: {shared} of {all}");
    assert!(f64::from(shared) >= KEYS * f64::from(all));
}
