//! `onrecord lexicon`: work with lexicon files.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};
use onrecord_lexicon::Lexicon as Words;
use walkdir::WalkDir;

use crate::examples::{self, Wrong};
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
    /// Check that all files can be read and that rules take the sentences they should
    ///
    /// Reads the built-in lexicon with the files of DIR over it, and runs the `yes` and `no`
    /// sentences of the rooms pages, speech, events and issues through the whole way. Names file,
    /// line and what was expected. Exit code 3 if something is wrong.
    #[command(after_help = EXAMPLES)]
    Check {
        /// A lexicon folder of yours, with folders actors/, events/ and so on
        dir: Option<PathBuf>,
    },
}

/// Writes what is wrong to standard output, or what was run.
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
    let outcome = examples::run(words);
    for wrong in &outcome.wrong {
        let place = dir.as_deref().and_then(|folder| place(folder, wrong));
        let place = place.unwrap_or_else(|| format!("lexicon/{}", wrong.room));
        writeln!(
            out,
            "{place}: `{}`: {}: {}",
            wrong.rule, wrong.text, wrong.what
        )?;
    }
    writeln!(
        out,
        "{} actors, {} cues, {} event rules, {} kinds of furniture; {} of {} examples went wrong",
        words.actors.entries.len(),
        words.speech.cues.len(),
        words.events.rules.len(),
        words.pages.furniture.len(),
        outcome.wrong.len(),
        outcome.run
    )?;
    out.flush()?;
    Ok(if outcome.wrong.is_empty() {
        Exit::Well
    } else {
        Exit::Some
    })
}

/// The file and line of an example in a user's folder; `None` if it stands in no file there.
fn place(folder: &Path, wrong: &Wrong) -> Option<String> {
    let files = WalkDir::new(folder.join(wrong.room)).sort_by_file_name();
    files
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .find_map(|entry| {
            let text = std::fs::read_to_string(entry.path()).ok()?;
            let quoted = wrong.text.replace('"', "\\\"");
            let line = text
                .lines()
                .position(|line| line.contains(&wrong.text) || line.contains(&quoted))?;
            Some(format!("{}:{}", entry.path().display(), line + 1))
        })
}
