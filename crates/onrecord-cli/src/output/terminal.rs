//! What is known of the terminal.

use std::env;
use std::io::{self, IsTerminal};

/// Width of a table where no terminal says another.
const USUAL_WIDTH: usize = 100;

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Columns to write tables in: those of the terminal, else of `COLUMNS`, else 100.
pub fn width() -> usize {
    let of_terminal = || {
        let (width, _) = terminal_size::terminal_size()?;
        is_terminal()
            .then_some(usize::from(width.0))
            .filter(|width| *width > 0)
    };
    let named = || {
        env::var("COLUMNS")
            .ok()?
            .parse()
            .ok()
            .filter(|width| *width > 0)
    };
    of_terminal().or_else(named).unwrap_or(USUAL_WIDTH)
}

/// Whether heads may be set in bold: at a terminal that knows it, unless `NO_COLOR` is set.
pub fn bold() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    is_terminal() && !set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb")
}
