//! What a command works with: the lexicon and the engine, built in or the user's own.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use onrecord::Kit;
use onrecord::actors::coref;
use onrecord::positions::tone;
use onrecord_events::head as events;
use onrecord_language::{Engine, FAST_WEIGHTS, WEIGHTS};
use onrecord_lexicon::Lexicon;
use onrecord_model::sha256_hex;
use onrecord_net::{Carried, Tagger};
use onrecord_statements::head as attribution;

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
#[derive(Args, Clone, Debug)]
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
#[derive(Args, Clone, Debug)]
pub struct ReaderOption {
    #[command(flatten)]
    engine: EngineOption,
    /// A file with the head that links pronouns and descriptions, trained on these weights
    #[arg(long, value_name = "FILE")]
    coreference: Option<PathBuf>,
    /// A file with the head that finds attributions, trained on these weights
    #[arg(long, value_name = "FILE")]
    attribution: Option<PathBuf>,
    /// A file with the head that finds events, trained on these weights
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// A file with the head that tells how a sentence speaks of an actor, trained on these weights
    #[arg(long, value_name = "FILE")]
    tone: Option<PathBuf>,
}

/// An engine and the heads on its vectors.
#[derive(Debug)]
pub struct Reader {
    engine: Held<Engine>,
    coreference: Option<Held<coref::Head>>,
    attribution: Option<Held<Tagger>>,
    events: Option<Held<Tagger>>,
    tone: Option<Held<tone::Head>>,
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
            events: self.events.as_deref(),
            tone: self.tone.as_deref(),
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
        let mut all = match weights {
            Some(path) => bytes(path)?,
            None if *fast => FAST_WEIGHTS.to_vec(),
            None => WEIGHTS.to_vec(),
        };
        let profile = weights.is_none().then_some(usize::from(*fast));
        let tagger = |own: &Option<PathBuf>, heads: [&'static Carried; 2], all: &mut Vec<u8>| {
            let carried = || profile.map(|at| (heads[at].bytes(), heads[at].tagger()));
            let new = |bytes: &[u8]| Tagger::new(bytes).map_err(anyhow::Error::from);
            choose(own.as_deref(), carried, new, all)
        };
        let coreference = || match profile? {
            0 => Some((coref::WEIGHTS, coref::Head::built_in())),
            _ => Some((coref::FAST_WEIGHTS, coref::Head::fast())),
        };
        Ok(Reader {
            engine: self.engine.engine()?,
            coreference: choose(
                self.coreference.as_deref(),
                coreference,
                |bytes| coref::Head::new(bytes).map_err(anyhow::Error::from),
                &mut all,
            )?,
            attribution: tagger(
                &self.attribution,
                [&attribution::BUILT_IN, &attribution::FAST],
                &mut all,
            )?,
            events: tagger(&self.events, [&events::BUILT_IN, &events::FAST], &mut all)?,
            // the fast engine has none
            tone: choose(
                self.tone.as_deref(),
                || (profile == Some(0)).then(|| (tone::BUILT_IN.bytes(), tone::BUILT_IN.head())),
                |bytes| tone::Head::new(bytes).map_err(anyhow::Error::from),
                &mut all,
            )?,
            sha256: sha256_hex(&all),
        })
    }
}

/// The user's own head, or the one carried for the engine's profile with its bytes, or none; its
/// weights are added to `all`.
fn choose<T>(
    own: Option<&Path>,
    carried: impl FnOnce() -> Option<(&'static [u8], &'static T)>,
    new: impl Fn(&[u8]) -> Result<T>,
    all: &mut Vec<u8>,
) -> Result<Option<Held<T>>> {
    if let Some(path) = own {
        let read = bytes(path)?;
        let head = new(&read).with_context(|| format!("cannot use {}", path.display()))?;
        all.extend(read);
        return Ok(Some(Held::Own(Box::new(head))));
    }
    Ok(carried().map(|(bytes, head)| {
        all.extend(bytes);
        Held::BuiltIn(head)
    }))
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// How many threads: as many as asked for, else one a processor.
pub fn threads(asked: Option<u16>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(processors, usize::from)
}
