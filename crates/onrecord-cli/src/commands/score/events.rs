//! `onrecord score events`: who did what to whom, on sentences with events marked.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord::model::Article;
use onrecord_lexicon::Lexicon;
use onrecord_score::events::{MarkedScore, marked};

use super::{kit, text_of};
use crate::event_examples::EventExamples;
use crate::exit::Exit;
use crate::output;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Events {
    /// The sentences, a line each, marked `[A1 actor] [T1 TYPE/mode status trigger] [R1 recipient]`
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Only every so many-th sentence, those that training keeps aside
    #[arg(long, value_name = "N")]
    every: Option<usize>,
    /// Also show what was missed and what was found wrongly
    #[arg(long)]
    errors: bool,
    /// Write what the head of events is trained on into this folder instead
    #[arg(long, value_name = "DIR")]
    examples: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Events) -> Result<Exit> {
    let reader = args.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let mut sentences = Vec::new();
    for file in &args.files {
        sentences.extend(marked(&file.display().to_string(), &text_of(file)?)?);
    }
    if let Some(every) = args.every.filter(|n| *n > 0) {
        let numbered = sentences.into_iter().enumerate();
        sentences = numbered
            .filter(|(n, _)| n % every == every - 1)
            .map(|(_, s)| s)
            .collect();
    }
    if sentences.is_empty() {
        return Ok(Exit::Nothing);
    }
    if let Some(folder) = &args.examples {
        let mut found = EventExamples::default();
        for s in &sentences {
            found.add(&s.name, &s.text, &s.events, None, kit);
        }
        found.write(folder)?;
        return Ok(Exit::Well);
    }
    let mut out = output::out();
    let mut score = MarkedScore::default();
    for sentence in &sentences {
        let article = Article::new("pg-text".into(), 1, sentence.text.clone());
        let reading = onrecord::read_article(article, kit);
        let told = score.add(sentence, &reading);
        if args.errors {
            write!(out, "{told}")?;
        }
    }
    write!(out, "{score}")?;
    out.flush()?;
    Ok(Exit::Well)
}
