//! Accuracy and macro-F1 of a classification.

use std::collections::BTreeMap;
use std::fmt;

/// Rows by right and found class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// For each class: right, found, gold.
    counts: BTreeMap<String, [usize; 3]>,
    rows: usize,
}

impl Classes {
    /// Counts a row; a row for which nothing was found is wrong.
    pub fn add(&mut self, gold: &str, found: Option<&str>) {
        self.rows += 1;
        let of = self.counts.entry(gold.to_owned()).or_default();
        of[2] += 1;
        of[0] += usize::from(found == Some(gold));
        if let Some(found) = found {
            self.counts.entry(found.to_owned()).or_default()[1] += 1;
        }
    }

    /// Share of the rows that are right, in per cent.
    pub fn accuracy(&self) -> f64 {
        let right: usize = self.counts.values().map(|c| c[0]).sum();
        100.0 * right as f64 / self.rows.max(1) as f64
    }

    /// Mean F1 of the classes that the gold has, in per cent.
    pub fn macro_f1(&self) -> f64 {
        let known = self.counts.values().filter(|c| c[2] > 0);
        let (sum, n) = known.fold((0.0, 0), |(sum, n), c| (sum + f1(c), n + 1));
        sum / f64::from(n.max(1))
    }
}

fn f1([right, found, gold]: &[usize; 3]) -> f64 {
    200.0 * *right as f64 / (found + gold).max(1) as f64
}

impl fmt::Display for Classes {
    /// A line a class.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (class, counts) in &self.counts {
            writeln!(f, "  {class:<12} {:>6.1}  of {}", f1(counts), counts[2])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_averaged() {
        let mut classes = Classes::default();
        for (gold, found) in [
            ("a", Some("a")),
            ("a", None),
            ("b", Some("a")),
            ("b", Some("b")),
        ] {
            classes.add(gold, found);
        }
        assert_eq!(classes.accuracy(), 50.0);
        // a: 2 / (2 + 2), b: 2 / (1 + 2)
        assert!((classes.macro_f1() - (50.0 + 200.0 / 3.0) / 2.0).abs() < 1e-9);
    }
}
