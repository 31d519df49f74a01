//! Passages with their entities marked in the text: `[The minister=1] said [she=1] ...`.

use std::collections::BTreeMap;

use onrecord_language::Engine;
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Span};

use super::GoldDocument;

/// The documents of a file of marked passages: one a line, `¶` between its paragraphs, lines
/// that begin with `#` left out. The trees by which a mention's head is known are the
/// engine's.
///
/// # Errors
/// A bracket without its other half or its number, with the number of the line.
pub fn marked(
    name: &str,
    file: &str,
    engine: &Engine,
    lexicon: &Lexicon,
) -> Result<Vec<GoldDocument>, String> {
    let mut found = Vec::new();
    for (n, line) in file.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (text, spans) = read(line).ok_or_else(|| {
            let mark = "a bracket without its other half or its number";
            format!("{name}, line {}: {mark}", n + 1)
        })?;
        let article = Article::new("pg-text".into(), 1, text);
        let (mut sentences, _) = onrecord_language::sentences(&article, lexicon);
        onrecord_language::parse(&article.text, &mut sentences, engine, lexicon);
        let mut document = GoldDocument {
            id: format!("{name}:{}", n + 1),
            ..GoldDocument::default()
        };
        for sentence in &sentences {
            let base = document.words.len();
            let words = sentence.words.iter();
            document
                .words
                .extend(words.map(|w| (w.span, w.head.map(|head| base + head))));
        }
        let mut entities: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for (span, entity) in spans {
            entities
                .entry(entity)
                .or_default()
                .extend(document.mention(span));
        }
        document.entities = entities.into_values().collect();
        for entity in &mut document.entities {
            entity.sort_unstable();
            entity.dedup();
        }
        document.text = article.text;
        found.push(document);
    }
    Ok(found)
}

/// The text without its marks, and the mentions with their entities.
fn read(line: &str) -> Option<(String, Vec<(Span, usize)>)> {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut spans = Vec::new();
    let mut rest = line.trim();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => open.push(text.len()),
            ']' => return None,
            '=' => {
                let (number, after) = rest.split_once(']')?;
                spans.push((Span::new(open.pop()?, text.len()), number.parse().ok()?));
                rest = after;
            }
            '¶' => {
                text.truncate(text.trim_end().len());
                text.push_str("\n\n");
                rest = rest.trim_start();
            }
            c => text.push(c),
        }
    }
    open.is_empty().then_some((text, spans))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read() {
        let (text, spans) =
            read("[Ann=1], [head of [the Club=2]=1], left. ¶ [She=1] sang.").unwrap();
        assert_eq!(text, "Ann, head of the Club, left.\n\nShe sang.");
        let words: Vec<_> = spans.iter().map(|(s, n)| (s.of(&text), *n)).collect();
        assert_eq!(
            words,
            [
                ("Ann", 1),
                ("the Club", 2),
                ("head of the Club", 1),
                ("She", 1)
            ]
        );
        assert!(read("[Ann=1").is_none() && read("Ann=1]").is_none() && read("[Ann]").is_none());
        assert!(read("[[Ann=1]").is_none());
    }

    #[test]
    fn a_mention_is_known_by_its_head() {
        let engine = Engine::built_in();
        let lexicon = Lexicon::built_in();
        let file = "# a comment\n\n[The head of [the club=2]=1] left.\n";
        let found = marked("a.txt", file, engine, lexicon).unwrap();
        let text = &found[0].text;
        let at = |word: &str| text.find(word).unwrap();
        assert_eq!(found[0].entities, [vec![at("head")], vec![at("club")]]);
        let wrong = marked("a.txt", "\n[x", engine, lexicon).unwrap_err();
        assert!(wrong.contains("a.txt, line 2"), "{wrong}");
    }
}
