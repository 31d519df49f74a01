//! `onrecord reject`: a person says that rows are wrong.

use anyhow::Result;
use clap::Args;
use onrecord_record::Verdict;

use super::RecordPath;
use super::signed::{Signed, judge};
use crate::exit::Exit;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord reject ev-3f2a pages.db --why \"a plan, not an act\"
  onrecord reject st-91b0 st-04cc pages.db

The beginning of an id is enough where only one id begins so. Positions and outlooks that rest
on a rejected statement or event go with it and come back with it. A row of the same words that
a later version reads otherwise (another type, another stance) is another claim and stays.
`onrecord corrections undo` takes it back.

Exit codes: 0 all well, 1 no row has such an id, 2 wrong usage, 3 the record or the file of
corrections cannot be read.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Reject {
    /// The id, or the beginning of it, of a row that is wrong
    #[arg(required = true, value_name = "ROW")]
    rows: Vec<String>,
    #[command(flatten)]
    record: RecordPath,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the corrections.
pub fn run(args: &Reject) -> Result<Exit> {
    judge(&args.record, &args.rows, Verdict::Rejected, &args.signed)
}
