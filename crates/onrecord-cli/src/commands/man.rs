//! `onrecord man`: manual pages.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use crate::{commands::Cli, exit::Exit, output};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord man | man -l -
  onrecord man --dir ~/.local/share/man/man1";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Man {
    /// Write the pages of all commands into this folder, made where it is missing
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Writes one page to standard output, or all into a folder.
pub fn run(args: &Man) -> Result<Exit> {
    let mut command = Cli::command().disable_help_subcommand(true);
    for name in ["lexicon", "score"] {
        command = command.mut_subcommand(name, |group| group.disable_help_subcommand(true));
    }
    command.build();
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        Page::new(command).render(&mut page)?;
        let mut out = output::out();
        out.write_all(&page)?;
        out.flush()?;
        return Ok(Exit::Well);
    };
    fs::create_dir_all(dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
    clap_mangen::generate_to(command, dir)
        .with_context(|| format!("{}: cannot be written to", dir.display()))?;
    Ok(Exit::Well)
}
