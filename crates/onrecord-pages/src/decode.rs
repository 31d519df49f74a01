//! Bytes to text.

mod binary;
mod charset;
mod media;
mod mojibake;

use onrecord_model::{MediaType, Note, Page, RawPage, id_of};

/// Longer pages are not read.
pub const MAX_BYTES: usize = 16 << 20;

/// Decodes a page: finds its media type and character set by content.
///
/// The character set is that of the byte order mark, else the declared one, else the one
/// that the head of an HTML page names, else UTF-8 where the bytes are valid as such, else
/// the likeliest. A set that the bytes plainly contradict is not believed, and a note says
/// so. The notes of the raw page come first among those returned.
///
/// ```
/// use onrecord_model::RawPage;
/// let raw = RawPage { bytes: b"Les \xe9tudiants manifestent".to_vec(), ..RawPage::default() };
/// let (page, notes) = onrecord_pages::decode(&raw).unwrap();
/// assert_eq!((page.text.as_str(), page.encoding.as_str()), ("Les étudiants manifestent", "windows-1252"));
/// assert!(notes.is_empty());
/// ```
///
/// # Errors
/// A note with severity `Unread` if nothing of it can be read as text.
pub fn decode(raw: &RawPage) -> Result<(Page, Vec<Note>), Note> {
    let bytes = raw.bytes.as_slice();
    if bytes.len() > MAX_BYTES {
        let size = bytes.len();
        return Err(Note::unread(
            "too-large",
            "",
            format!("the page has {size} bytes (limit {MAX_BYTES}); cut it into parts"),
        ));
    }
    if let Some(what) = binary::format_of(bytes) {
        return Err(Note::unread(
            "binary",
            "",
            format!("this is {what}, not a page of text or HTML"),
        ));
    }
    let mut notes = raw.notes.clone();
    let decoded = charset::decode(bytes, raw.declared.charset.as_deref(), &mut notes)?;
    let (encoding, text) = (decoded.encoding, without_nul(decoded.text, &mut notes)?);
    if text.trim().is_empty() {
        return Err(Note::unread("empty", "", "the page is empty"));
    }
    if let Some(what) = media::unread_markup(&text) {
        return Err(Note::unread(
            "not-a-page",
            "",
            format!("this is {what}, which cannot be read as a page"),
        ));
    }
    let text = mojibake::repair(text, &mut notes);
    let page = Page {
        id: id_of("pg", &[&raw.sha256]),
        uri: raw.uri.clone(),
        sha256: raw.sha256.clone(),
        media_type: if media::is_html(&text, raw.declared.media_type) {
            MediaType::Html
        } else {
            MediaType::Text
        },
        bytes: bytes.len() as u64,
        encoding: encoding.to_owned(),
        text,
        declared: raw.declared.clone(),
    };
    Ok((page, notes))
}

/// A few NUL characters are replaced; many mean that this is no text.
fn without_nul(text: String, notes: &mut Vec<Note>) -> Result<String, Note> {
    let count = text.bytes().filter(|b| *b == 0).count();
    if count == 0 {
        return Ok(text);
    }
    if count * 100 >= text.len() {
        return Err(Note::unread(
            "binary",
            "",
            format!("{count} of {} bytes are NUL: this is no text", text.len()),
        ));
    }
    let line = line_of(&text, text.find('\0').unwrap_or(0));
    notes.push(Note::partly(
        "nul-bytes",
        format!("line {line}"),
        format!("{count} NUL bytes were replaced by U+FFFD"),
    ));
    Ok(text.replace('\0', "\u{fffd}"))
}

/// The number of the line in which the byte `at` stands, from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
}
