//! How far two texts agree: the metric of the article-extraction-benchmark.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

/// Words of a shingle.
const SHINGLE: usize = 4;

/// How far a text agrees with the true one, in shingles of four words.
///
/// The three shares add up to 1 unless both texts are empty, so that long texts weigh no
/// more than short ones.
///
/// ```
/// use onrecord_score::Overlap;
/// let overlap = Overlap::of("one two three four five", "one two three four");
/// assert_eq!((overlap.precision(), overlap.recall()), (Some(1.0), Some(0.5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// Share of shingles in both texts.
    pub both: f64,
    /// Share of shingles in the tried text only.
    pub tried_only: f64,
    /// Share of shingles in the true text only.
    pub true_only: f64,
    /// Whether the two have the same words in the same order.
    pub identical: bool,
}

impl Overlap {
    /// Compares the text `tried` with the text that is `right`.
    pub fn of(right: &str, tried: &str) -> Overlap {
        let (right, tried) = (words(right), words(tried));
        let mut counts: BTreeMap<&[&str], (u32, u32)> = BTreeMap::new();
        for shingle in shingles(&right) {
            counts.entry(shingle).or_default().0 += 1;
        }
        for shingle in shingles(&tried) {
            counts.entry(shingle).or_default().1 += 1;
        }
        let (mut both, mut tried_only, mut true_only) = (0.0, 0.0, 0.0);
        for (of_right, of_tried) in counts.into_values() {
            both += f64::from(of_right.min(of_tried));
            tried_only += f64::from(of_tried.saturating_sub(of_right));
            true_only += f64::from(of_right.saturating_sub(of_tried));
        }
        let sum: f64 = both + tried_only + true_only;
        let unit = if sum > 0.0 { sum } else { 1.0 };
        Overlap {
            both: both / unit,
            tried_only: tried_only / unit,
            true_only: true_only / unit,
            identical: right == tried,
        }
    }

    /// Share of the tried text that is right; `None` where it is empty.
    pub fn precision(self) -> Option<f64> {
        let tried = self.both + self.tried_only;
        (tried > 0.0).then(|| self.both / tried)
    }

    /// Share of the true text that was found; `None` where it is empty.
    pub fn recall(self) -> Option<f64> {
        let right = self.both + self.true_only;
        (right > 0.0).then(|| self.both / right)
    }

    /// The harmonic mean of the two, 0 where one is missing.
    pub fn f1(self) -> f64 {
        match (self.precision(), self.recall()) {
            (Some(precision), Some(recall)) => f1(precision, recall),
            _ => 0.0,
        }
    }
}

/// Figures over many pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// Mean over the pages whose text is not empty.
    pub precision: f64,
    /// Mean over the pages whose true text is not empty.
    pub recall: f64,
    /// Harmonic mean of the two means.
    pub f1: f64,
    /// Share of pages with the same words in the same order.
    pub identical: f64,
}

/// Averages over pages; all figures are 0 where there are none.
pub fn average(overlaps: &[Overlap]) -> Average {
    let precision = mean(overlaps.iter().filter_map(|o| o.precision()));
    let recall = mean(overlaps.iter().filter_map(|o| o.recall()));
    let identical = mean(overlaps.iter().map(|o| if o.identical { 1.0 } else { 0.0 }));
    Average {
        precision,
        recall,
        f1: f1(precision, recall),
        identical,
    }
}

fn f1(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum > 0.0 {
        2.0 * precision * recall / sum
    } else {
        0.0
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Runs of letters, digits and underscores of any script, case kept: what `\w+` finds in
/// Python.
fn words(text: &str) -> Vec<&str> {
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").ok());
    WORD.as_ref()
        .map(|word| word.find_iter(text).map(|m| m.as_str()).collect())
        .unwrap_or_default()
}

/// All runs of four words; a shorter text is one shingle, an empty one none.
fn shingles<'a, 'b>(words: &'b [&'a str]) -> impl Iterator<Item = &'b [&'a str]> {
    words.windows(SHINGLE.min(words.len()).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_count_with_multiplicity() {
        let o = Overlap::of("a b c d a b c d", "a b c d");
        assert_eq!(o.precision(), Some(1.0));
        assert_eq!(o.recall(), Some(1.0 / 5.0));
        let twice = Overlap::of("a b c d", "a b c d a b c d");
        assert_eq!(twice.precision(), Some(1.0 / 5.0));
    }

    #[test]
    fn short_and_empty_texts() {
        assert!(Overlap::of("one two", "one, two!").identical);
        assert_eq!(Overlap::of("one two", "one").f1(), 0.0);
        let nothing = Overlap::of("one two three four five", "");
        assert_eq!((nothing.precision(), nothing.recall()), (None, Some(0.0)));
        let both_empty = Overlap::of("", " ");
        assert!(both_empty.identical);
        assert_eq!((both_empty.precision(), both_empty.recall()), (None, None));
    }

    #[test]
    fn words_are_those_of_python() {
        assert_eq!(
            words("don’t e-mail x_1 ½ ٣ naïve"),
            ["don", "t", "e", "mail", "x_1", "½", "٣", "naïve"]
        );
        // A combining mark ends a word, as it does in Python.
        assert_eq!(words("cafe\u{301}s"), ["cafe", "s"]);
    }

    #[test]
    fn averages_leave_empty_texts_out_of_precision() {
        let all = [
            Overlap::of("a b c d", "a b c d"),
            Overlap::of("a b c d", ""),
        ];
        let a = average(&all);
        assert_eq!((a.precision, a.recall, a.identical), (1.0, 0.5, 0.5));
        assert!((a.f1 - 2.0 / 3.0).abs() < 1e-12);
    }
}
