//! Lines of a paragraph joined, words cut at their ends mended.

use std::collections::BTreeSet;

/// Signs that stand for a cut at the end of a line.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{ad}'];

/// The text with the lines of each paragraph on one line. A hyphen at the end of a line goes,
/// unless the word is written with it elsewhere, or what stands before it is no word of small
/// letters.
pub(super) fn mended(text: &str) -> String {
    let words: BTreeSet<&str> = text
        .split(|sign: char| sign.is_whitespace())
        .map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()))
        .collect();
    let mut out: Vec<String> = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut line = String::new();
        for next in paragraph
            .split('\n')
            .map(str::trim)
            .filter(|next| !next.is_empty())
        {
            join(&mut line, next, &words);
        }
        if !line.is_empty() {
            out.push(line.replace('\u{ad}', ""));
        }
    }
    let mut text = out.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn join(line: &mut String, next: &str, words: &BTreeSet<&str>) {
    if line.is_empty() {
        line.push_str(next);
        return;
    }
    let Some(before) = line.strip_suffix(HYPHENS).map(str::to_owned) else {
        line.push(' ');
        line.push_str(next);
        return;
    };
    let first: String = before
        .chars()
        .rev()
        .take_while(|sign| sign.is_alphanumeric() || *sign == '-')
        .collect();
    let first: String = first.chars().rev().collect();
    let second: String = next
        .chars()
        .take_while(|sign| sign.is_alphanumeric())
        .collect();
    if first.is_empty() || second.is_empty() {
        // A dash between words.
        line.push(' ');
        line.push_str(next);
        return;
    }
    let soft = line.ends_with('\u{ad}');
    let small = second.chars().next().is_some_and(char::is_lowercase)
        && first.chars().last().is_some_and(char::is_lowercase);
    let (with, without) = (format!("{first}-{second}"), format!("{first}{second}"));
    let with_elsewhere = words.contains(with.as_str()) && !words.contains(without.as_str());
    if soft || (small && !with_elsewhere) {
        *line = before;
    } else if !line.ends_with('-') {
        line.pop();
        line.push('-');
    }
    line.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_cut() {
        assert_eq!(
            mended("The har-\nbour of\nTesk.\n\nNext."),
            "The harbour of Tesk.\n\nNext.\n"
        );
        assert_eq!(
            mended("The US-\nled force and anti-\nTesk talks."),
            "The US-led force and anti-Tesk talks.\n"
        );
        assert_eq!(
            mended("A well-\nknown port. It is well-known."),
            "A well-known port. It is well-known.\n"
        );
        assert_eq!(
            mended("The port -\nit said - is open."),
            "The port - it said - is open.\n"
        );
        assert_eq!(mended("re\u{ad}open\u{ad}\ned"), "reopened\n");
    }
}
