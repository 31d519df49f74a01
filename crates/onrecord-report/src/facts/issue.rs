//! Which rows belong to an issue: those from which a position on it was read, and those in the same
//! sentences.

use std::collections::BTreeSet;

use onrecord_record::{Filter, Record, RecordError};

use super::nothing;
use crate::names::text;
use crate::near::near_issues;

/// What the positions on an issue rest on.
#[derive(Debug, Default)]
pub(crate) struct OfIssue {
    rows: BTreeSet<String>,
    sentences: BTreeSet<String>,
    pub actors: BTreeSet<String>,
}

impl OfIssue {
    pub(crate) fn of(record: &Record, issue: &str) -> Result<OfIssue, RecordError> {
        let mut found = OfIssue::default();
        let filter = Filter::default().equal("issue", issue);
        let n = record.for_each("positions", &filter, None, |row| {
            for column in ["statement_id", "event_id"] {
                found.rows.insert(text(&row, column).to_owned());
            }
            found.sentences.insert(text(&row, "sentence_id").to_owned());
            found.actors.insert(text(&row, "actor_id").to_owned());
            Ok::<(), RecordError>(())
        })?;
        if n == 0 {
            let known = near_issues(record, issue)?;
            let known = match known.is_empty() {
                true => "it has positions on no issue".to_owned(),
                false => format!("it has some on: {}", known.join(", ")),
            };
            let what = format!("the record has no position on `{issue}`; {known}");
            return Err(nothing(record, &what));
        }
        Ok(found)
    }

    /// Whether a row with this id, in these sentences, belongs to the issue.
    pub(crate) fn has(&self, ids: &[&str], sentences: &[&str]) -> bool {
        ids.iter()
            .any(|id| !id.is_empty() && self.rows.contains(*id))
            || sentences.iter().any(|id| self.sentences.contains(*id))
    }
}
