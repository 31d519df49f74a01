//! The corrections beside a record, on the way to its rows.

use std::path::Path;

use anyhow::Result;
use onrecord_record::{Correction, CorrectionsFile, Record, RecordError, State};

use crate::commands::tell;

/// Reads the corrections beside a record; a broken line is an error.
pub fn load(record: &Path) -> Result<CorrectionsFile, RecordError> {
    CorrectionsFile::beside(record)
}

/// Makes the rows as the corrections say. Where the file is missing, those that the record
/// holds still count.
pub fn apply(record: &mut Record, file: &CorrectionsFile) -> Result<()> {
    if file.is_there {
        record.write_corrections(&file.corrections)?;
        return Ok(());
    }
    let held = record.corrections()?.len();
    if held > 0 {
        tell(&format!(
            "onrecord: {}: is not there; the corrections that the record holds ({held}) still \
             count, and the next command that corrects something writes them there\n",
            file.path().display()
        ));
    }
    Ok(())
}

/// Adds corrections to the file and makes the rows so.
pub fn add(record: &mut Record, file: &mut CorrectionsFile, new: Vec<Correction>) -> Result<()> {
    let mut lines = Vec::new();
    if !file.is_there {
        let held = record.corrections()?;
        lines.extend(held.into_iter().map(|(correction, _)| correction));
    }
    lines.extend(new);
    file.append(&lines)?;
    record.write_corrections(&file.corrections)?;
    Ok(())
}

/// Names the corrections on standard error whose actor, form or correction is not there.
pub fn warn(record: &Record) -> Result<()> {
    for (correction, state) in record.corrections()? {
        if state == State::Gone {
            tell(&format!(
                "onrecord: correction {} is not applied: {}; it is kept\n",
                correction.id,
                why(&correction)
            ));
        }
    }
    Ok(())
}

fn why(correction: &Correction) -> String {
    use onrecord_record::Change::{Apart, Forget, Judge, Merge, Rename, Set, Split, Undo};
    match correction.change() {
        Some(
            Merge { from, to }
            | Apart {
                actor: from,
                other: to,
            },
        ) => {
            format!("the record has no actor {from}, or no actor {to}")
        }
        Some(Split {
            actor,
            form,
            article,
            ..
        }) => {
            let place = article.map_or(String::new(), |article| format!(" in {article}"));
            format!("no mention of actor {actor} reads `{form}`{place}")
        }
        Some(Rename { actor, .. } | Forget { actor }) => {
            format!("the record has no actor {actor}")
        }
        Some(Set { row, field, .. }) => format!(
            "row {} is not read any more and its sentence is not on page {}, or `{field}` cannot be \
             what it says",
            row.id(),
            row.page
        ),
        Some(Judge { row, .. }) => format!(
            "neither row {} nor its sentence is on page {}",
            row.id(),
            row.page
        ),
        Some(Undo { correction }) => format!("no correction {correction} stands before it"),
        None => format!(
            "this onrecord knows no correction of `{}`, or it lacks a value",
            correction.field
        ),
    }
}
