//! `onrecord score relations`: what one party does to another, on the PLV set.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_lexicon::Lexicon;
use onrecord_score::events::relations;

use super::{kit, text_of};
use crate::event_examples::EventExamples;
use crate::exit::Exit;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Relations {
    /// The labelled set
    file: PathBuf,
    /// Write what the head of events is trained on into this folder instead
    #[arg(long, value_name = "DIR")]
    examples: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Relations) -> Result<Exit> {
    let reader = args.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let rows = relations(&args.file.display().to_string(), &text_of(&args.file)?)?;
    if let Some(folder) = &args.examples {
        let mut found = EventExamples::default();
        for row in &rows {
            let pairs: Vec<_> = row.pair().into_iter().collect();
            found.add(&row.name, &row.text, &[], Some(&pairs), kit);
        }
        found.write(folder)?;
    }
    Ok(Exit::Well)
}
