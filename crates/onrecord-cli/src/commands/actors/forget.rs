//! `onrecord actors forget`: an actor is in no row.

use anyhow::Result;
use clap::Args;
use onrecord_record::Change;

use super::find;
use crate::commands::RecordPath;
use crate::commands::signed::{Open, Signed};
use crate::exit::Exit;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Forget {
    #[command(flatten)]
    record: RecordPath,
    /// The actor: a name, a part of one, or an id
    actor: String,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the correction.
pub fn run(args: &Forget) -> Result<Exit> {
    let open = Open::at(&args.record)?;
    let Some(actor) = find::one(&open.record, &args.actor)? else {
        return Ok(Exit::Nothing);
    };
    let actor = find::id(&actor).to_owned();
    open.correct(Change::Forget { actor }, &args.signed)
}
