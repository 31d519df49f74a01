//! What a command works with: the lexicon and the engine, built in or the user's own.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onrecord_language::{Engine, WEIGHTS};
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
}

impl EngineOption {
    /// The engine asked for.
    ///
    /// # Errors
    /// The file cannot be read or is no weights file, naming it.
    pub fn engine(&self) -> Result<Held<Engine>> {
        let Some(path) = &self.weights else {
            return Ok(Held::BuiltIn(Engine::built_in()));
        };
        let engine =
            Engine::new(&bytes(path)?).with_context(|| format!("cannot use {}", path.display()))?;
        Ok(Held::Own(Box::new(engine)))
    }

    /// The SHA-256 of its weights.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn sha256(&self) -> Result<String> {
        Ok(match &self.weights {
            Some(path) => sha256_hex(&bytes(path)?),
            None => sha256_hex(WEIGHTS),
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
