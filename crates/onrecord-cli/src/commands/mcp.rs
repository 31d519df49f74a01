//! `onrecord mcp`: a record as tools for assistants.

use anyhow::Result;
use clap::Args;
use onrecord_mcp::Server;

use super::RecordPath;
use crate::exit::Exit;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord mcp pages.db

It is started by an assistant's program, not by hand: docs/commands/mcp.md shows how to name it
there. It ends when its standard input is closed.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Mcp {
    #[command(flatten)]
    record: RecordPath,
}

/// Serves until the client leaves.
pub fn run(args: &Mcp) -> Result<Exit> {
    Server::new(args.record.open()?).serve_stdio()?;
    Ok(Exit::Well)
}
