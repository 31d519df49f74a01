//! What all commands that correct something share.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::{
    Anchor, Change, Correction, CorrectionsFile, Filter, Record, Rows, State, Verdict,
};

use super::{RecordPath, tell};
use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption};
use crate::people::View;
use crate::{clock, corrections};

/// Who corrects, and why.
#[derive(Args, Debug)]
pub struct Signed {
    /// The reason, kept with the correction
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// Who says so [default: the user's name]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[command(flatten)]
    format: FormatOption,
}

impl Signed {
    fn by(&self) -> String {
        let user = || std::env::var("USER").ok().filter(|user| !user.is_empty());
        let by = self.by.clone().or_else(user);
        by.unwrap_or_else(|| "unknown".to_owned())
    }
}

/// A record and the corrections beside it, to be changed.
pub struct Open {
    /// The record, for writing.
    pub record: Record,
    /// Its corrections.
    pub file: CorrectionsFile,
}

impl Open {
    /// Opens both and brings the record to what the file says.
    pub fn at(path: &RecordPath) -> Result<Open> {
        let file = corrections::load(path.path())?;
        let mut record = path.open_for_writing()?;
        corrections::apply(&mut record, &file)?;
        Ok(Open { record, file })
    }

    /// Adds a correction, and tells which it is.
    pub fn correct(self, change: Change, signed: &Signed) -> Result<Exit> {
        self.correct_all(vec![change], signed)
    }

    /// Adds corrections, and tells which they are and whether they hold.
    pub fn correct_all(mut self, changes: Vec<Change>, signed: &Signed) -> Result<Exit> {
        let n = match self.file.is_there {
            true => self.file.corrections.len(),
            false => self.record.corrections()?.len(),
        };
        let (why, now) = (signed.why.as_deref(), clock::now());
        let new: Vec<Correction> = changes
            .into_iter()
            .enumerate()
            .map(|(at, change)| Correction::of(change, &signed.by(), &now, why, n + at))
            .collect();
        let ids: Vec<String> = new.iter().map(|c| c.id.clone()).collect();
        corrections::add(&mut self.record, &mut self.file, new)?;
        corrections::warn(&self.record)?;

        let mut rows = Rows::default();
        for id in &ids {
            let filter = Filter::default().equal("correction_id", id);
            let found = self.record.table("corrections", &filter, None)?;
            rows.columns = found.columns;
            rows.rows.extend(found.rows);
        }
        let format = signed.format.get();
        let mut out = output::out();
        if matches!(format, Format::Table | Format::Md) {
            let grid = View::of("corrections").grid(&self.record, &rows)?;
            output::write_grid(&mut out, &grid, format)?;
        } else {
            output::write_rows(&mut out, &rows.columns, &rows, format)?;
        }
        out.flush()?;
        tell(&format!(
            "onrecord: added to {}; the next `onrecord read` compares pages anew (stories, \
             disagreements, outcomes)\n",
            self.file.path().display()
        ));
        let states = self.record.corrections()?;
        let applied = |id: &String| {
            states
                .iter()
                .any(|(c, state)| c.id == *id && *state == State::Applied)
        };
        Ok(if ids.iter().all(applied) {
            Exit::Well
        } else {
            Exit::Nothing
        })
    }
}

/// Says of rows what a person found; nothing is written if one of them is not there.
///
/// # Errors
/// An id is the beginning of several, or a file cannot be read or written.
pub fn judge(
    path: &RecordPath,
    rows: &[String],
    verdict: Verdict,
    signed: &Signed,
) -> Result<Exit> {
    let open = Open::at(path)?;
    let mut changes = Vec::new();
    for id in rows {
        let Some(row) = anchor(&open.record, id)? else {
            return Ok(Exit::Nothing);
        };
        let whole = matches!(row.table.as_str(), "sentences" | "articles");
        if whole && verdict != Verdict::Suppressed {
            return Err(usage(format!(
                "`{id}` is a row of `{}`, of which nobody can say that it is right or wrong; \
                 `onrecord suppress` takes out what rests on it",
                row.table
            )));
        }
        changes.push(Change::Judge { row, verdict });
    }
    open.correct_all(changes, signed)
}

/// A row as it is now; `None` if there is none with such an id, or it cannot be corrected,
/// which the user was told.
///
/// # Errors
/// The id is the beginning of several.
pub fn anchor(record: &Record, id: &str) -> Result<Option<Anchor>> {
    if let Some(found) = record.anchor(id)? {
        return Ok(Some(found));
    }
    let told = match record.row(id)? {
        Some((table, _)) if table == "actors" => format!(
            "onrecord: `{id}` is an actor; `onrecord actors` merges, splits, renames and forgets \
             actors\n"
        ),
        Some((table, _)) => format!("onrecord: rows of `{table}` cannot be corrected\n"),
        None => match record.judged(id)? {
            Some(judged) if judged.verdict.takes_out() => format!(
                "onrecord: `{id}` was {} ({}); `onrecord corrections undo` takes that back\n",
                judged.verdict.name(),
                judged.correction_id
            ),
            _ => format!("onrecord: no row has the id `{id}`\n"),
        },
    };
    tell(&told);
    Ok(None)
}
