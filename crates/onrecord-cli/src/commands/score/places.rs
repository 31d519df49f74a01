//! `onrecord score places`: which words name a place, and where it lies.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord::model::Article;
use onrecord_lexicon::Lexicon;
use onrecord_score::places::{self, PlacesScore};

use super::{kit, text_of, write_text};
use crate::exit::Exit;
use crate::output;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Places {
    /// The labelled sets
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write what was found to this file, a line of JSON a place
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Also show what was missed, what is far off and what is no place
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Places) -> Result<Exit> {
    let reader = args.engine.reader()?;
    let lexicon = Lexicon::built_in();
    let kit = reader.kit(lexicon);
    let mut out = output::out();
    let mut lines = String::new();
    let mut articles = 0;
    for file in &args.files {
        let (mut rows, mut all) = (PlacesScore::default(), PlacesScore::default());
        for gold in places::read(&text_of(file)?, file)? {
            let article = Article::new("pg-text".into(), 1, gold.text.clone());
            let reading = onrecord::read_article(article, kit);
            let found = places::found(&reading, lexicon);
            lines += &places::lines(&gold, &found);
            let told = all.add(&gold, &found, lexicon);
            if args.errors {
                write!(out, "{told}")?;
            }
            let found: Vec<_> = found.into_iter().filter(|p| !p.actor).collect();
            rows.add(&gold, &found, lexicon);
        }
        articles += all.articles;
        writeln!(
            out,
            "Places, {}, {} articles\n\nAs places:\n{rows}\n\
             With countries that are governments in the record, adjectives and peoples:\n{all}",
            file.display(),
            all.articles
        )?;
    }
    if let Some(path) = &args.predictions {
        write_text(path, &lines)?;
    }
    write!(out, "{}", places::published())?;
    out.flush()?;
    Ok(if articles == 0 {
        Exit::Nothing
    } else {
        Exit::Well
    })
}
