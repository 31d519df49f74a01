//! A file as one run of characters, with its tokens, sentences and words as spans of it.

use std::ops::Range;

use crate::{ConlluSentence, ConlluWord, ScoreError};

/// How much of the texts an error shows where they part.
const SHOWN: usize = 20;

/// A file without its lines. All spans are bytes of `text`.
pub(super) struct Flat<'a> {
    /// The tokens one after the other, without white space.
    text: String,
    pub tokens: Vec<Range<usize>>,
    pub sentences: Vec<Range<usize>>,
    pub words: Vec<Word<'a>>,
    source: &'a [ConlluSentence],
}

pub(super) struct Word<'a> {
    pub row: &'a ConlluWord,
    /// That of its token.
    pub span: Range<usize>,
    /// Whether its token has several words.
    pub multiword: bool,
    pub head: Head,
}

#[derive(Clone, Copy)]
pub(super) enum Head {
    Unknown,
    Root,
    /// A word of the file, by index.
    Word(usize),
}

impl<'a> Flat<'a> {
    pub fn of(source: &'a [ConlluSentence], side: &'static str) -> Result<Flat<'a>, ScoreError> {
        let mut flat = Flat {
            text: String::new(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            words: Vec::new(),
            source,
        };
        for (index, sentence) in source.iter().enumerate() {
            flat.add(sentence).map_err(|what| ScoreError::Sentence {
                side,
                sentence: name(index, sentence),
                what,
            })?;
        }
        Ok(flat)
    }

    fn add(&mut self, sentence: &'a ConlluSentence) -> Result<(), String> {
        let rows: Vec<&ConlluWord> = sentence.words().collect();
        if let Some(at) = (0..rows.len()).find(|&at| rows[at].id != at + 1) {
            return Err(format!("word id {}, expected {}", rows[at].id, at + 1));
        }
        check_tree(&rows)?;

        let (start, before) = (self.text.len(), self.words.len());
        for token in sentence.tokens() {
            let begin = self.text.len();
            self.text
                .extend(token.form.chars().filter(|c| !c.is_whitespace()));
            let span = begin..self.text.len();
            if span.is_empty() {
                return Err(format!("token {} has no form, expected one", token.first));
            }
            let Some(words) = rows.get(token.first.wrapping_sub(1)..token.last) else {
                let (first, last) = (token.first, token.last);
                return Err(format!("token {first}-{last} is not of words that follow"));
            };
            if self.words.len() != before + token.first - 1 {
                return Err(format!("token {} overlaps the one before", token.first));
            }
            self.words.extend(words.iter().map(|row| Word {
                row,
                span: span.clone(),
                multiword: token.multiword,
                head: match row.head {
                    None => Head::Unknown,
                    Some(0) => Head::Root,
                    Some(head) => Head::Word(before + head - 1),
                },
            }));
            self.tokens.push(span);
        }
        if self.words.len() != before + rows.len() || rows.is_empty() {
            return Err(format!(
                "tokens cover {} of {} words, expected one word or more and all covered",
                self.words.len() - before,
                rows.len()
            ));
        }
        self.sentences.push(start..self.text.len());
        Ok(())
    }

    /// Fails where the two texts part.
    pub fn has_text_of(&self, system: &Flat) -> Result<(), ScoreError> {
        if self.text == system.text {
            return Ok(());
        }
        let mut after = 0;
        let mut at = 0;
        for (c, other) in self.text.chars().zip(system.text.chars()) {
            if c != other {
                break;
            }
            after += 1;
            at += c.len_utf8();
        }
        Err(ScoreError::Differ {
            place: format!(
                "character {} without white space (gold sentence {}, system sentence {})",
                after + 1,
                self.sentence_at(at),
                system.sentence_at(at)
            ),
            gold: self.text_at(at),
            system: system.text_at(at),
        })
    }

    fn sentence_at(&self, at: usize) -> String {
        let index = self
            .sentences
            .partition_point(|sentence| sentence.end <= at)
            .min(self.sentences.len().saturating_sub(1));
        self.source
            .get(index)
            .map_or("none".to_owned(), |sentence| name(index, sentence))
    }

    fn text_at(&self, at: usize) -> String {
        match self.text.get(at..) {
            None | Some("") => "its end".to_owned(),
            Some(rest) => format!("{:?}", rest.chars().take(SHOWN).collect::<String>()),
        }
    }
}

/// A sentence's number and, where it has one, its `sent_id`.
fn name(index: usize, sentence: &ConlluSentence) -> String {
    match sentence.comment("sent_id") {
        Some(id) => format!("{} ({id})", index + 1),
        None => (index + 1).to_string(),
    }
}

/// Fails if all heads are given and they are not a tree with one root.
fn check_tree(rows: &[&ConlluWord]) -> Result<(), String> {
    let last = rows.len();
    let mut given = rows.iter().filter_map(|row| Some((row.id, row.head?)));
    if let Some((word, head)) = given.find(|(_, head)| *head > last) {
        return Err(format!("word {word} has head {head}, expected 0 to {last}"));
    }
    let Some(heads) = rows
        .iter()
        .map(|row| row.head)
        .collect::<Option<Vec<usize>>>()
    else {
        return Ok(());
    };
    let roots = heads.iter().filter(|head| **head == 0).count();
    if roots != 1 && last > 0 {
        return Err(format!("{roots} roots, expected one"));
    }
    // The walk on which a word was last met; a word met twice on one walk is in a cycle.
    let mut met = vec![0; last + 1];
    for walk in 1..=last {
        let mut word = walk;
        while word != 0 && met[word] == 0 {
            met[word] = walk;
            word = heads[word - 1];
        }
        if word != 0 && met[word] == walk {
            return Err(format!("word {word} depends on itself, expected a tree"));
        }
    }
    Ok(())
}
