//! What people have said of rows.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Correction, Precision, Record, RecordError, State, Verdict};

/// What people have looked at.
#[derive(Debug)]
pub(crate) struct Reviews {
    /// The rows of which people said something, and what they said last.
    rows: BTreeMap<String, Verdict>,
    /// All corrections in the order in which they were made, and what became of each.
    pub corrections: Vec<(Correction, State)>,
    /// Of the rows that people looked at, how many were right, by table.
    pub precision: Vec<Precision>,
}

impl Reviews {
    pub(crate) fn of(record: &Record) -> Result<Reviews, RecordError> {
        let rows = record.all_judged()?;
        let mut precision = record.precision()?;
        precision.retain(|of| of.actor_kind.is_none());
        Ok(Reviews {
            rows: rows
                .into_iter()
                .map(|row| (row.row_id, row.verdict))
                .collect(),
            corrections: record.corrections()?,
            precision,
        })
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

    /// The corrections that hold.
    pub(crate) fn applied(&self) -> Vec<&Correction> {
        let applied = self
            .corrections
            .iter()
            .filter(|(_, state)| *state == State::Applied);
        applied.map(|(correction, _)| correction).collect()
    }

    /// The people who made corrections.
    pub(crate) fn people(&self) -> BTreeSet<&str> {
        let all = self.corrections.iter().filter_map(|(c, _)| c.by.as_deref());
        all.filter(|by| !by.is_empty()).collect()
    }
}
