//! What a command works with: the lexicon and the engine, built in or the user's own.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onrecord::actors::coref::{self, Head};
use onrecord_language::{Engine, FAST_WEIGHTS, WEIGHTS};
use onrecord_lexicon::Lexicon;
use onrecord_model::sha256_hex;

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

/// Which engine a command reads pages with, and which head on it.
#[derive(Args, Debug)]
pub struct ReaderOption {
    #[command(flatten)]
    engine: EngineOption,
    /// A file with the head that links pronouns and descriptions, trained on these weights
    #[arg(long, value_name = "FILE")]
    coreference: Option<PathBuf>,
}

impl ReaderOption {
    /// The engine asked for.
    ///
    /// # Errors
    /// As [`EngineOption::engine`].
    pub fn engine(&self) -> Result<Held<Engine>> {
        self.engine.engine()
    }

    /// The head that links pronouns and descriptions: with weights of the user's, the user's
    /// own or none.
    ///
    /// # Errors
    /// The file cannot be read or is no such head, naming it.
    pub fn coreference(&self) -> Result<Option<Held<Head>>> {
        Ok(match (&self.coreference, &self.engine.weights) {
            (Some(path), _) => {
                let head = Head::new(&bytes(path)?)
                    .with_context(|| format!("cannot use {}", path.display()))?;
                Some(Held::Own(Box::new(head)))
            }
            (None, Some(_)) => None,
            (None, None) if self.engine.fast => Some(Held::BuiltIn(Head::fast())),
            (None, None) => Some(Held::BuiltIn(Head::built_in())),
        })
    }

    /// The SHA-256 of the engine's weights and, behind them, those of the head.
    ///
    /// # Errors
    /// The files cannot be read.
    pub fn sha256(&self) -> Result<String> {
        let fast = self.engine.fast;
        let mut all = match &self.engine.weights {
            Some(path) => bytes(path)?,
            None if fast => FAST_WEIGHTS.to_vec(),
            None => WEIGHTS.to_vec(),
        };
        match (&self.coreference, &self.engine.weights) {
            (Some(path), _) => all.extend(bytes(path)?),
            (None, Some(_)) => {}
            (None, None) if fast => all.extend(coref::FAST_WEIGHTS),
            (None, None) => all.extend(coref::WEIGHTS),
        }
        Ok(sha256_hex(&all))
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
