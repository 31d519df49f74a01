//! `onrecord report`: one page about an actor, an issue or a span of time.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use onrecord_lexicon::Lexicon;
use onrecord_record::{Record, RecordError};
use onrecord_report::{Form, Meta, Scope, measures, near_actors, near_issues, write};

use super::{RecordPath, one_actor, positions, tell};
use crate::exit::{Exit, usage};
use crate::output;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord report pages.db --actor \"Hill Front\" -o hill-front.html
  onrecord report pages.db --issue foreign-troops-in-iraq -o troops.html
  onrecord report pages.db --actor \"Hill Front\" --issue ceasefire --since 2018 -o both.md
  onrecord report pages.db --since 2019-03 --until 2019-05 --format md --limit 10

The page says by which rule it chose what it shows, and how much it leaves out. It holds all it
needs and asks nothing of the network. The same record gives the same bytes.";

/// How many near names are told where an actor is not in the record.
const NEAR: usize = 5;

/// The figures of the README, the one place where they are kept.
const README: &str = include_str!("../../../../README.md");

/// What is asked for.
#[derive(Args, Debug)]
pub struct Report {
    #[command(flatten)]
    record: RecordPath,
    /// About this actor: a name, a part of one, or an id
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// About this issue: its id, another of its names, or a part of the id
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    /// From this date on: 2014, 2014-09 or 2014-09-20
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Up to this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// How the page is written [default: html, or what the ending of FILE says]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<PageForm>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// At most so many entries a list
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Leave out the words of sentences, for those who may not pass them on
    #[arg(long)]
    no_text: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PageForm {
    /// One HTML page with pictures, that needs no other file
    Html,
    /// Markdown with tables, without pictures
    Md,
}

/// Writes the page.
pub fn run(args: &Report) -> Result<Exit> {
    let record = args.record.open()?;
    let mut scope = Scope {
        since: args.since.clone(),
        until: args.until.clone(),
        limit: args.limit,
        text: !args.no_text,
        ..Scope::default()
    };
    if let Some(name) = &args.actor {
        scope.actor = one_actor(&record, name)?;
        if scope.actor.is_none() {
            tell_near(&record, name)?;
            return Ok(Exit::Nothing);
        }
    }
    if let Some(name) = &args.issue {
        scope.issue = positions::issue_named(&record, name)?;
        if scope.issue.is_none() {
            return Ok(Exit::Nothing);
        }
    }
    let path = args.record.path();
    let meta = Meta {
        record: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        written: None,
        questions: questions(&record)?,
        measures: measures(README),
    };
    let is_markdown = |path: &PathBuf| path.extension().is_some_and(|end| end == "md");
    let form = match args.format {
        Some(PageForm::Md) => Form::Markdown,
        Some(PageForm::Html) => Form::Html,
        None if args.output.as_ref().is_some_and(is_markdown) => Form::Markdown,
        None => Form::Html,
    };
    let page = write(&record, &scope, form, &meta).map_err(|error| match error {
        // A date that is none: the record says which form dates have.
        RecordError::Filter { .. } => usage(error.to_string()),
        error => error.into(),
    })?;
    match &args.output {
        Some(file) => fs::write(file, page)
            .with_context(|| format!("{}: cannot be written", file.display()))?,
        None => {
            let mut out = output::out();
            out.write_all(page.as_bytes())?;
            out.flush()?;
        }
    }
    Ok(Exit::Well)
}

/// Tells names like the one that is not there.
fn tell_near(record: &Record, name: &str) -> Result<()> {
    let near = near_actors(record, name, NEAR)?;
    if !near.is_empty() {
        tell("names like it:\n");
    }
    for (id, name) in near {
        tell(&format!("  {id}  {name}\n"));
    }
    Ok(())
}

/// The questions of the record's issues, where the lexicon knows them.
fn questions(record: &Record) -> Result<BTreeMap<String, String>> {
    let issues = &Lexicon::built_in().issues;
    let ids = near_issues(record, "")?.into_iter();
    let known = ids.filter_map(|id| {
        let question = positions::question(issues, &id)?;
        Some((id, question))
    });
    Ok(known.collect())
}
