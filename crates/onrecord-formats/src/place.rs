//! Places in files: what stands after the `#` of a page's address.
//!
//! A place is one part for each file that is opened on the way, `#` between them:
//! `pile.zip#2020/one.warc.gz#B10482`. Names of members are written with `%23` for `#`,
//! `%25` for `%`, and control characters escaped likewise, so a place can be cut at `#`.

use std::fmt::Write;

/// A member's name as part of an address.
pub(crate) fn escape(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for sign in name.chars() {
        if matches!(sign, '#' | '%') || sign.is_control() {
            let mut bytes = [0; 4];
            for byte in sign.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(sign);
        }
    }
    out
}

/// The file of a page's address, and the place in it.
///
/// `is_file` is asked of every cut, since a file's own name may hold a `#`; the longest name
/// that is a file is taken, else the shortest.
///
/// ```
/// let cut = onrecord_formats::split("pile.zip#a.warc#B0", |name| name == "pile.zip");
/// assert_eq!(cut, ("pile.zip", Some("a.warc#B0")));
/// assert_eq!(onrecord_formats::split("page.html", |_| true), ("page.html", None));
/// ```
pub fn split(uri: &str, is_file: impl Fn(&str) -> bool) -> (&str, Option<&str>) {
    if !uri.contains('#') || is_file(uri) {
        return (uri, None);
    }
    let cuts = || uri.match_indices('#').map(|(at, _)| at);
    let found = cuts().rev().find(|at| is_file(&uri[..*at]));
    match found.or_else(|| cuts().next()) {
        Some(at) => (&uri[..at], Some(&uri[at + 1..])),
        None => (uri, None),
    }
}

/// The first part of a place, and the rest.
pub(crate) fn first(place: &str) -> (&str, Option<&str>) {
    match place.split_once('#') {
        Some((first, rest)) => (first, Some(rest)),
        None => (place, None),
    }
}

/// A piece of an address for sorting: words by their letters, numbers by their value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A run of digits; longer runs than a number has are cut.
    Number(u64),
    /// Anything else.
    Word(String),
}

/// What to sort addresses by, so that `#L9` comes before `#L10`: the pages of a file then
/// come in the order in which it is read.
pub fn order(uri: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = uri;
    while let Some(first) = rest.chars().next() {
        let digit = first.is_ascii_digit();
        let end = rest
            .find(|sign: char| sign.is_ascii_digit() != digit)
            .unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(match digit.then(|| piece.parse().ok()).flatten() {
            Some(number) => Piece::Number(number),
            None => Piece::Word(piece.to_owned()),
        });
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for name in ["a/b.html", "50% #1.html", "line\nend", "ä#", ""] {
            let escaped = escape(name);
            assert!(!escaped.contains('#') && !escaped.contains('\n'));
            if name.contains(['#', '%', '\n']) {
                assert_ne!(escaped, name);
            } else {
                assert_eq!(escaped, name);
            }
        }
        assert_eq!(escape("50% #1\n"), "50%25 %231%0A");
    }

    #[test]
    fn a_file_whose_name_holds_the_sign() {
        let there = |name: &str| name == "no #1.zip";
        assert_eq!(
            split("no #1.zip#a.txt", there),
            ("no #1.zip", Some("a.txt"))
        );
        assert_eq!(split("no #1.zip", there), ("no #1.zip", None));
        assert_eq!(split("gone.zip#a#b", |_| false), ("gone.zip", Some("a#b")));
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let mut all = ["a#L10", "a#L9", "a#L100", "a#B7+12", "a#B7+3"];
        all.sort_by_key(|uri| order(uri));
        assert_eq!(all, ["a#B7+3", "a#B7+12", "a#L9", "a#L10", "a#L100"]);
    }
}
