//! `onrecord actors apart`: two actors are two.

use anyhow::Result;
use clap::Args;
use onrecord_record::{Change, Record};

use super::find;
use crate::commands::RecordPath;
use crate::commands::signed::{Open, Signed};
use crate::exit::{Exit, usage};

/// What is asked for.
#[derive(Args, Debug)]
pub struct Apart {
    #[command(flatten)]
    record: RecordPath,
    /// The one actor: a name, a part of one, or an id
    actor: String,
    /// The other
    other: String,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the correction.
pub fn run(args: &Apart) -> Result<Exit> {
    let open = Open::at(&args.record)?;
    let Some(actor) = find::one(&open.record, &args.actor)? else {
        return Ok(Exit::Nothing);
    };
    let Some(other) = find::one(&open.record, &args.other)? else {
        return Ok(Exit::Nothing);
    };
    let (mut actor, other) = (find::id(&actor).to_owned(), find::id(&other).to_owned());
    if actor == other {
        actor = joined(&open.record, &other, [&args.actor, &args.other])?;
    }
    open.correct(Change::Apart { actor, other }, &args.signed)
}

/// The actor of one of these names that was joined to another.
fn joined(record: &Record, to: &str, names: [&String; 2]) -> Result<String> {
    let all = record.joined_actors(to)?;
    let is = |name: &str| {
        names
            .iter()
            .any(|n| n.to_lowercase() == name.to_lowercase())
    };
    let fits: Vec<_> = all.iter().filter(|j| is(&j.name)).collect();
    match fits.as_slice() {
        [one] => Ok(one.id.clone()),
        _ if all.is_empty() => Err(usage(format!(
            "`{}` and `{}` are one actor on the pages themselves ({to}); `onrecord actors split` makes \
             the mentions of one form another actor",
            names[0], names[1]
        ))),
        _ => {
            let told: Vec<String> = all.iter().map(|j| format!("\n  {}", j.name)).collect();
            Err(usage(format!(
                "name the one that was joined to {to} as it is here:{}",
                told.concat()
            )))
        }
    }
}
