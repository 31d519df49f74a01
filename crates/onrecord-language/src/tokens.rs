//! Text to tokens.

use onrecord_lexicon::Words;
use onrecord_model::{Span, Token, TokenKind};

/// The tokens of one paragraph, in order. White space stands between tokens only.
pub fn tokens(text: &str, paragraph: Span, words: &Words) -> Vec<Token> {
    let mut scan = Scan {
        text,
        end: paragraph.end,
        at: paragraph.start,
        words,
        tokens: Vec::new(),
        open: 0,
    };
    while let Some(c) = scan.peek() {
        if c.is_whitespace() {
            scan.at += c.len_utf8();
        } else if scan.url() {
        } else if c.is_alphanumeric() {
            scan.word();
        } else {
            scan.mark(c);
        }
    }
    scan.tokens
}

struct Scan<'a> {
    text: &'a str,
    end: usize,
    at: usize,
    words: &'a Words,
    tokens: Vec<Token>,
    /// Single quotation marks open now.
    open: usize,
}

/// Whether `c` can stand for an apostrophe inside a word.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Letters and digits, and the marks that are written into words: combining accents,
/// joiners, direction marks.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}'
        )
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn push(&mut self, end: usize, kind: TokenKind) {
        self.tokens.push(Token {
            span: Span::new(self.at, end),
            kind,
        });
        self.at = end;
    }

    /// A web address: one token up to white space, without marks at its end.
    fn url(&mut self) -> bool {
        let rest = self.rest();
        let starts = ["http://", "https://", "www."];
        if !starts.iter().any(|s| {
            rest.get(..s.len())
                .is_some_and(|r| r.eq_ignore_ascii_case(s))
        }) {
            return false;
        }
        let whole = rest.split(char::is_whitespace).next().unwrap_or(rest);
        let bare =
            whole.trim_end_matches(['.', ',', ')', ']', '”', '"', '’', '\'', ';', ':', '!', '?']);
        let end = self.at + bare.len().max(1);
        self.push(end, TokenKind::Word);
        true
    }

    /// A word or number, with what is written into it.
    fn word(&mut self) {
        let start = self.at;
        let text = self.text;
        let chars: Vec<(usize, char)> = self
            .rest()
            .char_indices()
            .take_while(|(_, c)| !c.is_whitespace())
            .take(400)
            .collect();
        let at = |i: usize| chars.get(i).map(|(_, c)| *c);
        let mut i = 0;
        while let Some(c) = at(i) {
            if is_word(c) {
                i += 1;
                continue;
            }
            let (before, after) = (
                at(i.wrapping_sub(1)).unwrap_or(' '),
                at(i + 1).unwrap_or(' '),
            );
            let inside = is_word(before) && is_word(after);
            let joins = if is_apostrophe(c) {
                inside && c != '‘'
            } else if is_hyphen(c) || c == '&' {
                inside
            } else if c == '.' {
                inside && dot_joins(&text[start..start + chars[i].0], &chars[i + 1..])
            } else if c == ',' {
                before.is_ascii_digit() && thousands(&chars[i + 1..])
            } else if c == ':' {
                // clock times
                before.is_ascii_digit() && after.is_ascii_digit() && i <= 2
            } else {
                false
            };
            if !joins {
                break;
            }
            i += 1;
        }
        let mut end = start
            + chars.get(i).map_or_else(
                || chars.iter().map(|(_, c)| c.len_utf8()).sum(),
                |(o, _)| *o,
            );
        let word = &text[start..end];
        let kind = if word.starts_with(|c: char| c.is_ascii_digit())
            && !word.contains(|c: char| c.is_alphabetic() && !is_ordinal(word))
        {
            TokenKind::Number
        } else {
            TokenKind::Word
        };
        if kind == TokenKind::Word && self.takes_stop(word, end) {
            end += 1;
        }
        match clitic(&text[start..end]) {
            Some(cut) => {
                self.push(start + cut, kind);
                self.push(end, TokenKind::Clitic);
            }
            None => self.push(end, kind),
        }
    }

    /// Whether the full stop after `word` belongs to it: an acronym with stops, an initial,
    /// an abbreviation.
    fn takes_stop(&self, word: &str, end: usize) -> bool {
        let after = &self.text[end..self.end];
        if !after.starts_with('.') || after.starts_with("..") {
            return false;
        }
        let letters = word.chars().count();
        let next = after[1..].trim_start().chars().next();
        if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2) {
            return true;
        }
        if letters == 1 && word.starts_with(|c: char| c.is_uppercase() && c != 'I') {
            return after[1..].starts_with([' ', '\u{a0}', '-'])
                && next.is_some_and(char::is_uppercase)
                || after[1..].starts_with(|c: char| c.is_uppercase());
        }
        if matches!(word, "No" | "Nos") {
            return next.is_some_and(|c| c.is_ascii_digit());
        }
        self.words.abbreviations.contains(word)
    }

    /// A quotation mark, apostrophe, run of stops, or any other mark.
    fn mark(&mut self, c: char) {
        let mut end = self.at + c.len_utf8();
        // two single marks written for a double one
        let doubled =
            matches!(c, '\'' | '`' | '’' | '‘') && self.text[end..self.end].starts_with(c);
        if doubled {
            end += c.len_utf8();
        }
        let after = self.text[end..self.end].chars().next();
        let before = self.before();
        let opens_here = before.is_none_or(|b| b.is_whitespace() || "([{“‘\"—–-/«".contains(b))
            || self.tokens.is_empty();
        let kind = match c {
            '`' | '‘' if doubled => TokenKind::OpenQuote,
            '’' if doubled => TokenKind::CloseQuote,
            '\'' if doubled && opens_here && after.is_some_and(|a| !a.is_whitespace()) => {
                TokenKind::OpenQuote
            }
            '\'' if doubled => TokenKind::CloseQuote,
            '“' | '«' | '„' => TokenKind::OpenQuote,
            '”' | '»' => TokenKind::CloseQuote,
            '"' | '″' => {
                if opens_here && after.is_some_and(|a| !a.is_whitespace()) {
                    TokenKind::OpenQuote
                } else {
                    TokenKind::CloseQuote
                }
            }
            '‘' | '\'' | '’' | '`' => return self.single(c, end, after, opens_here),
            '.' if self.rest().starts_with("..") => {
                let dots = self.rest().bytes().take_while(|b| *b == b'.').count();
                return self.push(self.at + dots, TokenKind::Mark);
            }
            _ => TokenKind::Mark,
        };
        self.push(end, kind);
    }

    fn single(&mut self, c: char, end: usize, after: Option<char>, opens_here: bool) {
        let letter_follows = after.is_some_and(char::is_alphanumeric);
        if (c == '‘' || (c != '’' && opens_here)) && after.is_some_and(|a| !a.is_whitespace()) {
            self.open += 1;
            return self.push(end, TokenKind::OpenQuote);
        }
        if c == '’' && opens_here && letter_follows {
            // "’90s", "’tis": an elision
            return self.push(end, TokenKind::Clitic);
        }
        let after_s = self
            .before()
            .is_some_and(|b| matches!(b, 's' | 'S' | 'x' | 'z'));
        if self.open > 0 {
            self.open -= 1;
            self.push(end, TokenKind::CloseQuote);
        } else if after_s {
            self.push(end, TokenKind::Clitic);
        } else {
            self.push(end, TokenKind::CloseQuote);
        }
    }
}

/// "6th", "1st": digits with an ordinal ending.
fn is_ordinal(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    ["st", "nd", "rd", "th", "s", "bn", "m", "km", "k"].contains(&letters)
}

/// Three digits and no fourth.
fn thousands(after: &[(usize, char)]) -> bool {
    let digits = after.iter().take_while(|(_, c)| c.is_ascii_digit()).count();
    digits == 3
}

/// Whether a stop between two letters stays inside a word: "U.S", "ejmagnier.com", "3.5",
/// but not "ISIS.Leader", where the space between two sentences was lost.
fn dot_joins(before: &str, after: &[(usize, char)]) -> bool {
    let first = after.first().map_or(' ', |(_, c)| *c);
    let second = after.get(1).map_or(' ', |(_, c)| *c);
    let part = before.rsplit(['.', '-']).next().unwrap_or(before);
    if part.ends_with(|c: char| c.is_ascii_digit()) && first.is_ascii_digit() {
        return true;
    }
    if part.chars().count() == 1 && !second.is_alphabetic() {
        return true; // U.S
    }
    if first.is_lowercase() {
        // an address or file name; a lost space before a small letter is left alone
        return part.chars().all(|c| c.is_ascii_alphanumeric());
    }
    // "Ph.D"
    first.is_uppercase() && !second.is_alphabetic() && part.chars().count() <= 2
}

/// Where a word ends and its clitic begins: "Iraq|'s", "do|n't", "we|'ll".
fn clitic(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    for ending in ["n't", "n’t"] {
        if lower.ends_with(ending) && lower.len() > ending.len() {
            return Some(word.len() - ending.len());
        }
    }
    let at = word.rfind(['\'', '’'])?;
    let after = word[at..].trim_start_matches(['\'', '’']).to_lowercase();
    let known = ["s", "ll", "re", "ve", "d", "m"].contains(&after.as_str());
    (known && at > 0 && lower.len() == word.len()).then_some(at)
}
