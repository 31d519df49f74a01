//! What people change: lines added to the file of corrections, and the record made so.

use std::sync::{Mutex, PoisonError};

use onrecord_record::{Change, Correction, CorrectionsFile, Record};

use crate::error::Fault;
use crate::site::Site;

/// One writes at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Adds a correction for each change and gives their ids.
pub(crate) fn correct(
    site: &Site,
    changes: impl FnOnce(&Record) -> Result<Vec<Change>, Fault>,
    why: Option<&str>,
) -> Result<Vec<String>, Fault> {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let options = &site.options;
    let mut file = CorrectionsFile::beside(&options.record)?;
    let mut record = Record::open(&options.record)?;
    let held = match file.is_there {
        true => {
            record.write_corrections(&file.corrections)?;
            Vec::new()
        }
        // The file was lost: what the record holds of it is written there again.
        false => record.corrections()?.into_iter().map(|(c, _)| c).collect(),
    };
    let changes = changes(&record)?;
    let now = options.outside.now();
    let first = file.corrections.len() + held.len();
    let new: Vec<Correction> = changes
        .into_iter()
        .enumerate()
        .map(|(n, change)| Correction::of(change, &options.by, &now, why, first + n))
        .collect();
    let ids = new.iter().map(|c| c.id.clone()).collect();
    let mut lines = held;
    lines.extend(new);
    file.append(&lines)?;
    record.write_corrections(&file.corrections)?;
    Ok(ids)
}
