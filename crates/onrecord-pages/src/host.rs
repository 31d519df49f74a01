//! Lines that a host repeats.

mod count;
mod name;

use onrecord_lexicon::fold;
use onrecord_model::{Page, RawPage, sha256_hex};

use crate::HostLines;

pub use count::{Hosts, PageLine, lines_of};

/// The host of a page and its lines, to be counted; `None` for a page that says no host. A page
/// of plain text that lies in no folder named like a host is not even decoded.
pub fn host_of(raw: &RawPage) -> Option<(String, Vec<PageLine>)> {
    let markup = || raw.bytes.iter().take(4096).any(|byte| *byte == b'<');
    if raw.declared.url.is_none() && name::of_path(&raw.uri).is_none() && !markup() {
        return None;
    }
    let (page, _) = crate::decode(raw).ok()?;
    Some((name::of_page(&page)?, lines_of(&page)))
}

/// The lines of a page that are furniture of its host.
pub fn host_lines(page: &Page, hosts: &Hosts) -> HostLines {
    if hosts.is_empty() {
        return HostLines::new();
    }
    match name::of_page(page) {
        Some(host) => hosts.furniture(&host, &lines_of(page)),
        None => HostLines::new(),
    }
}

/// Stands for all that a page's rows depend on beside its bytes and the run's settings.
///
/// ```
/// use onrecord_pages::{HostLines, fingerprint};
/// assert_ne!(fingerprint(&HostLines::new()), fingerprint(&HostLines::from([1])));
/// ```
pub fn fingerprint(host_lines: &HostLines) -> String {
    let mut bytes = Vec::with_capacity(host_lines.len() * 8);
    for line in host_lines {
        bytes.extend_from_slice(&line.to_be_bytes());
    }
    sha256_hex(&bytes)[..16].to_owned()
}

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
