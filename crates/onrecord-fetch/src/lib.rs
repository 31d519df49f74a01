//! Pages from the web, politely, kept beside the record.
//!
//! Nothing is asked but what the user names, and the pages that a feed named by the user links
//! to. Before a host is asked for a page, its robots.txt is, and what that forbids is left. A
//! host gets one request at a time, with a pause between two; a page that is kept is asked for
//! with its version, so that a server may answer that nothing has changed. Addresses of this
//! machine and of private networks are asked only where the user names them outright, whatever
//! a name, a redirect or a feed leads to. What comes is kept as WARC, whole or not at all, and
//! every request is a line of `requests.log`.
//!
//! ```no_run
//! # fn main() -> Result<(), onrecord_fetch::FetchError> {
//! use std::path::Path;
//!
//! use onrecord_fetch::{Fetcher, Settings};
//!
//! let now = || "2030-01-01T00:00:00Z".to_owned();
//! let mut fetcher = Fetcher::open(Path::new("pages.db.fetched"), Settings::default(), &now)?;
//! for got in fetcher.fetch(&["https://news.example/feed.xml".to_owned()], &|told| drop(told))? {
//!     println!("{}: {:?} {:?}", got.url, got.file, got.note);
//! }
//! # Ok(())
//! # }
//! ```

// The edge: the network, files and pauses.
#![allow(clippy::disallowed_methods)]

mod ask;
mod keep;
mod polite;
mod public;
mod robots;

use std::collections::BTreeSet;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::time::Duration;

use onrecord_formats::{Kind, feed_links, kind_of};
use onrecord_model::Note;
use url::Url;

use ask::Response;
use keep::{Keep, Kept};
use polite::{End, Polite, proper};
pub use public::is_public;

/// How pages are fetched.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Time between two requests to a host, at least.
    pub delay: Duration,
    /// How many pages of a feed are fetched, at most.
    pub limit: usize,
    /// How long a page may be, in bytes, packed and unpacked.
    pub page_bytes: u64,
    /// How long a request may take.
    pub timeout: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            delay: Duration::from_secs(5),
            limit: 50,
            page_bytes: 16 << 20,
            timeout: Duration::from_secs(60),
        }
    }
}

/// What came of an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Got {
    /// The address as it was named.
    pub url: String,
    /// The file with the page, below the folder; an earlier version where no newer came.
    pub file: Option<PathBuf>,
    /// Why there is no page, or not the newest.
    pub note: Option<Note>,
}

/// Why nothing could be fetched at all.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// An address that cannot be fetched from.
    #[error(
        "`{url}` is no address to fetch from: {why}; write it like https://news.example/feed.xml"
    )]
    Address {
        /// As it was named.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The folder cannot be written.
    #[error("{path}: fetched pages cannot be kept")]
    Keep {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Fetches pages into a folder.
pub struct Fetcher<'a> {
    folder: PathBuf,
    keep: Keep,
    settings: Settings,
    now: &'a dyn Fn() -> String,
}

impl std::fmt::Debug for Fetcher<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetcher")
            .field("folder", &self.folder)
            .finish()
    }
}

/// A page to be fetched.
struct Wanted {
    /// As it is told.
    named: String,
    url: Url,
    /// Whether it may be a feed whose pages are fetched, too.
    may_be_feed: bool,
}

impl<'a> Fetcher<'a> {
    /// Opens the folder of what was fetched, made where it is missing. `now` gives the time as
    /// it is written down.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn open(
        folder: &Path,
        settings: Settings,
        now: &'a dyn Fn() -> String,
    ) -> Result<Fetcher<'a>, FetchError> {
        Ok(Fetcher {
            folder: folder.to_owned(),
            keep: Keep::open(folder).map_err(kept_in(folder))?,
            settings,
            now,
        })
    }

    /// Fetches pages, and of feeds the pages they link to; `told` hears of each request before
    /// it. What cannot be had is noted, and the rest goes on.
    ///
    /// # Errors
    /// An address that is none, before anything is asked; or the folder cannot be written.
    pub fn fetch(&mut self, urls: &[String], told: &dyn Fn(&str)) -> Result<Vec<Got>, FetchError> {
        let mut wanted = Vec::new();
        let mut outright = BTreeSet::new();
        for named in urls {
            let url = address(named)?;
            outright.extend(public::named_outright(&url));
            wanted.push(Wanted {
                named: named.clone(),
                url,
                may_be_feed: true,
            });
        }
        let mut polite = Polite::new(&self.settings, outright);
        let mut seen = BTreeSet::new();
        wanted.retain(|wanted| seen.insert(wanted.url.to_string()));
        let mut got = Vec::new();
        while let Some(next) = next(&polite, &wanted) {
            let wanted_page = wanted.remove(next);
            told(&format!("{}, {} more", wanted_page.url, wanted.len()));
            let one = self
                .one(&mut polite, &wanted_page)
                .map_err(kept_in(&self.folder))?;
            match one {
                One::Page(page) => got.push(page),
                One::Feed(links) => {
                    for url in links.into_iter().take(self.settings.limit) {
                        if seen.insert(url.to_string()) {
                            wanted.push(Wanted {
                                named: url.to_string(),
                                url,
                                may_be_feed: false,
                            });
                        }
                    }
                }
            }
        }
        Ok(got)
    }

    fn one(&mut self, polite: &mut Polite, wanted: &Wanted) -> io::Result<One> {
        let kept = self.keep.of(&wanted.url).cloned();
        let version = kept
            .as_ref()
            .map(|kept| kept.version.clone())
            .unwrap_or_default();
        let at = (self.now)();
        let answer = polite.answer(&wanted.url, &version);
        let told = match &answer {
            Ok((_, End::Unchanged)) => "304".to_owned(),
            Ok((_, End::Body(_))) => String::new(),
            Err(why) => why.text.clone(),
        };
        if !told.is_empty() {
            self.keep.note(&wanted.url, &at, &told)?;
        }
        let earlier = |keep: &Keep, kept: &Kept| -> io::Result<One> {
            let is_feed = kept.file.extension().is_some_and(|ending| ending == "feed");
            match is_feed && wanted.may_be_feed {
                true => Ok(One::Feed(links(&keep.bytes(kept)?, &wanted.url))),
                false => Ok(One::Page(Got {
                    url: wanted.named.clone(),
                    file: (!is_feed).then(|| kept.file.clone()),
                    note: None,
                })),
            }
        };
        Ok(match (answer, kept) {
            (Ok((from, End::Body(response))), _) => {
                let is_feed = is_feed(&response);
                let kept = self
                    .keep
                    .keep(&wanted.url, &from, &at, &response, is_feed)?;
                earlier(&self.keep, &kept)?
            }
            (Ok((_, End::Unchanged)), Some(kept)) => earlier(&self.keep, &kept)?,
            (Ok((_, End::Unchanged)), None) => One::Page(Got {
                url: wanted.named.clone(),
                file: None,
                note: Some(Note::unread(
                    "fetch-failed",
                    wanted.named.as_str(),
                    "the server says that it has not changed, but no version is kept",
                )),
            }),
            (Err(why), kept) => One::Page(Got {
                url: wanted.named.clone(),
                note: Some(why.note(&wanted.named, kept.is_some())),
                file: kept
                    .map(|kept| kept.file)
                    .filter(|file| file.extension().is_some_and(|ending| ending == "gz")),
            }),
        })
    }
}

/// The number of the page whose host is free first.
fn next(polite: &Polite, wanted: &[Wanted]) -> Option<usize> {
    let all = wanted.iter().enumerate();
    all.min_by_key(|(number, wanted)| (polite.free(&wanted.url), *number))
        .map(|(number, _)| number)
}

/// What an address brought.
enum One {
    Page(Got),
    Feed(Vec<Url>),
}

fn kept_in(folder: &Path) -> impl Fn(io::Error) -> FetchError + '_ {
    |source| FetchError::Keep {
        path: folder.to_owned(),
        source,
    }
}

/// Reads an address as the user wrote it.
fn address(named: &str) -> Result<Url, FetchError> {
    let wrong = |why: String| FetchError::Address {
        url: named.to_owned(),
        why,
    };
    let url = Url::parse(named.trim()).map_err(|error| wrong(error.to_string()))?;
    proper(&url).map_err(|why| wrong(why.to_owned()))
}

fn is_feed(response: &Response) -> bool {
    kind_of("feed", Cursor::new(&response.body)).is_ok_and(|kind| kind == Kind::Feed)
}

/// The pages that a feed links to, in its order.
fn links(feed: &[u8], url: &Url) -> Vec<Url> {
    let links = feed_links(feed).into_iter();
    links
        .filter_map(|link| proper(&url.join(&link).ok()?).ok())
        .collect()
}
