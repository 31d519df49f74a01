//! Text with words marked.

use super::wrap::wrap;

/// Code points of a text, half-open.
type Mark = (usize, usize);

/// The text with two asterisks before and after each mark, as Markdown has bold words.
pub fn in_stars(text: &str, marks: &[Mark]) -> String {
    let mut marked = String::with_capacity(text.len() + 4 * marks.len());
    for (at, c) in text.chars().enumerate() {
        marked.push_str(&"**".repeat(marks.iter().filter(|m| m.1 == at).count()));
        marked.push_str(&"**".repeat(marks.iter().filter(|m| m.0 == at).count()));
        marked.push(c);
    }
    let end = text.chars().count();
    marked.push_str(&"**".repeat(marks.iter().filter(|m| m.1 == end).count()));
    marked
}

/// The lines of the text as [`wrap`] breaks it, with the marks in bold letters of a terminal.
pub fn in_bold(text: &str, marks: &[Mark], width: usize) -> Vec<String> {
    // Lines differ from the text in blanks only, so letters are counted.
    let shown = |c: char| !c.is_whitespace() && !c.is_control();
    let mut bold = Vec::new();
    for (at, c) in text.chars().enumerate() {
        if shown(c) {
            bold.push(marks.iter().any(|m| m.0 <= at && at < m.1));
        }
    }
    let mut letters = bold.into_iter();
    let mut lines = wrap(text, width);
    for line in &mut lines {
        let mut out = String::with_capacity(line.len() + 16);
        let mut on = false;
        for c in line.chars() {
            let wanted = if shown(c) {
                letters.next().unwrap_or(false)
            } else {
                on
            };
            match (on, wanted) {
                (false, true) => out.push_str("\u{1b}[1m"),
                (true, false) => out.push_str("\u{1b}[0m"),
                _ => {}
            }
            on = wanted;
            out.push(c);
        }
        if on {
            out.push_str("\u{1b}[0m");
        }
        *line = out;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_stars() {
        assert_eq!(in_stars("né ok no", &[(0, 2), (3, 5)]), "**né** **ok** no");
        assert_eq!(in_stars("one", &[(0, 3)]), "**one**");
        assert_eq!(in_stars("one", &[]), "one");
    }

    #[test]
    fn marks_in_bold_over_a_break() {
        let lines = in_bold("the  old\nport city", &[(5, 13)], 8);
        assert_eq!(
            lines,
            [
                "the \u{1b}[1mold\u{1b}[0m",
                "\u{1b}[1mport\u{1b}[0m",
                "city"
            ]
        );
        assert_eq!(in_bold("plain", &[], 9), ["plain"]);
    }
}
