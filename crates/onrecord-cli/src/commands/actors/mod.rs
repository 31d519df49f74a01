//! `onrecord actors`: who is in a record, and corrections of it. One task a file.

mod apart;
mod find;
mod forget;
mod list;
mod merge;
mod rename;
mod show;
mod split;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::exit::Exit;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord actors pages.db --kind person
  onrecord actors show pages.db Oskel
  onrecord actors merge pages.db \"T. Oskel\" \"Taymar Oskel\" --why \"same office, same week\"
  onrecord actors split pages.db Oskel --form \"Karim Oskel\" --name \"Karim Oskel\"

Corrections are lines of RECORD.corrections.jsonl. They are applied again whenever pages are
read into the record; nothing is ever deleted from the file. `onrecord corrections` lists them
and takes them back.

Exit codes: 0 all well, 1 no actor or several fit, 2 wrong usage, 3 the record or the file of
corrections cannot be read.";

/// What is asked for.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Actors {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    list: list::List,
}

/// The table of tasks.
#[derive(Debug, Subcommand)]
enum Task {
    /// Show an actor: offices with their sentences, and every written form
    Show(show::Show),
    /// Make two actors one
    Merge(merge::Merge),
    /// Keep two actors apart
    ///
    /// Where they were joined across pages, the join is taken off, and no later run joins them.
    Apart(apart::Apart),
    /// Make mentions of a written form an actor of their own
    ///
    /// In articles where the actor has no other name, all rows go to the new actor; elsewhere
    /// the mentions themselves, and statements and events whose words name it so.
    Split(split::Split),
    /// Give an actor another name
    Rename(rename::Rename),
    /// Take an actor out of all rows; the text stays
    ///
    /// Rows that say nothing without the actor (relations, positions, outlooks, framings)
    /// are left out as well, until the correction is taken back.
    Forget(forget::Forget),
}

/// Does what is asked for.
pub fn run(args: &Actors) -> Result<Exit> {
    match &args.task {
        None => list::run(&args.list),
        Some(Task::Show(args)) => show::run(args),
        Some(Task::Merge(args)) => merge::run(args),
        Some(Task::Apart(args)) => apart::run(args),
        Some(Task::Split(args)) => split::run(args),
        Some(Task::Rename(args)) => rename::run(args),
        Some(Task::Forget(args)) => forget::run(args),
    }
}
