//! `onrecord parse`: a text's words, tags, lemmas, trees and names.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use onrecord_language::{Engine, parse, sentences};
use onrecord_model::{Article, Note, Sentence};
use onrecord_score::parsed::{self, Spans};
use onrecord_score::{ConlluSentence, conllu};

use super::{kit, tell};
use crate::exit::Exit;
use crate::output;
use crate::pipeline::in_order;

/// Examples at the end of the help.
pub const EXAMPLES: &str = "\
Examples:
  onrecord parse article.txt > article.conllu
  echo 'Tehran rejected the talks.' | onrecord parse -
  onrecord parse --pretokenized treebank.conllu
  onrecord parse --names article.txt";

/// Sentences that one thread takes at a time.
const CHUNK: usize = 64;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Parse {
    /// A text in UTF-8, or `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The input is CoNLL-U: keep its sentences and words
    #[arg(long)]
    pretokenized: bool,
    /// Print the names of persons, organizations and places in IOB2
    #[arg(long)]
    names: bool,
    /// Print names, descriptions and pronouns that stand for them in IOB2
    #[arg(long, conflicts_with = "names")]
    mentions: bool,
    /// Threads [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    threads: Option<u16>,
    #[command(flatten)]
    engine: kit::EngineOption,
    /// A lexicon folder of yours, over the built-in one
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
}

/// Writes the parse to standard output.
pub fn run(args: &Parse) -> Result<Exit> {
    let text = args.text()?;
    let engine = &args.engine.engine()?;
    let mut out = output::out();
    let any = if args.pretokenized {
        given(args, &text, engine, &mut out)?
    } else {
        raw(args, text, engine, &mut out)?
    };
    out.flush()?;
    Ok(if any { Exit::Well } else { Exit::Nothing })
}

fn given(args: &Parse, text: &str, engine: &Engine, out: &mut output::Out) -> Result<bool> {
    let sentences = conllu::read(text, &args.file.display().to_string())?;
    let work = |chunk: &[ConlluSentence]| match args.spans() {
        None => conllu::write(&parsed::parse_given(chunk, engine)),
        Some(spans) => parsed::iob2(&parsed::label_given(&parsed::forms(chunk), engine, spans)),
    };
    in_order(
        sentences.chunks(CHUNK),
        kit::threads(args.threads),
        work,
        |text| Ok(out.write_all(text.as_bytes())?),
    )?;
    Ok(!sentences.is_empty())
}

fn raw(args: &Parse, text: String, engine: &Engine, out: &mut output::Out) -> Result<bool> {
    let lexicon = &kit::lexicon(args.lexicon.as_deref())?;
    let article = Article::new("pg-text".into(), 1, text);
    let text = article.text.as_str();
    let (found, _) = sentences(&article, lexicon);
    let before = std::iter::once(None).chain(found.chunks(CHUNK).map(<[Sentence]>::last));
    let work = |(chunk, after): (&[Sentence], Option<&Sentence>)| {
        let mut chunk = chunk.to_vec();
        let notes = parse(text, &mut chunk, engine, lexicon);
        let printed = match args.spans() {
            None => conllu::write(&parsed::conllu_of(text, &chunk, after)),
            Some(spans) => parsed::iob2(&parsed::label_of(text, &chunk, spans)),
        };
        (printed, notes)
    };
    let done = |(text, notes): (String, Vec<Note>)| {
        for note in notes {
            let Note {
                place, text, code, ..
            } = note;
            tell(&format!(
                "{}: {place}: {text} ({code})\n",
                args.file.display()
            ));
        }
        Ok(out.write_all(text.as_bytes())?)
    };
    in_order(
        found.chunks(CHUNK).zip(before),
        kit::threads(args.threads),
        work,
        done,
    )?;
    Ok(!found.is_empty())
}

impl Parse {
    fn spans(&self) -> Option<Spans> {
        match (self.names, self.mentions) {
            (true, _) => Some(Spans::Names),
            (_, true) => Some(Spans::Mentions),
            _ => None,
        }
    }

    fn text(&self) -> Result<String> {
        let name = self.file.display();
        let mut bytes = Vec::new();
        if self.file.as_os_str() == "-" {
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .context("cannot read standard input")?;
        } else {
            bytes = std::fs::read(&self.file).with_context(|| format!("cannot read {name}"))?;
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(text
                .strip_prefix('\u{feff}')
                .map(str::to_owned)
                .unwrap_or(text)),
            Err(error) => bail!(
                "{name} is not UTF-8 at byte {}: `onrecord read` takes pages in other encodings",
                error.utf8_error().valid_up_to()
            ),
        }
    }
}
