//! An article's words as they are compared.

use onrecord_lexicon::{dateline_end, fold, fold_char};

use crate::{ArticleText, hash};

/// Words behind the millionth are not looked at.
const MOST_WORDS: usize = 1_000_000;
/// A quotation that is not closed within so many words was none, or its end is lost.
const LONGEST_QUOTATION: usize = 400;

const QUOTED: u8 = 1;
const HARD: u8 = 2;
const DATELINE: u8 = 4;

/// The words of an article, folded, with their sentences.
///
/// Accents, case and marks do not count; where a script has no spaces between words, each
/// character is a word.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    text: String,
    ends: Vec<u32>,
    hashes: Vec<u64>,
    flags: Vec<u8>,
    /// Number of the first word of each sentence, and of the end.
    starts: Vec<u32>,
}

impl Prepared {
    /// The words of an article.
    pub fn new(article: &ArticleText<'_>) -> Prepared {
        let bytes: usize = article.sentences.iter().map(|(_, text)| text.len()).sum();
        let words = bytes / 6;
        let mut made = Prepared {
            text: String::with_capacity(bytes),
            ends: Vec::with_capacity(words),
            hashes: Vec::with_capacity(words),
            flags: Vec::with_capacity(words),
            starts: Vec::with_capacity(article.sentences.len() + 1),
        };
        made.starts.push(0);
        let mut quoted = Quoted::default();
        for (n, (_, text)) in article.sentences.iter().enumerate() {
            made.sentence(text, &mut quoted, n == 0);
        }
        made
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The hash of a word.
    pub fn hash(&self, n: usize) -> u64 {
        self.hashes[n]
    }

    /// The word, folded.
    pub fn word(&self, n: usize) -> &str {
        let start = if n == 0 { 0 } else { self.ends[n - 1] as usize };
        &self.text[start..self.ends[n] as usize]
    }

    /// A hash of the words and of where the sentences end.
    pub fn print(&self) -> u64 {
        let starts = self.starts.iter().map(|start| u64::from(*start));
        let flags = self.flags.iter().map(|flags| u64::from(*flags));
        let all: Vec<u64> = self
            .hashes
            .iter()
            .copied()
            .chain(starts)
            .chain(flags)
            .collect();
        hash::run(&all)
    }

    /// Number of sentences.
    pub fn sentences(&self) -> usize {
        self.starts.len() - 1
    }

    /// The words of a sentence, as numbers.
    pub fn words_of(&self, sentence: usize) -> std::ops::Range<usize> {
        self.starts[sentence] as usize..self.starts[sentence + 1] as usize
    }

    /// The sentence in which a word stands.
    pub fn sentence_of(&self, word: usize) -> usize {
        self.starts.partition_point(|s| *s as usize <= word) - 1
    }

    /// Whether a word stands in quotation marks.
    pub fn is_quoted(&self, word: usize) -> bool {
        self.flags[word] & QUOTED != 0
    }

    /// Whether a word is a number, or a name within a sentence: what a form leaves open.
    pub fn is_hard(&self, word: usize) -> bool {
        self.flags[word] & HARD != 0
    }

    /// Number of words without the dateline, and of those outside quotation marks.
    pub fn counted(&self) -> (u64, u64) {
        let body = self.flags.iter().filter(|f| **f & DATELINE == 0);
        let outside = body.clone().filter(|f| **f & QUOTED == 0).count();
        (body.count() as u64, outside as u64)
    }

    /// The hashes of all runs of `size` words, in order.
    pub fn runs(&self, size: usize) -> Vec<u64> {
        self.hashes.windows(size).map(hash::run).collect()
    }

    /// Whether a word belongs to a dateline.
    pub fn is_dateline(&self, word: usize) -> bool {
        self.flags[word] & DATELINE != 0
    }

    fn sentence(&mut self, text: &str, quoted: &mut Quoted, first: bool) {
        let dateline = if first { dateline_end(text) } else { None }.unwrap_or(0);
        let mut word = Word::default();
        let mut before = ' ';
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c.is_ascii_alphanumeric() {
                if word.is_new {
                    word.begins(at, c.is_ascii_uppercase());
                }
                self.text.push(c.to_ascii_lowercase());
                before = c;
                continue;
            }
            match kind(c) {
                Kind::Letter => {
                    if word.is_new {
                        word.begins(at, c.is_uppercase());
                    }
                    word.ascii = false;
                    self.text.push(c);
                }
                Kind::Alone => {
                    self.end_word(&mut word, quoted, dateline);
                    word.begins(at, false);
                    word.ascii = c.is_ascii();
                    self.text.push(c);
                    self.end_word(&mut word, quoted, dateline);
                }
                Kind::Nothing => {}
                Kind::Mark => {
                    self.end_word(&mut word, quoted, dateline);
                    if !matches!(c, ' ' | ',') {
                        let next = chars.peek().map_or(' ', |(_, c)| *c);
                        let opens = quoted.mark(c, before, next);
                        word.opens |= opens || matches!(c, ':' | '.' | '?' | '!');
                    }
                }
            }
            before = c;
        }
        self.end_word(&mut word, quoted, dateline);
        self.starts.push(self.hashes.len() as u32);
    }

    /// Takes what stands behind the last word as a word.
    fn end_word(&mut self, word: &mut Word, quoted: &mut Quoted, dateline: usize) {
        if word.is_new {
            return;
        }
        let start = self.ends.last().map_or(0, |end| *end as usize);
        if !word.ascii {
            let folded = fold(&self.text[start..]).to_lowercase();
            self.text.truncate(start);
            let kept = folded.chars().filter(|c| c.is_alphanumeric());
            self.text.extend(kept);
        }
        let letters = &self.text[start..];
        if letters.is_empty() || self.hashes.len() >= MOST_WORDS {
            self.text.truncate(start);
        } else {
            let digits = if word.ascii {
                letters.bytes().any(|b| b.is_ascii_digit())
            } else {
                letters.contains(char::is_numeric)
            };
            let named = word.capital && !word.opens && letters.len() > 1;
            let mut flags = 0;
            if quoted.is_open() {
                flags |= QUOTED;
            }
            if digits || named {
                flags |= HARD;
            }
            if word.start < dateline {
                flags |= DATELINE;
            }
            self.hashes.push(hash::word(letters.as_bytes()));
            self.ends.push(self.text.len() as u32);
            self.flags.push(flags);
            quoted.count();
        }
        *word = Word {
            opens: false,
            ..Word::default()
        };
    }
}

/// The word that is being read.
struct Word {
    is_new: bool,
    ascii: bool,
    capital: bool,
    /// Whether it begins a sentence or a quotation.
    opens: bool,
    start: usize,
}

impl Default for Word {
    fn default() -> Word {
        Word {
            is_new: true,
            ascii: true,
            capital: false,
            opens: true,
            start: 0,
        }
    }
}

impl Word {
    fn begins(&mut self, at: usize, capital: bool) {
        self.is_new = false;
        self.start = at;
        self.capital = capital;
    }
}

enum Kind {
    Letter,
    /// A character that is a word.
    Alone,
    Mark,
    Nothing,
}

/// What a character is that is no ASCII letter or digit.
fn kind(c: char) -> Kind {
    if c.is_ascii() {
        return match c {
            '\'' | '`' => Kind::Nothing,
            _ => Kind::Mark,
        };
    }
    if is_alone(c) {
        return Kind::Alone;
    }
    match fold_char(c) {
        None => Kind::Nothing,
        Some(folded) if folded.is_alphanumeric() => Kind::Letter,
        Some(_) => Kind::Mark,
    }
}

/// Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese
/// characters, Japanese syllables.
fn is_alone(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

/// Whether the words that are read stand in quotation marks, over sentences.
#[derive(Default)]
struct Quoted {
    /// The mark that closes it.
    closes: Option<char>,
    words: usize,
}

impl Quoted {
    fn is_open(&self) -> bool {
        self.closes.is_some()
    }

    fn count(&mut self) {
        self.words += 1;
        if self.words > LONGEST_QUOTATION {
            self.closes = None;
        }
    }

    /// Takes a mark; true if it opens a quotation.
    fn mark(&mut self, c: char, before: char, next: char) -> bool {
        let closes = match c {
            '“' if self.closes == Some('“') => None, // „German“
            '“' => Some('”'),
            '„' => Some('“'),
            '«' => Some('»'),
            '「' => Some('」'),
            '"' if next.is_alphanumeric() && !before.is_alphanumeric() => Some('"'),
            '”' | '»' | '"' | '」' => None,
            _ => return false,
        };
        self.closes = closes;
        self.words = 0;
        closes.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sentences: &[&str]) -> Prepared {
        Prepared::new(&ArticleText {
            id: "a",
            sentences: sentences.iter().map(|s| ("s", *s)).collect(),
            ..ArticleText::default()
        })
    }

    fn words(made: &Prepared) -> Vec<&str> {
        (0..made.len()).map(|n| made.word(n)).collect()
    }

    #[test]
    fn words_are_folded_and_know_their_sentence() {
        let made = read(&["We won’t go — not TODAY.", "Çelik: 4,511 boats."]);
        assert_eq!(
            words(&made),
            [
                "we", "wont", "go", "not", "today", "celik", "4", "511", "boats"
            ]
        );
        assert_eq!(made.words_of(1), 5..9);
        assert_eq!((made.sentence_of(4), made.sentence_of(5)), (0, 1));
        assert_eq!(made.word(5).len(), "celik".len());
        assert!(made.is_hard(6) && !made.is_hard(8) && made.is_hard(4) && !made.is_hard(5));
    }

    #[test]
    fn quotations_run_over_sentences() {
        let made = read(&["“We stay. ", "We do,” he said.", "He \"never\" left."]);
        let quoted: Vec<&str> = (0..made.len())
            .filter(|n| made.is_quoted(*n))
            .map(|n| made.word(n))
            .collect();
        assert_eq!(quoted, ["we", "stay", "we", "do", "never"]);
    }

    #[test]
    fn datelines_are_known() {
        let made = read(&["KELMET (CWS) — The council met."]);
        let rest: Vec<&str> = (0..made.len())
            .filter(|n| !made.is_dateline(*n))
            .map(|n| made.word(n))
            .collect();
        assert_eq!(rest, ["the", "council", "met"]);
    }

    #[test]
    fn scripts_without_spaces() {
        assert_eq!(words(&read(&["会议在星期一。"])).len(), 6);
        assert_eq!(words(&read(&["اجتمع المجلس يوم الاثنين"])).len(), 4);
        assert_eq!(read(&["", "—", "!!"]).len(), 0);
    }
}
