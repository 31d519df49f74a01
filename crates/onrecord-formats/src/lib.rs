//! Files to raw pages: what people bring, one format a file.
//!
//! [`Kind::of`] tells a file's format, [`pages`] gives the pages in it one after the other,
//! [`page_at`] finds one of them again. Nothing is fetched; links in files are never
//! followed. Formats and places are told in `docs/formats.md`.
//!
//! ```
//! use std::io::Cursor;
//! use onrecord_formats::{Kind, Options, page_at, pages};
//!
//! let file = "title,text\nPort,The port reopened.\n";
//! let kind = Kind::of("news.csv", file.as_bytes());
//! let all: Vec<_> = pages(kind, "news.csv", Cursor::new(file), &Options::default()).collect();
//! let page = all[0].as_ref().unwrap();
//! assert_eq!((page.uri.as_str(), page.bytes.as_slice()), ("news.csv#R2", &b"The port reopened."[..]));
//!
//! let again = page_at(kind, "news.csv", "R2", Cursor::new(file), &Options::default());
//! assert_eq!(again.unwrap().unwrap().sha256, page.sha256);
//! ```
//!
//! **Identity.** A page's `sha256` is that of the bytes that are the page: the payload of a
//! WARC record with all codings taken off, the member of a ZIP or TAR file, the file of a
//! document, the mail. So the same page has the same id in a folder and in an archive. The
//! line of a JSONL file and the entry of a feed stand for their pages. A row of a table
//! stands with the fields that are used, so that it is the same in CSV, XLSX and Parquet.
//!
//! **Trouble.** What cannot be read is one note whose `place` is the address that the page
//! would have had, and the rest goes on. A file that breaks off gives what came before and
//! one note. What was left out on purpose is counted in one note of severity `Info`.

mod csv;
mod docx;
mod feed;
mod fields;
mod guard;
mod gzip;
pub mod jsonl;
mod kind;
mod limits;
mod mail;
mod mbox;
mod odt;
mod open;
mod parquet;
mod pdf;
mod place;
mod rtf;
mod source;
mod tar;
mod trouble;
mod warc;
mod xlsx;
mod xml;
mod zip;

use onrecord_model::{Note, RawPage};

pub use feed::links as feed_links;
pub use fields::{FieldMap, page_of_row};
pub use kind::Kind;
pub use limits::Limits;
pub use open::{Options, kind_of, page_at, pages};
pub use place::{Piece, order, split};
pub use source::ReadSeek;

/// The pages of a file, one after the other: each is read when it is asked for.
pub type Pages = Box<dyn Iterator<Item = Result<RawPage, Note>> + Send>;
