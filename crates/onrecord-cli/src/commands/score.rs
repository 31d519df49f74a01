//! `onrecord score`: how good it is, on labelled sets.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::exit::Exit;
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord score pages article-extraction-benchmark/
  onrecord score pages article-extraction-benchmark/ --predictions output/onrecord.json";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Score {
    #[command(subcommand)]
    measure: Measure,
}

/// The table of measures.
#[derive(Debug, Subcommand)]
enum Measure {
    /// Article text, in the form and by the metric of the article-extraction-benchmark
    ///
    /// The folder holds `ground-truth.json` and `html/ID.html.gz`. Prints F1, precision and
    /// recall beside published figures, and pages per second of CPU time.
    #[command(after_help = EXAMPLES)]
    Pages {
        /// The labelled set
        dir: PathBuf,
        /// Write the texts to this file, in the form of the benchmark's own evaluate.py
        #[arg(long, value_name = "FILE")]
        predictions: Option<PathBuf>,
    },
}

/// Writes the figures to standard output.
pub fn run(args: &Score) -> Result<Exit> {
    let Measure::Pages { dir, predictions } = &args.measure;
    let score = onrecord_score::pages(dir, predictions.as_deref())?;
    let mut out = output::out();
    write!(out, "{score}")?;
    out.flush()?;
    Ok(if score.pages.is_empty() {
        Exit::Nothing
    } else {
        Exit::Well
    })
}
