//! `onrecord actors rename`: an actor has another name.

use anyhow::Result;
use clap::Args;
use onrecord_record::Change;

use super::find;
use crate::commands::RecordPath;
use crate::commands::signed::{Open, Signed};
use crate::exit::{Exit, usage};

/// What is asked for.
#[derive(Args, Debug)]
pub struct Rename {
    #[command(flatten)]
    record: RecordPath,
    /// The actor: a name, a part of one, or an id
    actor: String,
    /// The name
    name: String,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the correction.
pub fn run(args: &Rename) -> Result<Exit> {
    if !args.name.chars().any(char::is_alphanumeric) {
        return Err(usage(format!(
            "`{}` is no name: it has no letter",
            args.name
        )));
    }
    let open = Open::at(&args.record)?;
    let Some(actor) = find::one(&open.record, &args.actor)? else {
        return Ok(Exit::Nothing);
    };
    let change = Change::Rename {
        actor: find::id(&actor).to_owned(),
        was: Some(find::name(&actor).to_owned()),
        name: args.name.clone(),
    };
    open.correct(change, &args.signed)
}
