//! A reading run: pages in, rows committed.
//!
//! The input is gone over twice. The first pass ([`survey`]) finds what hosts repeat on
//! their pages; the second reads every page on one of many threads and commits it in the
//! order of the input, one transaction a page. So the record is the same whatever the
//! number of threads, and a run that is killed loses nothing committed: the next one finds
//! what is there and goes on.

mod progress;
mod read_page;
mod summary;
mod survey;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::Result;
use onrecord::{Kit, VERSION};
use onrecord_formats::Options;
use onrecord_record::{Record, RunConfig};

pub use progress::Progress;
pub use summary::Summary;

use crate::input::{Source, feed};
use crate::pipeline::in_order;
use crate::{clock, corrections};
use read_page::{Outcome, Reader};

/// What a run works with.
#[derive(Debug)]
pub struct Job<'a> {
    /// The input.
    pub sources: &'a [Source],
    /// How files are read.
    pub options: Options,
    /// Threads that read.
    pub threads: usize,
    /// What pages are read with.
    pub kit: Kit<'a>,
    /// The SHA-256 of the engine's weights.
    pub weights_sha256: String,
    /// Which part of the pages is read.
    pub shard: Shard,
    /// Ends the run with [`Stopped`] behind the page that is being committed, once it is set.
    pub stop: Option<&'a AtomicBool>,
}

impl Job<'_> {
    fn go_on(&self) -> Result<(), Stopped> {
        match self.stop {
            Some(stop) if stop.load(Ordering::Relaxed) => Err(Stopped),
            _ => Ok(()),
        }
    }
}

/// The error of a run that was told to stop. What was committed stays; the next run goes on.
#[derive(Debug)]
pub struct Stopped;

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stopped")
    }
}

impl std::error::Error for Stopped {}

/// A part of the input: every `of`th page from the `n`th on, which is from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part.
    pub n: usize,
    /// How many parts there are.
    pub of: usize,
}

impl Shard {
    /// All pages.
    pub const ALL: Shard = Shard { n: 1, of: 1 };

    /// Whether the page of this number, from 0, belongs to the part.
    fn holds(self, number: usize) -> bool {
        number % self.of == self.n - 1
    }
}

/// Reads the pages of the input into the record, and compares them with one another unless they
/// are a part of the input only.
///
/// # Errors
/// If the record cannot be written, or [`Stopped`]; what was committed stays.
pub fn run(record: &mut Record, job: &Job<'_>, progress: &Progress<'_>) -> Result<Summary> {
    onrecord::guard::quiet();
    let began = Instant::now();
    let run_id = record.begin_run(&RunConfig {
        version: VERSION.to_owned(),
        lexicon_sha256: job.kit.lexicon.sha256.clone(),
        weights_sha256: Some(job.weights_sha256.clone()),
        settings: settings(&job.options),
        started: clock::now(),
    })?;
    progress.looking(job.sources.len());
    let survey = survey::survey(job, || progress.step())?;
    progress.reading(survey.pages.div_ceil(job.shard.of));

    let known = Mutex::new(Record::open_read(record.path())?);
    let reader = Reader {
        job,
        survey: &survey,
        run_id: &run_id,
        known,
    };
    let mut summary = Summary::default();
    let work = |(key, fed)| reader.read(key, fed);
    let pages = feed(job.sources, &job.options).enumerate();
    in_order(
        pages
            .filter(|(number, _)| job.shard.holds(*number))
            .map(|(_, page)| page),
        job.threads,
        work,
        |outcome| {
            job.go_on()?;
            progress.step();
            commit(record, &run_id, outcome, &mut summary)
        },
    )?;
    drop(reader);

    if job.shard == Shard::ALL {
        progress.comparing();
        compare(record, job.kit)?;
    }
    record.end_run(&run_id, &clock::now())?;
    summary.left_over = left_over(record, &run_id)?;
    summary.older = older(record)?;
    summary.counts = record.counts()?;
    summary.seconds = began.elapsed().as_secs_f64();
    progress.end();
    corrections::warn(record)?;
    Ok(summary)
}

/// Applies what people corrected, then writes what only several pages together show.
///
/// # Errors
/// If the file of corrections or the record cannot be read or written.
pub fn compare(record: &mut Record, kit: Kit<'_>) -> Result<()> {
    // Read now: others may have corrected while pages were read.
    let file = corrections::load(record.path())?;
    corrections::apply(record, &file)?;
    let joins = onrecord::join_actors(&record.pile_actors()?, &kit);
    record.write_joins(&joins)?;
    record.compare(&onrecord::Steps::new(kit.lexicon))?;
    Ok(())
}

/// Options that change what is read. Pages are found again with them.
fn settings(options: &Options) -> String {
    match options.fields.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{\"fields\": {}}}", options.fields.to_json()),
    }
}

fn commit(
    record: &mut Record,
    run_id: &str,
    outcome: Outcome,
    summary: &mut Summary,
) -> Result<()> {
    match outcome {
        Outcome::Read {
            reading,
            fingerprint,
            why,
        } => {
            // The fault of a step: the page is set aside, the others are read.
            match record.write_page_or_note(&reading, run_id, &fingerprint, &clock::now())? {
                None => summary.read(&reading, why),
                Some(unread) => summary.unread(&unread.uri, &unread.notes),
            }
        }
        Outcome::Unread { page, fingerprint } => {
            record.write_unread(&page, run_id, &fingerprint, &clock::now())?;
            summary.unread(&page.uri, &page.notes);
        }
        Outcome::Unchanged {
            page_id,
            uri,
            notes,
        } => {
            record.also_at(&page_id, &uri)?;
            summary.unchanged(&uri, &notes);
        }
        Outcome::Same {
            page_id,
            uri,
            first,
        } => {
            record.also_at(&page_id, &uri)?;
            summary.same(&uri, &first);
        }
        Outcome::Trouble(note) => summary.trouble(&note),
    }
    Ok(())
}

/// Pages of the record that were not in the input and were read with something else.
fn left_over(record: &Record, run_id: &str) -> Result<u64> {
    count(
        record,
        &format!("select count(*) as n from _pages where run_id <> '{run_id}'"),
    )
}

/// Pages at whose place another page was read, too: one of them is no longer there.
fn older(record: &Record) -> Result<u64> {
    count(
        record,
        "select count(*) - count(distinct uri) as n from pages",
    )
}

fn count(record: &Record, sql: &str) -> Result<u64> {
    Ok(record
        .sql(sql)?
        .first()
        .and_then(|row| row["n"].as_u64())
        .unwrap_or(0))
}
