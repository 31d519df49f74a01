//! `onrecord lexicon`: work with lexicon files.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use onrecord_lexicon::{Lexicon as Words, PageWords};

use crate::exit::Exit;
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord lexicon check
  onrecord lexicon check my-lexicon/";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Lexicon {
    #[command(subcommand)]
    task: Task,
}

/// The table of tasks.
#[derive(Debug, Subcommand)]
enum Task {
    /// Check that all files can be read and that rules take the lines they should
    ///
    /// Reads the built-in lexicon with the files of DIR over it and runs the `yes` and `no`
    /// lines of every kind of furniture. Names file, line and what was expected. Exit code 3
    /// if something is wrong.
    #[command(after_help = EXAMPLES)]
    Check {
        /// A lexicon folder of yours, with folders actors/, events/ and so on
        dir: Option<PathBuf>,
    },
}

/// Writes what is wrong to standard output, or what was read.
pub fn run(args: &Lexicon) -> Result<Exit> {
    let Task::Check { dir } = &args.task;
    let mut out = output::out();
    let of_user;
    let words = match dir {
        None => Words::built_in(),
        Some(folder) => match Words::with_folder(folder) {
            Ok(words) => {
                of_user = words;
                &of_user
            }
            Err(error) => {
                writeln!(out, "{error}")?;
                out.flush()?;
                return Ok(Exit::Some);
            }
        },
    };
    let wrong = furniture(&words.pages);
    for line in &wrong {
        writeln!(out, "{line}")?;
    }
    if wrong.is_empty() {
        writeln!(
            out,
            "all well: {} kinds of furniture, sha256 {}",
            words.pages.furniture.len(),
            words.sha256
        )?;
    }
    out.flush()?;
    Ok(if wrong.is_empty() {
        Exit::Well
    } else {
        Exit::Some
    })
}

/// The `yes` and `no` lines that a kind of furniture does not take as it should.
fn furniture(pages: &PageWords) -> Vec<String> {
    let mut wrong = Vec::new();
    for kind in &pages.furniture {
        let is_taken = |line: &str| {
            pages
                .furniture_of(line)
                .is_some_and(|found| found.id == kind.id)
        };
        for line in &kind.yes {
            // A kind that stands earlier may take the line as well.
            if pages.furniture_of(line).is_none() {
                wrong.push(format!(
                    "pages: `{}` must take its yes line: {line}",
                    kind.id
                ));
            }
        }
        for line in kind.no.iter().filter(|line| is_taken(line)) {
            wrong.push(format!(
                "pages: `{}` must leave its no line: {line}",
                kind.id
            ));
        }
    }
    wrong
}
