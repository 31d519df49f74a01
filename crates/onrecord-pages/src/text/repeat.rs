//! Bodies that stand on a page more than once.

use std::collections::{BTreeSet, HashMap};

use onrecord_lexicon::fold;

use super::classify::Looks;
use super::lines::RawLine;

/// For each line, the earlier line it repeats as part of a repeated body; `None` for lines
/// that stand there for the first time.
///
/// A repeat is a run of at least three paragraphs, or of 300 characters, that says again in
/// the same order what stands above; lines between them that differ slightly (a corrected
/// misprint) belong to it if they share four fifths of their 8-word pieces or nine tenths
/// of their words.
pub fn find(lines: &[RawLine<'_>], looks: &[Looks<'_>]) -> Vec<Option<usize>> {
    let text: Vec<usize> = (0..lines.len()).filter(|i| looks[*i].is_text()).collect();
    let folded: Vec<String> = text
        .iter()
        .map(|i| fold(lines[*i].text).to_lowercase())
        .collect();
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut repeats = vec![None; lines.len()];
    let mut at = 0;
    while at < text.len() {
        match first.get(folded[at].as_str()) {
            Some(&original) => {
                let run = run_length(&folded, original, at);
                let chars: usize = folded[at..at + run].iter().map(|l| l.chars().count()).sum();
                if run >= 3 || chars >= 300 {
                    for k in 0..run {
                        repeats[text[at + k]] = Some(text[original + k]);
                    }
                    at += run;
                    continue;
                }
            }
            None => {
                first.insert(&folded[at], at);
            }
        }
        at += 1;
    }
    repeats
}

/// How many lines from `copy` on say what the lines from `original` on say.
fn run_length(folded: &[String], original: usize, copy: usize) -> usize {
    let mut run = 0;
    while original + run < copy && copy + run < folded.len() {
        let (a, b) = (&folded[original + run], &folded[copy + run]);
        let next_equal = || {
            folded.get(copy + run + 1).is_some_and(|next| {
                original + run + 1 < copy && *next == folded[original + run + 1]
            })
        };
        if a == b || (near(a, b) && next_equal()) {
            run += 1;
        } else {
            break;
        }
    }
    run
}

/// Whether two lines differ slightly only.
fn near(a: &str, b: &str) -> bool {
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    if short.len() < 8 {
        return false;
    }
    let pieces = |words: &[&str], n: usize| -> BTreeSet<String> {
        words.windows(n).map(|w| w.join(" ")).collect()
    };
    let share = |n: usize| {
        let (small, large) = (pieces(&short, n), pieces(&long, n));
        let shared = small.intersection(&large).count();
        (shared, small.len())
    };
    let (eights, all_eights) = share(8);
    let (ones, all_ones) = share(1);
    eights * 5 >= all_eights * 4 || ones * 10 >= all_ones * 9
}
