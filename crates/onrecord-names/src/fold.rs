//! A name as its words in lower-case Latin letters without marks.

use unicode_normalization::UnicodeNormalization;

use crate::lists::Lists;

/// A word of a name as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    /// Lower case, Latin where a list has the letter, no marks, no apostrophes.
    pub text: String,
    /// Written in capitals throughout.
    pub upper: bool,
    /// A single letter, or letters with a stop after each.
    pub dotted: bool,
    /// Bound to the word before by a hyphen.
    pub hyphen: bool,
    /// A comma stands before it.
    pub comma: bool,
}

/// Appends one letter, folded; marks and signs within words fall away.
pub fn letter(c: char, lists: &Lists, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    if is_mark(c) {
        return;
    }
    for lower in c.to_lowercase() {
        match lists.letter(lower) {
            Some(latin) => out.push_str(latin),
            None => {
                for part in std::iter::once(lower).nfkd().filter(|p| !is_mark(*p)) {
                    match lists.letter(part) {
                        Some(latin) => out.push_str(latin),
                        None if part.is_alphanumeric() || part >= '\u{900}' => {
                            out.extend(part.to_lowercase());
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200b}'..='\u{200f}'
        | '\u{3099}' | '\u{309a}' | '\u{2b0}'..='\u{2ff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | '′'
    )
}

/// The words of a name.
pub fn words(name: &str, lists: &Lists) -> Vec<Raw> {
    let mut reader = Reader::default();
    let mut before = ' ';
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        match c {
            _ if is_apostrophe(c) => {
                // "Bank's" is "Bank"
                let after = chars.clone().nth(1).unwrap_or(' ');
                if matches!(next, 's' | 'S')
                    && !after.is_alphanumeric()
                    && reader.word.text.len() > 2
                {
                    chars.next();
                }
            }
            '.' => reader.stop(next),
            '-' | '\u{2010}'..='\u{2015}' => reader.end(true),
            '&' => {
                reader.end(false);
                reader.word.text.push_str("and");
                reader.end(false);
            }
            ',' => {
                reader.end(false);
                reader.word.comma = true;
            }
            '%' => {}
            _ if c.is_alphanumeric() || is_mark(c) || c >= '\u{900}' && is_letter(c) => {
                reader.letter(c, before, next, lists);
                // the article of a word in Arabic letters
                let starts = c == 'ا' && next == 'ل' && reader.letters == 1;
                if starts && chars.clone().take_while(|c| c.is_alphabetic()).count() > 3 {
                    chars.next();
                    reader.letter('ل', c, ' ', lists);
                    reader.end(true);
                }
            }
            _ => reader.end(false),
        }
        before = c;
    }
    reader.end(false);
    reader.words
}

/// Letters and the signs that belong to them in scripts of South and South-East Asia.
fn is_letter(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{30fb}' | '\u{30a0}')
        && !matches!(c, '\u{2e00}'..='\u{2e7f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff65}')
        && !matches!(c, '\u{20a0}'..='\u{2bff}')
}

#[derive(Default)]
struct Reader {
    words: Vec<Raw>,
    word: Raw,
    lower: bool,
    letters: usize,
    stops: usize,
}

impl Reader {
    fn letter(&mut self, c: char, before: char, next: char, lists: &Lists) {
        let turn = c.is_uppercase() && before.is_lowercase() && self.letters > 3;
        let digit = c.is_ascii_digit() && before.is_alphabetic() && !next.is_alphabetic();
        let suffix = before.is_ascii_digit() && c.is_ascii_lowercase() && next.is_ascii_lowercase();
        if turn || digit && self.letters > 2 {
            self.end(false);
        }
        let ordinal =
            suffix && matches!((c, next), ('s', 't') | ('n', 'd') | ('r', 'd') | ('t', 'h'));
        if ordinal {
            self.end(false);
            self.word.comma = false;
            self.word.text.push('\u{1}'); // taken away below
        }
        // Cyrillic о.О.О. and the like
        let from = self.word.text.len();
        letter(c, lists, &mut self.word.text);
        if self.word.text.len() > from || self.letters == 0 {
            self.letters += 1;
        }
        self.lower |= c.is_lowercase();
    }

    fn stop(&mut self, next: char) {
        if self.letters == self.stops + 1 {
            self.stops += 1;
            if next.is_alphanumeric() {
                return;
            }
        }
        self.end(false);
    }

    fn end(&mut self, hyphen: bool) {
        let mut word = std::mem::take(&mut self.word);
        let comma = word.comma;
        let empty = word.text.is_empty();
        let ordinal = word.text.starts_with('\u{1}');
        if !empty && !ordinal {
            word.upper = !self.lower;
            word.dotted = self.stops > 0 && self.letters <= self.stops + 1;
            self.words.push(word);
        }
        self.letters = 0;
        self.stops = 0;
        self.lower = false;
        self.word.comma = empty && comma;
        self.word.hyphen = hyphen && !empty;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::LISTS;

    fn folded(name: &str) -> String {
        let words: Vec<_> = words(name, &LISTS).into_iter().map(|w| w.text).collect();
        words.join(" ")
    }

    #[test]
    fn marks_apostrophes_and_scripts_fall_away() {
        assert_eq!(folded("Ka'b al-Ḥāmī"), "kab al hami");
        assert_eq!(folded("Юрий Щукин"), "yuriy shchukin");
        assert_eq!(folded("Bänk's Łódź"), "bank lodz");
        assert_eq!(folded("미나"), "mina");
        assert_eq!(folded("バナ・ロ"), "bana ro");
    }

    #[test]
    fn stops_capitals_and_figures_part_words() {
        assert_eq!(folded("J.-C. Moreau"), "j c moreau");
        assert_eq!(folded("U.N. o.O.O."), "un ooo");
        assert_eq!(folded("LurenAG"), "luren ag");
        assert_eq!(folded("21st Brigade"), "21 brigade");
        assert_eq!(folded("Procter & Lund"), "procter and lund");
    }
}
