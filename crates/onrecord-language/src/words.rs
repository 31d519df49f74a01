//! Tokens to the syntactic words of Universal Dependencies.

use onrecord_lexicon::{WordBorders, Words};
use onrecord_model::{Span, Token, TokenKind};

/// The words of tokens, in order, each with the index of its token: "al-Sadr" is one token
/// and three words, "cannot" one and two, "anti-war" one and one.
///
/// Every byte of every token stands in exactly one word. The borders are those of the
/// English treebanks; what no rule can tell is in [`Words::borders`].
pub fn words(text: &str, tokens: &[Token], words: &Words) -> Vec<(Span, usize)> {
    let mut found = Vec::with_capacity(tokens.len() + tokens.len() / 8);
    for (index, token) in tokens.iter().enumerate() {
        let mut from = token.span.start;
        if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            cuts(token.span.of(text), &words.borders, &mut |cut| {
                let at = token.span.start + cut;
                found.push((Span::new(from, at), index));
                from = at;
            });
        }
        found.push((Span::new(from, token.span.end), index));
    }
    found
}

/// Tells `cut` every byte inside `token` at which a new word begins, in order.
fn cuts(token: &str, borders: &WordBorders, cut: &mut impl FnMut(usize)) {
    let bytes = token.as_bytes();
    // "-" and the hyphens of U+2010, U+2011
    if !bytes.iter().any(|b| matches!(b, b'-' | 0xe2)) {
        return part_cuts(token, borders, cut);
    }
    if is_address(token) || is_number_with_hyphens(token) {
        return;
    }
    // where the word and its last part begin
    let (mut start, mut last) = (0, 0);
    while let Some((hyphen, len)) = next_hyphen(token, last) {
        let (part, after) = (&token[last..hyphen], &token[hyphen + len..]);
        if after.is_empty() {
            break; // "w-": a word broken off
        }
        if !keeps_hyphen(part, after, start == last, start == 0, borders) {
            if start == last {
                part_cuts(part, borders, &mut |at| cut(start + at));
            }
            if start < hyphen {
                cut(hyphen);
            }
            cut(hyphen + len);
            start = hyphen + len;
        }
        last = hyphen + len;
    }
    if start == last {
        part_cuts(&token[start..], borders, &mut |at| cut(start + at));
    }
}

/// The next hyphen from byte `from` on, and its length.
fn next_hyphen(token: &str, from: usize) -> Option<(usize, usize)> {
    let at = token[from..].find(['-', '‐', '‑'])?;
    let len = if token.as_bytes()[from + at] == b'-' {
        1
    } else {
        3
    };
    Some((from + at, len))
}

/// Whether no word ends at the hyphen between `part` and `after`: where `part` is a prefix
/// that begins a word, or what follows is a suffix.
fn keeps_hyphen(part: &str, after: &str, begins: bool, first: bool, borders: &WordBorders) -> bool {
    let next = &after[..next_hyphen(after, 0).map_or(after.len(), |(at, _)| at)];
    // "e-mail", but not "Naqsh-e-Jahan"
    let prefix = begins && (part.len() > 1 || first && next.starts_with(char::is_lowercase));
    !part.is_empty() && (prefix && has(&borders.prefixes, part) || has(&borders.suffixes, next))
}

fn has(set: &std::collections::BTreeSet<String>, word: &str) -> bool {
    let mut small = [0; LONGEST];
    lower(word, &mut small).is_some_and(|word| set.contains(word))
}

/// No entry of the lexicon's borders is longer, in bytes.
const LONGEST: usize = 12;

/// `word` in lower case, where it is short and plain enough to be an entry.
fn lower<'b>(word: &str, into: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let into = &mut into[..word.len()];
    into.copy_from_slice(word.as_bytes());
    into.make_ascii_lowercase();
    std::str::from_utf8(into).ok()
}

/// The cuts of a token without hyphens, or of a part between two.
fn part_cuts(part: &str, borders: &WordBorders, cut: &mut impl FnMut(usize)) {
    let Some(first) = part.bytes().next() else {
        return;
    };
    if first.is_ascii_digit() {
        let digits = part
            .bytes()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'))
            .count();
        let unit = &part[digits..];
        if !unit.is_empty() && borders.units.contains(unit.trim_end_matches('.')) {
            cut(digits);
        }
        return;
    }
    let mut small = [0; LONGEST];
    let Some(word) = lower(part, &mut small) else {
        return;
    };
    for at in borders.split.get(word).into_iter().flatten() {
        cut(*at);
    }
}

/// An address of the web or of e-mail, a file's name, a path.
fn is_address(token: &str) -> bool {
    if token.bytes().any(|b| matches!(b, b'@' | b'/' | b'#')) {
        return true;
    }
    token.rsplit_once('.').is_some_and(|(_, end)| {
        (2..=4).contains(&end.len())
            && end.starts_with(|c: char| c.is_ascii_lowercase())
            && end.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// Digits and hyphens that are one number: of a telephone ("555-0199"), a day
/// ("2014-06-10"), a postal code; but "2014-15" is a range.
fn is_number_with_hyphens(token: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty();
    let mut parts = token.trim_start_matches('+').split('-');
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else {
        return false;
    };
    if !digits(first) || !digits(second) {
        return false;
    }
    match parts.next() {
        Some(third) => digits(third) && parts.all(digits),
        None => token.starts_with('+') || matches!((first.len(), second.len()), (3 | 5, 4)),
    }
}
