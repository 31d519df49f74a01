//! What people have said of rows, from the table `corrections`.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Filter, Map, Record, RecordError};
use serde_json::Value;

use crate::names::text;

/// What people have looked at.
#[derive(Debug, Default)]
pub(crate) struct Reviews {
    /// The rows of which a correction holds, and what it says last.
    rows: BTreeMap<String, Verdict>,
    /// All corrections, in the order of their ids.
    pub corrections: Vec<Map>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Accepted,
    Changed,
    Rejected,
    /// Taken out without being called wrong.
    Suppressed,
}

/// Of the rows of one table that people looked at, how many were right as they were read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    pub accepted: usize,
    pub changed: usize,
    pub rejected: usize,
}

/// Tables whose rows people judge, by the beginning of their ids.
pub(crate) const TABLES: [(&str, &str); 7] = [
    ("me-", "mentions"),
    ("re-", "relations"),
    ("st-", "statements"),
    ("ev-", "events"),
    ("po-", "positions"),
    ("ou-", "outlooks"),
    ("fr-", "framings"),
];

impl Reviews {
    pub(crate) fn of(record: &Record) -> Result<Reviews, RecordError> {
        let mut corrections = record.table("corrections", &Filter::default(), None)?.rows;
        let when = |row: &Map| {
            [
                text(row, "at").to_owned(),
                text(row, "correction_id").to_owned(),
            ]
        };
        corrections.sort_by_cached_key(when);
        let mut rows = BTreeMap::new();
        for correction in &corrections {
            let key = text(correction, "row_key");
            let of_row = TABLES.iter().any(|(begin, _)| key.starts_with(begin));
            if of_row && is_applied(correction) {
                let verdict = match text(correction, "field") {
                    "accepted" => Verdict::Accepted,
                    "rejected" => Verdict::Rejected,
                    "suppressed" => Verdict::Suppressed,
                    _ => Verdict::Changed,
                };
                rows.insert(key.to_owned(), verdict);
            }
        }
        Ok(Reviews { rows, corrections })
    }

    /// Whether a person has accepted or changed the row.
    pub(crate) fn seen(&self, id: &str) -> bool {
        self.rows.contains_key(id)
    }

    /// What is said of the row's review.
    pub(crate) fn told(&self, id: &str) -> String {
        match self.rows.get(id) {
            Some(Verdict::Accepted) => "accepted by a person",
            Some(Verdict::Changed) => "corrected by a person",
            Some(_) => "looked at by a person",
            None => "unreviewed",
        }
        .to_owned()
    }

    /// By table, how many were right.
    pub(crate) fn judged(&self) -> BTreeMap<&'static str, Judged> {
        let mut all: BTreeMap<&'static str, Judged> = BTreeMap::new();
        for (id, verdict) in &self.rows {
            let table = TABLES.iter().find(|(begin, _)| id.starts_with(begin));
            let Some((_, table)) = table else { continue };
            let of = all.entry(table).or_default();
            match verdict {
                Verdict::Accepted => of.accepted += 1,
                Verdict::Changed => of.changed += 1,
                Verdict::Rejected => of.rejected += 1,
                Verdict::Suppressed => {}
            }
        }
        all.retain(|_, of| of.all() > 0);
        all
    }

    /// The people who made corrections.
    pub(crate) fn people(&self) -> BTreeSet<&str> {
        let all = self.corrections.iter().map(|row| text(row, "by"));
        all.filter(|by| !by.is_empty()).collect()
    }
}

/// Whether a correction holds.
pub(crate) fn is_applied(correction: &Map) -> bool {
    correction.get("applied").and_then(Value::as_bool) == Some(true)
}

impl Judged {
    /// How many were looked at.
    pub(crate) fn all(&self) -> usize {
        self.accepted + self.changed + self.rejected
    }

    /// The share that was right as it was read, and between which shares the truth lies with a
    /// confidence of 95 % if the others are like these (Wilson's score interval), in percent.
    pub(crate) fn share(&self) -> Option<[f64; 3]> {
        const Z: f64 = 1.959_963_984_540_054;
        let n = self.all() as f64;
        if n == 0.0 {
            return None;
        }
        let share = self.accepted as f64 / n;
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        let bounds = [(middle - half) / whole, (middle + half) / whole];
        let shares = [share, bounds[0].max(0.0), bounds[1].min(1.0)];
        Some(shares.map(|share| share * 100.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_the_share() {
        let judged = Judged {
            accepted: 45,
            changed: 3,
            rejected: 2,
        };
        let [share, low, high] = judged.share().expect("rows");
        assert!((share - 90.0).abs() < 1e-9);
        assert!(
            (low - 78.6).abs() < 0.1 && (high - 95.7).abs() < 0.1,
            "{low} {high}"
        );
        assert!(Judged::default().share().is_none());
    }
}
