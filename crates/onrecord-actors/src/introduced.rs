//! Names that the article itself introduces: acronyms in brackets, "also known as".

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, MentionKind, TokenKind};

use crate::candidate::{Candidate, Sense};
use crate::organ::is_metonym;
use crate::title;
use crate::view::{Line, Shape};

/// The token of an acronym in brackets right after the name `from..to`.
pub fn acronym_after(line: &Line<'_>, to: usize) -> Option<usize> {
    let mut at = to;
    if line.toks.get(at)?.kind == TokenKind::CloseQuote {
        at += 1;
    }
    let closed = line.is_mark(at, &["(", "["]) && line.is_mark(at + 2, &[")", "]"]);
    (closed && is_acronym(line, at + 1)).then_some(at + 1)
}

fn is_acronym(line: &Line<'_>, at: usize) -> bool {
    line.toks.get(at).is_some_and(|t| {
        t.shape == Shape::Upper && (2..=7).contains(&t.key.chars().count()) && !t.key.contains(' ')
    })
}

/// Whether the letters of an acronym are the first letters of words of the name, in order,
/// from its first letter on.
pub fn fits(line: &Line<'_>, from: usize, to: usize, acronym: &str) -> bool {
    let key = line.key(from, to);
    let mut initials: Vec<char> = Vec::new();
    for word in key.split(' ') {
        if !matches!(
            word,
            "the" | "of" | "and" | "for" | "al" | "el" | "in" | "de"
        ) {
            initials.extend(word.chars().next().map(|c| c.to_ascii_uppercase()));
        }
    }
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 2 && initials == letters
}

/// Bodies told by nothing but the acronym after their name: "Northern Guard Rally (NGR)".
/// The name of a country is none, whatever stands in brackets after it.
pub fn spelt_out(line: &Line<'_>, lexicon: &Lexicon) -> Vec<Candidate> {
    let mut found = Vec::new();
    for to in 1..line.toks.len() {
        if !line.is_capital(to - 1) {
            continue;
        }
        let Some(at) = acronym_after(line, to) else {
            continue;
        };
        let small = |i: usize| matches!(line.lower(i), "of" | "for" | "and" | "the" | "al");
        let start = (0..to)
            .rev()
            .take_while(|i| line.is_capital(*i) || small(*i))
            .last();
        let Some(start) = start else { continue };
        let from = (start..to - 1)
            .find(|i| line.is_capital(*i) && !small(*i) && fits(line, *i, to, &line.toks[at].key));
        let country = |from: &usize| is_metonym(lexicon, &line.key(*from, to));
        if let Some(from) = from.filter(|from| !country(from)) {
            found.push(Candidate {
                from,
                to,
                sense: Sense::Body {
                    kind: ActorKind::Organization,
                    sector: String::new(),
                    country: None,
                },
                kind: MentionKind::Name,
                rule: "actors.acronym",
                confidence: 80,
            });
        }
    }
    found
}

/// Upper-case words that may be an acronym introduced before.
pub fn acronyms(line: &Line<'_>) -> Vec<Candidate> {
    (0..line.toks.len())
        .filter(|at| is_acronym(line, *at))
        .map(|at| Candidate {
            from: at,
            to: at + 1,
            sense: Sense::Alias,
            kind: MentionKind::Name,
            rule: "actors.acronym",
            confidence: 85,
        })
        .collect()
}

/// The other name after "also known as", "better known as", or between commas after "or":
/// the tokens of it.
pub fn alias_after(line: &Line<'_>, lexicon: &Lexicon, to: usize) -> Option<(usize, usize)> {
    let mut at = to;
    while line.is_mark(at, &[",", "(", "]", ")"])
        || line
            .toks
            .get(at)
            .is_some_and(|t| t.kind == TokenKind::CloseQuote)
    {
        at += 1;
    }
    let comma = at > to;
    if line.lower(at) == "or" && comma && !matches!(line.lower(at + 1), "better" | "also") {
        let (from, end) = name_at(line, lexicon, at + 1)?;
        let closes = line.toks.get(end).is_none_or(|t| t.kind != TokenKind::Word);
        return (end - from >= 2 && closes).then_some((from, end));
    }
    if line.lower(at) == "or" {
        at += 1;
    }
    let known = match (line.lower(at), line.lower(at + 1)) {
        (
            "also" | "better" | "otherwise" | "commonly" | "locally" | "widely",
            "known" | "called" | "dubbed",
        ) => at + 2,
        ("known", "as") => at + 1,
        // "known upriver as"
        ("known", next) if comma && next != "for" => at + 1,
        _ => return None,
    };
    let called = matches!(line.lower(known - 1), "called" | "dubbed");
    let start = if called {
        known
    } else {
        (known..known + 7).find(|i| line.lower(*i) == "as")? + 1
    };
    name_at(line, lexicon, start)
}

/// Where an introduction begins of which the name at `from` is the end: "X, known locally as",
/// "X, which outsiders call the".
pub fn alias_before(line: &Line<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    let quote = |at: usize| {
        line.toks
            .get(at)
            .is_some_and(|t| t.kind == TokenKind::OpenQuote)
    };
    if at > 0 && quote(at - 1) {
        at -= 1;
    }
    if line.before(at) == "the" {
        at -= 1;
    }
    let last = at.checked_sub(1)?;
    let back = |words: &[&str]| {
        let near = last.saturating_sub(5)..last;
        near.rev().find(|i| words.contains(&line.lower(*i)))
    };
    let start = match line.lower(last) {
        "as" => back(&["known"])?,
        "called" | "dubbed" if matches!(line.before(last), "also" | "locally" | "commonly") => last,
        "call" | "calls" | "called" => {
            let which = back(&["which", "whom", "who"])?;
            return (which + 1 < last && line.is_mark(which.checked_sub(1)?, &[","]))
                .then_some(which - 1);
        }
        _ => return None,
    };
    let adverb = |word: &str| {
        matches!(
            word,
            "also" | "or" | "better" | "locally" | "commonly" | "widely" | "otherwise"
        )
    };
    let start = (0..=start)
        .rev()
        .take_while(|i| *i == start || adverb(line.lower(*i)))
        .last()?;
    // nothing but commas and brackets between the names
    line.is_mark(start.checked_sub(1)?, &[",", "(", ")"])
        .then_some(start)
}

/// A capitalised name at `at`, article and opening mark left out.
fn name_at(line: &Line<'_>, lexicon: &Lexicon, mut at: usize) -> Option<(usize, usize)> {
    if line.lower(at) == "the" {
        at += 1;
    }
    if line.toks.get(at)?.kind == TokenKind::OpenQuote {
        at += 1;
    }
    if !line.is_capital(at) || title::is_part(line, lexicon, at) {
        return None;
    }
    let mut end = at + 1;
    loop {
        let joint = matches!(line.lower(end), "of" | "al" | "bin" | "el");
        let the = usize::from(joint && line.lower(end + 1) == "the");
        if line.is_capital(end) {
            end += 1;
        } else if joint && line.is_capital(end + 1 + the) {
            end += 2 + the;
        } else {
            return Some((at, end));
        }
    }
}
