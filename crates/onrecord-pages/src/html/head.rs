//! What a page says of itself: its meta tags, JSON-LD, times, author marks.

use super::markup::{Name, Tag, unescape};
use super::open::OpenElements;
use super::paragraphs::single_spaced;

/// What a page says of itself, as found.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The `<title>`.
    pub title: Option<String>,
    /// Keys of `<meta>` in lower case, with their contents, in order.
    pub meta: Vec<(String, String)>,
    /// The texts of `application/ld+json` scripts.
    pub json_ld: Vec<String>,
    /// The `lang` of the page.
    pub language: Option<String>,
    /// The page's own address.
    pub url: Option<String>,
    /// `<time>` elements.
    pub times: Vec<Time>,
    /// The words of elements marked as the author's name.
    pub authors: Vec<Marked>,
    /// The `<script>` or other raw-text element that has just been opened holds JSON-LD.
    json_ld_next: bool,
}

/// A `<time>` element with a `datetime`.
#[derive(Debug)]
pub(crate) struct Time {
    /// Its `datetime`.
    pub datetime: String,
    /// How many blocks stand before it.
    pub block: usize,
    /// Whether it is marked as the date of publication.
    pub published: bool,
    /// Whether it is marked as the date of a change.
    pub modified: bool,
}

/// The words of an element marked as the author's.
#[derive(Debug)]
pub(crate) struct Marked {
    /// Its words.
    pub text: String,
    /// How many blocks stand before it.
    pub block: usize,
    /// Whether the mark is `rel=author` or `itemprop=author` and not a mere class.
    pub sure: bool,
}

/// The mark of elements within an author's element.
pub(crate) const AUTHOR: u32 = 1 << 16;

impl Head {
    /// Takes a start tag; `stays` says whether its element is open now.
    pub fn open(&mut self, tag: &Tag<'_>, stays: bool, open: &mut OpenElements, blocks: usize) {
        match tag.name.as_str() {
            "meta" => self.meta(tag),
            "html" => {
                self.language = self
                    .language
                    .take()
                    .or_else(|| tag.get("lang"))
                    .filter(|l| !l.is_empty())
            }
            "link"
                if tag
                    .get("rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                self.url = self.url.take().or_else(|| tag.get("href"));
            }
            "script" => {
                self.json_ld_next = tag
                    .get("type")
                    .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"));
            }
            "time" => self.time(tag, blocks),
            _ => {}
        }
        if stays
            && let Some(sure) = author_mark(tag)
            && let Some(element) = open.last()
            && element.marks & AUTHOR == 0
        {
            element.marks |= AUTHOR;
            self.authors.push(Marked {
                text: String::new(),
                block: blocks,
                sure,
            });
        }
    }

    /// Takes the content of a raw-text element.
    pub fn raw(&mut self, name: Name, text: &str) {
        match name.as_str() {
            "title" if self.title.is_none() => {
                self.title = Some(single_spaced(&unescape(text))).filter(|title| !title.is_empty());
            }
            "script" if std::mem::take(&mut self.json_ld_next) => {
                self.json_ld.push(text.to_owned())
            }
            _ => {}
        }
    }

    /// Takes text within an author's element.
    pub fn author_text(&mut self, text: &str) {
        const LONGEST: usize = 300;
        if let Some(last) = self.authors.last_mut()
            && last.text.len() < LONGEST
        {
            last.text.push_str(text);
        }
    }

    /// The first value of a meta key that is not empty, for the first of the keys that has one.
    pub fn meta_of(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| {
            self.meta
                .iter()
                .find(|(k, v)| k == key && !v.is_empty())
                .map(|(_, value)| value.as_str())
        })
    }

    /// All values of a meta key.
    pub fn all_meta<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.meta
            .iter()
            .filter(move |(k, v)| k == key && !v.is_empty())
            .map(|(_, value)| value.as_str())
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        const MOST: usize = 1000;
        let Some(content) = tag.get("content") else {
            return;
        };
        let content = single_spaced(&content);
        for attribute in ["property", "name", "itemprop"] {
            if let Some(key) = tag.get(attribute)
                && self.meta.len() < MOST
            {
                self.meta
                    .push((key.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }

    fn time(&mut self, tag: &Tag<'_>, blocks: usize) {
        const MOST: usize = 1000;
        let Some(datetime) = tag.get("datetime").filter(|d| !d.trim().is_empty()) else {
            return;
        };
        if self.times.len() == MOST {
            return;
        }
        let marks = ["itemprop", "class", "property", "data-test", "data-testid"]
            .iter()
            .filter_map(|name| tag.get(name))
            .collect::<Vec<_>>()
            .join(" ")
            .to_ascii_lowercase();
        let modified = marks.contains("modified") || marks.contains("updated");
        let published = !modified
            && (marks.contains("publish")
                || marks.contains("entry-date")
                || tag.get("pubdate").is_some());
        self.times.push(Time {
            datetime,
            block: blocks,
            published,
            modified,
        });
    }
}

/// Whether a tag is marked as the author's name, and how surely.
fn author_mark(tag: &Tag<'_>) -> Option<bool> {
    if !(tag.inside.contains("uthor") || tag.inside.contains("yline")) {
        return None;
    }
    let is = |name: &str| {
        tag.get(name)
            .is_some_and(|v| v.eq_ignore_ascii_case("author"))
    };
    if is("rel") || is("itemprop") {
        return Some(true);
    }
    let class = tag.get("class").unwrap_or_default().to_ascii_lowercase();
    let mut words = class.split_whitespace();
    words
        .any(|word| {
            matches!(
                word,
                "byline"
                    | "author"
                    | "author-name"
                    | "byline-name"
                    | "article-author"
                    | "article__author"
                    | "byline__name"
                    | "byline-author"
                    | "post-author"
                    | "entry-author"
                    | "c-byline"
                    | "article-byline"
                    | "author__name"
                    | "byline__author"
                    | "by-line"
                    | "article__byline"
                    | "bylines"
            )
        })
        .then_some(false)
}
