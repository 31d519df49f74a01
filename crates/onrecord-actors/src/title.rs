//! Titles and offices beside names.

use std::collections::BTreeSet;

use onrecord_lexicon::Lexicon;

use crate::known::is_adjective;
use crate::organ::is_metonym;
use crate::view::{Line, Shape};

/// The longest honorific or title noun that begins at `at`: its end.
pub fn noun_at(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<usize> {
    (1..=4usize).rev().find_map(|n| {
        let phrase = line.phrase(at, at + n)?;
        is_title(line, lexicon, at, &phrase).then_some(at + n)
    })
}

/// The longest honorific or title noun that ends before `at`: its start.
pub fn noun_before(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<usize> {
    (1..=4usize.min(at)).rev().find_map(|n| {
        let phrase = line.phrase(at - n, at)?;
        is_title(line, lexicon, at - n, &phrase).then_some(at - n)
    })
}

/// Whether a phrase says what a person is.
pub fn is_noun(lexicon: &Lexicon, phrase: &str) -> bool {
    let plain = phrase.replace('.', "").replace('-', " ");
    lexicon.words.honorifics.contains_key(&plain) || class(lexicon, phrase).is_some()
}

/// Whether the phrase printed from `at` is a title. Ranks and honorifics are ordinary words
/// too ("in general", "a major", "don") and need a capital.
fn is_title(line: &Line<'_>, lexicon: &Lexicon, at: usize, phrase: &str) -> bool {
    if class(lexicon, phrase).is_some() {
        return !matches!(phrase, "general" | "major" | "captain" | "colonel")
            || line.is_capital(at);
    }
    let plain = phrase.replace('.', "").replace('-', " ");
    let kind = lexicon.words.honorifics.get(&plain).map(String::as_str);
    match kind {
        None => false,
        Some("office" | "profession") => true,
        Some(_) => {
            line.is_capital(at) || matches!(phrase, "sheikh" | "cleric" | "imam" | "ayatollah")
        }
    }
}

/// The class of title noun a phrase is: leads, speaks, member or person.
pub fn class(lexicon: &Lexicon, phrase: &str) -> Option<&'static str> {
    ["leads", "speaks", "member", "person"]
        .into_iter()
        .find(|class| lexicon.words.actor.is(class, phrase))
}

/// Whether the token is a word of a title, or an adjective before one.
pub fn is_part(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let word = line.lower(at);
    lexicon.words.actor.is("modifies", word)
        || is_noun(lexicon, word)
        || at > 0
            && line
                .phrase(at - 1, at + 1)
                .is_some_and(|p| is_noun(lexicon, &p))
        || line
            .phrase(at, at + 2)
            .is_some_and(|p| is_noun(lexicon, &p))
}

/// The title directly before a name at `at`: the tokens `start..at`, adjectives included,
/// the adjective of a country among them. At least one title noun ends right before the
/// name.
pub fn before(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> Option<usize> {
    let mut start = noun_before(line, lexicon, at)?;
    while start > 0 {
        if let Some(earlier) = noun_before(line, lexicon, start) {
            start = earlier;
            continue;
        }
        let word = line.before(start);
        let tok = &line.toks[start - 1];
        let adjective = lexicon.words.actor.is("modifies", word)
            || is_adjective(lexicon, tok.text)
            || (tok.shape == Shape::Upper && is_metonym(lexicon, &tok.key));
        if !adjective {
            break;
        }
        start -= 1;
    }
    Some(start)
}

/// What the words right beside a name say the person is, one word for titles of one office:
/// "the minister, Mr X", "X, chair of the union", but not "X, who met the minister".
pub fn beside(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let words = &lexicon.words;
    let mut add = |start: usize, end: usize| {
        let last = line.lower(end - 1).trim_end_matches('.').to_owned();
        let phrase = line.phrase(start, end).unwrap_or_default();
        let honorific = words
            .honorifics
            .get(&last)
            .is_some_and(|k| k == "honorific");
        let code = words.actor.code("same-office", &phrase);
        let code = code.or_else(|| words.actor.code("same-office", &last));
        if !honorific {
            found.insert(code.map_or(last, str::to_owned));
        }
    };
    let mut at = from;
    for _ in 0..4 {
        if let Some(start) = noun_before(line, lexicon, at) {
            add(start, at);
            at = start;
        } else if at > 0 && line.is_mark(at - 1, &[",", "."]) {
            at -= 1;
        } else {
            break;
        }
    }
    if line.is_mark(to, &[","]) {
        let passes = |at: usize| {
            let lower = line.lower(at);
            let joins = matches!(
                lower,
                "who" | "whom" | "whose" | "which" | "and" | "with" | "that"
            );
            line.toks
                .get(at)
                .is_some_and(|t| t.is_word() || t.is_possessive())
                && !joins
                && !words.actor.is("place-before", lower)
        };
        for at in to + 1..to + 6 {
            if let Some(end) = noun_at(line, lexicon, at) {
                add(at, end);
                break;
            }
            if !passes(at) {
                break;
            }
        }
    }
    found
}
