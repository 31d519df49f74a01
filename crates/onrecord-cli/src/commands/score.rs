//! `onrecord score`: how good it is, on labelled sets.

use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use onrecord_lexicon::Lexicon;
use onrecord_score::parsed::Spans;

use super::kit;
use crate::exit::Exit;
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord score pages article-extraction-benchmark/
  onrecord score pages article-extraction-benchmark/ --predictions output/onrecord.json
  onrecord score parse en_ewt-ud-dev.conllu
  onrecord score names-iob en_ewt-ud-dev.iob2";

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
    /// Tags, lemmas and trees, on a treebank of Universal Dependencies
    ///
    /// Parses the treebank with its own words and from its raw text, and compares by the rules
    /// of the CoNLL 2018 shared task, relations without their subtypes. Prints published
    /// figures beside ours, and words a CPU-second from raw text on one thread.
    #[command(after_help = EXAMPLES)]
    Parse {
        /// The treebank, in CoNLL-U
        file: PathBuf,
        /// Compare another parser's output, in CoNLL-U, instead of ours
        #[arg(long, value_name = "FILE", conflicts_with = "weights")]
        system: Option<PathBuf>,
        /// A weights file in place of the built-in one
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
    },
    /// Names of persons, organizations and places, on a set in IOB2
    ///
    /// Exact spans with their kinds; and how many of the set's spans share a word with one of
    /// the same kind. Other kinds in the set are left out.
    #[command(after_help = EXAMPLES)]
    NamesIob {
        /// The set: a word and its label a line, or the form of Universal NER
        file: PathBuf,
        /// Compare mentions: names, descriptions and pronouns
        #[arg(long)]
        mentions: bool,
        /// A weights file in place of the built-in one
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
    },
}

/// Writes the figures to standard output.
pub fn run(args: &Score) -> Result<Exit> {
    match &args.measure {
        Measure::Pages { dir, predictions } => {
            let score = onrecord_score::pages(dir, predictions.as_deref())?;
            print(&score, score.pages.is_empty())
        }
        Measure::Parse {
            file,
            system: Some(system),
            ..
        } => {
            let (gold, system) = (treebank(file)?, treebank(system)?);
            print(
                &onrecord_score::parse::evaluate(&gold, &system)?,
                gold.is_empty(),
            )
        }
        Measure::Parse { file, weights, .. } => {
            let gold = treebank(file)?;
            let engine = kit::engine(weights.as_deref())?;
            let score = onrecord_score::engine::treebank(&gold, &engine, Lexicon::built_in())?;
            print(&score, gold.is_empty())
        }
        Measure::NamesIob {
            file,
            mentions,
            weights,
        } => {
            let gold = onrecord_score::names::read(&text_of(file)?, &file.display().to_string())?;
            let spans = if *mentions {
                Spans::Mentions
            } else {
                Spans::Names
            };
            let engine = kit::engine(weights.as_deref())?;
            let score = onrecord_score::engine::labels(&gold, &engine, spans)?;
            print(&score, gold.is_empty())
        }
    }
}

fn treebank(file: &Path) -> Result<Vec<onrecord_score::ConlluSentence>> {
    Ok(onrecord_score::conllu::read(
        &text_of(file)?,
        &file.display().to_string(),
    )?)
}

fn print(score: &impl Display, empty: bool) -> Result<Exit> {
    let mut out = output::out();
    write!(out, "{score}")?;
    out.flush()?;
    Ok(if empty { Exit::Nothing } else { Exit::Well })
}

fn text_of(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
