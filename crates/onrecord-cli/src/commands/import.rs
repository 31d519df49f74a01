//! `onrecord import`: rows as read, from Parquet tables, into one record.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord::Steps;
use onrecord::lexicon::Lexicon;
use onrecord::model::AcrossPages;
use onrecord_record::{FoundElsewhere, Inbox, Record, TakenOver};

use super::{kit, merge, tell};
use crate::exit::{Exit, usage};
use crate::{corrections, run};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord import rows/ -o archive.db
  onrecord export part.db --format as-read -o rows-1/
  onrecord import rows-1/ rows-2/ -o archive.db

The rows are those of one run over all pages: actors are joined, and stories, disagreements,
outcomes and reprints found, when all rows are there; or taken from the folder, where
`onrecord.spark` has found them. Folders are what `onrecord.spark` and `onrecord export --format
as-read` write.";

/// What is asked for.
#[derive(Args, Debug)]
pub struct Import {
    /// Folders of Parquet tables of rows as read, in any order
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// The record to write, made where it is missing
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// A lexicon folder of yours, over the built-in one: the one the pages were read with
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
    /// No summary
    #[arg(short, long)]
    quiet: bool,
}

/// Takes the rows over, then compares the pages with one another.
pub fn run(args: &Import) -> Result<Exit> {
    for path in &args.folders {
        if !path.is_dir() {
            return Err(usage(format!("{} is no folder", path.display())));
        }
    }
    let lexicon = kit::lexicon(args.lexicon.as_deref())?;
    let reader = args.engine.reader()?;
    corrections::load(&args.output)?;
    let folder = merge::beside(&args.output)?;
    // All of them are read before anything is written.
    let (mut inboxes, mut found) = (Vec::new(), Vec::new());
    for (n, path) in args.folders.iter().enumerate() {
        let file = folder.path().join(format!("{n}.db"));
        let mut inbox = Inbox::new(&file)?;
        onrecord_export::import(path, &mut inbox)?;
        inbox.close()?;
        inboxes.push(file);
        let mut elsewhere = FoundElsewhere::new(&folder.path().join(format!("{n}-found.db")))?;
        if onrecord_export::found_elsewhere(path, &mut elsewhere)? {
            found.push(elsewhere);
        }
    }
    let mut record = Record::open(&args.output)?;
    let mut all = TakenOver::default();
    for file in &inboxes {
        let taken = record.take_over(file)?;
        all.pages += taken.pages;
        all.known += taken.known;
    }
    if !take_found(&mut record, found, inboxes.len(), &lexicon)? {
        run::compare(&mut record, reader.kit(&lexicon))?;
    }
    merge::finish(&mut record, all, args.quiet)?;
    Ok(Exit::Well)
}

/// Takes what a cluster found across the pages; false if it is not there or does not count.
fn take_found(
    record: &mut Record,
    mut found: Vec<FoundElsewhere>,
    folders: usize,
    lexicon: &Lexicon,
) -> Result<bool> {
    let Some(one) = found.pop() else {
        return Ok(false);
    };
    let why = match folders {
        1 => {
            let file = corrections::load(record.path())?;
            corrections::apply(record, &file)?;
            record.take_found(one, &Steps::new(lexicon).made_with())?
        }
        _ => Some("it is of one folder of several".to_owned()),
    };
    if let Some(why) = &why {
        tell(&format!(
            "onrecord: what was found across the pages elsewhere is not taken, since {why}; it is \
             found anew\n"
        ));
    }
    Ok(why.is_none())
}
