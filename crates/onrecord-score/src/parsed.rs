//! What the language engine says, in the forms that labelled sets have: CoNLL-U and IOB2.

use onrecord_language::{Engine, Parsed, ParsedName};
use onrecord_model::{Name, Sentence, Span};

use crate::names::LabelledSentence;
use crate::{ConlluMultiword, ConlluRow, ConlluSentence, ConlluWord};

/// Parsed sentences of `text` as CoNLL-U, with `# newpar`, `# sent_id` and `# text`.
///
/// Words that a contraction joins ("don't", "cannot", "Iraq's") stand below a line for their
/// token, as the English treebanks have it; words parted at a hyphen are tokens of their own.
/// `after` is the sentence before the first one, if there is one.
pub fn conllu_of(
    text: &str,
    sentences: &[Sentence],
    after: Option<&Sentence>,
) -> Vec<ConlluSentence> {
    let mut paragraph = after.map(|sentence| sentence.paragraph);
    sentences
        .iter()
        .map(|sentence| {
            let mut comments = Vec::new();
            if paragraph != Some(sentence.paragraph) {
                comments.push("# newpar".to_owned());
                paragraph = Some(sentence.paragraph);
            }
            comments.push(format!("# sent_id = {}", sentence.n + 1));
            let line: Vec<&str> = sentence.span.of(text).split_whitespace().collect();
            comments.push(format!("# text = {}", line.join(" ")));
            ConlluSentence {
                comments,
                rows: rows(text, sentence),
            }
        })
        .collect()
}

fn rows(text: &str, sentence: &Sentence) -> Vec<ConlluRow> {
    let words = &sentence.words;
    let glued = |at: usize| {
        words
            .get(at + 1)
            .is_some_and(|next| next.span.start == words[at].span.end)
    };
    let misc = |last: usize| if glued(last) { "SpaceAfter=No" } else { "_" };
    let mut rows = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let mut last = at;
        while glued(last)
            && contracts(
                words[last].span.of(text),
                words[last + 1].span.of(text),
                words[last].token == words[last + 1].token,
            )
        {
            last += 1;
        }
        if last > at {
            rows.push(ConlluRow::Multiword(ConlluMultiword {
                first: at + 1,
                last: last + 1,
                form: Span::new(words[at].span.start, words[last].span.end)
                    .of(text)
                    .to_owned(),
                between: ["_"; 7].join("\t"),
                misc: misc(last).to_owned(),
            }));
        }
        for (n, word) in words.iter().enumerate().take(last + 1).skip(at) {
            rows.push(ConlluRow::Word(ConlluWord {
                lemma: word.lemma.clone(),
                upos: word.upos.to_string(),
                xpos: word.xpos.to_string(),
                head: Some(word.head.map_or(0, |head| head + 1)),
                deprel: word.dep.to_string(),
                misc: if last > at { "_" } else { misc(n) }.to_owned(),
                ..ConlluWord::new(n + 1, word.span.of(text))
            }));
        }
        at = last + 1;
    }
    rows
}

/// Whether two words without space between them are one contraction.
fn contracts(word: &str, next: &str, same_token: bool) -> bool {
    let lettered = |word: &str| word.chars().all(|c| c.is_alphabetic() || "'’".contains(c));
    let ending = next.starts_with(['\'', '’'])
        || next.eq_ignore_ascii_case("n't")
        || next.eq_ignore_ascii_case("n’t");
    let ending = ending && next.chars().any(char::is_alphabetic);
    word.ends_with(char::is_alphanumeric)
        && (ending || same_token && lettered(word) && lettered(next))
}

/// Sentences that came with their words, with tags, lemmas and trees by the engine. Comments,
/// tokens and the last column stay; the other columns are the engine's or `_`.
pub fn parse_given(sentences: &[ConlluSentence], engine: &Engine) -> Vec<ConlluSentence> {
    let parsed = engine.parse(&forms(sentences));
    let mut found = sentences.to_vec();
    for (sentence, parsed) in found.iter_mut().zip(parsed) {
        sentence
            .rows
            .retain(|row| !matches!(row, ConlluRow::Empty(_)));
        let words = sentence.rows.iter_mut().filter_map(|row| match row {
            ConlluRow::Word(word) => Some(word),
            _ => None,
        });
        for (row, word) in words.zip(parsed.words) {
            *row = ConlluWord {
                lemma: word.lemma,
                upos: word.upos.to_string(),
                xpos: word.xpos.to_string(),
                head: Some(word.head.map_or(0, |head| head + 1)),
                deprel: word.dep.to_string(),
                misc: std::mem::take(&mut row.misc),
                ..ConlluWord::new(row.id, &row.form)
            };
        }
    }
    found
}

/// Which spans are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spans {
    /// Names.
    Names,
    /// Persons, organizations and places by name, description or pronoun.
    Mentions,
}

/// Given sentences with labels by the engine.
pub fn label_given(
    sentences: &[Vec<&str>],
    engine: &Engine,
    spans: Spans,
) -> Vec<LabelledSentence> {
    let pick = |parsed: &Parsed| -> Vec<ParsedName> {
        match spans {
            Spans::Names => parsed.names.clone(),
            Spans::Mentions => parsed.mentions.clone(),
        }
    };
    engine
        .parse(sentences)
        .iter()
        .zip(sentences)
        .map(|(parsed, words)| LabelledSentence {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            labels: labels(
                words.len(),
                pick(parsed)
                    .iter()
                    .map(|name| (name.first, name.end, name.kind.as_str())),
            ),
        })
        .collect()
}

/// Parsed sentences of `text` with their labels.
pub fn label_of(text: &str, sentences: &[Sentence], spans: Spans) -> Vec<LabelledSentence> {
    sentences
        .iter()
        .map(|sentence| {
            let found: &[Name] = match spans {
                Spans::Names => &sentence.names,
                Spans::Mentions => &sentence.mentions,
            };
            LabelledSentence {
                words: sentence
                    .words
                    .iter()
                    .map(|w| w.span.of(text).to_owned())
                    .collect(),
                labels: labels(
                    sentence.words.len(),
                    found
                        .iter()
                        .map(|name| (name.first, name.end, name.kind.as_str())),
                ),
            }
        })
        .collect()
}

fn labels<'a>(words: usize, spans: impl Iterator<Item = (usize, usize, &'a str)>) -> Vec<String> {
    let mut labels = vec!["O".to_owned(); words];
    for (first, end, kind) in spans {
        for (at, label) in labels.iter_mut().enumerate().take(end).skip(first) {
            *label = format!("{}-{kind}", if at == first { "B" } else { "I" });
        }
    }
    labels
}

/// The words of each sentence.
pub fn forms(sentences: &[ConlluSentence]) -> Vec<Vec<&str>> {
    sentences
        .iter()
        .map(|sentence| sentence.words().map(|word| word.form.as_str()).collect())
        .collect()
}

/// The sentences in IOB2: word, tab, label; an empty line after each sentence.
pub fn iob2(sentences: &[LabelledSentence]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        for (word, label) in sentence.words.iter().zip(&sentence.labels) {
            text.push_str(&format!("{word}\t{label}\n"));
        }
        text.push('\n');
    }
    text
}
