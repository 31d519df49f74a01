//! HTTP messages as crawlers keep them.

use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use onrecord_model::Note;

use super::head::{self, Head};
use super::reader::Broken;
use crate::gzip::{Bomb, Capped, Counted};
use crate::limits::Limits;
use crate::trouble;

/// The head of a message, and where its body begins.
pub(super) fn head(bytes: &[u8]) -> Result<(Head, usize), String> {
    if !bytes.starts_with(b"HTTP/") {
        return Err("its block is no HTTP message".to_owned());
    }
    // A message may be all head.
    let end = head::end(bytes).unwrap_or(bytes.len());
    let head = Head::parse(&bytes[..end]);
    if status(&head).is_none() {
        let shown: String = head.first.chars().take(40).collect();
        return Err(format!("its HTTP status cannot be read: {shown:?}"));
    }
    Ok((head, end))
}

fn status(head: &Head) -> Option<u16> {
    let code = head.first.split_whitespace().nth(1)?;
    code.parse().ok().filter(|code| (100..1000).contains(code))
}

/// What a message is that is no page: another status than 2xx, another kind of media.
pub(super) fn no_page(head: &Head) -> Option<String> {
    match status(head) {
        Some(code) if !(200..300).contains(&code) => Some(format!("status {code}")),
        _ => no_media(head.get("content-type").unwrap_or_default()),
    }
}

/// The media type if pages are not of it.
pub(super) fn no_media(media: &str) -> Option<String> {
    let media = media_type(media);
    let page = matches!(
        media.as_str(),
        "" | "text/html"
            | "application/xhtml+xml"
            | "text/plain"
            | "application/pdf"
            | "application/x-pdf"
            | "application/octet-stream"
            | "text/x-html"
            | "text/htm"
            | "unknown/unknown"
    );
    (!page).then(|| media.chars().take(60).collect())
}

/// What bytes without a telling media type are, if they are surely no page.
pub(super) fn seen_to_be(bytes: &[u8]) -> Option<&'static str> {
    let signs: [(&[u8], &str); 8] = [
        (b"\x89PNG", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x1f\x8b", "application/gzip"),
        (b"wOF", "font/woff"),
        (b"RIFF", "image/webp"),
        (b"ID3", "audio/mpeg"),
    ];
    let found = signs.iter().find(|(sign, _)| bytes.starts_with(sign));
    found
        .map(|(_, what)| *what)
        .or_else(|| (bytes.get(4..8) == Some(b"ftyp")).then_some("video/mp4"))
}

/// `text/html` of `Text/HTML; charset=utf-8`.
pub(super) fn media_type(value: &str) -> String {
    let media = value.split(';').next().unwrap_or_default();
    media.trim().to_ascii_lowercase()
}

/// The character set of a `Content-Type`.
pub(super) fn charset(value: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty() && value.len() <= 40)
            .then(|| value.to_owned())
    })
}

/// The block of a record.
pub(super) struct Body {
    /// Of the HTTP message, if it is one.
    pub head: Option<Head>,
    /// The media type of another block.
    pub media: String,
    pub bytes: Vec<u8>,
}

impl Body {
    /// The page's bytes, chunks put together and unpacked. What is damaged inside is read as
    /// far as it goes, and noted.
    pub fn unpacked(self, limits: &Limits, notes: &mut Vec<Note>) -> Result<Vec<u8>, Broken> {
        let Some(head) = self.head else {
            return Ok(self.bytes);
        };
        let mut bytes = self.bytes;
        let names = |name: &str| -> Vec<String> {
            let value = head.get(name).unwrap_or_default().to_ascii_lowercase();
            value
                .split(',')
                .map(|word| word.trim().to_owned())
                .collect()
        };
        if names("transfer-encoding")
            .iter()
            .any(|word| word == "chunked")
        {
            bytes = joined(bytes, notes);
        }
        // The last coding was put on last.
        let codings = names("content-encoding");
        let codings = codings
            .into_iter()
            .filter(|c| !matches!(c.as_str(), "" | "identity"));
        let codings: Vec<String> = codings.collect();
        if codings.len() > 3 {
            return Err(Broken::Record(
                "it was packed more than three times".to_owned(),
            ));
        }
        for coding in codings.iter().rev() {
            bytes = unpack(coding, bytes, limits, notes)?;
        }
        Ok(bytes)
    }
}

/// Puts chunks together. A body whose first line is no length of a chunk was put together by
/// the crawler.
fn joined(bytes: Vec<u8>, notes: &mut Vec<Note>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    loop {
        let Some((length, after)) = chunk_length(rest) else {
            if out.is_empty() {
                return bytes;
            }
            notes.push(cut_short("the chunks of its transfer"));
            return out;
        };
        if length == 0 {
            return out;
        }
        let Some(chunk) = after.get(..length) else {
            out.extend_from_slice(after);
            notes.push(cut_short("the chunks of its transfer"));
            return out;
        };
        out.extend_from_slice(chunk);
        rest = &after[length..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

fn chunk_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().take(1024).position(|b| *b == b'\n')?;
    let line = bytes[..end].split(|b| *b == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(line).ok()?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let length = usize::from_str_radix(digits, 16).ok().filter(|_| plain)?;
    Some((length, &bytes[end + 1..]))
}

fn cut_short(what: &str) -> Note {
    Note::partly(
        "body-broken",
        "",
        format!("{what} break off; the page was read as far as they go"),
    )
}

/// Takes one coding off. A body that plainly is not in it was unpacked by the crawler.
fn unpack(
    coding: &str,
    bytes: Vec<u8>,
    limits: &Limits,
    notes: &mut Vec<Note>,
) -> Result<Vec<u8>, Broken> {
    let packed = bytes.as_slice();
    let mut out = Vec::new();
    let done = match coding {
        "gzip" | "x-gzip" if packed.starts_with(&[0x1f, 0x8b]) => {
            fill(packed, MultiGzDecoder::new, limits, &mut out)
        }
        "deflate" if is_zlib(packed) => fill(packed, ZlibDecoder::new, limits, &mut out),
        "deflate" => fill(packed, DeflateDecoder::new, limits, &mut out),
        "br" => fill(
            packed,
            |source| brotli_decompressor::Decompressor::new(source, 4096),
            limits,
            &mut out,
        ),
        "gzip" | "x-gzip" => return Ok(bytes),
        other => {
            let shown: String = other.chars().take(40).collect();
            return Err(Broken::Record(format!(
                "it is packed with {shown:?}, which cannot be read"
            )));
        }
    };
    match done {
        Ok(()) => Ok(out),
        Err(error) if error.get_ref().is_some_and(|inner| inner.is::<Bomb>()) => {
            Err(Broken::Data(error))
        }
        Err(_) if out.is_empty() && matches!(coding, "br" | "deflate") && is_text(packed) => {
            Ok(bytes)
        }
        Err(error) if out.is_empty() => {
            let (_, text) = trouble::words(&error);
            Err(Broken::Record(format!("its {coding} body {text}")))
        }
        Err(_) => {
            notes.push(cut_short(&format!("its {coding} data")));
            Ok(out)
        }
    }
}

fn fill<'a, R: Read>(
    packed: &'a [u8],
    decoder: impl FnOnce(io::BufReader<Counted<&'a [u8]>>) -> R,
    limits: &Limits,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let counted = Counted::new(packed);
    let count = counted.count();
    let decoder = decoder(io::BufReader::new(counted));
    let most = limits.page_bytes.saturating_add(1);
    Capped::new(decoder, count, limits)
        .take(most)
        .read_to_end(out)?;
    Ok(())
}

fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a & 0x0f == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0)
}

fn is_text(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}
