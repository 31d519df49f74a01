//! The first pass over the input: which pages stand in it twice, and which lines hosts
//! repeat. Only hashes are kept.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use onrecord_model::RawPage;
use onrecord_pages::{Hosts, PageLine, host_of};

use super::Job;
use crate::input::{Fed, Key, feed, load};
use crate::pipeline::in_order;

/// What the first pass found.
#[derive(Debug, Default)]
pub struct Survey {
    /// Pages of the input, those without bytes left out.
    pub pages: usize,
    /// Pages whose content stands earlier in the input, with the place of the first.
    pub again: BTreeMap<Key, Key>,
    /// What hosts repeat.
    pub hosts: Hosts,
}

struct Looked {
    key: Key,
    /// The first half of the SHA-256, enough to tell pages apart.
    content: [u8; 16],
    host: Option<(String, Vec<PageLine>)>,
}

/// Goes over the input once; `seen` is told of every page.
pub fn survey(job: &Job<'_>, mut seen: impl FnMut()) -> Result<Survey> {
    let (sources, options) = (job.sources, &job.options);
    let mut found = Survey::default();
    let mut first: HashMap<[u8; 16], Key> = HashMap::new();
    let look = |(key, fed): (Key, Fed<'_>)| {
        let raw = match fed {
            Fed::File(source) => load(source, options).ok()?,
            Fed::Line(raw) => raw,
            Fed::Trouble(_) => return None,
        };
        let content = content_of(&raw);
        // Pages that cannot be decoded are told of in the second pass.
        let host = onrecord::guard::caught(|| host_of(&raw)).ok().flatten();
        Some(Looked { key, content, host })
    };
    in_order(feed(sources, options), job.threads, look, |looked| {
        job.go_on()?;
        seen();
        let Some(Looked { key, content, host }) = looked else {
            return Ok(());
        };
        found.pages += 1;
        match first.get(&content) {
            Some(earlier) => {
                found.again.insert(key, *earlier);
            }
            None => {
                first.insert(content, key);
                if let Some((host, lines)) = host {
                    found.hosts.add(&host, &lines);
                }
            }
        }
        Ok(())
    })?;
    found.hosts.settle();
    Ok(found)
}

fn content_of(raw: &RawPage) -> [u8; 16] {
    let mut content = [0; 16];
    let digits = raw.sha256.as_bytes();
    for (byte, pair) in content.iter_mut().zip(digits.chunks(2)) {
        *byte = std::str::from_utf8(pair)
            .ok()
            .and_then(|p| u8::from_str_radix(p, 16).ok())
            .unwrap_or(0);
    }
    content
}
