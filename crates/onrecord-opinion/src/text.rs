//! Small things about texts.

/// The first code points of a text on one line, without control characters.
pub fn beginning(text: &str, most: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = plain.take(most).collect();
    if text.chars().nth(most).is_some() {
        short.push('…');
    }
    short.trim().to_owned()
}

/// A text sign for sign, but quotation marks, dashes and spaces each of one kind. It has as
/// many code points as the text.
fn plain(text: &str) -> Vec<char> {
    let sign = |c: char| match c {
        '"' | '\'' | '`' | '´' | '«' | '»' | '‘'..='‟' | '‹' | '›' => '\'',
        '‐'..='―' | '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars().map(sign).collect()
}

/// Where `words` stand in a text: code points, half-open. Letters count as they are; kinds
/// of quotation marks, dashes and spaces do not.
pub fn find(text: &str, words: &str) -> Option<(usize, usize)> {
    let (text, words) = (plain(text), plain(words.trim()));
    if !words.iter().any(|c| c.is_alphanumeric()) || words.len() > text.len() {
        return None;
    }
    let at = text.windows(words.len()).position(|part| part == words)?;
    Some((at, at + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_text() {
        let text = "“We’ll go – now,”\nhe said.";
        assert_eq!(find(text, "We'll go - now"), Some((1, 15)));
        assert_eq!(find(text, " now,\" he "), Some((12, 20)));
        for other in [
            "we'll go",
            "We will go",
            "",
            " \" ",
            "he said. He left the town for good",
        ] {
            assert_eq!(find(text, other), None, "{other}");
        }
    }

    #[test]
    fn the_beginning_of_a_text() {
        assert_eq!(beginning("a\nb", 9), "a b");
        assert_eq!(beginning("abc", 2), "ab…");
    }
}
