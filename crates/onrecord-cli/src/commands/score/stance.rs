//! `onrecord score stance`: how a sentence speaks of somebody in it, on NewsMTSC.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use onrecord::Kit;
use onrecord::positions::tone::{Examples, Head, examples};
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, ArticleReading, Tone};
use onrecord_score::stance::{StanceScore, Toned, read};
use serde_json::json;

use super::{kit, text_of, write_text};
use crate::exit::Exit;
use crate::{output, tables};

/// What is asked for.
#[derive(Args, Debug)]
pub struct Stance {
    /// The labelled set: JSON lines with sentence, polarity (-1, 0, 1), from, to (code points)
    file: PathBuf,
    /// Write what was found for each row to this file, JSON a line
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Also show the rows that are wrong
    #[arg(long)]
    errors: bool,
    /// Write what the head of tones is trained on into this folder instead
    #[arg(long, value_name = "DIR")]
    examples: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Stance) -> Result<Exit> {
    let reader = args.engine.reader()?;
    let kit = reader.kit(Lexicon::built_in());
    let rows = read(&args.file.display().to_string(), &text_of(&args.file)?)?;
    if rows.is_empty() {
        return Ok(Exit::Nothing);
    }
    if let Some(folder) = &args.examples {
        write_examples(folder, &rows, kit)?;
        return Ok(Exit::Well);
    }
    let Some(head) = kit.tone else {
        anyhow::bail!("these weights come without a head of tones: give one by --tone");
    };
    let mut out = output::out();
    let (mut score, mut predictions) = (StanceScore::default(), String::new());
    for row in &rows {
        let (found, share, sure) = told(row, head, kit);
        score.add(row, found, sure);
        let line = json!({"row": row.name, "tone": found.name(), "share": share});
        predictions += &format!("{line}\n");
        if args.errors && found != row.tone {
            let (found, right) = (found.name(), row.tone.name());
            let target = row.target.of(&row.text);
            writeln!(out, "{found} for {right}: {target}: {}", row.text)?;
        }
    }
    if let Some(path) = &args.predictions {
        write_text(path, &predictions)?;
    }
    writeln!(out, "Tone toward a target, {} rows\n\n{score}", rows.len())?;
    out.flush()?;
    Ok(Exit::Well)
}

/// The likeliest tone of a row with its share, and whether it would be claimed. Of a target that
/// no word touches: neutral.
fn told(row: &Toned, head: &Head, kit: Kit<'_>) -> (Tone, f32, bool) {
    let reading = parsed(row, kit);
    let sentence = reading.sentences.first();
    let shares = sentence.and_then(|s| head.tone(&reading, kit.lexicon, s, row.target));
    shares.map_or((Tone::Neutral, 0.0, false), |shares| {
        let (tone, share) = shares.best();
        (tone, share, shares.sure().is_some())
    })
}

fn parsed(row: &Toned, kit: Kit<'_>) -> ArticleReading {
    let article = Article::new("pg-text".into(), 1, row.text.clone());
    onrecord::parsed_whole(article, kit)
}

/// Writes the tables that `training/stance.py` reads.
fn write_examples(folder: &Path, rows: &[Toned], kit: Kit<'_>) -> Result<()> {
    let mut found = Examples::default();
    for row in rows {
        let reading = parsed(row, kit);
        examples(&reading, kit.lexicon, row.target, row.tone, &mut found);
    }
    tables::write(
        folder,
        &[
            ("vectors.f32", tables::floats(&found.vectors)),
            ("features.u16", tables::small(&found.features)),
            ("rows.i32", tables::numbers(found.rows.as_flattened())),
            ("forms.txt", (found.forms.join("\n") + "\n").into_bytes()),
        ],
    )
}
