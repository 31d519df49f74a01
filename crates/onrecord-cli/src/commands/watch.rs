//! `onrecord watch`: pages into a record as they come.

mod signal;
mod stamps;
mod wake;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use onrecord_record::Record;

use super::reading::{Loaded, ReadingOption};
use super::{seconds, tell};
use crate::exit::{Exit, usage};
use crate::input::{self, Inputs};
use crate::run::{self, Progress, Shard, Stopped, Summary};
use crate::{clock, corrections};
use signal::Stop;
use stamps::Stamps;
use wake::Wake;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord watch incoming/ -o pages.db
  onrecord watch feeds/outlet.xml saved/ -o pages.db --quiet
  onrecord watch /mnt/newsroom/ -o pages.db --poll 30

Ctrl-C ends it; the same command then goes on where it was.";

/// Files are read though others still change after so many times the time to settle.
const PATIENCE: u32 = 10;
/// A batch that could not be written is tried again after this.
const AGAIN: Duration = Duration::from_secs(10);

/// What is asked for.
#[derive(Args, Debug)]
pub struct Watch {
    /// Files, folders or globs
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The record to write, made where it is missing
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Look every so many seconds in place of being told by the system, for drives of a network
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    poll: Option<u64>,
    /// A file is read when it has not changed for so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, value_parser = |text: &str| seconds(text, 0.1))]
    settle: f64,
    #[command(flatten)]
    reading: ReadingOption,
    /// No line a batch; what cannot be read is named all the same
    #[arg(short, long)]
    quiet: bool,
}

/// Reads what is there and what comes until it is interrupted.
pub fn run(args: &Watch) -> Result<Exit> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(usage(
            "standard input cannot be watched; `onrecord read -` reads it",
        ));
    }
    let stop = Stop::on_signals()?;
    let mut watcher = Watcher {
        args,
        loaded: args.reading.load()?,
        read: Stamps::default(),
        told: BTreeSet::new(),
    };
    // Made before the first look, so that nothing comes unseen in between.
    let wake = Wake::new(&args.paths, args.poll.map(Duration::from_secs));
    let mut waiting = false;
    while !stop.is_set() {
        match watcher.look(&stop) {
            Ok(Looked::Unchanged) => {
                if !waiting {
                    waiting = true;
                    watcher.line("watching; Ctrl-C ends it");
                }
                wake.wait(&stop);
            }
            Ok(Looked::Unsettled | Looked::Read) => {}
            Err(error) if error.is::<Stopped>() => break,
            // What is wrong with the record may be mended while this goes on.
            Err(error) if waiting => {
                tell(&format!(
                    "onrecord: {error:#}; tried again in ten seconds\n"
                ));
                stop.sleep(AGAIN);
            }
            Err(error) => return Err(error),
        }
    }
    watcher.line("ended");
    Ok(Exit::Well)
}

/// What came of a look at the files.
enum Looked {
    /// They are as they were read.
    Unchanged,
    /// Those that changed go on changing.
    Unsettled,
    /// They were read.
    Read,
}

struct Watcher<'a> {
    args: &'a Watch,
    loaded: Loaded,
    /// What the files looked like when they were read.
    read: Stamps,
    /// What could not be read, as it was told.
    told: BTreeSet<String>,
}

impl Watcher<'_> {
    /// Looks at the files and reads them where any has changed and has settled.
    fn look(&mut self, stop: &Stop) -> Result<Looked> {
        let (_, mut now) = self.files()?;
        if now == self.read {
            return Ok(Looked::Unchanged);
        }
        let settle = Duration::from_secs_f64(self.args.settle);
        let mut waited = 0;
        loop {
            stop.sleep(settle);
            if stop.is_set() {
                return Ok(Looked::Unsettled);
            }
            waited += 1;
            let (mut inputs, seen) = self.files()?;
            let changing = seen.other_than(&now);
            now = seen;
            if !changing.is_empty() && waited < PATIENCE {
                continue;
            }
            inputs
                .sources
                .retain(|source| !changing.contains(&source.uri));
            now.put_back(&changing, &self.read);
            if now == self.read {
                return Ok(Looked::Unsettled);
            }
            let summary = self.batch(&inputs, stop)?;
            self.report(&summary, &now);
            self.read = now;
            return Ok(Looked::Read);
        }
    }

    fn files(&self) -> Result<(Inputs, Stamps)> {
        let inputs = input::expand(&self.args.paths, &self.args.output)?;
        let stamps = Stamps::of(&inputs.sources);
        Ok((inputs, stamps))
    }

    /// Reads the input as `onrecord read` does: what the record holds is not read again.
    fn batch(&self, inputs: &Inputs, stop: &Stop) -> Result<Summary> {
        corrections::load(&self.args.output)?;
        let mut record = Record::open(&self.args.output)?;
        let mut job = self.loaded.job(&inputs.sources, Shard::ALL);
        job.stop = Some(stop.flag());
        run::run(&mut record, &job, &Progress::new(self.args.quiet))
    }

    fn report(&mut self, summary: &Summary, now: &Stamps) {
        let mut line = format!("{}; {}", summary.pages_told(), summary.speed_told());
        let gone = self.read.gone_from(now);
        if gone > 0 {
            let files = if gone == 1 { "file is" } else { "files are" };
            line.push_str(&format!(
                "; {gone} {files} gone, the pages stay in the record"
            ));
        }
        self.line(&line);
        let failed: BTreeSet<String> = summary.failed().iter().cloned().collect();
        for text in failed.difference(&self.told) {
            tell(&format!("  {text}\n"));
        }
        // What is mended and breaks again is told again.
        self.told = failed;
    }

    fn line(&self, text: &str) {
        if !self.args.quiet {
            let record = name(&self.args.output);
            tell(&format!("{}  {record}: {text}\n", clock::now()));
        }
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
