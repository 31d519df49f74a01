//! Numbers in a sentence.

use crate::words::{Kind, Word};

const SMALL: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Where a number that begins at word `at` ends: "5,200", "six", "12 thousand".
pub(crate) fn number(words: &[Word], at: usize) -> Vec<usize> {
    let Some(word) = words.get(at) else {
        return Vec::new();
    };
    if value_of_word(word).is_none() {
        return Vec::new();
    }
    match words.get(at + 1).and_then(|w| scale(&w.lower)) {
        Some(_) => vec![at + 2],
        None => vec![at + 1],
    }
}

/// What the number at words `start..end` is worth.
pub(crate) fn value(words: &[Word], start: usize, end: usize) -> Option<u64> {
    let first = value_of_word(words.get(start)?)?;
    let scale = if end > start + 1 {
        scale(&words[end - 1].lower)?
    } else {
        1
    };
    first.checked_mul(scale)
}

fn value_of_word(word: &Word) -> Option<u64> {
    match word.kind {
        // "1.5" lost its dot: no whole number
        Kind::Number => word
            .cased
            .parse()
            .ok()
            .filter(|_| word.cased.len() == word.span.len() || has_thousands(word)),
        Kind::Word => {
            let at = SMALL.iter().position(|s| *s == word.lower)?;
            u64::try_from(at).ok().map(|n| n + 1)
        }
        _ => None,
    }
}

/// Whether the marks dropped from a number parted thousands: one for every three digits.
fn has_thousands(word: &Word) -> bool {
    let dropped = word.span.len() - word.cased.len();
    word.cased.len() > 3 * dropped && word.cased.len() <= 3 * dropped + 3
}

fn scale(word: &str) -> Option<u64> {
    match word {
        "hundred" => Some(100),
        "thousand" => Some(1_000),
        "million" => Some(1_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn worth() {
        let read = |text: &str| {
            let words = words(text, 0);
            number(&words, 0)
                .first()
                .and_then(|end| value(&words, 0, *end))
        };
        assert_eq!(read("5,200 men"), Some(5200));
        assert_eq!(read("six bases"), Some(6));
        assert_eq!(read("12 thousand men"), Some(12_000));
        assert_eq!(read("1.5 million"), None);
        assert_eq!(read("men"), None);
    }
}
