//! Lines that a host repeats.

use onrecord_lexicon::fold;

/// A number that stands for a line, the same for lines that differ in case, marks and
/// spaces only; `None` for lines without letters. Stable across machines and versions
/// (FNV-1a over the folded line).
///
/// ```
/// use onrecord_pages::line_hash;
/// assert_eq!(line_hash("Read  More"), line_hash("read more"));
/// assert_eq!(line_hash("* * *"), None);
/// ```
pub fn line_hash(line: &str) -> Option<u64> {
    let folded = fold(line).to_lowercase();
    if !folded.contains(char::is_alphabetic) {
        return None;
    }
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in folded.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    Some(hash)
}
