//! Measures the comparison on groups of spellings from a note beside the repository, where it
//! is at hand: names of a group are the same, names of two groups of a kind are not.

#![allow(clippy::disallowed_methods)] // a measure reads its names from disk

use std::path::Path;

use onrecord_names::{Kind, Prepared, keys};

/// Least recall of persons, organisations and places.
const RECALL: [f64; 3] = [0.97, 0.66, 0.92];
/// Greatest share of pairs across groups that are found the same.
const FALSE: f64 = 0.001;

#[test]
fn spellings_of_a_group_are_the_same() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/notes/statements.md");
    let groups: Vec<(String, Vec<String>)> = std::fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(kind, _)| ["P", "O", "L"].contains(kind))
        .map(|(kind, names)| {
            let names = names.split('|').map(str::to_owned);
            (kind.to_owned(), names.collect())
        })
        .collect();
    if groups.is_empty() {
        println!("skipped: the note is not beside the repository");
        return;
    }
    let tell = std::env::var("MISSES").is_ok();
    let (mut wrong, mut across, mut sharing, mut same) = (0, 0, 0, 0);
    let kinds = [
        ("P", Kind::Person),
        ("O", Kind::Organization),
        ("L", Kind::Place),
    ];
    for ((letter, kind), floor) in kinds.into_iter().zip(RECALL) {
        let mut names: Vec<(usize, &str, Prepared)> = Vec::new();
        for (at, (_, spellings)) in groups.iter().enumerate().filter(|(_, g)| g.0 == letter) {
            for name in spellings {
                names.push((at, name, Prepared::new(name, kind)));
            }
        }
        let (mut found, mut all) = (0, 0);
        for (at, (group, name, one)) in names.iter().enumerate() {
            for (other_group, other, two) in &names[at + 1..] {
                let judged = one.compare(two);
                if group == other_group {
                    all += 1;
                    found += usize::from(judged.same);
                    let share = keys(one).iter().any(|key| keys(two).contains(key));
                    same += usize::from(judged.same);
                    sharing += usize::from(judged.same && share);
                    if judged.same && !share && tell {
                        println!("no key {name} | {other}");
                    }
                } else {
                    across += 1;
                    wrong += usize::from(judged.same);
                }
                if tell && judged.same != (group == other_group) {
                    println!(
                        "{letter} {name} | {other} | {:.3} {}",
                        judged.score, judged.reason
                    );
                }
            }
        }
        let recall = found as f64 / all as f64;
        println!("{letter}: recall {recall:.3} ({found} of {all})");
        assert!(recall >= floor, "{letter}: {recall:.3}");
    }
    println!("false: {wrong} of {across}; with a key: {sharing} of {same}");
    assert!(wrong as f64 <= FALSE * across as f64);
    assert!(sharing as f64 >= 0.98 * same as f64);
}
