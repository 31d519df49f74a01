//! `onrecord accept`: a person says that rows are right.

use anyhow::Result;
use clap::Args;
use onrecord_record::Verdict;

use super::RecordPath;
use super::signed::{Signed, judge};
use crate::exit::Exit;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord accept ev-3f2a pages.db
  onrecord accept st-91b0 st-04cc po-77aa pages.db --by \"A. Reader\"

The beginning of an id is enough where only one id begins so. An accepted row keeps all its
values when its page is read again with another version or other settings; if the page then no
longer gives it, it is kept as long as its sentence is there. `onrecord corrections undo` takes
it back.

Exit codes: 0 all well, 1 no row has such an id, 2 wrong usage, 3 the record or the file of
corrections cannot be read.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Accept {
    /// The id, or the beginning of it, of a row that is right
    #[arg(required = true, value_name = "ROW")]
    rows: Vec<String>,
    #[command(flatten)]
    record: RecordPath,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the corrections.
pub fn run(args: &Accept) -> Result<Exit> {
    judge(&args.record, &args.rows, Verdict::Accepted, &args.signed)
}
