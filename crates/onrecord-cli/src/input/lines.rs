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
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let (first, whole) = match head.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&head[..end], true),
        None => (head, false),
    };
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(first) {
        Ok(_) => true,
        // A line that is longer than the head.
        Err(error) => !whole && error.is_eof() && first.starts_with(b"{\"") && head.len() >= super::feed::HEAD / 2,
    }
}
