//! How pages are read: what the commands that read some have in common.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use onrecord_formats::{FieldMap, Limits, Options};
use onrecord_lexicon::Lexicon;
use onrecord_pages::MAX_BYTES;

use super::kit::{self, Held, Reader};
use crate::exit::usage;
use crate::input::Source;
use crate::run::{Job, Shard};

/// How pages are to be read.
#[derive(Args, Debug)]
pub struct ReadingOption {
    /// How many threads read [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    threads: Option<u16>,
    /// A lexicon folder of yours, over the built-in one
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    engine: kit::ReaderOption,
    /// What the columns of tables and the fields of JSON are called, as TOML; beside the names
    /// that are known
    #[arg(long, value_name = "FILE")]
    fields: Option<PathBuf>,
    /// Most bytes of one page, unpacked
    #[arg(long, value_name = "BYTES", default_value_t = MAX_BYTES as u64,
          value_parser = clap::value_parser!(u64).range(1..=MAX_BYTES as u64))]
    max_page_bytes: u64,
}

/// Lexicon, engine and options, ready for any number of runs.
#[derive(Debug)]
pub struct Loaded {
    lexicon: Held<Lexicon>,
    reader: Reader,
    options: Options,
    threads: usize,
}

impl ReadingOption {
    /// Loads what is asked for.
    ///
    /// # Errors
    /// A file cannot be read or is not what it should be, naming it.
    pub fn load(&self) -> Result<Loaded> {
        Ok(Loaded {
            lexicon: kit::lexicon(self.lexicon.as_deref())?,
            reader: self.engine.reader()?,
            options: self.options()?,
            threads: kit::threads(self.threads),
        })
    }

    fn options(&self) -> Result<Options> {
        let fields = match &self.fields {
            None => FieldMap::default(),
            Some(path) => {
                let shown = path.display();
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("{shown}: the fields cannot be read"))?;
                FieldMap::from_toml(&text).map_err(|error| usage(format!("{shown}: {error}")))?
            }
        };
        Ok(Options {
            limits: Limits {
                page_bytes: self.max_page_bytes,
                ..Limits::default()
            },
            fields,
        })
    }
}

impl Loaded {
    /// A run over these sources, or over a part of them.
    pub fn job<'a>(&'a self, sources: &'a [Source], shard: Shard) -> Job<'a> {
        Job {
            sources,
            options: self.options.clone(),
            threads: self.threads,
            kit: self.reader.kit(&self.lexicon),
            weights_sha256: self.reader.sha256.clone(),
            shard,
            stop: None,
        }
    }
}
