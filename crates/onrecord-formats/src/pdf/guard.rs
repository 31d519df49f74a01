//! What a PDF file must not be before it is opened: a bomb, or objects in objects without
//! end. The file is gone over once, packed data unpacked and counted.

use std::io::Read;

use flate2::read::ZlibDecoder;
use onrecord_model::Note;

use crate::limits::Limits;

/// Objects in objects: how deep.
const DEEPEST: usize = 2_000;
/// The longest list of entries before a stream that is looked at.
const HEAD: usize = 8 << 10;
/// What LZW can at most make of a byte.
const LZW: u64 = 3_000;

/// Passes a file that can be opened without harm.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Note> {
    if find(bytes, b"/Encrypt", 0).is_some() {
        let text =
            "it is locked, perhaps only against printing or copying; save it without protection";
        return Err(Note::unread("encrypted", "", text));
    }
    let mut left = limits.document_bytes;
    let mut from = 0;
    while let Some(at) = find(bytes, b"stream", from) {
        depth(&bytes[from..at])?;
        let start = at + b"stream".len();
        // The end of the last stream may be missing.
        let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
        let head = &bytes[at.saturating_sub(HEAD).max(from)..at];
        let head = match find(head, b" obj", 0) {
            Some(_) => &head[rfind(head, b" obj")..],
            None => head,
        };
        let data = &bytes[start..end];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        stream(head, data, &mut left)?;
        from = (end + b"endstream".len()).min(bytes.len());
    }
    depth(&bytes[from..])
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let found = memchr::memmem::find(bytes.get(from..)?, what);
    found.map(|at| at + from)
}

fn rfind(bytes: &[u8], what: &[u8]) -> usize {
    memchr::memmem::rfind(bytes, what).unwrap_or(0)
}

/// The list of entries before a stream, its names written plainly.
fn plain(head: &[u8]) -> String {
    let mut out = Vec::with_capacity(head.len());
    let mut rest = head;
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.filter(|_| *first == b'#') {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                let blank = first.is_ascii_whitespace() || *first == 0;
                out.push(if blank { b' ' } else { *first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn refused(text: &str) -> Note {
    Note::unread(
        "refused",
        "",
        format!("{text}; print it to PDF anew if you trust it"),
    )
}

/// Checks how deep arrays and dictionaries lie in each other.
fn depth(bytes: &[u8]) -> Result<(), Note> {
    let mut deep = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'[' | b'(' => deep += 1,
            b']' | b')' => deep = deep.saturating_sub(1),
            b'<' if bytes.get(at + 1) == Some(&b'<') => deep += 1,
            b'>' if at > 0 && bytes[at - 1] == b'>' => deep = deep.saturating_sub(1),
            _ => {}
        }
        if deep > DEEPEST {
            return Err(refused("its objects lie too deep in each other"));
        }
    }
    Ok(())
}

/// Checks one stream; pictures are never unpacked.
fn stream(head: &[u8], data: &[u8], left: &mut u64) -> Result<(), Note> {
    let head = plain(head);
    let picture = head.contains("/Image") && !head.contains("/ObjStm");
    let Some(at) = head.rfind("/Filter") else {
        depth_of_objects(&head, data)?;
        return take(left, data.len() as u64);
    };
    let filters = head[at + "/Filter".len()..].trim_start();
    let filters = match filters.strip_prefix('[') {
        Some(list) => list.split(']').next().unwrap_or_default().to_owned(),
        None if filters.starts_with('/') => {
            let name = filters[1..]
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next();
            format!("/{}", name.unwrap_or_default())
        }
        None => return Err(refused("a stream names its filters elsewhere")),
    };
    let filters: Vec<&str> = filters
        .split('/')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let mut packers = filters
        .iter()
        .filter(|name| !name.starts_with("ASCII") && !matches!(**name, "A85" | "AHx"));
    if packers.clone().count() > 1 && !picture {
        return Err(refused("a stream is packed more than once"));
    }
    let Some(packer) = packers.next_back() else {
        return take(left, data.len() as u64);
    };
    if picture {
        return Ok(());
    }
    match *packer {
        "FlateDecode" | "Fl" => {
            let unarmoured = match filters.first() {
                Some(&("ASCII85Decode" | "A85")) => Some(ascii85(data)),
                Some(&("ASCIIHexDecode" | "AHx")) => Some(ascii_hex(data)),
                _ => None,
            };
            let packed = unarmoured.as_deref().unwrap_or(data);
            let mut unpacked = Vec::new();
            // Damaged data counts as far as it goes.
            let _ = ZlibDecoder::new(packed)
                .take(*left + 1)
                .read_to_end(&mut unpacked);
            depth_of_objects(&head, &unpacked)?;
            take(left, unpacked.len() as u64)
        }
        "LZWDecode" | "LZW" => take(left, (data.len() as u64).saturating_mul(LZW)),
        "RunLengthDecode" | "RL" => take(left, (data.len() as u64).saturating_mul(128)),
        "DCTDecode" | "DCT" | "JPXDecode" | "CCITTFaxDecode" | "CCF" | "JBIG2Decode" | "Crypt" => {
            Ok(())
        }
        _ => Err(refused("a stream is packed in an unknown way")),
    }
}

/// Streams of objects and of what is shown are read as objects; fonts and colours are not.
fn depth_of_objects(head: &str, data: &[u8]) -> Result<(), Note> {
    let other = [
        "/Length1",
        "/FontFile",
        "/Type1C",
        "/OpenType",
        "/CIDFontType0C",
        "/N ",
        "/XRef",
        "/Metadata",
    ];
    match head.contains("/ObjStm") || !other.iter().any(|sign| head.contains(sign)) {
        true => depth(data),
        false => Ok(()),
    }
}

fn take(left: &mut u64, count: u64) -> Result<(), Note> {
    match left.checked_sub(count) {
        Some(rest) => {
            *left = rest;
            Ok(())
        }
        None => Err(Note::unread(
            "bomb",
            "",
            "unpacks to far more than a file of text does",
        )),
    }
}

/// Data written in 85 printable signs; what stands behind a wrong sign is left out.
fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let (mut group, mut count) = (0_u32, 0_usize);
    for byte in data {
        match byte {
            b'z' if count == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend_from_slice(&group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            byte if byte.is_ascii_whitespace() || *byte == 0 => {}
            _ => break,
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend_from_slice(&group.to_be_bytes()[..count - 1]);
    }
    out
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|b| **b != b'>')
        .filter_map(|b| char::from(*b).to_digit(16).map(|d| d as u8))
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armour_comes_off() {
        assert_eq!(ascii85(b"87cUR D]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(ascii85(b"z~>"), [0; 4]);
        assert_eq!(ascii_hex(b"48 65 6c6C 6f>"), b"Hello");
    }
}
