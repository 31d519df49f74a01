//! What a command works with: the lexicon and the engine, built in or the user's own.

use std::ops::Deref;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_language::Engine;
use onrecord_lexicon::Lexicon;

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

/// The engine, of the user's weights file if there is one.
///
/// # Errors
/// The file cannot be read or is no weights file, naming it.
pub fn engine(weights: Option<&Path>) -> Result<Held<Engine>> {
    let Some(path) = weights else {
        return Ok(Held::BuiltIn(Engine::built_in()));
    };
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let engine = Engine::new(&bytes).with_context(|| format!("cannot use {}", path.display()))?;
    Ok(Held::Own(Box::new(engine)))
}

/// How many threads: as many as asked for, else one a processor.
pub fn threads(asked: Option<u16>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(processors, usize::from)
}
