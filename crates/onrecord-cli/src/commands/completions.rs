//! `onrecord completions`: completions for a shell.

use std::io::Write;

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{commands::Cli, exit::Exit, output};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions zsh > \"${fpath[1]}/_onrecord\"
  onrecord completions fish > ~/.config/fish/completions/onrecord.fish";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes the completions to standard output.
pub fn run(args: &Completions) -> Result<Exit> {
    // Into memory first: the generator panics where standard output is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "onrecord", &mut script);
    let mut out = output::out();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Well)
}
