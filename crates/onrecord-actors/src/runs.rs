//! Names the lexicon does not know: persons and bodies, told by evidence in the sentence.

use onrecord_lexicon::Lexicon;
use onrecord_model::MentionKind;

use crate::candidate::{Candidate, Sense};
use crate::known::{body_at, is_adjective};
use crate::organ::is_metonym;
use crate::view::{Line, Shape};
use crate::{bodies, title};

/// All runs of capitalised words that are like a person's or a body's name.
pub fn find(line: &Line<'_>, lexicon: &Lexicon) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.toks.len() {
        if !line.is_capital(at) {
            at += 1;
            continue;
        }
        let end = run_end(line, lexicon, at);
        let start = if dropped_at_start(line, lexicon, at) {
            at + 1
        } else {
            at
        };
        if start < end {
            if !line.headline {
                found.extend(bodies::find(line, lexicon, start, end));
            }
            found.extend(names(line, lexicon, start, end));
        }
        at = end;
    }
    found
}

/// The end of the run of capitalised words from `at`, particles inside included.
pub fn run_end(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> usize {
    let mut end = at + 1;
    loop {
        if line.is_capital(end) {
            end += 1;
        } else if lexicon.words.actor.is("part", line.lower(end)) && line.is_capital(end + 1) {
            end += 2;
        } else {
            return end;
        }
    }
}

/// The first word of a sentence that is an ordinary word ("While", "The").
fn dropped_at_start(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let tok = &line.toks[at];
    lexicon.words.function_words.contains(&tok.lower)
        || (tok.first
            && (lexicon.words.actor.is("opens", &tok.lower)
                || lexicon.words.actor.is("place-before", &tok.lower)
                || tok.lower.ends_with("ly")))
}

/// Persons: what is left of a run between titles, adjectives and known names.
fn names(line: &Line<'_>, lexicon: &Lexicon, start: usize, end: usize) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut from = start;
    while from < end {
        if let Some(to) = separator(line, lexicon, from, end) {
            from = to;
            continue;
        }
        let mut to = from + 1;
        while to < end && separator(line, lexicon, to, end).is_none() {
            to += 1;
        }
        if let Some(candidate) = name(line, lexicon, from, to) {
            found.push(candidate);
        }
        from = to;
    }
    found
}

/// What stands in a run and is no part of a person's name: its end.
fn separator(line: &Line<'_>, lexicon: &Lexicon, at: usize, end: usize) -> Option<usize> {
    let tok = &line.toks[at];
    if lexicon.words.actor.is("part", &tok.lower) {
        return None; // "Abu", "Khan": in some lands titles, everywhere parts of names
    }
    let given = is_given(lexicon, &tok.key);
    if stops(line, lexicon, at) {
        return Some(at + 1);
    }
    if !given && let Some(to) = body_at(line, lexicon, at).filter(|to| *to <= end) {
        return Some(to);
    }
    if let Some(to) = (at + 1..=end.min(at + 4)).rev().find(|to| {
        line.phrase(at, *to).is_some_and(|p| {
            let plain = p.replace('.', "").replace('-', " ");
            lexicon.words.honorifics.contains_key(&plain) || title::class(lexicon, &p).is_some()
        })
    }) {
        return Some(to);
    }
    if is_adjective(lexicon, tok.text) || is_calendar(&tok.lower) {
        return Some(at + 1);
    }
    if !given
        && (is_metonym(lexicon, &tok.key)
            || tok.shape == Shape::Upper && tok.key.chars().count() > 1 && !tok.text.contains('.'))
    {
        return Some(at + 1);
    }
    None
}

/// A name of one to five words, with the evidence that it is a person's.
fn name(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> Option<Candidate> {
    let key = line.key(from, to);
    let titled = title::noun_before(line, lexicon, from).is_some();
    let candidate = |sense, rule, confidence| {
        Some(Candidate {
            from,
            to,
            sense,
            kind: MentionKind::Name,
            rule,
            confidence,
        })
    };
    let first = &line.toks[from];
    if to - from == 1 {
        let tok = first;
        if lexicon.words.function_words.contains(&tok.lower)
            || lexicon.words.actor.is("opens", &tok.lower)
        {
            return None;
        }
        let place = !lexicon.places.by_form(&key).is_empty();
        return candidate(
            Sense::Surname {
                titled: titled && !place,
            },
            "actors.surname",
            80,
        );
    }
    if to - from > 5 || line.headline && !titled {
        return None;
    }
    let is = |class: &str, i: usize| lexicon.words.actor.is(class, line.lower(i));
    if (from..to).any(|i| is("geographic", i) || i > from && is("no-name", i))
        || is("direction", from)
        || is("geographic", to) && line.is_capital(to)
    {
        return None;
    }
    let head = (from..to).any(|i| {
        lexicon
            .words
            .organisation_heads
            .contains_key(&line.toks[i].key.to_lowercase())
    });
    let place = is_place(line, lexicon, from, to);
    let plain =
        (from..to).all(|i| line.is_capital(i) || lexicon.words.actor.is("part", line.lower(i)));
    if head || place || !plain {
        return None;
    }
    // A romanisation no list has is believed only in a name of that kind ("Muzaffar al-Nahr").
    let arabic =
        (from + 1..to).any(|i| line.toks[i].key.starts_with("al ") || line.lower(i) == "bin");
    let given = is_given(lexicon, &first.key)
        || arabic && sounds_given(lexicon, &first.key)
        || is_initial(first.text)
        || matches!(
            first.lower.as_str(),
            "abu" | "umm" | "abd" | "abdul" | "abdel"
        );
    // "the defence secretary, Dana Ferro"
    let glossed = from > 0
        && line.is_mark(from - 1, &[","])
        && title::noun_before(line, lexicon, from - 1).is_some();
    if titled || glossed {
        return candidate(
            Sense::Person,
            "actors.title-name",
            if titled { 85 } else { 75 },
        );
    }
    if given && !ordinary(lexicon, &first.lower) {
        return candidate(Sense::Person, "actors.given-name", 80);
    }
    if !first.first && described_after(line, lexicon, to) {
        return candidate(Sense::Person, "actors.described-name", 70);
    }
    (to - from <= 3 && speaks(line, lexicon, from, to))
        .then(|| candidate(Sense::Person, "actors.speaking-name", 65))
        .flatten()
}

/// "Dana Ferro said", "said Dana Ferro.", "Dana Ferro, who": only persons and bodies stand
/// so, and bodies are told by their head nouns.
fn speaks(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> bool {
    let title_case = (from..to).all(|i| line.toks[i].shape != Shape::Upper);
    let says = |at: usize| lexicon.words.tail_verbs.contains(line.lower(at));
    let quoted = |at: usize| {
        line.toks
            .get(at)
            .is_some_and(|t| t.kind == onrecord_model::TokenKind::CloseQuote)
    };
    let before = from > 1 && says(from - 1) && quoted(from - 2);
    let relative = line.is_mark(to, &[","]) && line.lower(to + 1) == "who";
    title_case && (says(to) || before || relative)
}

/// Whether the words, or the words up to a kind of place, are a place's name.
fn is_place(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> bool {
    (from + 1..=to)
        .any(|end| end > from + 1 && !lexicon.places.by_form(&line.key(from, end)).is_empty())
}

/// "X, a journalist", "X, the party's leader": the words after the name say what a person is.
fn described_after(line: &Line<'_>, lexicon: &Lexicon, to: usize) -> bool {
    if !line.is_mark(to, &[","]) {
        return false;
    }
    let start = to + 1 + usize::from(matches!(line.lower(to + 1), "a" | "an" | "the"));
    (start..start + 4)
        .take_while(|at| !line.lower(*at).is_empty() || line.is_possessive(*at))
        .take_while(|at| {
            !lexicon.words.actor.is("modal", line.lower(*at))
                && !matches!(line.lower(*at), "and" | "of" | "who")
        })
        .any(|at| title::noun_at(line, lexicon, at).is_some() && !line.is_capital(at))
}

pub fn is_given(lexicon: &Lexicon, key: &str) -> bool {
    let first = key.split(' ').next().unwrap_or(key);
    lexicon.words.given_names.contains_key(key) || lexicon.words.given_names.contains_key(first)
}

/// Whether the word is another romanisation of a given name.
fn sounds_given(lexicon: &Lexicon, key: &str) -> bool {
    key.chars().count() >= 4
        && lexicon
            .words
            .given_name_keys
            .contains(&onrecord_lexicon::spelling_key(key))
}

/// A capitalised word inside a headline that ends a name: a small word or a verb ("Dana Ferro
/// Says No").
pub fn stops(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let lower = line.lower(at);
    let inflected = lower.len() > 4 && (lower.ends_with('s') || lower.ends_with("ed"));
    line.toks[at].shape == Shape::Title
        && (lexicon.words.function_words.contains(lower)
            || inflected
                && lexicon.words.actor.acts(lower)
                && !is_given(lexicon, &line.toks[at].key))
        && !lexicon.words.actor.is("part", lower)
}

pub fn is_initial(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.next() == Some('.')
        && chars.next().is_none()
}

fn ordinary(lexicon: &Lexicon, lower: &str) -> bool {
    lexicon.words.function_words.contains(lower) || is_calendar(lower)
}

/// Months and weekdays; those that are given names too are left to the given names.
pub fn is_calendar(lower: &str) -> bool {
    matches!(
        lower.trim_end_matches('.'),
        "january"
            | "february"
            | "march"
            | "july"
            | "september"
            | "october"
            | "november"
            | "december"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "jan"
            | "feb"
            | "aug"
    )
}
