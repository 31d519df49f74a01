//! What is checked of a quotation: its pieces between ellipses and editor's brackets.

use super::fold::is_mark;

/// A quotation taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// The pieces, without marks and punctuation at their ends.
    pub all: Vec<String>,
    /// Whether an ellipsis stands in it or at an end.
    pub cut: bool,
    /// The words in square brackets: an editor's, not checked.
    pub inserted: Vec<String>,
}

/// The quotation as a whole, without what encloses it.
pub fn whole(text: &str) -> &str {
    text.trim()
        .trim_matches(|c: char| is_mark(c) || c.is_whitespace())
}

/// A piece without punctuation and marks at its ends.
pub fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '$' | '€' | '£'))
}

impl Pieces {
    /// Takes a quotation apart at `…`, `...`, `. . .`, `[...]`, `(…)` and `[words]`.
    pub fn of(text: &str) -> Pieces {
        let mut pieces = Pieces::default();
        let mut piece = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let left_out = ellipsis(rest).or_else(|| bracketed_ellipsis(rest));
            if let Some(length) = left_out {
                pieces.cut = true;
                pieces.end(&mut piece);
                rest = &rest[length..];
            } else if let Some((words, length)) = bracket(rest) {
                pieces.inserted.push(words.to_owned());
                pieces.end(&mut piece);
                rest = &rest[length..];
            } else {
                piece.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        pieces.end(&mut piece);
        pieces
    }

    fn end(&mut self, piece: &mut String) {
        let words = bare(piece);
        if !words.is_empty() {
            self.all.push(words.to_owned());
        }
        piece.clear();
    }
}

/// The length of the ellipsis with which a text begins.
fn ellipsis(text: &str) -> Option<usize> {
    let mut dots = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match c {
            '…' => dots += 3,
            '.' => dots += 1,
            ' ' | '\u{a0}' if dots > 0 => continue,
            _ => break,
        }
        end = at + c.len_utf8();
    }
    (dots >= 3).then_some(end)
}

/// The same in brackets.
fn bracketed_ellipsis(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let inner = &text[1..text.find(close)?];
    let length = ellipsis(inner.trim())?;
    (length == inner.trim().len()).then_some(inner.len() + 2)
}

/// The words in the square brackets with which a text begins, and the length of both.
fn bracket(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(']')?;
    Some((inner[..end].trim(), end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Vec<String>, bool, usize) {
        let pieces = Pieces::of(text);
        (pieces.all, pieces.cut, pieces.inserted.len())
    }

    #[test]
    fn ellipses_and_brackets() {
        let two = || vec!["We will".to_owned(), "never leave".to_owned()];
        for text in [
            "We will … never leave",
            "We will... never leave.",
            "“We will . . . never leave”",
            "We will, [...] never leave!",
            "We will (…) never leave",
        ] {
            assert_eq!(of(text), (two(), true, 0), "{text}");
        }
        assert_eq!(of("We will [soon] never leave"), (two(), false, 1));
        assert_eq!(of("… never leave …").0, ["never leave"]);
        assert_eq!(
            of("We will. Never leave [here").0,
            ["We will. Never leave [here"]
        );
        assert_eq!(of(" … “”"), (vec![], true, 0));
    }

    #[test]
    fn what_encloses_is_left_out() {
        assert_eq!(whole(" “‘We will,’ he said” "), "We will,’ he said");
        assert_eq!(bare("“We will,”"), "We will");
        assert_eq!(bare("90%."), "90%");
    }
}
