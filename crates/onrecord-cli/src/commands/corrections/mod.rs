//! `onrecord corrections`: what people changed, and how right the rows were that they saw.

mod add;
mod list;
mod precision;
mod undo;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::exit::Exit;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord corrections pages.db
  onrecord corrections undo pages.db co-3f2a --why \"the first reading was right\"
  onrecord corrections add pages.db colleague.db.corrections.jsonl
  onrecord corrections precision pages.db

Corrections are lines of RECORD.corrections.jsonl, one JSON object each, with the page, the
sentence and the row as it was seen. They are applied again whenever pages are read into the
record; nothing is ever deleted from the file.

Exit codes: 0 all well, 1 no correction fits or there is none, 2 wrong usage, 3 the record or a
file of corrections cannot be read.";

/// What is asked for.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Corrections {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    list: list::List,
}

/// The table of tasks.
#[derive(Debug, Subcommand)]
enum Task {
    /// Take a correction back, also one that took another back
    Undo(undo::Undo),
    /// Add the corrections of another file, such as a colleague's
    ///
    /// Of corrections of the same thing the one made last counts, whoever made it; so two
    /// people who add each other's file have the same rows. Those that overrule each other
    /// are named.
    Add(add::Add),
    /// Show how many of the rows that were looked at were right
    ///
    /// By table and by kind of actor, with the interval in which the share lies with a
    /// confidence of 95 % (Wilson), if the rows that were looked at are like the others: look
    /// at a sample, which `onrecord list` draws, not only at what seems wrong.
    /// Accepted rows count as right, changed and rejected ones as wrong, suppressed ones not.
    Precision(precision::PrecisionOf),
}

/// Does what is asked for.
pub fn run(args: &Corrections) -> Result<Exit> {
    match &args.task {
        None => list::run(&args.list),
        Some(Task::Undo(args)) => undo::run(args),
        Some(Task::Add(args)) => add::run(args),
        Some(Task::Precision(args)) => precision::run(args),
    }
}
