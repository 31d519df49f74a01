//! Endings that are written to a word and are tokens of their own.

/// Where a word ends and its clitic begins: "Iraq|'s", "do|n't", "we|'ll".
pub fn clitic(word: &str) -> Option<usize> {
    let at = word.rfind(['\'', '’', '`', '´'])?;
    let ending = word[at..].trim_start_matches(['\'', '’', '`', '´']);
    let is = |known: &str| ending.eq_ignore_ascii_case(known);
    if is("t") && at > 1 && word.as_bytes()[at - 1].eq_ignore_ascii_case(&b'n') {
        return Some(at - 1);
    }
    if is("s") && is_decade(&word[..at]) {
        return None;
    }
    let known = ["s", "ll", "re", "ve", "d", "m"].into_iter().any(is);
    (known && at > 0).then_some(at)
}

/// "60" and "1960" in "the 60's", "the 1960's"; but "2010's" stands for "of 2010".
fn is_decade(digits: &str) -> bool {
    (digits.len() == 2 || digits.len() == 4 && digits.starts_with('1') || digits == "2000")
        && digits.ends_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit())
}
