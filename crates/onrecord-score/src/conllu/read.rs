//! Reading, with every line checked.

use super::{ConlluMultiword, ConlluRow, ConlluSentence, ConlluWord};
use crate::ScoreError;

/// Reads a file; `file` is its name in errors. A head may be `_`.
///
/// # Errors
/// If a line has not ten columns, an empty column, an id out of order or a head outside its
/// sentence, naming the line.
pub fn read(text: &str, file: &str) -> Result<Vec<ConlluSentence>, ScoreError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::default();
    let mut at = 0;
    for line in text.lines() {
        at += 1;
        reader
            .take(line, at)
            .map_err(|(line, what)| ScoreError::line(file, line, what))?;
    }
    reader
        .end_sentence(at + 1)
        .map_err(|(line, what)| ScoreError::line(file, line, what))?;
    Ok(reader.sentences)
}

/// The line that is wrong, and what is wrong with it.
type Wrong = (usize, String);

#[derive(Default)]
struct Reader {
    sentences: Vec<ConlluSentence>,
    current: ConlluSentence,
    /// The last word's number.
    last: usize,
    /// The last word that the latest token of several words covers, and its line.
    covered: (usize, usize),
    /// The second number of the latest empty node since the last word.
    empty: usize,
    /// The heads given, with their lines.
    heads: Vec<(usize, usize)>,
}

impl Reader {
    fn take(&mut self, line: &str, at: usize) -> Result<(), Wrong> {
        if line.is_empty() {
            return self.end_sentence(at);
        }
        if line.contains('\r') {
            return Err((at, "a carriage return inside the line".into()));
        }
        if line.starts_with('#') {
            if !self.current.rows.is_empty() {
                let what = "a comment below words, expected it above the first";
                return Err((at, what.into()));
            }
            self.current.comments.push(line.to_owned());
            return Ok(());
        }
        let row = self.row(line, at).map_err(|what| (at, what))?;
        self.current.rows.push(row);
        Ok(())
    }

    fn row(&mut self, line: &str, at: usize) -> Result<ConlluRow, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let count = columns.len();
        let columns: [&str; 10] = columns
            .try_into()
            .map_err(|_| format!("{count} columns, expected 10 parted by tabs"))?;
        if let Some(empty) = columns.iter().position(|column| column.is_empty()) {
            return Err(format!(
                "column {} is empty, expected `_` where there is nothing to say",
                empty + 1
            ));
        }
        let [id, form, .., misc] = columns;
        if let Some((first, last)) = id.split_once('-') {
            let (first, last) = self.range(id, first, last)?;
            self.covered = (last, at);
            return Ok(ConlluRow::Multiword(ConlluMultiword {
                first,
                last,
                form: form.to_owned(),
                between: columns[2..9].join("\t"),
                misc: misc.to_owned(),
            }));
        }
        if let Some((major, minor)) = id.split_once('.') {
            self.empty += 1;
            if (number(major), number(minor)) != (Some(self.last), Some(self.empty)) {
                return Err(format!(
                    "empty node {id:?}, expected {}.{}",
                    self.last, self.empty
                ));
            }
            return Ok(ConlluRow::Empty(line.to_owned()));
        }
        self.word(columns, at).map(ConlluRow::Word)
    }

    fn range(&self, id: &str, first: &str, last: &str) -> Result<(usize, usize), String> {
        let next = self.last + 1;
        match (number(first), number(last)) {
            (Some(first), Some(last)) if first == next && last >= first => {
                if first <= self.covered.0 {
                    return Err(format!(
                        "token {id} begins inside the token that ends with word {}",
                        self.covered.0
                    ));
                }
                Ok((first, last))
            }
            _ => Err(format!("token {id:?}, expected {next}-N above word {next}")),
        }
    }

    fn word(&mut self, columns: [&str; 10], at: usize) -> Result<ConlluWord, String> {
        let [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] =
            columns.map(str::to_owned);
        let next = self.last + 1;
        if number(&id) != Some(next) {
            return Err(format!("id {id:?}, expected {next}"));
        }
        let head = match head.as_str() {
            "_" => None,
            text => Some(number(text).ok_or_else(|| {
                format!("head {text:?}, expected a word of the sentence, 0 for the root or `_`")
            })?),
        };
        self.heads.extend(head.map(|head| (head, at)));
        self.last = next;
        self.empty = 0;
        Ok(ConlluWord {
            id: next,
            form,
            lemma,
            upos,
            xpos,
            feats,
            head,
            deprel,
            deps,
            misc,
        })
    }

    fn end_sentence(&mut self, at: usize) -> Result<(), Wrong> {
        let Reader {
            last,
            covered,
            heads,
            ..
        } = self;
        if let Some((head, line)) = heads.iter().find(|(head, _)| head > last) {
            let what =
                format!("head {head} is outside the sentence, expected 0 to {last} (or `_`)");
            return Err((*line, what));
        }
        if covered.0 > *last {
            let what = format!(
                "the token ends with word {}, but the sentence with word {last}",
                covered.0
            );
            return Err((covered.1, what));
        }
        let begun = !self.current.comments.is_empty() || !self.current.rows.is_empty();
        if begun && *last == 0 {
            return Err((
                at,
                "the sentence ends without a word, expected one or more".into(),
            ));
        }
        let done = std::mem::take(self);
        self.sentences = done.sentences;
        if begun {
            self.sentences.push(done.current);
        }
        Ok(())
    }
}

/// A number as it is written in CoNLL-U: digits without a sign or a zero in front.
fn number(text: &str) -> Option<usize> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}
