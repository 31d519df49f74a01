//! `onrecord import`: rows as read, from Parquet tables, into one record.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_record::{Inbox, Record, TakenOver};

use super::{kit, merge};
use crate::corrections;
use crate::exit::{Exit, usage};

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord import rows/ -o archive.db
  onrecord export part.db --format as-read -o rows-1/
  onrecord import rows-1/ rows-2/ -o archive.db

The rows are those of one run over all pages: actors are joined, and stories, disagreements,
outcomes and reprints found, when all rows are there. Folders are what `onrecord.spark` and
`onrecord export --format as-read` write.";

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
    let mut inboxes = Vec::new();
    for (n, path) in args.folders.iter().enumerate() {
        let file = folder.path().join(format!("{n}.db"));
        let mut inbox = Inbox::new(&file)?;
        onrecord_export::import(path, &mut inbox)?;
        inbox.close()?;
        inboxes.push(file);
    }
    let mut record = Record::open(&args.output)?;
    let mut all = TakenOver::default();
    for file in inboxes {
        let taken = record.take_over(&file)?;
        all.pages += taken.pages;
        all.known += taken.known;
    }
    merge::finish(&mut record, reader.kit(&lexicon), all, args.quiet)?;
    Ok(Exit::Well)
}
