//! The figures the weights must keep, on the development files where they are at hand.
#![allow(clippy::disallowed_methods, clippy::print_stderr)] // a test reads files and says what it skips

use std::path::PathBuf;

use onrecord_language::Engine;

/// Every fifteenth sentence of a development file: words, heads, relations.
fn sample(file: &str) -> Option<Vec<Vec<[String; 3]>>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/ud")
        .join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    };
    let sentences = text.split("\n\n").step_by(15).map(|sentence| {
        let rows = sentence
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>());
        rows.filter(|row| row.len() == 10 && row[0].parse::<usize>().is_ok())
            .map(|row| [row[1], row[6], row[7]].map(str::to_owned))
            .collect()
    });
    Some(sentences.filter(|s: &Vec<_>| !s.is_empty()).collect())
}

fn las(engine: &Engine, file: &str) -> Option<f64> {
    let gold = sample(file)?;
    let words: Vec<Vec<&str>> = gold
        .iter()
        .map(|s| s.iter().map(|row| row[0].as_str()).collect())
        .collect();
    let (mut right, mut all) = (0, 0);
    for (gold, found) in gold.iter().zip(engine.parse(&words)) {
        for (gold, word) in gold.iter().zip(&found.words) {
            let head = word.head.map_or(0, |head| head + 1).to_string();
            let base = gold[2].split(':').next().unwrap_or_default();
            right += usize::from(gold[1] == head && base == word.dep.base());
            all += 1;
        }
    }
    Some(100.0 * f64::from(u32::try_from(right).unwrap()) / f64::from(all))
}

#[test]
fn trees_are_as_good_as_the_card_says() {
    for file in ["en_ewt-dev.conllu", "en_gum-dev.conllu"] {
        if let Some(las) = las(Engine::built_in(), file) {
            assert!(las >= 88.5, "{file}: LAS {las:.1} on the sample");
        }
        if let Some(las) = las(Engine::fast(), file) {
            assert!(
                las >= 85.5,
                "{file}: LAS {las:.1} of the fast profile on the sample"
            );
        }
    }
}
