//! Words to word pieces: the uncased WordPiece of BERT, word by word.
//!
//! `training/pieces.py` does the same; `training/pieces-check.tsv` holds words with the
//! pieces and shapes that both must give.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of more pieces keeps this many at its front ...
const KEEP_FRONT: usize = 5;
/// ... and this many at its back.
const KEEP_BACK: usize = 3;
/// A part of a word with more characters is unknown.
const LONGEST: usize = 100;

/// The vocabulary.
pub struct Pieces {
    index: HashMap<Box<str>, u32>,
    /// The longest piece, in bytes.
    longest: usize,
    unknown: u32,
    /// `[CLS]`, the first piece of every sentence.
    pub first: u32,
}

impl Pieces {
    /// From the pieces in the order of their ids; nothing if `[UNK]` or `[CLS]` is missing.
    pub fn new<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<Self> {
        let index: HashMap<Box<str>, u32> = (0..).zip(pieces).map(|(i, p)| (p.into(), i)).collect();
        let longest = index.keys().map(|piece| piece.len()).max()?;
        Some(Self {
            longest,
            unknown: *index.get("[UNK]")?,
            first: *index.get("[CLS]")?,
            index,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether a word is one piece.
    pub fn knows(&self, word: &str) -> bool {
        self.index.contains_key(word)
    }

    /// Appends the pieces of a word: at least one, at most [`KEEP_FRONT`] + [`KEEP_BACK`].
    pub fn of(&self, word: &str, to: &mut Vec<u32>) {
        let start = to.len();
        let folded = fold(word);
        let mut run = 0;
        for (at, c) in folded.char_indices() {
            if is_mark(c) {
                self.part(&folded[run..at], to);
                run = at + c.len_utf8();
                self.part(&folded[at..run], to);
            }
        }
        self.part(&folded[run..], to);
        if to.len() == start {
            to.push(self.unknown);
        }
        if to.len() - start > KEEP_FRONT + KEEP_BACK {
            to.drain(start + KEEP_FRONT..to.len() - KEEP_BACK);
        }
    }

    /// Greedy longest match; a part that has none is one unknown piece.
    fn part(&self, part: &str, to: &mut Vec<u32>) {
        if part.is_empty() {
            return;
        }
        let start = to.len();
        if part.chars().count() > LONGEST {
            to.push(self.unknown);
            return;
        }
        if let Some(id) = self.index.get(part) {
            to.push(*id);
            return;
        }
        let mut inner = String::from("##");
        let mut at = 0;
        while at < part.len() {
            let mut end = part.len().min(at + self.longest);
            let found = loop {
                while !part.is_char_boundary(end) {
                    end -= 1;
                }
                if end <= at {
                    break None;
                }
                let id = if at == 0 {
                    self.index.get(&part[..end])
                } else {
                    inner.truncate(2);
                    inner.push_str(&part[at..end]);
                    self.index.get(inner.as_str())
                };
                if id.is_some() {
                    break id;
                }
                end -= 1;
            };
            let Some(id) = found else {
                to.truncate(start);
                to.push(self.unknown);
                return;
            };
            to.push(*id);
            at = end;
        }
    }
}

/// A number for the last three characters of a word, folded: FNV-1a of 32 bits. The fast
/// network has a table by it.
pub fn ending(word: &str) -> u32 {
    let folded = fold(word);
    let start = folded.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    folded[start..]
        .bytes()
        .fold(2_166_136_261, |hash: u32, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
        })
}

/// Lower case without accents, control characters and white space.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word
            .bytes()
            .filter(|b| b.is_ascii_graphic())
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect();
    }
    word.to_lowercase()
        .nfd()
        .filter(|c| {
            !is_combining_mark(*c)
                && !c.is_control()
                && !c.is_whitespace()
                && !is_format(*c)
                && *c != '\u{fffd}'
        })
        .collect()
}

/// Unicode's format characters, as far as pages print them: joiners, direction marks, soft
/// hyphens, byte-order marks.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// Whether the character is a piece of its own: ASCII that is no letter or digit, and
/// punctuation.
fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}'
        | '\u{2053}'..='\u{205e}' | '\u{207d}' | '\u{207e}' | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{60c}' | '\u{61b}' | '\u{61f}'
        | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{2e00}'..='\u{2e4f}' | '\u{ff01}'..='\u{ff03}'
        | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
}

/// How many shapes there are.
pub const SHAPES: usize = 12;

/// The shape of a word: gives the uncased encoder the case back. The numbers are those of
/// `SHAPES` in `training/pieces.py`; 0 is the `[CLS]` piece.
pub fn shape(word: &str) -> u8 {
    let (mut letters, mut upper, mut lower) = (0_usize, 0_usize, 0_usize);
    let (mut digits, mut stop, mut first_upper) = (false, false, false);
    for c in word.chars() {
        if c.is_alphabetic() {
            if letters == 0 {
                first_upper = c.is_uppercase();
            }
            letters += 1;
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
        }
        digits |= c.is_numeric();
        stop |= c == '.';
    }
    match (letters, upper, lower) {
        (0, _, _) if digits => 6,
        (0, _, _) => 8,
        _ if digits => 7,
        (_, 0, 0) => 11,
        (_, 0, _) => 1,
        (1, _, 0) if !stop => 4,
        (_, _, 0) if stop => 10,
        (_, _, 0) => 3,
        (_, 1, _) if first_upper && stop => 9,
        (_, 1, _) if first_upper => 2,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Pieces {
        let list = "[UNK]\n[CLS]\nbaghdad\nkur\n##dis\n##tan\n##s\nal\n-\nc\n##a\n##f\n##e";
        Pieces::new(list.split('\n')).unwrap()
    }

    fn of(word: &str) -> Vec<u32> {
        let mut found = Vec::new();
        small().of(word, &mut found);
        found
    }

    #[test]
    fn words_are_cut_greedily() {
        assert_eq!(of("Baghdad"), [2]);
        assert_eq!(of("KURDISTAN"), [3, 4, 5]);
        assert_eq!(of("al-Kurdis"), [7, 8, 3, 4]);
        assert_eq!(of("Café"), [9, 10, 11, 12]);
        assert_eq!(of("xyz"), [0]);
        assert_eq!(of("\u{200b}"), [0]);
        assert_eq!(of("كردستان"), [0]);
        assert_eq!(of(&"-".repeat(5000)).len(), 8);
        assert_eq!(of(&"s".repeat(5000)), [0]);
    }

    #[test]
    fn shapes() {
        for (word, expected) in [
            ("kurdish", 1),
            ("Baghdad", 2),
            ("PMF", 3),
            ("A", 4),
            ("AlSumaria", 5),
            ("2,500", 6),
            ("F-16", 7),
            ("—", 8),
            ("Gen.", 9),
            ("U.S.", 10),
            ("J.", 10),
            ("حشد", 11),
            ("al-Sadr", 5),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }

    /// What `training/pieces.py` made of words that the network was trained on.
    #[test]
    fn training_cuts_the_same() {
        let weights = crate::weights::Weights::read(crate::WEIGHTS).unwrap();
        let vocabulary: Vec<&str> = weights.lines("vocabulary").unwrap().collect();
        let pieces = Pieces::new(vocabulary.iter().copied()).unwrap();
        let lines = include_str!("../../../training/pieces-check.tsv").lines();
        let mut checked = 0;
        for line in lines.filter(|line| line.matches('\t').count() == 2) {
            let columns: Vec<&str> = line.split('\t').collect();
            let mut ids = Vec::new();
            pieces.of(columns[0], &mut ids);
            let found: Vec<&str> = ids.iter().map(|id| vocabulary[*id as usize]).collect();
            assert_eq!(found.join(" "), columns[2], "{:?}", columns[0]);
            assert_eq!(
                shape(columns[0]).to_string(),
                columns[1],
                "{:?}",
                columns[0]
            );
            checked += 1;
        }
        assert!(checked > 90, "{checked} words");
    }
}
