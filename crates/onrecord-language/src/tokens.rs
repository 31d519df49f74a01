//! Text to tokens.

mod clitics;
mod symbols;

use clitics::clitic;
use onrecord_lexicon::Words;
use onrecord_model::{Span, Token, TokenKind};
use symbols::Chunk;

/// The tokens of one paragraph, in order. White space stands between tokens only.
pub fn tokens(text: &str, paragraph: Span, words: &Words) -> Vec<Token> {
    let mut scan = Scan {
        text,
        end: paragraph.end,
        at: paragraph.start,
        words,
        tokens: Vec::new(),
        open: 0,
        brackets: 0,
        chunk: Chunk::default(),
    };
    while let Some(c) = scan.peek() {
        if c.is_whitespace() {
            scan.at += c.len_utf8();
        } else if scan.url() {
        } else if c.is_alphanumeric() {
            scan.word();
        } else if !scan.symbol(c) {
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
    /// Round brackets open now.
    brackets: usize,
    /// The run of characters between white space that `at` stands in.
    chunk: Chunk,
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

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
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
        let end = self.address_end();
        self.push(end.max(self.at + 1), TokenKind::Word);
        true
    }

    /// Where the address ends that begins here: at white space, without marks before it.
    fn address_end(&mut self) -> usize {
        let end = self.chunk().end;
        let whole = &self.text[self.at..end];
        let bare = whole.trim_end_matches([
            '.', ',', ')', ']', '>', '”', '"', '’', '\'', ';', ':', '!', '?',
        ]);
        self.at + bare.len()
    }

    fn chunk(&mut self) -> Chunk {
        if self.chunk.end <= self.at {
            self.chunk = Chunk::read(self.text, self.at, self.end);
        }
        self.chunk
    }

    /// A word or number, with what is written into it.
    fn word(&mut self) {
        let start = self.at;
        let text = self.text;
        if let Some((len, kind)) = self.whole() {
            return self.push(start + len, kind);
        }
        let mut end = self.word_end(start);
        if self.is_host(end) {
            end = end.max(self.address_end());
            return self.push(end, TokenKind::Word);
        }
        let word = &text[start..end];
        let kind = if word.starts_with(|c: char| c.is_ascii_digit())
            && !word.contains(|c: char| c.is_alphabetic() && !is_ordinal(word))
        {
            TokenKind::Number
        } else {
            TokenKind::Word
        };
        if kind == TokenKind::Word && self.takes_stop(word, end) || self.is_broken_off(word, end) {
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

    /// The length of an address, number or word with other marks in it than words have.
    fn whole(&mut self) -> Option<(usize, TokenKind)> {
        let chunk = self.chunk();
        let rest = &self.text[self.at..chunk.end];
        if let Some(sign) = chunk.at_sign.filter(|sign| *sign > self.at)
            && let Some(len) = symbols::email(rest, sign - self.at)
        {
            return Some((len, TokenKind::Word));
        }
        if rest.as_bytes()[0].is_ascii_digit() {
            return Some((symbols::slashed_number(rest)?, TokenKind::Number));
        }
        if let Some(len) = symbols::dollar(rest) {
            return Some((len, TokenKind::Mark));
        }
        Some((symbols::slashed_word(rest, self.words)?, TokenKind::Word))
    }

    /// Where the word ends that begins at byte `start`. Words of more than 400 characters
    /// are cut.
    fn word_end(&self, start: usize) -> usize {
        let rest = &self.text[start..self.end];
        let mut before = ' ';
        for (n, (i, c)) in rest.char_indices().enumerate() {
            if n == 400 {
                return start + i;
            }
            if !is_word(c) {
                let behind = &rest[i + c.len_utf8()..];
                let after = behind.chars().next().unwrap_or(' ');
                let inside = is_word(before) && is_word(after);
                let joins = if is_apostrophe(c) {
                    inside && c != '‘'
                } else if is_hyphen(c) || c == '&' {
                    inside
                } else if c == '.' {
                    inside && dot_joins(&rest[..i], behind)
                } else if c == ',' {
                    before.is_ascii_digit() && thousands(behind)
                } else if c == ':' {
                    // clock times
                    before.is_ascii_digit() && after.is_ascii_digit() && i <= 5
                } else {
                    c == '_' && inside
                };
                if !joins {
                    return start + i;
                }
            }
            before = c;
        }
        self.end
    }

    /// Whether the word up to `end` is a host's name with a path behind it.
    fn is_host(&self, end: usize) -> bool {
        self.text[end..self.end].starts_with('/')
            && self.text[self.at..end]
                .rsplit_once('.')
                .is_some_and(|(_, last)| ["com", "org", "net", "edu", "gov", "uk"].contains(&last))
    }

    /// "w- what?", "th- this": whether the hyphen behind `word` shows that it was broken off.
    fn is_broken_off(&self, word: &str, end: usize) -> bool {
        let after = &self.text[end..self.end];
        after.starts_with('-')
            && after[1..].chars().next().is_none_or(char::is_whitespace)
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && (word.len() == 1
                || word.len() == 2 && !word.bytes().any(|b| b"aeiouAEIOU".contains(&b)))
            && self.before().is_none_or(char::is_whitespace)
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
        if matches!(word, "No" | "Nos" | "p" | "pp" | "c" | "ca") {
            return next.is_some_and(|c| c.is_ascii_digit());
        }
        self.words.abbreviations.contains(word)
    }

    /// What begins with a mark and is more than that: a tag, a number with its sign, an
    /// emoticon, a run of marks.
    fn symbol(&mut self, c: char) -> bool {
        let before = self.before();
        let free = before.is_none_or(|b| b.is_whitespace() || "([{“\"<".contains(b));
        let rest = self.rest();
        let digit_follows = rest[c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit());
        match c {
            '(' => self.brackets += 1,
            ')' => self.brackets = self.brackets.saturating_sub(1),
            '@' | '#' if free => {
                if let Some(len) = symbols::tag(rest) {
                    self.push(self.at + len, TokenKind::Word);
                    return true;
                }
            }
            '+' | '.' if free && digit_follows => {
                let end = self.word_end(self.at + 1);
                self.push(end, TokenKind::Number);
                return true;
            }
            ':' | ';' | '=' | '<' | '>' | '^'
                if free || self.brackets == 0 && rest[1..].starts_with([')', '-']) =>
            {
                if let Some(len) = symbols::emoticon(rest) {
                    self.push(self.at + len, TokenKind::Mark);
                    return true;
                }
            }
            _ => {}
        }
        let len = symbols::run(rest);
        if len > 1 {
            self.push(self.at + len, TokenKind::Mark);
        }
        len > 1
    }

    /// A quotation mark, apostrophe, or any other single mark.
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
            _ => TokenKind::Mark,
        };
        self.push(end, kind);
    }

    fn single(&mut self, c: char, end: usize, after: Option<char>, opens_here: bool) {
        let letter_follows = after.is_some_and(char::is_alphanumeric);
        if opens_here
            && c != '‘'
            && let Some(len) = symbols::elision(self.rest(), self.words)
        {
            return self.push(self.at + len, TokenKind::Word);
        }
        if (c == '‘' || (c != '’' && opens_here)) && after.is_some_and(|a| !a.is_whitespace()) {
            self.open += 1;
            return self.push(end, TokenKind::OpenQuote);
        }
        if c == '’' && opens_here && letter_follows {
            // "’tis": an elision
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
    [
        "'s", "’s", "st", "nd", "rd", "th", "s", "bn", "m", "km", "k",
    ]
    .contains(&letters)
}

/// Three digits and no fourth.
fn thousands(after: &str) -> bool {
    after.bytes().take_while(u8::is_ascii_digit).take(4).count() == 3
}

/// Whether a stop between two letters stays inside a word: "U.S", "ejmagnier.com", "3.5",
/// but not "ISIS.Leader", where the space between two sentences was lost.
fn dot_joins(before: &str, after: &str) -> bool {
    let mut chars = after.chars();
    let first = chars.next().unwrap_or(' ');
    let second = chars.next().unwrap_or(' ');
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
