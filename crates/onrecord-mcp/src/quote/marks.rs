//! Which parts of a text stand within quotation marks.

/// The parts of a text within quotation marks: code points, half-open, marks included. What
/// is opened and not closed in a paragraph ends with it, as in a quotation that goes on in
/// the next one.
pub fn quoted(text: &str) -> Vec<(usize, usize)> {
    let signs: Vec<char> = text.chars().collect();
    let mut parts = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for at in 0..=signs.len() {
        let paragraph_ends =
            at == signs.len() || (signs[at] == '\n' && signs.get(at + 1) == Some(&'\n'));
        if paragraph_ends {
            // A straight mark without its other half says nothing.
            if let Some((start, _)) = open.take().filter(|(_, close)| *close != '"') {
                parts.push((start, at));
            }
            continue;
        }
        match open {
            Some((start, close)) if signs[at] == close && closes(&signs, at) => {
                parts.push((start, at + 1));
                open = None;
            }
            Some(_) => {}
            None => open = opens(&signs, at).map(|close| (at, close)),
        }
    }
    parts
}

/// Whether all of a part of the text stands within quotation marks, perhaps over several
/// paragraphs of one quotation.
pub fn within(parts: &[(usize, usize)], (start, end): (usize, usize)) -> bool {
    /// Between two paragraphs stands an empty line.
    const BREAK: usize = 2;
    let mut reached = start;
    for part in parts {
        let near = part.0 <= reached || (reached > start && part.0 <= reached + BREAK);
        if near && part.1 > reached {
            reached = part.1;
        }
    }
    end <= reached && start < reached
}

/// The mark that closes what the sign opens.
fn opens(signs: &[char], at: usize) -> Option<char> {
    match signs[at] {
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        '"' => Some('"'),
        // An apostrophe stands after a letter.
        '‘' if !letter(signs, at.checked_sub(1)) => Some('’'),
        _ => None,
    }
}

/// Whether a mark that can close does: an apostrophe between letters does not.
fn closes(signs: &[char], at: usize) -> bool {
    signs[at] != '’' || !(letter(signs, at.checked_sub(1)) && letter(signs, Some(at + 1)))
}

fn letter(signs: &[char], at: Option<usize>) -> bool {
    at.and_then(|at| signs.get(at))
        .is_some_and(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let signs: Vec<char> = text.chars().collect();
        let part = |(start, end): &(usize, usize)| signs[*start..*end].iter().collect();
        quoted(text).iter().map(part).collect()
    }

    #[test]
    fn within_marks() {
        let parts = [(3, 10), (12, 20), (30, 40)];
        assert!(within(&parts, (3, 10)) && within(&parts, (4, 18)));
        assert!(!within(&parts, (2, 9)) && !within(&parts, (15, 35)) && !within(&parts, (10, 12)));
    }

    #[test]
    fn marks_of_all_kinds() {
        for (text, found) in [
            ("“We go,” he said, “now.”", &["“We go,”", "“now.”"][..]),
            ("\"We go,\" he said. Don't. \"Now", &["\"We go,\""]),
            (
                "He said: ‘We don’t go.’ The men’s camp",
                &["‘We don’t go.’"],
            ),
            (
                "« Nous » and “he said ‘go’ to us”",
                &["« Nous »", "“he said ‘go’ to us”"],
            ),
            ("“First.\n\n“Second.” Third.", &["“First.", "“Second.”"]),
            ("„Wir gehen“, sagte er", &["„Wir gehen“"]),
            ("no marks at all", &[]),
        ] {
            assert_eq!(parts(text), found, "{text}");
        }
    }
}
