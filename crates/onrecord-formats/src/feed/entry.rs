//! One entry of an RSS or Atom feed.

use onrecord_model::{MediaType, RawPage};

use super::{Feed, page};
use crate::xml::{Element, Node, Xml, local};

/// What an entry says.
#[derive(Default)]
pub(super) struct Entry {
    title: String,
    link: Option<String>,
    guid: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    source: Option<String>,
    content: Option<Body>,
    summary: Option<Body>,
}

struct Body {
    text: String,
    media_type: Option<MediaType>,
}

impl Entry {
    /// Reads the entry's elements.
    pub fn read(raw: &str) -> Result<Entry, String> {
        let mut entry = Entry::default();
        let mut xml = Xml::new(raw.as_bytes());
        xml.next()?;
        while let Some(node) = xml.next()? {
            if let Node::Open(element) = node {
                let inner = inner(&mut xml, raw, &element.name)?;
                entry.take(&element, inner);
            }
        }
        Ok(entry)
    }

    fn take(&mut self, element: &Element, inner: Inner) {
        let text = || inner.text.trim().to_owned();
        let some = || Some(text()).filter(|text| !text.is_empty());
        match element.name.as_str() {
            "title" | "atom:title" => self.title = bare(&inner.text),
            "link" | "atom:link" => {
                let rel = element.get("rel").unwrap_or("alternate");
                let link = element.get("href").map(str::to_owned).or_else(some);
                if rel == "alternate" && self.link.is_none() {
                    self.link = link;
                }
            }
            "guid" if element.get("isPermaLink") != Some("false") => self.guid = some(),
            "feedburner:origLink" => self.link = some().or(self.link.take()),
            "dc:creator" => self.authors.extend(some()),
            "author" | "atom:author" => self.authors.extend(author(&inner)),
            "pubDate" | "published" | "dc:date" | "atom:published" | "issued" => {
                self.published = self.published.take().or_else(some);
            }
            "source" if element.get("url").is_some() => self.source = some(),
            "content:encoded" | "content" | "atom:content" | "body" | "xhtml:body"
                if element.get("src").is_none() =>
            {
                let body = body(element, inner);
                if body.text.trim().len() > self.content.as_ref().map_or(0, |b| b.text.len()) {
                    self.content = Some(body);
                }
            }
            "description" | "summary" | "atom:summary" => self.summary = Some(body(element, inner)),
            _ => {}
        }
    }

    /// The address it links to, as it stands there.
    pub fn link(self) -> Option<String> {
        self.link
            .or(self.guid.filter(|guid| guid.starts_with("http")))
    }

    /// The entry as a page.
    pub fn page(self, uri: &str, feed: &Feed) -> Result<RawPage, String> {
        let filled = |body: &Body| !body.text.trim().is_empty();
        let content = self.content.filter(filled);
        let summary = content.is_none();
        let body = content.or(self.summary.filter(filled));
        let body = body.ok_or("the entry has no content and no summary")?;
        let mut page = page(uri, body.text, body.media_type, summary);
        let declared = &mut page.declared;
        declared.title = Some(self.title).filter(|title| !title.is_empty());
        let http = |url: &String| url.starts_with("http");
        declared.url = self.link.filter(http).or(self.guid.filter(http));
        declared.authors = self.authors;
        declared.published = self.published;
        declared.publisher = self.source.or_else(|| feed.title.clone());
        declared.language = feed.language.clone();
        Ok(page)
    }
}

/// What stands inside of an element.
struct Inner {
    /// Its text, unescaped.
    text: String,
    /// The same as it stands in the file.
    raw: String,
    /// The text of the element `name` in it.
    name: String,
}

fn inner(xml: &mut Xml<&[u8]>, raw: &str, until: &str) -> Result<Inner, String> {
    let start = xml.position();
    let (mut text, mut name) = (String::new(), String::new());
    let (mut depth, mut in_name) = (0_u32, false);
    loop {
        let before = xml.position();
        match xml.next()? {
            None => return Err(format!("its <{until}> has no end")),
            Some(Node::Open(element)) => {
                in_name = local(&element.name) == "name";
                depth += 1;
            }
            Some(Node::Close(closed)) => {
                if depth == 0 && closed == until {
                    let raw = raw.get(start..before).unwrap_or_default().to_owned();
                    return Ok(Inner { text, raw, name });
                }
                in_name = false;
                depth = depth.saturating_sub(1);
            }
            Some(Node::Text(piece)) => {
                if in_name {
                    name.push_str(&piece);
                }
                text.push_str(&piece);
            }
        }
    }
}

/// Content as its type says: what stands in RSS is HTML as a rule.
fn body(element: &Element, inner: Inner) -> Body {
    let kind = element.get("type").unwrap_or("html").to_ascii_lowercase();
    let (text, media_type) = match kind.as_str() {
        "xhtml" => (inner.raw, Some(MediaType::Html)),
        "text" | "text/plain" => (inner.text, Some(MediaType::Text)),
        _ if element.name.ends_with(":body") || element.name == "body" => {
            (inner.raw, Some(MediaType::Html))
        }
        _ => (inner.text, Some(MediaType::Html)),
    };
    Body { text, media_type }
}

/// `Ana Tal` of a name in Atom, or of `news@example.org (Ana Tal)`.
fn author(inner: &Inner) -> Option<String> {
    let name = inner.name.trim();
    if !name.is_empty() {
        return Some(name.to_owned());
    }
    let text = inner.text.trim();
    if let Some((_, rest)) = text.split_once('(') {
        let name = rest.trim_end_matches(')').trim();
        return (!name.is_empty()).then(|| name.to_owned());
    }
    (!text.is_empty() && !text.contains('@')).then(|| text.to_owned())
}

/// A title without tags.
pub(super) fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let looks = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match tag.find('>').filter(|_| looks) {
            Some(end) => rest = &tag[end + 1..],
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out = out
        .replace("&#8217;", "’")
        .replace("&#8216;", "‘")
        .replace("&amp;", "&")
        .replace("&quot;", "\"");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
