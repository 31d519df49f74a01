//! A sentence as the wordings of the lexicon are compared with it.

use onrecord_lexicon::{fold, fold_char};
use onrecord_model::Span;

/// A word, number or mark of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands, in bytes of the text the sentence is a piece of.
    pub span: Span,
    /// Folded, dots of abbreviations and commas of numbers dropped.
    pub cased: String,
    /// The same in lower case.
    pub lower: String,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    /// A quotation mark, bracket or possessive ending: a wording may run over it.
    Light,
    /// A comma: a gap may run over it.
    Comma,
    /// Any other mark: no wording runs over it.
    Stop,
}

impl Word {
    pub fn is_wordy(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    pub fn is_capitalised(&self) -> bool {
        self.kind == Kind::Word && self.cased.starts_with(char::is_uppercase)
    }
}

/// The words of `text`, their spans counted from `offset`. Words joined by a hyphen are two
/// words; possessive endings are split off; "U.S." is the word `US`.
pub(crate) fn words(text: &str, offset: usize) -> Vec<Word> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
    let is = |i: usize, test: fn(char) -> bool| chars.get(i).is_some_and(|c| test(c.1));
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i].1;
        if c.is_whitespace() || is_dropped(c) {
            i += 1;
            continue;
        }
        let start = i;
        let kind = if c.is_numeric() {
            while is(i, char::is_alphanumeric)
                || (is(i, |c| c == ',' || c == '.') && is(i + 1, char::is_numeric))
            {
                i += 1;
            }
            Kind::Number
        } else if c.is_alphabetic() {
            i = word_end(&chars, i);
            Kind::Word
        } else if is_apostrophe(c)
            && is(i + 1, |c| c == 's' || c == 'S')
            && !is(i + 2, char::is_alphanumeric)
            && start > 0
            && chars[start - 1].1.is_alphanumeric()
        {
            i += 2;
            Kind::Light
        } else {
            i += 1;
            match c {
                ',' => Kind::Comma,
                '"' | '“' | '”' | '„' | '«' | '»' | '(' | ')' | '[' | ']' | '*' => {
                    Kind::Light
                }
                c if is_apostrophe(c) => Kind::Light,
                '-' | '‐' | '‑'
                    if start > 0
                        && !chars[start - 1].1.is_whitespace()
                        && is(i, char::is_alphanumeric) =>
                {
                    continue;
                } // joins two words
                _ => Kind::Stop,
            }
        };
        let span = Span::new(offset + end_of(start), offset + end_of(i));
        let raw = &text[end_of(start)..end_of(i)];
        let mut cased = fold(raw);
        if matches!(kind, Kind::Word | Kind::Number) {
            cased.retain(|c| c != '.' && c != ',');
        }
        let lower = cased.to_lowercase();
        found.push(Word {
            span,
            cased,
            lower,
            kind,
        });
    }
    found
}

/// One past the last character of the word that begins at `i`.
fn word_end(chars: &[(usize, char)], mut i: usize) -> usize {
    let at = |i: usize| chars.get(i).map(|c| c.1);
    // "U.S.", "U.S", "e.g.": single letters with dots between
    let mut j = i;
    let mut dots = 0;
    while at(j).is_some_and(char::is_alphabetic) && at(j + 1) == Some('.') {
        j += 2;
        dots += 1;
    }
    if dots >= 1
        && at(j).is_some_and(char::is_alphabetic)
        && !at(j + 1).is_some_and(char::is_alphanumeric)
    {
        return j + 1;
    }
    if dots >= 2 {
        return j;
    }
    while let Some(c) = at(i) {
        let inside = c.is_alphanumeric() || is_dropped(c);
        let apostrophe = is_apostrophe(c) && at(i + 1).is_some_and(char::is_alphabetic);
        let possessive = apostrophe
            && matches!(at(i + 1), Some('s' | 'S'))
            && !at(i + 2).is_some_and(char::is_alphanumeric);
        if !inside && (!apostrophe || possessive) {
            break;
        }
        i += 1;
    }
    i
}

fn is_apostrophe(c: char) -> bool {
    fold_char(c).is_none() && !is_dropped(c)
}

/// Marks without a width of their own.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cased(text: &str) -> Vec<String> {
        words(text, 0).into_iter().map(|w| w.cased).collect()
    }

    #[test]
    fn words_numbers_marks() {
        assert_eq!(
            cased("The U.S troops won’t go."),
            ["The", "US", "troops", "wont", "go", "."]
        );
        assert_eq!(
            cased("U.S.-led, 5,200 men"),
            ["US", "led", ",", "5200", "men"]
        );
        assert_eq!(
            cased("Iraq’s Sa'ad (al-X)"),
            ["Iraq", "s", "Saad", "(", "al", "X", ")"]
        );
        assert_eq!(words("a – b", 3)[1].kind, Kind::Stop);
        assert_eq!(words("a – b", 3)[2].span, Span::new(9, 10));
    }
}
