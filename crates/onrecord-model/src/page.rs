use crate::{Id, Note};

/// A page's bytes as they were saved, unpacked, before anything is known about them.
#[derive(Clone, Debug, Default)]
pub struct RawPage {
    /// Where it lies, as given; the pages of a file that holds many add `#` and their place.
    pub uri: String,
    /// SHA-256 of the bytes that are the page: the unpacked file, the payload of a record, the
    /// line of a JSONL file.
    pub sha256: String,
    /// The bytes to decode; of a row or a line those of its text or HTML field, of a document
    /// its text.
    pub bytes: Vec<u8>,
    /// What came with the page from outside.
    pub declared: Declared,
    /// What went wrong on the way here.
    pub notes: Vec<Note>,
}

/// What a scraper or a header says of a page. None of it is taken on trust: the steps use
/// it where the page itself is silent and say so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Media type, if the container names one.
    pub media_type: Option<MediaType>,
    /// Character set, if the container names one.
    pub charset: Option<String>,
    /// Address of the page on the web.
    pub url: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Authors, one a string.
    pub authors: Vec<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Date of publication as written.
    pub published: Option<String>,
    /// Language code.
    pub language: Option<String>,
}

/// What kind of page the bytes hold, found by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaType {
    /// Plain text.
    Text,
    /// HTML or XHTML.
    Html,
}

impl MediaType {
    /// The name the record uses (`text/plain`, `text/html`).
    pub fn name(self) -> &'static str {
        match self {
            MediaType::Text => "text/plain",
            MediaType::Html => "text/html",
        }
    }
}

/// A page decoded to text.
#[derive(Clone, Debug)]
pub struct Page {
    /// From the content hash: the same page has the same id wherever it lies.
    pub id: Id,
    /// As in [`RawPage`].
    pub uri: String,
    /// As in [`RawPage`].
    pub sha256: String,
    /// Found by content.
    pub media_type: MediaType,
    /// Length of the unpacked bytes.
    pub bytes: u64,
    /// The character set it was decoded with, e.g. `UTF-8` or `windows-1252`.
    pub encoding: String,
    /// The decoded page, byte order mark removed, line ends untouched.
    pub text: String,
    /// As in [`RawPage`].
    pub declared: Declared,
}
