//! `onrecord score attribution`: who said what, on annotated articles.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onrecord_lexicon::Lexicon;
use onrecord_model::{ArticleReading, SourceKind};
use onrecord_score::attribution::{self, AttributionScore, GoldArticle, brat, published};
use onrecord_statements::head::{self, Examples};

use super::{kit, text_of};
use crate::attribution_examples as examples;
use crate::exit::Exit;
use crate::output;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Attribution {
    /// The labelled sets
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write what was found into this folder, a file of brat's an article
    #[arg(long, value_name = "DIR")]
    predictions: Option<PathBuf>,
    /// Also show what was missed and what was found wrongly
    #[arg(long)]
    errors: bool,
    /// Write what the attribution head is trained on into this folder instead
    #[arg(long, value_name = "DIR")]
    examples: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Attribution) -> Result<Exit> {
    let reader = args.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let mut articles = Vec::new();
    for path in &args.paths {
        articles.extend(annotated(path)?);
    }
    if articles.is_empty() {
        return Ok(Exit::Nothing);
    }
    if let Some(folder) = &args.examples {
        let mut found = Examples::default();
        for article in &articles {
            examples::add(article, kit, &mut found);
        }
        examples::write(&found, &articles, folder)?;
        return Ok(Exit::Well);
    }
    if let Some(folder) = &args.predictions {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let mut out = output::out();
    let (mut by_head, mut by_rows) = (AttributionScore::default(), AttributionScore::default());
    // statements whose source is there but neither known nor described, of those with a source
    let mut named = (0, 0);
    for gold in &articles {
        let (article, back) = gold.article();
        let reading = onrecord::parsed(article, kit);
        let found = kit.attribution.map_or_else(Vec::new, |attribution| {
            let found = head::find(&reading, kit.lexicon, attribution);
            let found = found.into_iter();
            found.map(|f| gold.in_text(&back, f.attribution)).collect()
        });
        let sentences = gold.places(&back, reading.sentences.iter().map(|s| s.span));
        by_head.add(&gold.text, &sentences, &gold.attributions, &found);
        let reading = onrecord::read_parsed(reading, kit);
        for row in reading
            .statements
            .iter()
            .filter(|s| s.speaker_span.is_some())
        {
            named.1 += 1;
            named.0 += usize::from(row.speaker.is_none() && row.source_kind == SourceKind::None);
        }
        let rows = statements(&reading);
        let rows: Vec<_> = rows.into_iter().map(|r| gold.in_text(&back, r)).collect();
        by_rows.add(&gold.text, &sentences, &gold.attributions, &rows);
        if let Some(folder) = &args.predictions {
            let name = gold.name.replace(['/', '\\', ':'], "_");
            let path = folder.join(format!("{name}.ann"));
            std::fs::write(&path, brat(&gold.text, &found))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        if args.errors {
            write!(out, "{}", attribution::errors(gold, &found))?;
        }
    }
    write!(
        out,
        "Attribution, {} articles\n\nAs the head finds it:\n{by_head}\n\
         As statements, which leave out thoughts and feelings:\n{by_rows}\
         speakers unknown: {:.1} % of {} statements with a source\n\n{}",
        by_head.articles,
        100.0 * named.0 as f64 / named.1.max(1) as f64,
        named.1,
        published()
    )?;
    out.flush()?;
    Ok(Exit::Well)
}

/// The articles of a folder of PolNeAR's or of a file of marked passages.
fn annotated(path: &Path) -> Result<Vec<GoldArticle>> {
    Ok(if path.extension().is_some_and(|ending| ending == "txt") {
        attribution::marked(&path.display().to_string(), &text_of(path)?)?
    } else {
        attribution::read(path)?
    })
}

/// The outermost statements of an article.
fn statements(reading: &ArticleReading) -> Vec<head::Attribution> {
    let outer = reading.statements.iter().filter(|s| s.nested_in.is_none());
    outer
        .map(|s| head::Attribution {
            source: s.speaker_span.into_iter().collect(),
            cue: s.cue.into_iter().collect(),
            content: s.content.clone(),
        })
        .collect()
}
