//! Pairs of names with a judgement, in the form of OpenSanctions' name_bench.

use std::fmt;
use std::time::Duration;

use cpu_time::ProcessTime;
use onrecord_names::bench::{BenchError, Counts, Score, read_csv, score};

/// How pairs of names were judged.
#[derive(Clone, Debug)]
pub struct NamePairsScore {
    /// How many there were.
    pub pairs: usize,
    /// The counts over all, by set and by kind.
    pub score: Score,
    /// CPU time of all comparisons, the lists already read, the mean of several passes.
    pub cpu: Duration,
}

/// Compares the pairs of a CSV file.
///
/// ```
/// let text = "name1,name2,is_match\nKarin Lund,\"Lund, Karin\",true\n";
/// let score = onrecord_score::name_pairs(text)?;
/// assert_eq!(score.score.all.found, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If a column is missing or a row cannot be read, naming the line.
pub fn name_pairs(text: &str) -> Result<NamePairsScore, BenchError> {
    let pairs = read_csv(text)?;
    // the word lists are read at the first comparison, which does not count
    let found = score(&pairs);
    let passes = (50_000 / pairs.len().max(1)).clamp(1, 100);
    let began = ProcessTime::now();
    for _ in 0..passes {
        std::hint::black_box(score(&pairs));
    }
    Ok(NamePairsScore {
        pairs: pairs.len(),
        score: found,
        cpu: began.elapsed() / u32::try_from(passes).unwrap_or(1),
    })
}

/// nomenklatura 4.17.4's `logic_v2` at its threshold of 0.70, on all 826 pairs of name_bench.
const PUBLISHED: [(&str, f64, f64, f64); 2] = [
    (
        "nomenklatura logic_v2, all of name_bench",
        0.796,
        0.760,
        0.835,
    ),
    (
        "plain edit distance, all of name_bench",
        0.687,
        0.735,
        0.645,
    ),
];

impl fmt::Display for NamePairsScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Pairs of names, {} pairs\n", self.pairs)?;
        writeln!(
            f,
            "{:<42} {:>6} {:>9} {:>7} {:>6} {:>7}",
            "", "F1", "precision", "recall", "same", "others"
        )?;
        row(
            f,
            concat!("onrecord ", env!("CARGO_PKG_VERSION")),
            &self.score.all,
        )?;
        for (group, counts) in &self.score.by_group {
            if !group.is_empty() {
                row(f, &format!("  {group}"), counts)?;
            }
        }
        for (kind, counts) in &self.score.by_kind {
            row(
                f,
                &format!("  {}", format!("{kind:?}").to_lowercase()),
                counts,
            )?;
        }
        for (name, f1, precision, recall) in PUBLISHED {
            writeln!(f, "{name:<42} {f1:>6.3} {precision:>9.3} {recall:>7.3}")?;
        }
        let each = self.cpu.as_secs_f64() * 1e6 / self.pairs.max(1) as f64;
        writeln!(f, "\n{each:.1} microseconds of CPU time a pair")
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, counts: &Counts) -> fmt::Result {
    writeln!(
        f,
        "{name:<42} {:>6.3} {:>9.3} {:>7.3} {:>6} {:>7}",
        counts.f1(),
        counts.precision(),
        counts.recall(),
        counts.found + counts.missed,
        counts.wrong + counts.refused
    )
}
