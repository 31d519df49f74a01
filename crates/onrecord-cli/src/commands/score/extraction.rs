//! `onrecord score extraction`: who does what kind of thing to whom, on the cameo sets.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Span};
use onrecord_score::events::{ExtractionScore, extractions};
use serde_json::json;

use super::{kit, text_of};
use crate::event_examples::EventExamples;
use crate::exit::Exit;
use crate::output;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Extraction {
    /// The parties: a word and its label a line
    parties: PathBuf,
    /// The quads: a sentence, a tab and 0 to 4 a line
    quads: PathBuf,
    /// Write the events found to this file, JSON a line
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Also show the sentences in which none was right, and those that hold none
    #[arg(long)]
    errors: bool,
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
    if args.examples.is_some() || rows.is_empty() {
        return Ok(if rows.is_empty() {
            Exit::Nothing
        } else {
            Exit::Well
        });
    }
    let mut out = output::out();
    let (mut score, mut predictions) = (ExtractionScore::default(), String::new());
    for row in &rows {
        let article = Article::new("pg-text".into(), 1, row.text.clone());
        let events = onrecord::read_article(article, kit).events;
        let before = score.full.right;
        score.add(row, &events);
        let told = |spans: &[Span]| -> Vec<String> {
            spans.iter().map(|s| s.of(&row.text).to_owned()).collect()
        };
        let found: Vec<_> = events
            .iter()
            .map(|e| {
                json!({
                    "type": e.event_type.name(), "trigger": e.trigger.of(&row.text),
                    "actor": told(&e.actor_spans), "recipient": told(&e.recipient_spans),
                    "made_by": e.made_by,
                })
            })
            .collect();
        if args.errors && row.quad.is_some() && score.full.right == before {
            let parties = row.parties.as_ref();
            let wanted: Vec<_> = parties.into_iter().flatten().map(|s| told(s)).collect();
            writeln!(out, "{:?} {wanted:?}: {}", row.quad, row.text)?;
            for event in &found {
                writeln!(out, "    {event}")?;
            }
        }
        predictions += &format!("{}\n", json!({"row": row.name, "events": found}));
    }
    if let Some(path) = &args.predictions {
        std::fs::write(path, predictions)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    writeln!(out, "Extraction, {} sentences\n\n{score}", rows.len())?;
    out.flush()?;
    Ok(Exit::Well)
}
