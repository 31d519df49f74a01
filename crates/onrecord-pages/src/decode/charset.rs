//! Which character set a page is in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use onrecord_model::Note;

use super::{binary, line_of, media};

/// A decoded page.
pub(super) struct Decoded {
    /// The name of the character set.
    pub encoding: &'static str,
    /// The text, byte order mark left out.
    pub text: String,
}

/// Decodes `bytes`; what cannot be decoded becomes U+FFFD, and a note says so.
pub(super) fn decode(
    bytes: &[u8],
    declared: Option<&str>,
    notes: &mut Vec<Note>,
) -> Result<Decoded, Note> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(encoding, &bytes[length..], notes));
    }
    if let Some(encoding) = utf16(bytes) {
        return Ok(decode_as(encoding, bytes, notes));
    }
    if binary::is_full_of_controls(bytes) {
        return Err(Note::unread(
            "binary",
            "",
            "this is data full of control characters, not a page of text or HTML",
        ));
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let named = declared
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(64 << 10)]);
            if media::is_html(&head, None) {
                in_head(bytes)
            } else {
                None
            }
        });
    let encoding = match named {
        Some(named) if contradicted(named, bytes, is_utf8) => {
            let found = if is_utf8 { UTF_8 } else { guess(bytes) };
            let (named, found_name) = (named.name(), found.name());
            notes.push(Note::info(
                "charset",
                "",
                format!("declared as {named}, but read as {found_name}, which its bytes are"),
            ));
            found
        }
        Some(named) => named,
        None if is_utf8 || damaged_utf8(bytes) => UTF_8,
        None => guess(bytes),
    };
    Ok(decode_as(encoding, bytes, notes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], notes: &mut Vec<Note>) -> Decoded {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    if bad {
        // Those that stand in the page itself were no bad bytes.
        let printed = if encoding == UTF_8 {
            bytes.windows(3).filter(|w| *w == b"\xef\xbf\xbd").count()
        } else {
            0
        };
        let count = text
            .matches('\u{fffd}')
            .count()
            .saturating_sub(printed)
            .max(1);
        let line = line_of(&text, text.find('\u{fffd}').unwrap_or(0));
        let name = encoding.name();
        notes.push(Note::partly(
            "bad-bytes",
            format!("line {line}"),
            format!("{count} places cannot be decoded as {name}; each became U+FFFD, the first in line {line}"),
        ));
    }
    Decoded {
        encoding: encoding.name(),
        text: text.into_owned(),
    }
}

/// Whether the bytes plainly are not in the set that is named.
fn contradicted(named: &'static Encoding, bytes: &[u8], is_utf8: bool) -> bool {
    if bytes.is_ascii() {
        return false;
    }
    if is_utf8 {
        // Latin text that happens to be valid UTF-8 does not occur.
        return named.is_single_byte() && named != UTF_8;
    }
    if named != UTF_8 {
        return false;
    }
    let (good, bad) = utf8_signs(bytes);
    bad > good
}

/// How many signs of the bytes are UTF-8 outside of ASCII, and how many cannot be.
fn utf8_signs(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// Whether the bytes are UTF-8 but for some damaged places: one bad byte must not turn every
/// quotation mark of the page into three other signs. Signs of three bytes do not come about
/// by chance; and where the bytes beyond ASCII are few and no letters of words, as in
/// "talks \xc3( failed", no other set explains them either.
fn damaged_utf8(bytes: &[u8]) -> bool {
    let (good, bad) = utf8_signs(bytes);
    let long = bytes
        .utf8_chunks()
        .flat_map(|c| c.valid().chars())
        .filter(|c| c.len_utf8() >= 3);
    good > bad * 4 || (good >= bad && long.take(2).count() == 2) || is_noise(bytes)
}

/// Whether the few bytes beyond ASCII, read as a Latin set, are mostly letters that stand in
/// no word, or pairs that begin a sign of UTF-8 and break off.
fn is_noise(bytes: &[u8]) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|b| b.is_ascii_alphabetic())
    };
    let (mut high, mut odd) = (0, 0);
    for (at, byte) in bytes.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
        high += 1;
        let in_word = letter(at.checked_sub(1)) || letter(Some(at + 1));
        odd += usize::from(*byte >= 0xc0 && !in_word);
    }
    high * 20 < bytes.len() && odd > 0 && odd * 2 >= high
}

/// UTF-16 without a byte order mark: half of each ASCII character is a zero, always on the
/// same side.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |side: usize| {
        start
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if start.len() < 8 || (even + odd) * 25 < start.len() {
        None
    } else if odd > even * 20 {
        Some(UTF_16LE)
    } else if even > odd * 20 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The character set that the first 1,024 bytes of an HTML page name.
fn in_head(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let from_meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next()?;
        label(tag, "charset")
    });
    let found = from_meta.or_else(|| {
        head.trim_start()
            .strip_prefix("<?xml")
            .and_then(|rest| label(rest.split('>').next()?, "encoding"))
    })?;
    // A page that can be read as far as its meta tag is not in UTF-16.
    Some(if found == UTF_16LE || found == UTF_16BE {
        UTF_8
    } else {
        found
    })
}

/// The set after `key=` in a tag.
fn label(tag: &str, key: &str) -> Option<&'static Encoding> {
    let rest = tag[tag.find(key)? + key.len()..]
        .trim_start()
        .strip_prefix('=')?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let end = rest
        .find(|c: char| c.is_whitespace() || "\"';/>?".contains(c))
        .unwrap_or(rest.len());
    Encoding::for_label(&rest.as_bytes()[..end])
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}
