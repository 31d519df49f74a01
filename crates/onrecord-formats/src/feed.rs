//! RSS, Atom and JSON Feed files: a page an entry.
//!
//! An entry's place is `E` and its number. Its hash is that of the entry as it stands in the
//! file, so that an entry met in two downloads of a feed is one page. An entry that has only
//! a summary is a page too, and a note says so.

mod entry;
mod json;

use onrecord_model::{MediaType, Note, RawPage, sha256_hex};

use crate::open::{Ctx, once};
use crate::xml::{Node, Xml, decoded, local};
use crate::{Pages, trouble};
use entry::Entry;

/// Whether a file is a feed: by its root element, or the version that JSON Feed asks for.
pub(crate) fn looks_like_feed(head: &[u8]) -> bool {
    let text = decoded(head);
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.starts_with('{') {
        return start.contains("jsonfeed.org/version/");
    }
    if !start.starts_with('<') {
        return false;
    }
    let mut xml = Xml::new(start.as_bytes());
    loop {
        match xml.next() {
            Ok(Some(Node::Open(root))) => {
                return matches!(root.name.as_str(), "rss" | "feed" | "rdf:RDF" | "RDF")
                    || local(&root.name) == "feed"
                        && start.contains("http://www.w3.org/2005/Atom");
            }
            Ok(Some(_)) => {}
            _ => return false,
        }
    }
}

/// The pages of a feed.
pub(crate) fn pages(ctx: &Ctx, bytes: Vec<u8>) -> Pages {
    let text = decoded(&bytes);
    if text.trim_start().starts_with('{') {
        return json::pages(ctx, &text);
    }
    let feed = Feed::read(&text);
    if feed.entries.is_empty() {
        let text = match &feed.trouble {
            Some(error) => format!("it breaks off before its first entry: {error}"),
            None => "the feed has no entries".to_owned(),
        };
        return once(Err(Note::unread("no-entries", ctx.uri.as_str(), text)));
    }
    let mut all = Vec::new();
    for (n, span) in feed.entries.iter().enumerate() {
        let uri = ctx.at(&format!("E{}", n + 1));
        let raw = &text[span.0..span.1];
        all.push(
            Entry::read(raw)
                .and_then(|entry| entry.page(&uri, &feed))
                .map(|mut page| {
                    page.sha256 = sha256_hex(raw.as_bytes());
                    page
                })
                .map_err(|text| Note::unread("broken-entry", uri, text)),
        );
    }
    if let Some(error) = feed.trouble {
        let text = format!("the rest of the feed was not read: {error}");
        all.push(Err(Note::partly("broken-feed", ctx.uri.as_str(), text)));
    }
    let most = ctx.limits().page_bytes;
    Box::new(all.into_iter().map(move |page| {
        page.and_then(|page| match page.bytes.len() as u64 <= most {
            true => Ok(page),
            false => Err(trouble::too_large(page.uri, most)),
        })
    }))
}

/// The addresses that the entries of a feed link to, as they stand there and in its order; an
/// entry that cannot be read, or links to nothing, gives none.
///
/// ```
/// let feed = "<rss version='2.0'><channel><item><link>/news/1</link></item></channel></rss>";
/// assert_eq!(onrecord_formats::feed_links(feed.as_bytes()), ["/news/1"]);
/// ```
pub fn links(bytes: &[u8]) -> Vec<String> {
    let text = decoded(bytes);
    if text.trim_start().starts_with('{') {
        return json::links(&text);
    }
    let entries = Feed::read(&text).entries;
    let link = |(start, end): (usize, usize)| Entry::read(&text[start..end]).ok()?.link();
    entries.into_iter().filter_map(link).collect()
}

/// What a feed says of itself, and where its entries stand.
#[derive(Default)]
pub(crate) struct Feed {
    pub title: Option<String>,
    pub language: Option<String>,
    entries: Vec<(usize, usize)>,
    trouble: Option<String>,
}

impl Feed {
    fn read(text: &str) -> Feed {
        let mut feed = Feed::default();
        let mut from = 0;
        while from < text.len() {
            match feed.scan(text, from) {
                Ok(()) => return feed,
                Err((at, error)) => {
                    feed.trouble = Some(error);
                    // An entry that breaks off does not take the next ones with it.
                    let next = ["<item", "<entry"].iter().filter_map(|sign| {
                        let found = text.get(at..)?.find(sign)?;
                        Some(at + found)
                    });
                    match next.min() {
                        Some(next) => from = next,
                        None => return feed,
                    }
                }
            }
        }
        feed
    }

    /// Finds the entries from a place on; an error and where to go on.
    fn scan(&mut self, text: &str, from: usize) -> Result<(), (usize, String)> {
        let mut xml = Xml::new(&text.as_bytes()[from..]);
        let mut path: Vec<String> = Vec::new();
        let mut begun: Option<(usize, usize)> = None;
        loop {
            let before = from + xml.position();
            let node = match xml.next() {
                Ok(Some(node)) => node,
                Ok(None) => {
                    return match begun {
                        Some((start, _)) => Err((
                            text.len(),
                            format!(
                                "entry {} has no end (it begins at byte {start})",
                                self.entries.len() + 1
                            ),
                        )),
                        None => Ok(()),
                    };
                }
                Err(error) => {
                    let at = (from + xml.position()).max(before + 1).min(text.len());
                    let at = (at..=text.len())
                        .find(|at| text.is_char_boundary(*at))
                        .unwrap_or(text.len());
                    return Err((at, error));
                }
            };
            match node {
                Node::Open(element) => {
                    if begun.is_none() && is_entry(&element.name) {
                        // Text before the tag is an event of its own: the tag begins here.
                        begun = Some((before, path.len()));
                    }
                    if path.len() < 512 {
                        path.push(element.name);
                    }
                }
                Node::Close(name) => {
                    if let Some(at) = path.iter().rposition(|open| *open == name) {
                        path.truncate(at);
                    }
                    if let Some((start, depth)) = begun
                        && is_entry(&name)
                        && path.len() <= depth
                    {
                        let end = from + xml.position();
                        if text.is_char_boundary(start) && text.is_char_boundary(end) {
                            self.entries.push((start, end));
                        }
                        begun = None;
                    }
                }
                Node::Text(piece) if begun.is_none() && path.len() <= 3 => {
                    let own = path
                        .iter()
                        .all(|name| !matches!(local(name), "image" | "textInput" | "author"));
                    match path.last().map(|name| local(name)) {
                        Some("title") if own => add(&mut self.title, &piece),
                        Some("language") if own => add(&mut self.language, &piece),
                        _ => {}
                    }
                }
                Node::Text(_) => {}
            }
        }
    }
}

fn add(field: &mut Option<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        field.get_or_insert_with(String::new).push_str(text);
    }
}

fn is_entry(name: &str) -> bool {
    matches!(name, "item" | "entry" | "rss:item" | "atom:entry")
}

/// A page of an entry's content.
pub(crate) fn page(
    uri: &str,
    body: String,
    media_type: Option<MediaType>,
    summary: bool,
) -> RawPage {
    let mut page = RawPage {
        uri: uri.to_owned(),
        bytes: body.into_bytes(),
        ..RawPage::default()
    };
    page.declared.media_type = media_type;
    page.declared.charset = Some("utf-8".to_owned());
    if summary {
        let text = "the feed has only a summary of the article";
        page.notes.push(Note::info("summary-only", "", text));
    }
    page
}
