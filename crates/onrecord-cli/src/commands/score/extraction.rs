//! `onrecord score extraction`: who does what kind of thing to whom, on the cameo sets.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Span};
use onrecord_score::events::{ExtractionScore, extractions};
use serde_json::json;

use super::{SetOption, text_of, write_text};
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
    #[command(flatten)]
    set: SetOption,
}

/// Prints the figures.
pub fn run(args: &Extraction) -> Result<Exit> {
    let reader = args.set.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let (labels, quads) = (text_of(&args.parties)?, text_of(&args.quads)?);
    let names = [&args.parties, &args.quads].map(|path| path.display().to_string());
    let rows = extractions((&names[0], &labels), (&names[1], &quads))?;
    if rows.is_empty() {
        return Ok(Exit::Nothing);
    }
    if let Some(folder) = &args.set.examples {
        let pairs = rows
            .iter()
            .map(|row| (row.name.as_str(), row.text.as_str(), row.pair()));
        EventExamples::of_pairs(pairs, kit).write(folder)?;
        return Ok(Exit::Well);
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
        if args.set.errors && row.quad.is_some() && score.full.right == before {
            let parties = row.parties.as_ref();
            let wanted: Vec<_> = parties.into_iter().flatten().map(|s| told(s)).collect();
            writeln!(out, "{:?} {wanted:?}: {}", row.quad, row.text)?;
            for event in &found {
                writeln!(out, "    {event}")?;
            }
        }
        predictions += &format!("{}\n", json!({"row": row.name, "events": found}));
    }
    if let Some(path) = &args.set.predictions {
        write_text(path, &predictions)?;
    }
    writeln!(out, "Extraction, {} sentences\n\n{score}", rows.len())?;
    out.flush()?;
    Ok(Exit::Well)
}
