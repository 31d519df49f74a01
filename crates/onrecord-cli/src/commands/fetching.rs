//! Pages from the web, for `onrecord read --fetch`.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use onrecord_fetch::{FetchError, Fetcher, Settings};

use super::{seconds, tell};
use crate::clock;
use crate::exit::usage;
use crate::input::{Place, Source, beside};

/// What is asked of other machines: nothing, unless addresses are named.
#[derive(Args, Debug)]
pub struct FetchOption {
    /// Ask for this page, or for the pages that this feed links to, and keep them beside the
    /// record; may be given again
    #[arg(long, value_name = "URL", conflicts_with = "shard")]
    fetch: Vec<String>,
    /// How many pages of a feed are asked for, at most
    #[arg(long, value_name = "N", default_value_t = 50, requires = "fetch")]
    fetch_limit: usize,
    /// Seconds between two requests to a host, at least
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = |text: &str| seconds(text, 0.0),
          requires = "fetch")]
    delay: f64,
}

impl FetchOption {
    /// Fetches what is asked for, and gives the files it is kept in.
    ///
    /// # Errors
    /// An address that is none; the folder beside the record cannot be written.
    pub fn sources(&self, record: &Path, quiet: bool) -> Result<Vec<Source>> {
        if self.fetch.is_empty() {
            return Ok(Vec::new());
        }
        let folder = beside(record, ".fetched");
        let settings = Settings {
            delay: Duration::from_secs_f64(self.delay),
            limit: self.fetch_limit,
            ..Settings::default()
        };
        let told = |what: &str| {
            if !quiet {
                tell(&format!("onrecord: asking for {what}\n"));
            }
        };
        let got = Fetcher::open(&folder, settings, &clock::now)
            .and_then(|mut fetcher| fetcher.fetch(&self.fetch, &told));
        let got = got.map_err(|error| match error {
            FetchError::Address { .. } => usage(error.to_string()),
            FetchError::Keep { .. } => error.into(),
        })?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let mut sources = Vec::new();
        for page in got {
            if let Some(file) = page.file {
                // Found again from the record's folder.
                sources.push(Source {
                    uri: format!("{name}/{}", file.to_string_lossy().replace('\\', "/")),
                    place: Place::File(folder.join(&file)),
                });
            }
            if let Some(note) = page.note {
                sources.push(Source {
                    uri: page.url,
                    place: Place::Nowhere(note),
                });
            }
        }
        Ok(sources)
    }
}
