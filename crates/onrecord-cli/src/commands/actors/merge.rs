//! `onrecord actors merge`: two actors are one.

use anyhow::Result;
use clap::Args;
use onrecord_record::Change;

use super::find;
use crate::commands::RecordPath;
use crate::commands::signed::{Open, Signed};
use crate::exit::{Exit, usage};

/// What is asked for.
#[derive(Args, Debug)]
pub struct Merge {
    #[command(flatten)]
    record: RecordPath,
    /// The actor that goes into the other: a name, a part of one, or an id
    from: String,
    /// The actor that stays, with its name and kind
    to: String,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the correction.
pub fn run(args: &Merge) -> Result<Exit> {
    let open = Open::at(&args.record)?;
    let Some(from) = find::one(&open.record, &args.from)? else {
        return Ok(Exit::Nothing);
    };
    let Some(to) = find::one(&open.record, &args.to)? else {
        return Ok(Exit::Nothing);
    };
    let (from, to) = (find::id(&from).to_owned(), find::id(&to).to_owned());
    if from == to {
        return Err(usage(format!(
            "`{}` and `{}` are one actor already ({to})",
            args.from, args.to
        )));
    }
    open.correct(Change::Merge { from, to }, &args.signed)
}
