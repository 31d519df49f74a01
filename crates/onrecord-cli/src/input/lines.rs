//! JSONL: many pages in one file.

use onrecord_pages::jsonl;

/// Whether a file holds many pages as JSON, by its name or by its first bytes.
pub fn is_json_lines(uri: &str, head: &[u8]) -> bool {
    let name = uri.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.ends_with(".jsonl") || name.ends_with(".ndjson") || jsonl::looks_like_jsonl(head)
}
