//! JSONL and JSON files of scrapers: many pages in one file.

mod values;

use std::io::BufRead;
use std::sync::Arc;

use onrecord_model::{Note, RawPage, sha256_hex};
use serde_json::{Map, Value};

use crate::fields::{FieldMap, Row};
use crate::open::{Ctx, Options};
use crate::trouble;
use values::Values;

/// The pages of a JSONL file, one a line, read as they are asked for.
///
/// A file that is one JSON array, or objects printed over several lines, is read too; the
/// number after `#L` then counts the objects. A page's `bytes` are those of its text or
/// HTML field, its hash is that of the whole line. The fields of trafilatura, news-please,
/// newspaper4k and others are known by name.
///
/// ```
/// let file = b"{\"maintext\": \"The port reopened.\", \"title\": \"Port\"}\n{\"title\": \"No text\"}\n";
/// let pages: Vec<_> = onrecord_formats::jsonl::pages("news.jsonl", &file[..]).collect();
/// let first = pages[0].as_ref().unwrap();
/// assert_eq!(first.uri, "news.jsonl#L1");
/// assert_eq!(first.declared.title.as_deref(), Some("Port"));
/// assert_eq!(pages[1].as_ref().unwrap_err().place, "news.jsonl line 2");
/// ```
///
/// A line that is no page is a note that names file and line; the rest goes on.
pub fn pages<R: BufRead>(uri: &str, reader: R) -> Pages<R> {
    Pages {
        uri: uri.to_owned(),
        options: Arc::default(),
        values: Values::new(reader),
        over: false,
    }
}

/// The same with the fields and limits of a reading run.
pub(crate) fn with_fields<R: BufRead>(ctx: &Ctx, reader: R) -> Pages<R> {
    Pages {
        uri: ctx.uri.clone(),
        options: ctx.options.clone(),
        values: Values::new(reader),
        over: false,
    }
}

/// See [`pages`].
#[derive(Debug)]
pub struct Pages<R> {
    uri: String,
    options: Arc<Options>,
    values: Values<R>,
    over: bool,
}

impl<R: BufRead> Iterator for Pages<R> {
    type Item = Result<RawPage, Note>;

    fn next(&mut self) -> Option<Result<RawPage, Note>> {
        if self.over {
            return None;
        }
        let (n, value) = match self.values.next() {
            Ok(value) => value?,
            Err(error) => {
                self.over = true;
                let place = place(&self.uri, self.values.count());
                return Some(Err(trouble::broken_off(place, &error)));
            }
        };
        Some(match value {
            Some(json) => page(&self.uri, n, &json, &self.options.fields).and_then(|page| {
                let most = self.options.limits.page_bytes;
                if page.bytes.len() as u64 <= most {
                    return Ok(page);
                }
                Err(trouble::too_large(place(&self.uri, n), most))
            }),
            None => {
                let text = format!("the line is longer than {} bytes", values::LONGEST);
                Err(Note::unread("too-large", place(&self.uri, n), text))
            }
        })
    }
}

/// The page that one line holds; `n` is the line's number, from 1.
///
/// # Errors
/// A note that names file and line if the line is no JSON object with a text in it.
pub fn page(uri: &str, n: usize, line: &[u8], map: &FieldMap) -> Result<RawPage, Note> {
    let line = line.trim_ascii();
    let mut notes = Vec::new();
    let object = object(line, &mut notes).map_err(|error| {
        Note::unread(
            "bad-json",
            place(uri, n),
            format!("no JSON object: {error}"),
        )
    })?;
    let row = Row::of(&object, map);
    let Some((text, media_type)) = row.text() else {
        let keys: Vec<&str> = object.keys().take(12).map(String::as_str).collect();
        let keys = keys.join(", ");
        let text = format!(
            "no field with the text of a page (such as text, maintext, content, html); fields: {keys}"
        );
        return Err(Note::unread("no-text", place(uri, n), text));
    };
    let mut declared = row.declared();
    declared.media_type = media_type;
    declared.charset = Some("utf-8".to_owned());
    Ok(RawPage {
        uri: format!("{uri}#L{n}"),
        sha256: sha256_hex(line),
        bytes: text.as_bytes().to_vec(),
        declared,
        notes,
    })
}

/// Whether a file holds pages in JSON: its first bytes are an object, or an array of them.
pub fn looks_like_jsonl(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let bytes = match bytes.strip_prefix(b"[") {
        Some(rest) => rest.trim_ascii_start(),
        None => bytes,
    };
    let Some(rest) = bytes.strip_prefix(b"{") else {
        return false;
    };
    let rest = rest.trim_ascii_start();
    // A key in quotation marks, with a colon after it.
    rest.strip_prefix(b"\"").is_some_and(|key| {
        let Some(end) = key.iter().position(|b| *b == b'"' || *b == b'\n') else {
            return false;
        };
        key[end] == b'"'
            && key[end + 1..]
                .trim_ascii_start()
                .first()
                .is_none_or(|b| *b == b':')
    })
}

fn object(line: &[u8], notes: &mut Vec<Note>) -> Result<Map<String, Value>, serde_json::Error> {
    serde_json::from_slice(line).or_else(|error| {
        if std::str::from_utf8(line).is_ok() {
            return Err(error);
        }
        let lossy = String::from_utf8_lossy(line);
        let object = serde_json::from_str(&lossy)?;
        notes.push(Note::partly(
            "bad-bytes",
            "",
            "bytes that are not UTF-8 became U+FFFD",
        ));
        Ok(object)
    })
}

fn place(uri: &str, n: usize) -> String {
    format!("{uri} line {n}")
}
