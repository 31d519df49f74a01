//! `onrecord score extraction`: who does what kind of thing to whom, on the cameo sets.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_lexicon::Lexicon;
use onrecord_score::events::extractions;

use super::{kit, text_of};
use crate::event_examples::EventExamples;
use crate::exit::Exit;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Extraction {
    /// The parties: a word and its label a line
    parties: PathBuf,
    /// The quads: a sentence, a tab and 0 to 4 a line
    quads: PathBuf,
    /// Write what the head of events is trained on into this folder instead
    #[arg(long, value_name = "DIR")]
    examples: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Extraction) -> Result<Exit> {
    let reader = args.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let (labels, quads) = (text_of(&args.parties)?, text_of(&args.quads)?);
    let names = [&args.parties, &args.quads].map(|path| path.display().to_string());
    let rows = extractions((&names[0], &labels), (&names[1], &quads))?;
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
