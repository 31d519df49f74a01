//! Sentences as this step looks at them.

use onrecord_lexicon::{Actors, Lexicon};
use onrecord_model::{ArticleReading, NameKind, Sentence, Span, TokenKind};

/// A sentence with what is asked of its tokens again and again.
pub struct Line<'a> {
    pub n: usize,
    pub toks: Vec<Tok<'a>>,
    /// Most words begin with a capital: capitals say nothing here.
    pub headline: bool,
    /// What the names head found, in order.
    pub called: Vec<Called>,
    /// With its tree.
    pub sentence: &'a Sentence,
}

/// A name of the names head, by tokens.
#[derive(Clone, Copy, Debug)]
pub struct Called {
    pub from: usize,
    pub to: usize,
    pub kind: NameKind,
    pub percent: u8,
}

/// A token.
pub struct Tok<'a> {
    pub span: Span,
    pub kind: TokenKind,
    pub text: &'a str,
    /// Form for look-ups; may be several words ("al Nahr").
    pub key: String,
    pub lower: String,
    pub shape: Shape,
    /// Whether it is the first word of a sentence or quotation, where a capital says nothing.
    pub first: bool,
    /// Whether it stands inside a quotation.
    pub quoted: bool,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "word", "US-backed".
    Lower,
    /// "Word", "al-Word".
    Title,
    /// "WORD".
    Upper,
    /// A number or mark.
    Other,
}

impl Tok<'_> {
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper)
    }

    pub fn is_possessive(&self) -> bool {
        self.kind == TokenKind::Clitic
            && !self
                .text
                .chars()
                .any(|c| c.is_alphabetic() && c != 's' && c != 'S')
    }
}

impl Line<'_> {
    /// The span of the tokens `from..to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        self.toks[from].span.join(self.toks[to - 1].span)
    }

    /// Lower-case text of a token, empty beyond the ends and for what is no word.
    pub fn lower(&self, at: usize) -> &str {
        self.toks
            .get(at)
            .filter(|t| t.is_word())
            .map_or("", |t| t.lower.as_str())
    }

    /// The token before `at`, in lower case; empty at the start and for what is no word.
    pub fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |i| self.lower(i))
    }

    pub fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.toks.get(at).is_some_and(|t| marks.contains(&t.text))
    }

    pub fn is_possessive(&self, at: usize) -> bool {
        self.toks.get(at).is_some_and(Tok::is_possessive)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.toks
            .get(at)
            .is_some_and(|t| t.is_word() && t.is_capital())
    }

    /// The longest phrase from `at` that is of `class`, of at most three words: its end.
    pub fn of_class(&self, lexicon: &Lexicon, class: &str, at: usize) -> Option<usize> {
        let words = &lexicon.words.actor;
        (1..=3usize).rev().find_map(|n| {
            let phrase = self.phrase(at, at + n)?;
            words.is(class, &phrase).then_some(at + n)
        })
    }

    /// The tokens `from..to` in lower case with one space between, if all are words.
    pub fn phrase(&self, from: usize, to: usize) -> Option<String> {
        let toks = self.toks.get(from..to)?;
        toks.iter().all(Tok::is_word).then(|| {
            toks.iter()
                .map(|t| t.lower.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        })
    }

    /// The syntactic head of the tokens `from..to`; none where the sentence has no tree.
    pub fn head(&self, from: usize, to: usize) -> Option<usize> {
        self.sentence.head_in(self.span(from, to))
    }

    /// The token of a word, in lower case.
    pub fn lower_word(&self, word: usize) -> &str {
        self.lower(self.sentence.words[word].token)
    }

    /// The form for look-ups of the tokens `from..to`.
    pub fn key(&self, from: usize, to: usize) -> String {
        let mut key = String::new();
        let mut end = None;
        for tok in &self.toks[from..to] {
            if tok.kind == TokenKind::Clitic && end == Some(tok.span.start) {
                key.extend(tok.text.chars().filter(|c| c.is_alphanumeric()));
            } else {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(&tok.key);
            }
            end = Some(tok.span.end);
        }
        key
    }
}

/// The sentences of an article.
pub fn lines<'a>(reading: &'a ArticleReading, lexicon: &Lexicon) -> Vec<Line<'a>> {
    let mut passed = 0; // quotations that ended before
    reading
        .sentences
        .iter()
        .map(|sentence| {
            let mut toks: Vec<Tok<'a>> = Vec::with_capacity(sentence.tokens.len());
            let mut first = true;
            for token in &sentence.tokens {
                let text = reading.words(token.span);
                let shape = if token.kind == TokenKind::Word {
                    shape(text)
                } else {
                    Shape::Other
                };
                while reading
                    .quotations
                    .get(passed)
                    .is_some_and(|q| q.span.end <= token.span.start)
                {
                    passed += 1;
                }
                let quoted = reading.quotations[passed..]
                    .iter()
                    .take_while(|q| q.span.start <= token.span.start)
                    .any(|q| q.span.contains(token.span));
                toks.push(Tok {
                    span: token.span,
                    kind: token.kind,
                    text,
                    key: if token.kind == TokenKind::Word {
                        Actors::key(text)
                    } else {
                        text.to_owned()
                    },
                    lower: text.to_lowercase().replace(['’', 'ʼ'], "'"),
                    shape,
                    first,
                    quoted,
                });
                first = match token.kind {
                    TokenKind::OpenQuote => true,
                    TokenKind::Mark => first || matches!(text, ":" | "•"),
                    _ => false,
                };
            }
            let headline = is_headline(&toks, lexicon);
            Line {
                n: sentence.n,
                called: called(&toks, sentence),
                toks,
                headline,
                sentence,
            }
        })
        .collect()
}

/// The names head's names that are whole tokens. An article belongs to its name ("al-Nahr");
/// a name inside an adjective is none ("Orvo-led").
fn called(toks: &[Tok<'_>], sentence: &Sentence) -> Vec<Called> {
    let whole = |name: &onrecord_model::Name| {
        let from = toks.partition_point(|t| t.span.end <= name.span.start);
        let to = toks.partition_point(|t| t.span.start < name.span.end);
        let (first, last) = (toks.get(from)?, toks.get(to.checked_sub(1)?)?);
        let article = first.span.start < name.span.start
            && first.is_capital()
            && (!first.text.starts_with(char::is_uppercase)
                || matches!(first.text.get(..3), Some("Al-" | "El-" | "Te-")));
        let begins = first.span.start == name.span.start || article;
        (begins && last.span.end == name.span.end).then(|| Called {
            from,
            to,
            kind: name.kind,
            percent: (name.confidence.value() * 100.0).round() as u8,
        })
    };
    sentence.names.iter().filter_map(whole).collect()
}

fn is_headline(toks: &[Tok<'_>], lexicon: &Lexicon) -> bool {
    let content = |t: &&Tok<'_>| t.is_word() && !lexicon.words.function_words.contains(&t.lower);
    let words = toks.iter().filter(content).count();
    let lower = toks
        .iter()
        .filter(content)
        .filter(|t| t.shape == Shape::Lower)
        .count();
    let stops = toks
        .last()
        .is_some_and(|t| matches!(t.text, "." | "!" | "?") || t.kind == TokenKind::CloseQuote);
    words >= 4 && lower * 5 <= words && !stops
}

/// Prefixes that make an adjective of a name ("pro-Orvo"), short as articles are.
const PREFIXES: [&str; 10] = [
    "pro", "ex", "non", "un", "mid", "pan", "neo", "co", "sub", "pre",
];

fn shape(text: &str) -> Shape {
    // An article before the name ("al-Nahr", "te-Ruva") is no part of its shape.
    let bare = text.split_once(['-', '‑', '‐']).filter(|(article, name)| {
        let small = article.len() <= 3 && article.chars().all(char::is_lowercase);
        matches!(*article, "Al" | "El" | "Te")
            || small && !PREFIXES.contains(article) && name.starts_with(char::is_uppercase)
    });
    let bare = bare.map_or(text, |(_, name)| name);
    let mut letters = bare.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Shape::Other;
    };
    if !first.is_uppercase() {
        // "d'Almeida"
        let inner = bare
            .split_once(['\'', '’'])
            .and_then(|(_, rest)| rest.chars().next());
        return if inner.is_some_and(char::is_uppercase) {
            Shape::Title
        } else {
            Shape::Lower
        };
    }
    let rest: Vec<char> = letters.collect();
    // "US-backed", "Orvo-led": an adjective, whatever the name in it.
    let pieces: Vec<&str> = bare.split(['-', '‑', '‐']).collect();
    if pieces.len() > 1 && pieces[pieces.len() - 1].starts_with(char::is_lowercase) {
        return Shape::Lower;
    }
    if !rest.is_empty() && rest.iter().all(|c| c.is_uppercase()) {
        Shape::Upper
    } else {
        Shape::Title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, expected) in [
            ("al-Nahr", Shape::Title),
            ("Al-Nahr", Shape::Title),
            ("te-Ruva", Shape::Title),
            ("pro-Orvo", Shape::Lower),
            ("Orvo-backed", Shape::Lower),
            ("U.S.", Shape::Upper),
            ("A", Shape::Title),
            ("O’Neill", Shape::Title),
            ("river", Shape::Lower),
            ("Abdul-Karim", Shape::Title),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }
}
