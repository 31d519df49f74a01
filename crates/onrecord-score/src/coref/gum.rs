//! Entities of a CoNLL-U file in the manner of GUM and CorefUD: `Entity=` in the last column.

use std::collections::BTreeMap;
use std::fmt::Write;

use onrecord_model::Span;

use super::{Clusters, Mention};
use crate::ConlluSentence;

/// The kinds of entity that are measured.
const KINDS: [&str; 3] = ["person", "organization", "place"];

/// A document with its entities.
#[derive(Clone, Debug, Default)]
pub struct GoldDocument {
    /// The value of `# newdoc id`.
    pub id: String,
    /// Its text, as [`crate::conllu::text_of`] puts it together.
    pub text: String,
    /// The persons, organizations and places.
    pub entities: Clusters,
    /// Of each word, where it stands in the text and the word it hangs on.
    pub(super) words: Vec<(Span, Option<usize>)>,
}

impl GoldDocument {
    /// A line for each entity of several mentions: the head words, each with the number of the
    /// entity found there, or `-`.
    pub fn compared(&self, found: &Clusters) -> String {
        let mut lines = String::new();
        for entity in self.entities.iter().filter(|entity| entity.len() > 1) {
            let _ = write!(lines, "{}:", self.id);
            for mention in entity {
                let word = self.words.iter().find(|(span, _)| span.start == *mention);
                let word = word.map_or("", |(span, _)| span.of(&self.text));
                match found.iter().position(|cluster| cluster.contains(mention)) {
                    Some(at) => _ = write!(lines, " {word}/{at}"),
                    None => _ = write!(lines, " {word}/-"),
                }
            }
            lines.push('\n');
        }
        lines
    }

    /// The mention that a piece of the text is: the first word in it whose head is outside.
    pub fn mention(&self, span: Span) -> Option<Mention> {
        let inside = |at: usize| {
            let word = self.words[at].0;
            span.start <= word.start && word.end <= span.end
        };
        let from = self
            .words
            .partition_point(|(word, _)| word.start < span.start);
        (from..self.words.len())
            .take_while(|at| inside(*at))
            .find(|at| self.words[*at].1.is_none_or(|head| !inside(head)))
            .map(|at| self.words[at].0.start)
    }
}

/// The documents of a file, in order. Sentences before the first `# newdoc` are one too.
pub fn documents(sentences: &[ConlluSentence]) -> Vec<GoldDocument> {
    let starts = (0..sentences.len())
        .filter(|at| *at == 0 || sentences[*at].comment("newdoc").is_some())
        .chain([sentences.len()])
        .collect::<Vec<_>>();
    starts
        .windows(2)
        .map(|ends| document(&sentences[ends[0]..ends[1]]))
        .collect()
}

fn document(sentences: &[ConlluSentence]) -> GoldDocument {
    let mut found = GoldDocument {
        id: sentences[0]
            .comment("newdoc id")
            .unwrap_or_default()
            .to_owned(),
        text: crate::conllu::text_of(sentences),
        ..GoldDocument::default()
    };
    let mut at = 0;
    let mut open: Vec<(String, String, usize)> = Vec::new();
    let mut entities: BTreeMap<String, Vec<(String, Span)>> = BTreeMap::new();
    for sentence in sentences {
        let base = found.words.len();
        let mut columns = Vec::new();
        let words: Vec<_> = sentence.words().collect();
        for token in sentence.tokens() {
            // the forms of a file stand in its text in order
            let start = at + found.text[at..].find(token.form).unwrap_or(0);
            at = start + token.form.len();
            let pieces = &words[token.first - 1..token.last];
            let mut from = start;
            for (n, word) in pieces.iter().enumerate() {
                // words of one token share it as their forms reach
                let end = match n + 1 == pieces.len() {
                    true => at,
                    false => reach(&found.text, from, word.form.len(), at),
                };
                let head = word.head.and_then(|head| head.checked_sub(1));
                found
                    .words
                    .push((Span::new(from, end), head.map(|head| base + head)));
                columns.push(entity(&word.misc));
                from = end;
            }
        }
        for (n, column) in columns.iter().enumerate() {
            for piece in pieces(column) {
                let (id, kind) = parts(piece);
                if piece.starts_with('(') {
                    open.push((id.to_owned(), kind.to_owned(), base + n));
                }
                if piece.ends_with(')')
                    && let Some(last) = open.iter().rposition(|(other, ..)| other == id)
                {
                    let (id, kind, first) = open.remove(last);
                    let span = Span::new(found.words[first].0.start, found.words[base + n].0.end);
                    entities.entry(id).or_default().push((kind, span));
                }
            }
        }
    }
    for mentions in entities.values() {
        if !mentions
            .iter()
            .any(|(kind, _)| KINDS.contains(&kind.as_str()))
        {
            continue;
        }
        let mut cluster: Vec<Mention> = mentions
            .iter()
            .filter_map(|(_, span)| found.mention(*span))
            .collect();
        cluster.sort_unstable();
        cluster.dedup();
        found.entities.push(cluster);
    }
    found
}

/// Where a word of so many bytes that begins at `from` ends, at most at `end`.
fn reach(text: &str, from: usize, bytes: usize, end: usize) -> usize {
    let mut to = (from + bytes).min(end);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    to
}

fn entity(misc: &str) -> String {
    let entries = misc.split('|');
    entries
        .filter_map(|entry| entry.strip_prefix("Entity="))
        .collect()
}

/// `(1-person-new(2-place-new)1)` to `(1-person-new`, `(2-place-new)`, `1)`.
fn pieces(column: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in column.char_indices() {
        if c == '(' && at > from {
            found.push(&column[from..at]);
            from = at;
        } else if c == ')' {
            found.push(&column[from..=at]);
            from = at + 1;
        }
    }
    if from < column.len() {
        found.push(&column[from..]);
    }
    found
}

/// The number of an entity, with the part of a mention in pieces (`7[1/2]`), and its kind.
fn parts(piece: &str) -> (&str, &str) {
    let mut fields = piece.trim_matches(['(', ')']).split('-');
    let id = fields.next().unwrap_or_default();
    (id, fields.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    const TEXT: &str = "\
# newdoc id = a
# sent_id = a-1
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\tEntity=(1-person-new-cf1-2-coref
2\tmayor\tmayor\tNOUN\tNN\t_\t5\tnsubj\t_\t_
3\tof\tof\tADP\tIN\t_\t4\tcase\t_\t_
4\tOslo\tOslo\tPROPN\tNNP\t_\t2\tnmod\t_\tEntity=(2-place-new-cf2-1-sgl)1)
5\tlost\tlose\tVERB\tVBD\t_\t0\troot\t_\t_
6-7\ther car's\t_\t_\t_\t_\t_\t_\t_\t_
6\ther\ther\tPRON\tPRP$\t_\t7\tnmod:poss\t_\tEntity=(3-object-new-cf3-2-sgl(1-person-giv-cf1-1-coref)
7\tcar\tcar\tNOUN\tNN\t_\t5\tobj\t_\tEntity=3)|SpaceAfter=No

# newdoc id = b
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_

";

    #[test]
    fn entities_of_two_documents() {
        let text = TEXT.replace("her car's", "hercar");
        let sentences = conllu::read(&text, "test").unwrap();
        let found = documents(&sentences);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].id.as_str(), found[1].id.as_str()), ("a", "b"));
        let text = &found[0].text;
        assert_eq!(text, "The mayor of Oslo lost hercar");
        let at = |words: &str| text.find(words).unwrap();
        assert_eq!(
            found[0].entities,
            [vec![at("mayor"), at("hercar")], vec![at("Oslo")]]
        );
        let span = Span::new(at("mayor"), at(" lost"));
        assert_eq!(found[0].mention(span), Some(at("mayor")));
        assert_eq!(found[0].mention(Span::new(0, 3)), Some(0));
    }

    #[test]
    fn brackets_are_parted() {
        assert_eq!(
            pieces("(1-person-new(2-place-new)1)"),
            ["(1-person-new", "(2-place-new)", "1)"]
        );
        assert_eq!(pieces("3)(4-person-new"), ["3)", "(4-person-new"]);
        assert_eq!(parts("(12-person-giv:act-cf1-1"), ("12", "person"));
    }
}
