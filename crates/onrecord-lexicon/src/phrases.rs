//! Phrases: wordings a lexicon file looks for, written as people would say them.
//!
//! A phrase is a row of pieces with spaces between: words (`withdraw`, alternatives as
//! `leave|left`, several words that belong together as `drive_out`), word lists and slots in
//! braces (`{force}`, `{holder}`), and gaps (`...` up to four words, `...7` up to seven). A
//! piece may be left out if it ends in `?`, and may stand any number of times if it ends in
//! `*`. Words are compared folded and in lower case, but a word written in capitals (`US`)
//! stands for capitals only.

use std::collections::BTreeMap;

use crate::fold;

/// A wording, ready to be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As the file writes it.
    pub text: String,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`Phrase`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What must stand there.
    pub what: What,
    /// 0 for `?` and `*`, else 1.
    pub least: usize,
    /// 1, or 8 for `*`.
    pub most: usize,
}

/// What a piece of a phrase stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Any of these, each of one or more words.
    Words(Vec<Vec<Literal>>),
    /// Something the step that looks for the phrase knows: a holder, a target, a number.
    Slot(String),
    /// Up to so many words of any kind.
    Gap(usize),
}

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Folded; in lower case unless `cased`.
    pub text: String,
    /// Whether capitals count.
    pub cased: bool,
}

/// Word lists by name.
pub(crate) type Lists = BTreeMap<String, Vec<String>>;

impl Phrase {
    /// Reads a phrase; `lists` are the word lists and `slots` the other names that may stand
    /// in braces. The error says what is wrong and what was expected.
    pub(crate) fn read(text: &str, lists: &Lists, slots: &[&str]) -> Result<Phrase, String> {
        let mut pieces = Vec::new();
        for part in text.split_whitespace() {
            if let Some(rest) = part.strip_prefix("...") {
                let most = match rest {
                    "" => 4,
                    digits => digits
                        .parse()
                        .map_err(|_| format!("`{part}` in `{text}`: a gap is `...` or `...7`"))?,
                };
                pieces.push(Piece {
                    what: What::Gap(most),
                    least: 1,
                    most: 1,
                });
                continue;
            }
            let (core, least, most) = if let Some(core) = part.strip_suffix('?') {
                (core, 0, 1)
            } else if let Some(core) = part.strip_suffix('*') {
                (core, 0, 8)
            } else {
                (part, 1, 1)
            };
            let what = match core.strip_prefix('{').and_then(|c| c.strip_suffix('}')) {
                Some(name) if slots.contains(&name) => What::Slot(name.to_owned()),
                Some(name) => match lists.get(name) {
                    Some(words) => What::Words(words.iter().map(|w| literals(w)).collect()),
                    None => {
                        let known: Vec<&str> = slots
                            .iter()
                            .copied()
                            .chain(lists.keys().map(String::as_str))
                            .collect();
                        return Err(format!(
                            "`{{{name}}}` in `{text}` is no word list; expected one of: {}",
                            known.join(", ")
                        ));
                    }
                },
                None => What::Words(
                    core.split('|')
                        .map(|w| literals(&w.replace('_', " ")))
                        .collect(),
                ),
            };
            if let What::Words(options) = &what
                && (options.is_empty() || options.iter().any(Vec::is_empty))
            {
                return Err(format!("`{part}` in `{text}` holds no word"));
            }
            pieces.push(Piece { what, least, most });
        }
        let solid = pieces
            .iter()
            .any(|p| p.least > 0 && !matches!(p.what, What::Gap(_)));
        let gap_at_end = [pieces.first(), pieces.last()]
            .into_iter()
            .flatten()
            .any(|p| matches!(p.what, What::Gap(_)));
        if !solid || gap_at_end {
            return Err(format!(
                "`{text}`: a phrase needs a word, and no gap at its ends"
            ));
        }
        Ok(Phrase {
            text: text.to_owned(),
            pieces,
        })
    }

    /// The slots it names.
    pub fn has_slot(&self, name: &str) -> bool {
        self.pieces
            .iter()
            .any(|p| matches!(&p.what, What::Slot(slot) if slot == name))
    }
}

/// The words of an entry of a word list: folded, dots dropped.
fn literals(entry: &str) -> Vec<Literal> {
    let folded = fold(entry).replace('.', "");
    folded
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(|word| {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let cased = letters >= 2 && !word.chars().any(char::is_lowercase);
            Literal {
                text: if cased {
                    word.to_owned()
                } else {
                    word.to_lowercase()
                },
                cased,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_errors() {
        let lists = Lists::from([(
            "force".to_owned(),
            vec!["troops".into(), "air force".into()],
        )]);
        let phrase = Phrase::read(
            "{holder} {force}? ...6 leave|drive_out US",
            &lists,
            &["holder"],
        );
        let phrase = phrase.expect("a phrase");
        assert_eq!(phrase.pieces.len(), 5);
        assert_eq!(phrase.pieces[1].least, 0);
        assert_eq!(phrase.pieces[2].what, What::Gap(6));
        assert!(phrase.has_slot("holder"));
        let What::Words(last) = &phrase.pieces[4].what else {
            panic!("words")
        };
        assert!(last[0][0].cased);
        for (wrong, says) in [
            ("{farce} x", "holder, force"),
            ("... x", "no gap"),
            ("a ...x b", "...7"),
        ] {
            let error = Phrase::read(wrong, &lists, &["holder"]).expect_err("an error");
            assert!(error.contains(says), "{error}");
        }
    }
}
