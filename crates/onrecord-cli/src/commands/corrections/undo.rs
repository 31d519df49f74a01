//! `onrecord corrections undo`: a correction is taken back.

use anyhow::Result;
use clap::Args;
use onrecord_record::{Change, State};

use crate::commands::signed::{Open, Signed};
use crate::commands::{RecordPath, tell};
use crate::exit::{Exit, usage};

/// What is asked for.
#[derive(Args, Debug)]
pub struct Undo {
    #[command(flatten)]
    record: RecordPath,
    /// The correction: its id or the beginning of it
    correction: String,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the line that takes the correction back.
pub fn run(args: &Undo) -> Result<Exit> {
    let open = Open::at(&args.record)?;
    let all = open.record.corrections()?;
    let fits = |(c, _): &&(onrecord_record::Correction, State)| c.id.starts_with(&args.correction);
    let found: Vec<_> = all.iter().filter(fits).collect();
    let (correction, state) = match found.as_slice() {
        [] => {
            tell(&format!(
                "onrecord: no correction has the id `{}`; `onrecord corrections {}` lists \
                 them\n",
                args.correction,
                args.record.path().display()
            ));
            return Ok(Exit::Nothing);
        }
        [one] => one,
        several => {
            let ids: Vec<&str> = several.iter().map(|(c, _)| c.id.as_str()).collect();
            return Err(usage(format!(
                "several corrections begin with `{}`: {}; give more of it",
                args.correction,
                ids.join(", ")
            )));
        }
    };
    if *state == State::Undone {
        tell(&format!(
            "onrecord: {} has been taken back already\n",
            correction.id
        ));
        return Ok(Exit::Nothing);
    }
    let correction = correction.id.clone();
    open.correct(Change::Undo { correction }, &args.signed)
}
