//! `onrecord score stands`: where the holders of annotated sentences stand.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use onrecord::model::Article;
use onrecord_lexicon::Lexicon;
use onrecord_score::stands::{self, StandsScore};

use super::{kit, text_of};
use crate::exit::Exit;
use crate::output;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Stands {
    /// The sentences: a file an issue, named for it (ceasefire.tsv)
    #[arg(required = true, value_name = "ISSUE.tsv")]
    files: Vec<PathBuf>,
    /// Also list what was missed and what is wrong
    #[arg(long)]
    errors: bool,
    /// Only every so many-th text of a file, those that are kept aside
    #[arg(long, value_name = "N")]
    every: Option<usize>,
    /// With --every: the other texts instead
    #[arg(long, requires = "every")]
    others: bool,
    /// A lexicon folder of yours, laid over the built-in one
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
}

/// Prints the figures.
pub fn run(args: &Stands) -> Result<Exit> {
    let of_user;
    let lexicon = match &args.lexicon {
        None => Lexicon::built_in(),
        Some(folder) => {
            of_user = Lexicon::with_folder(folder)?;
            &of_user
        }
    };
    let reader = args.engine.reader()?;
    let kit = reader.kit(lexicon);
    let mut score = StandsScore::default();
    let mut texts = 0;
    for file in &args.files {
        if !stands::known(file, lexicon) {
            bail!("{}: no issue of the lexicon has that name", file.display());
        }
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let all = stands::read(file, &text_of(file)?, &lexicon.issues)?;
        for (n, gold) in all.iter().enumerate() {
            if let Some(every) = args.every.filter(|every| *every > 0)
                && (n % every == every - 1) == args.others
            {
                continue;
            }
            let article = Article::new("pg-text".into(), 1, gold.text.clone());
            let reading = onrecord::read_article(article, kit);
            let seen = !onrecord::positions::sightings(&reading, lexicon, &name).is_empty();
            score.add(&name, gold, &reading, seen);
            texts += 1;
        }
    }
    let mut out = output::out();
    if args.errors {
        writeln!(out, "{}\n", score.errors.join("\n"))?;
    }
    write!(out, "{score}")?;
    out.flush()?;
    Ok(if texts == 0 {
        Exit::Nothing
    } else {
        Exit::Well
    })
}
