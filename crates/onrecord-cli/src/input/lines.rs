//! JSONL: many pages in one file.

use std::io::BufRead;

use onrecord_model::{Note, RawPage};

use super::unpack::{self, Limits};

/// Whether a file holds a page in every line, by its name or by its first bytes.
pub fn is_json_lines(uri: &str, head: &[u8]) -> bool {
    let name = uri.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    if name.ends_with(".jsonl") || name.ends_with(".ndjson") {
        return true;
    }
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let (first, whole) = match head.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&head[..end], true),
        None => (head, false),
    };
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(first) {
        Ok(_) => true,
        // A line that is longer than the head.
        Err(error) => {
            !whole
                && error.is_eof()
                && first.starts_with(b"{\"")
                && head.len() >= super::feed::HEAD / 2
        }
    }
}

/// The pages of a JSONL file, one a line.
pub fn pages(
    uri: String,
    mut reader: Box<dyn BufRead + Send>,
    gzip: bool,
    limits: Limits,
) -> impl Iterator<Item = Result<RawPage, Note>> + Send {
    let _ = (gzip, limits);
    let mut n = 0;
    std::iter::from_fn(move || {
        let mut line = String::new();
        n += 1;
        match reader.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => {
                let place = format!("{uri}#L{n}");
                let Ok(v) = serde_json::from_str::<serde_json::Value>(&line) else {
                    return Some(Err(Note::unread("bad-json", place, "not JSON")));
                };
                let text = v["text"]
                    .as_str()
                    .or(v["html"].as_str())
                    .unwrap_or_default();
                let mut raw = RawPage {
                    uri: place,
                    sha256: onrecord_model::sha256_hex(line.trim_end().as_bytes()),
                    bytes: text.as_bytes().to_vec(),
                    ..RawPage::default()
                };
                raw.declared.url = v["url"].as_str().map(str::to_owned);
                Some(Ok(raw))
            }
            Err(e) => Some(Err(unpack::trouble(e, true).note(&uri))),
        }
    })
}
