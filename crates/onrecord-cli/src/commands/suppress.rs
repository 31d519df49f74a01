//! `onrecord suppress`: a person says what is not to be told.

use anyhow::Result;
use clap::Args;
use onrecord_record::Verdict;

use super::RecordPath;
use super::signed::{Signed, judge};
use crate::exit::Exit;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord suppress st-3f2a pages.db --why \"names a minor\"
  onrecord suppress se-91b0 pages.db
  onrecord suppress ar-04cc pages.db --why \"withdrawn by the outlet\"

Suppressed rows are in no table, no search of rows and no export; they count as neither right
nor wrong. The words of the page stay in `sentences` and `articles`: leave the page out, or
export without text, where these must not be seen. `onrecord actors forget` takes out an
actor. `onrecord corrections undo` takes it back.

Exit codes: 0 all well, 1 no row has such an id, 2 wrong usage, 3 the record or the file of
corrections cannot be read.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Suppress {
    /// The id, or the beginning of it, of a row, sentence or article that is not to be told
    #[arg(required = true, value_name = "ROW")]
    rows: Vec<String>,
    #[command(flatten)]
    record: RecordPath,
    #[command(flatten)]
    signed: Signed,
}

/// Adds the corrections.
pub fn run(args: &Suppress) -> Result<Exit> {
    judge(&args.record, &args.rows, Verdict::Suppressed, &args.signed)
}
