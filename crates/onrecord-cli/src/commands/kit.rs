//! What a command works with: the lexicon and the engine, built in or the user's own.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onrecord::Kit;
use onrecord::actors::coref;
use onrecord_language::{Engine, FAST_WEIGHTS, WEIGHTS};
use onrecord_lexicon::Lexicon;
use onrecord_model::sha256_hex;
use onrecord_statements::head;

/// Something the binary carries, or the user's own in its place.
#[derive(Debug)]
pub enum Held<T: 'static> {
    /// The one in the binary.
    BuiltIn(&'static T),
    /// One read for this call.
    Own(Box<T>),
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::BuiltIn(held) => held,
            Self::Own(held) => held,
        }
    }
}

/// The lexicon, with the user's folder over it.
///
/// # Errors
/// The folder cannot be read or a file in it is wrong.
pub fn lexicon(folder: Option<&Path>) -> Result<Held<Lexicon>> {
    Ok(match folder {
        None => Held::BuiltIn(Lexicon::built_in()),
        Some(folder) => Held::Own(Box::new(
            Lexicon::with_folder(folder).context("the lexicon cannot be used")?,
        )),
    })
}

/// Which engine a command parses with.
#[derive(Args, Debug)]
pub struct EngineOption {
    /// A weights file in place of the built-in one
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// The fast profile, for archives: a smaller network that makes more mistakes
    #[arg(long, conflicts_with = "weights")]
    fast: bool,
}

impl EngineOption {
    /// The engine asked for.
    ///
    /// # Errors
    /// The file cannot be read or is no weights file, naming it.
    pub fn engine(&self) -> Result<Held<Engine>> {
        Ok(match &self.weights {
            None if self.fast => Held::BuiltIn(Engine::fast()),
            None => Held::BuiltIn(Engine::built_in()),
            Some(path) => Held::Own(Box::new(
                Engine::new(&bytes(path)?)
                    .with_context(|| format!("cannot use {}", path.display()))?,
            )),
        })
    }
}

/// Which engine a command reads pages with, and which heads on it.
#[derive(Args, Debug)]
pub struct ReaderOption {
    #[command(flatten)]
    engine: EngineOption,
    /// A file with the head that links pronouns and descriptions, trained on these weights
    #[arg(long, value_name = "FILE")]
    coreference: Option<PathBuf>,
    /// A file with the head that finds attributions, trained on these weights
    #[arg(long, value_name = "FILE")]
    attribution: Option<PathBuf>,
}

/// An engine and the heads on its vectors.
#[derive(Debug)]
pub struct Reader {
    engine: Held<Engine>,
    coreference: Option<Held<coref::Head>>,
    attribution: Option<Held<head::Head>>,
    /// SHA-256 of the weights of all of them, one behind the other.
    pub sha256: String,
}

impl Reader {
    /// What pages are read with.
    pub fn kit<'a>(&'a self, lexicon: &'a Lexicon) -> Kit<'a> {
        Kit {
            lexicon,
            engine: &self.engine,
            coreference: self.coreference.as_deref(),
            attribution: self.attribution.as_deref(),
        }
    }
}

impl ReaderOption {
    /// The engine asked for, with the heads trained on it: with weights of the user's, the
    /// user's own heads or none.
    ///
    /// # Errors
    /// A file cannot be read or is not what it should be, naming it.
    pub fn reader(&self) -> Result<Reader> {
        let EngineOption { weights, fast } = &self.engine;
        let carried = |first: &'static [u8], second: &'static [u8]| match (weights, fast) {
            (Some(_), _) => None,
            (None, false) => Some(first),
            (None, true) => Some(second),
        };
        let mut all: Vec<u8> = Vec::new();
        match weights {
            Some(path) => all.extend(bytes(path)?),
            None => all.extend(if *fast { FAST_WEIGHTS } else { WEIGHTS }),
        }
        let mut file = |own: &Option<PathBuf>, carried: Option<&'static [u8]>| -> Result<_> {
            let read = own.as_deref().map(bytes).transpose()?;
            if let Some(found) = read.as_deref().or(carried) {
                all.extend(found);
            }
            Ok(read)
        };
        let coreference = file(
            &self.coreference,
            carried(coref::WEIGHTS, coref::FAST_WEIGHTS),
        )?;
        let attribution = file(
            &self.attribution,
            carried(head::WEIGHTS, head::FAST_WEIGHTS),
        )?;
        let named = |path: &Option<PathBuf>| {
            let path = path.as_deref().unwrap_or(Path::new(""));
            format!("cannot use {}", path.display())
        };
        Ok(Reader {
            engine: self.engine.engine()?,
            coreference: match coreference {
                Some(own) => {
                    let head = coref::Head::new(&own).with_context(|| named(&self.coreference))?;
                    Some(Held::Own(Box::new(head)))
                }
                None if weights.is_some() => None,
                None if *fast => Some(Held::BuiltIn(coref::Head::fast())),
                None => Some(Held::BuiltIn(coref::Head::built_in())),
            },
            attribution: match attribution {
                Some(own) => {
                    let head = head::Head::new(&own).with_context(|| named(&self.attribution))?;
                    Some(Held::Own(Box::new(head)))
                }
                None if weights.is_some() => None,
                None if *fast => Some(Held::BuiltIn(head::Head::fast())),
                None => Some(Held::BuiltIn(head::Head::built_in())),
            },
            sha256: sha256_hex(&all),
        })
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// How many threads: as many as asked for, else one a processor.
pub fn threads(asked: Option<u16>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(processors, usize::from)
}
