//! What all tasks that correct something share.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use onrecord_record::{Change, Correction, CorrectionsFile, Filter, Record, State};

use super::super::{RecordPath, tell};
use crate::exit::Exit;
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
    pub fn correct(mut self, change: Change, signed: &Signed) -> Result<Exit> {
        let n = match self.file.is_there {
            true => self.file.corrections.len(),
            false => self.record.corrections()?.len(),
        };
        let why = signed.why.as_deref();
        let new = Correction::of(change, &signed.by(), &clock::now(), why, n);
        let id = new.id.clone();
        corrections::add(&mut self.record, &mut self.file, new)?;
        corrections::warn(&self.record)?;

        let filter = Filter::default().equal("correction_id", &id);
        let rows = self.record.table("corrections", &filter, None)?;
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
        let applied = states
            .iter()
            .any(|(c, state)| c.id == id && *state == State::Applied);
        Ok(if applied { Exit::Well } else { Exit::Nothing })
    }
}
