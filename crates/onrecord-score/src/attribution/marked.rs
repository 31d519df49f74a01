//! Passages with their attributions marked in the text:
//! `[S1 The minister] [C1 said] [K1 that it would rain].`

use std::collections::BTreeMap;

use onrecord_model::Span;
use onrecord_statements::head::Attribution;

use super::GoldArticle;
use crate::ScoreError;

/// The passages of a file: one a line, `¶` between paragraphs, lines that begin with `#` left
/// out. `S` is a source, `C` a cue, `K` content, with the numbers of their attributions.
///
/// # Errors
/// A bracket without its other half, letter or number, with the number of the line.
pub fn marked(name: &str, file: &str) -> Result<Vec<GoldArticle>, ScoreError> {
    let what = "a bracket without its other half, letter (S, C, K) or number";
    let found = ScoreError::each_line(name, file, what, read)?.into_iter();
    let article = |(name, (text, attributions))| GoldArticle {
        name,
        text,
        attributions,
    };
    Ok(found.map(article).collect())
}

fn read(line: &str) -> Option<(String, Vec<Attribution>)> {
    let mut text = String::new();
    let mut found: BTreeMap<usize, Attribution> = BTreeMap::new();
    let mut open: Option<(char, Vec<usize>, usize)> = None;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                let role = rest.chars().next()?;
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == ','))?;
                let numbers = rest[1..end].split(',').map(str::parse);
                let numbers: Vec<usize> = numbers.collect::<Result<_, _>>().ok()?;
                if open.is_some() || !matches!(role, 'S' | 'C' | 'K') {
                    return None;
                }
                rest = rest[end..].trim_start();
                open = Some((role, numbers, text.len()));
            }
            ']' => {
                let (role, numbers, start) = open.take()?;
                let span = Span::new(start, text.len());
                for n in numbers {
                    let one = found.entry(n).or_default();
                    match role {
                        'S' => one.source.push(span),
                        'C' => one.cue.push(span),
                        _ => one.content.push(span),
                    }
                }
            }
            '¶' => {
                text.truncate(text.trim_end().len());
                text.push_str("\n\n");
                rest = rest.trim_start();
            }
            c => text.push(c),
        }
    }
    let all = found.into_values().filter(|a| !a.content.is_empty());
    open.is_none().then(|| (text, all.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        let (text, found) =
            read("[K1 “Go,”] [S1,2 Ann] [C1 said]. ¶ She [C2 wants] [K2 to stay].").unwrap();
        assert_eq!(text, "“Go,” Ann said.\n\nShe wants to stay.");
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(&text)).collect::<Vec<_>>();
        assert_eq!(words(&found[1].source), ["Ann"]);
        assert_eq!(words(&found[1].content), ["to stay"]);
        for wrong in ["[S1 Ann", "Ann]", "[X1 Ann]", "[S Ann]", "[S1 [C1 a]]"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
        let error = marked("a.txt", "# x\n[S Ann]").unwrap_err().to_string();
        assert!(error.contains("a.txt:2"), "{error}");
    }
}
