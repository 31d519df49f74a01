//! What is written with marks and yet is one token: e-mail addresses, tags, emoticons, runs
//! of marks, numbers with a slash, words with letters left out.

use onrecord_lexicon::Words;

/// The first piece of a text up to white space, read once for all tokens in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chunk {
    /// One past its last byte.
    pub end: usize,
    /// Where its last `@` stands, if it has one.
    pub at_sign: Option<usize>,
}

impl Chunk {
    /// The chunk of `text` that begins at `start`, no further than `end`.
    pub fn read(text: &str, start: usize, end: usize) -> Chunk {
        let rest = &text[start..end];
        let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
        Chunk {
            end: start + len,
            at_sign: rest[..len].rfind('@').map(|at| start + at),
        }
    }
}

/// The length of the e-mail address at the beginning of `rest`, whose `@` stands at byte
/// `sign`: "ana@example.org", "mailto:ana@example.org", "Tal@HQ".
pub fn email(rest: &str, sign: usize) -> Option<usize> {
    let (before, after) = (&rest[..sign], &rest[sign + 1..]);
    let before = before.strip_prefix("mailto:").unwrap_or(before);
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._%+-".contains(&b);
    if before.is_empty() || before.len() > 256 || !before.bytes().all(plain) {
        return None;
    }
    let len = after.bytes().take_while(|b| plain(*b)).count();
    let host = after[..len].trim_end_matches(['.', '-', '_', '%', '+']);
    (!host.is_empty()).then_some(sign + 1 + host.len())
}

/// The length of "@handle" or "#tag" at the beginning of `rest`.
pub fn tag(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix(['@', '#'])?;
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let len = name
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(name.len());
    Some(1 + len)
}

/// The length of the emoticon at the beginning of `rest`: ":)", ";-)", "=(", "<3", "^_^".
pub fn emoticon(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let len = if rest.starts_with("<3") {
        2
    } else if rest.starts_with("^_^") {
        3
    } else {
        let brow = usize::from(bytes[0] == b'>');
        if !matches!(bytes.get(brow), Some(b':' | b';' | b'=')) {
            return None;
        }
        let nose = usize::from(bytes.get(brow + 1) == Some(&b'-'));
        let mouth = brow + 1 + nose;
        if !matches!(
            bytes.get(mouth),
            Some(b')' | b'(' | b'D' | b'P' | b'p' | b'O' | b'/' | b'|')
        ) {
            return None;
        }
        // ":)))"
        let more = bytes[mouth..]
            .iter()
            .take_while(|b| **b == bytes[mouth])
            .count();
        mouth + more
    };
    let ends = rest[len..]
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && c != '/');
    ends.then_some(len)
}

/// The length of a run of marks that are one token: "--", "!!!", "?!", "***", "-->".
pub fn run(rest: &str) -> usize {
    let first = rest.as_bytes()[0];
    let count = |set: &[u8]| rest.bytes().take_while(|b| set.contains(b)).count();
    match first {
        b'.' | b'!' | b'?' => count(b".!?"),
        b'-' | b'=' | b'*' | b'~' | b'_' | b'+' | b'|' | b'<' | b'>' | b'#' => count(b"-=*~_+|<>#"),
        _ => 1,
    }
}

/// The length of a date, fraction or telephone number with slashes at the beginning of
/// `rest`, which begins with a digit: "9/11", "20/9/2014", "2014/9/20"; but "2014/15" and
/// "parts 12/200" are two numbers and a mark.
pub fn slashed_number(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut lens = [0; 3];
    let mut at = 0;
    let mut parts = 0;
    loop {
        let len = bytes[at..]
            .iter()
            .take(5)
            .take_while(|b| b.is_ascii_digit())
            .count();
        if len == 0 || parts == 3 {
            return None;
        }
        lens[parts] = len;
        parts += 1;
        at += len;
        if bytes.get(at) == Some(&b'/') {
            at += 1;
        } else {
            break;
        }
    }
    if rest[at..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let whole = match lens {
        [_, 0, _] => false,
        [a, b, 0] => a <= 2 && b <= 2,
        [a, b, c] => a <= 2 && b <= 2 && matches!(c, 2 | 4) || a == 4 && b <= 2 && c <= 2,
    };
    whole.then_some(at)
}

/// The length of a decade or year with an apostrophe for its century, or a word with one
/// for its first letters, at the beginning of `rest`: "'90s", "’07", "'em".
pub fn elision(rest: &str, words: &Words) -> Option<usize> {
    let mark = rest.chars().next()?.len_utf8();
    let name = &rest[mark..];
    let len = name
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(name.len());
    if len > 8 {
        return None;
    }
    let word = &name[..len];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits == 2 && (len == 2 || &word[2..] == "s");
    let known = || {
        words
            .borders
            .whole
            .contains(&format!("'{}", word.to_lowercase()))
    };
    (year || len > 0 && digits == 0 && known()).then_some(mark + len)
}

/// Whether `rest`, which begins with a letter, begins with a word that has a slash in it:
/// "w/o", "L/C". Its length.
pub fn slashed_word(rest: &str, words: &Words) -> Option<usize> {
    let slash = rest.bytes().take(4).position(|b| b == b'/')?;
    let after = rest.get(slash + 1..)?;
    let len = after
        .bytes()
        .take(8)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let end = slash + 1 + len;
    if rest[end..].starts_with(|c: char| c.is_alphanumeric() || c == '/') {
        return None;
    }
    let word = &rest[..end];
    let capital = |s: &str| s.len() == 1 && s.as_bytes()[0].is_ascii_uppercase();
    let code = capital(&word[..slash]) && capital(&word[slash + 1..]);
    (code || words.borders.whole.contains(&word.to_lowercase())).then_some(end)
}

/// The length of a dollar's sign with its country before it and an amount behind: "US$5".
pub fn dollar(rest: &str) -> Option<usize> {
    let sign = rest.bytes().take(3).position(|b| b == b'$')?;
    let country = ["US", "A", "C", "AU", "CA", "NZ", "HK", "S"].contains(&&rest[..sign]);
    let amount = rest[sign + 1..].starts_with(|c: char| c.is_ascii_digit());
    (country && amount).then_some(sign + 1)
}
