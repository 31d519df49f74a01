//! `onrecord names`: whether two names can be the same.

use std::io::Write;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use onrecord_names::{Kind, SAME, compare};
use serde_json::json;

use crate::exit::{Exit, usage};
use crate::output::{self, Format, FormatOption, Grid};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord names compare \"Qasim al-Najmi\" \"Kassem Nejmi\" --kind person
  onrecord names compare \"Ministry of Fisheries\" \"Fisheries Ministry\"

Exit codes: 0 they can be the same, 1 they cannot, 2 wrong usage.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Names {
    #[command(subcommand)]
    task: Task,
}

/// The table of tasks.
#[derive(Debug, Subcommand)]
enum Task {
    /// Compare two names by their form: spellings, order, titles, acronyms, legal forms
    ///
    /// Knows nothing of who bears them: the lexicon's spellings and what pages say are not
    /// asked. Prints a score from 0 to 1 and the parts that were paired.
    #[command(after_help = EXAMPLES)]
    Compare {
        /// A name
        a: String,
        /// Another name
        b: String,
        /// What they are the names of; found from their words if left out
        #[arg(long, value_enum, value_name = "KIND")]
        kind: Option<NameKind>,
        #[command(flatten)]
        format: FormatOption,
    },
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum NameKind {
    Person,
    Organization,
    Place,
}

impl From<NameKind> for Kind {
    fn from(kind: NameKind) -> Self {
        match kind {
            NameKind::Person => Self::Person,
            NameKind::Organization => Self::Organization,
            NameKind::Place => Self::Place,
        }
    }
}

/// Writes the comparison to standard output.
pub fn run(args: &Names) -> Result<Exit> {
    let Task::Compare { a, b, kind, format } = &args.task;
    for name in [a, b] {
        if !name.chars().any(char::is_alphanumeric) {
            return Err(usage(format!("`{name}` is no name: it has no letter")));
        }
    }
    let found = compare(a, b, kind.map_or(Kind::Unknown, Kind::from));
    let mut out = output::out();
    match format.get() {
        format @ (Format::Table | Format::Md) => {
            let verdict = if found.same {
                "can be the same"
            } else {
                "not the same"
            };
            writeln!(
                out,
                "{verdict}: {:.3} (the same from {SAME:.3}): {}\n",
                found.score, found.reason
            )?;
            let mut grid = Grid::new([a.as_str(), b.as_str(), "difference"]);
            grid.rows = found
                .steps
                .into_iter()
                .map(|step| vec![step.a, step.b, step.what])
                .collect();
            output::write_grid(&mut out, &grid, format)?;
        }
        format => {
            let steps: Vec<_> = found
                .steps
                .iter()
                .map(|step| json!({"a": step.a, "b": step.b, "difference": step.what}))
                .collect();
            let row = json!({
                "a": a, "b": b, "same": found.same, "score": found.score,
                "reason": found.reason, "steps": steps,
            });
            let columns = ["a", "b", "same", "score", "reason", "steps"].map(str::to_owned);
            output::write_rows(&mut out, &columns, row.as_object(), format)?;
        }
    }
    out.flush()?;
    Ok(if found.same {
        Exit::Well
    } else {
        Exit::Nothing
    })
}
