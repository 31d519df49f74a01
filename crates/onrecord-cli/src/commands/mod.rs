//! The commands, one a file.

mod accept;
mod actors;
mod cite;
mod compare;
mod completions;
mod correct;
mod corrections;
mod diff;
mod disagreements;
mod explain;
mod export;
mod fetching;
mod filters;
mod framings;
mod import;
mod issues;
mod kit;
mod lexicon;
mod list;
mod man;
mod mcp;
mod merge;
mod names;
mod outlooks;
mod parse;
mod positions;
mod read;
mod reading;
mod reject;
mod report;
mod score;
mod search;
mod second_opinion;
mod serve;
mod signed;
mod sql;
mod suppress;
mod timeline;
mod verify;
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use onrecord_record::{Map, Record, RecordError};

use crate::exit::{Exit, code_of, is_broken_pipe, usage};

const EXAMPLES: &str = "\
Examples:
  onrecord read pages/ -o pages.db --show statements
  onrecord list statements pages.db --actor \"Foreign Ministry\" --since 2019
  onrecord cite st-3f2a pages.db
  onrecord verify pages.db

Exit codes: 0 all well, 1 nothing found, 2 wrong usage, 3 some inputs could not be read.";

/// News pages in, a cited record out: who said what, who did what to whom, who stands where
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The table of commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Read pages into a record
    ///
    /// Reads files, folders, globs, JSONL and standard input, finds the articles on every
    /// page and writes what they tell to the record, one page at a time. Pages that the
    /// record holds already are not read again, so a run that was stopped goes on where it
    /// was. Pages that cannot be read are named at the end, and the exit code is 3.
    #[command(after_help = read::EXAMPLES)]
    Read(read::Read),
    /// Read pages as they come, until it is interrupted
    ///
    /// Reads what is there as `read` does, then waits for files that are new or have changed,
    /// lets them settle and reads again. Ctrl-C ends it with the record whole.
    #[command(after_help = watch::EXAMPLES)]
    Watch(watch::Watch),
    /// List the rows of a table
    #[command(after_help = list::EXAMPLES)]
    List(list::List),
    /// Search sentences and titles, or the rows that rest on them
    ///
    /// The best hits come first. The name of an actor finds the other names under which the
    /// pages mention it, too.
    #[command(after_help = search::EXAMPLES)]
    Search(search::Search),
    /// Show what happened, in order, with a chart
    #[command(after_help = timeline::EXAMPLES)]
    Timeline(timeline::Timeline),
    /// Show where actors stand on an issue, over time
    #[command(after_help = positions::EXAMPLES)]
    Positions(positions::Positions),
    /// Show what was announced, and what became of it
    #[command(after_help = outlooks::EXAMPLES)]
    Outlooks(outlooks::Outlooks),
    /// Show the words by which actors are characterised, and by whom
    #[command(after_help = framings::EXAMPLES)]
    Framings(framings::Framings),
    /// Show what pages tell differently
    #[command(after_help = disagreements::EXAMPLES)]
    Disagreements(disagreements::Disagreements),
    /// Write one page about an actor, an issue or a span of time
    ///
    /// An HTML page with everything in it, or Markdown: figures, pictures, key statements with
    /// their sentences, deeds by status, what became of announcements, how each outlet tells
    /// it, and how far it can be trusted.
    #[command(after_help = report::EXAMPLES)]
    Report(report::Report),
    /// Compare how outlets tell it
    #[command(after_help = compare::EXAMPLES)]
    Compare(compare::Compare),
    /// Try an issue of yours on a record, or find issues in it
    #[command(after_help = issues::EXAMPLES)]
    Issues(issues::Issues),
    /// List actors, show one, and correct who is who
    ///
    /// Corrections are kept beside the record and applied again on every run.
    #[command(after_help = actors::EXAMPLES)]
    Actors(actors::Actors),
    /// Change a cell of a row
    ///
    /// The correction is kept beside the record and applied again on every run.
    #[command(after_help = correct::EXAMPLES)]
    Correct(correct::Correct),
    /// Say that rows are right
    ///
    /// An accepted row stays as it is, whatever later runs read.
    #[command(after_help = accept::EXAMPLES)]
    Accept(accept::Accept),
    /// Say that rows are wrong, and take them out
    ///
    /// What rests on a rejected statement or event alone goes with it.
    #[command(after_help = reject::EXAMPLES)]
    Reject(reject::Reject),
    /// Take out rows that are not to be told, right or wrong
    ///
    /// Of a sentence or an article, all rows that rest on it, also those of later runs.
    #[command(after_help = suppress::EXAMPLES)]
    Suppress(suppress::Suppress),
    /// List what people changed, take it back, and show how right the rows were
    #[command(after_help = corrections::EXAMPLES)]
    Corrections(corrections::Corrections),
    /// Show the sentences a row rests on, and where they stand
    #[command(after_help = cite::EXAMPLES)]
    Cite(cite::Cite),
    /// Show how a row, a sentence or a page was read
    #[command(after_help = explain::EXAMPLES)]
    Explain(explain::Explain),
    /// Print words, tags, lemmas and dependency trees of a text
    ///
    /// Reads plain text (paragraphs parted by an empty line) or, with --pretokenized, CoNLL-U,
    /// and prints CoNLL-U; with --names or --mentions, IOB2. The same bytes come out on every
    /// machine and with any number of threads.
    #[command(after_help = parse::EXAMPLES)]
    Parse(parse::Parse),
    /// Check every citation of a record against the raw pages
    ///
    /// Looks up every page, compares its hash, and compares every sentence and every quoted
    /// piece with the words on the page. Uses nothing of what read the pages but their
    /// decoding. Exit code 3 if a page is missing or changed or a citation is broken.
    #[command(after_help = verify::EXAMPLES)]
    Verify(verify::Verify),
    /// Show what differs between two records, and why
    ///
    /// Compares rows by their ids, and rows that stand for the same thing at the same place of
    /// the same sentence under other ids. When the program ran does not count.
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Diff),
    /// Write a record to files
    #[command(after_help = export::EXAMPLES)]
    Export(export::Export),
    /// Read, check and compare a record in the browser
    ///
    /// Serves local pages until it is interrupted: search, articles with their rows, positions
    /// over time, timeline, network, map, outlets side by side, a review queue, exports.
    #[command(after_help = serve::EXAMPLES)]
    Serve(serve::Serve),
    /// Ask a record in SQL
    #[command(after_help = sql::EXAMPLES)]
    Sql(sql::Sql),
    /// Serve a record to assistants, read-only, over standard input and output
    ///
    /// Speaks the Model Context Protocol. An assistant that starts it can look up who said
    /// what, with the sentence, and check a quotation before it uses it.
    #[command(after_help = mcp::EXAMPLES)]
    Mcp(mcp::Mcp),
    /// Make one record of several: the parts of an archive, or two people's
    #[command(after_help = merge::EXAMPLES)]
    Merge(merge::Merge),
    /// Make one record of Parquet tables of rows as read, which a cluster wrote
    #[command(after_help = import::EXAMPLES)]
    Import(import::Import),
    /// Ask a language model on this machine what it holds of rows
    ///
    /// Off unless this command is run. The model judges rows and never changes one; its
    /// opinions are kept beside the record. Nothing leaves this machine unless allowed.
    #[command(after_help = second_opinion::EXAMPLES)]
    SecondOpinion(second_opinion::SecondOpinion),
    /// Compare names
    #[command(after_help = names::EXAMPLES)]
    Names(names::Names),
    /// Measure against a labelled set
    #[command(after_help = score::EXAMPLES)]
    Score(score::Score),
    /// Work with lexicon files
    #[command(after_help = lexicon::EXAMPLES)]
    Lexicon(lexicon::Lexicon),
    /// Write completions for a shell
    #[command(after_help = completions::EXAMPLES)]
    Completions(completions::Completions),
    /// Write manual pages
    #[command(after_help = man::EXAMPLES)]
    Man(man::Man),
}

/// The record a command asks.
#[derive(Args, Debug)]
pub struct RecordPath {
    /// The record, as `onrecord read -o` wrote it
    #[arg(value_name = "RECORD")]
    record: PathBuf,
}

impl RecordPath {
    /// Opens it for reading.
    pub fn open(&self) -> Result<Record, RecordError> {
        Record::open_read(&self.record)
    }

    /// Opens it for writing; it must be there.
    pub fn open_for_writing(&self) -> Result<Record, RecordError> {
        Record::open_read(&self.record)?;
        Record::open(&self.record)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.record
    }
}

/// The id of the actor that a name, a part of one, or an id means; `None` if there is none, which
/// the user was told.
///
/// # Errors
/// Several actors fit: they are named.
pub fn one_actor(record: &Record, name: &str) -> Result<Option<String>> {
    let found = record.find_actors(name)?;
    let text = |actor: &Map, column: &str| actor[column].as_str().unwrap_or_default().to_owned();
    match found.as_slice() {
        [] => {
            tell(&format!(
                "onrecord: no actor of the record has the name `{name}`\n"
            ));
            Ok(None)
        }
        [actor] => Ok(Some(text(actor, "actor_id"))),
        several => {
            let label =
                |actor: &Map| format!("  {}  {}", text(actor, "actor_id"), text(actor, "name"));
            let labels: Vec<String> = several.iter().map(label).collect();
            Err(usage(format!(
                "several actors fit `{name}`; give the id or more of the name:\n{}",
                labels.join("\n")
            )))
        }
    }
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is there to be told if this fails.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match run(&cli.command) {
        Ok(exit) => exit.code(),
        Err(error) => {
            if !is_broken_pipe(&error) {
                tell(&format!("onrecord: {}\n", chain(&error)));
            }
            ExitCode::from(code_of(&error))
        }
    }
}

fn run(command: &Command) -> Result<Exit> {
    match command {
        Command::Read(args) => read::run(args),
        Command::Watch(args) => watch::run(args),
        Command::List(args) => list::run(args),
        Command::Search(args) => search::run(args),
        Command::Timeline(args) => timeline::run(args),
        Command::Positions(args) => positions::run(args),
        Command::Outlooks(args) => outlooks::run(args),
        Command::Framings(args) => framings::run(args),
        Command::Disagreements(args) => disagreements::run(args),
        Command::Report(args) => report::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Issues(args) => issues::run(args),
        Command::Actors(args) => actors::run(args),
        Command::Correct(args) => correct::run(args),
        Command::Accept(args) => accept::run(args),
        Command::Reject(args) => reject::run(args),
        Command::Suppress(args) => suppress::run(args),
        Command::Corrections(args) => corrections::run(args),
        Command::Cite(args) => cite::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Parse(args) => parse::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Export(args) => export::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Sql(args) => sql::run(args),
        Command::Mcp(args) => mcp::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Import(args) => import::run(args),
        Command::SecondOpinion(args) => second_opinion::run(args),
        Command::Names(args) => names::run(args),
        Command::Score(args) => score::run(args),
        Command::Lexicon(args) => lexicon::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}

/// Writes progress and notes to standard error.
pub fn tell(text: &str) {
    use std::io::Write;
    // A closed standard error is no reason to stop.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Reads a number of seconds, at least so many and at most an hour.
fn seconds(text: &str, least: f64) -> Result<f64, String> {
    let seconds: Option<f64> = text.parse().ok();
    seconds
        .filter(|seconds| (least..=3600.0).contains(seconds))
        .ok_or_else(|| format!("`{text}` is no number of seconds from {least} to 3600"))
}

/// An error with its causes, those left out whose words the one before already holds.
fn chain(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !text.contains(&cause) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&cause);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        for command in super::Cli::command().get_subcommands() {
            let help = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(help.contains("onrecord "), "{}", command.get_name());
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }
}
