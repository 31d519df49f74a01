//! Where records begin.

use std::io::{self, BufRead};

use crate::source::Tracked;

/// The first bytes of a record.
pub(super) const SIGN: &[u8] = b"WARC/";

/// Whether a record begins here: a version, the end of the line, the name of a field. A
/// record that was cut off may end anywhere in a line.
pub(super) fn begins_record(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(SIGN) else {
        return false;
    };
    let version = rest
        .iter()
        .take_while(|b| b.is_ascii_digit() || **b == b'.')
        .count();
    let end = rest.get(version..).unwrap_or_default();
    let end = end.strip_prefix(b"\r").unwrap_or(end);
    let field = |name: &[u8]| {
        end.get(1..1 + name.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(name))
    };
    version > 0 && end.first() == Some(&b'\n') && (field(b"WARC-") || field(b"Content-"))
}

/// Where a record begins.
pub(super) fn record_in(bytes: &[u8]) -> Option<usize> {
    let mut starts = memchr::memmem::find_iter(bytes, SIGN);
    starts.find(|at| begins_record(&bytes[*at..]))
}

/// The place of the next `what` in the source.
pub(super) fn find(source: &mut Tracked, what: &[u8]) -> io::Result<Option<u64>> {
    let mut kept: Vec<u8> = Vec::new();
    let mut start = source.at();
    loop {
        let bytes = source.fill_buf()?;
        let used = bytes.len();
        if used == 0 {
            return Ok(None);
        }
        kept.extend_from_slice(bytes);
        source.consume(used);
        if let Some(at) = memchr::memmem::find(&kept, what) {
            return Ok(Some(start + at as u64));
        }
        let cut = kept.len().saturating_sub(what.len() - 1);
        kept.drain(..cut);
        start += cut as u64;
    }
}
