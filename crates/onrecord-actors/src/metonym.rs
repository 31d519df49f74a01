//! Whether a country or a capital stands for its government.

use onrecord_lexicon::Lexicon;
use onrecord_model::TokenKind;

use crate::introduced::acronym_after;
use crate::view::{Line, Shape};

/// How surely the metonym at `from..to` stands for the government; `None` where the place
/// may be meant. `all` are the metonyms of the sentence, in order.
pub fn acts(
    line: &Line<'_>,
    lexicon: &Lexicon,
    all: &[(usize, usize)],
    from: usize,
    to: usize,
) -> Option<u8> {
    let words = &lexicon.words.actor;
    if line.is_possessive(to) {
        return owns(line, lexicon, to).then_some(75);
    }
    if is_adjective(line, lexicon, from, to) {
        return None;
    }
    let (first, last) = chain(line, all, from, to);
    let before = skip_article(line, first);
    let previous = line.before(before);
    let several = (first, last) != (from, to);

    if words.addresses(previous) && !noun_before(line, lexicon, before) {
        return Some(75);
    }
    if words.is("actor-before", previous) {
        let bordering = before >= 2 && line.lower(before - 2).starts_with("border");
        return (!bordering).then_some(65);
    }
    if matches!(previous, "between" | "among") {
        let tie = before
            .checked_sub(2)
            .is_some_and(|at| words.is("ties", line.lower(at)));
        return (tie && several).then_some(65);
    }
    // "at the request of X"
    if previous == "of" && before >= 2 && words.is("owns", line.lower(before - 2)) {
        return Some(65);
    }
    if previous == "for" && line.lower(last) == "to" {
        return Some(60);
    }
    if before > 0 && !opens(line, lexicon, before - 1) {
        return None;
    }
    predicate(line, lexicon, first, last, several)
}

/// "US allies": an acronym without an article before a noun.
fn is_adjective(line: &Line<'_>, lexicon: &Lexicon, from: usize, to: usize) -> bool {
    let acronym = line.toks[from].shape == Shape::Upper && line.before(from) != "the";
    let next = line.lower(to);
    let words = &lexicon.words;
    acronym
        && !next.is_empty()
        && !(words.function_words.contains(next)
            || words.actor.acts(next)
            || words.actor.is("modal", next)
            || words.actor.is("place-before", next)
            || words.actor.is("steps-over", next)
            || next.ends_with("ly"))
}

/// "X's decision", "X's latest demand".
fn owns(line: &Line<'_>, lexicon: &Lexicon, to: usize) -> bool {
    line.is_possessive(to)
        && (to + 1..to + 4).any(|at| {
            let adjectives = (to + 1..at).all(|a| {
                !line.lower(a).is_empty() && !lexicon.words.function_words.contains(line.lower(a))
            });
            adjectives && lexicon.words.actor.is("owns", line.lower(at))
        })
}

/// The metonyms joined to this one by commas and conjunctions: "A, B and the C".
fn chain(line: &Line<'_>, all: &[(usize, usize)], from: usize, to: usize) -> (usize, usize) {
    let joins = |a: usize, b: usize| {
        b > a
            && b - a <= 3
            && (a..b).all(|i| {
                line.is_mark(i, &[",", "&"])
                    || matches!(line.lower(i), "and" | "or" | "the" | "both")
            })
            && !(b - a == 1 && line.lower(a) == "the")
    };
    let (mut first, mut last) = (from, to);
    while let Some(m) = all.iter().find(|m| joins(m.1, first)) {
        first = m.0;
    }
    while let Some(m) = all.iter().find(|m| joins(last, m.0)) {
        last = m.1;
    }
    (first, last)
}

fn skip_article(line: &Line<'_>, at: usize) -> usize {
    let at = if line.before(at) == "the" { at - 1 } else { at };
    if line.before(at) == "both" {
        at - 1
    } else {
        at
    }
}

/// "a strike against", "the attack on": the word before is a noun, not a verb.
fn noun_before(line: &Line<'_>, lexicon: &Lexicon, before: usize) -> bool {
    let Some(at) = before.checked_sub(2) else {
        return false;
    };
    let word = line.lower(before - 1);
    let base = lexicon.words.actor.is("addresses", word);
    base && !matches!(
        line.lower(at),
        "to" | "will"
            | "would"
            | "could"
            | "can"
            | "must"
            | "should"
            | "may"
            | "might"
            | "not"
            | "and"
            | "they"
            | "we"
            | "who"
            | "i"
            | "did"
            | "does"
            | "do"
    )
}

/// Whether a subject can begin after the token `at`.
fn opens(line: &Line<'_>, lexicon: &Lexicon, at: usize) -> bool {
    let words = &lexicon.words.actor;
    let word = line.lower(at);
    if word.is_empty() {
        return !line.is_mark(at, &["-", "–", "/", "."])
            && !line.is_possessive(at)
            && line.toks[at].kind != TokenKind::Number;
    }
    if matches!(word, "and" | "or") && before_conjunction_is_place(line, lexicon, at) {
        return false;
    }
    words.is("opens", word) || words.acts(word)
}

/// "in Orvo and Tarn has": what the conjunction joins is the object of a preposition.
fn before_conjunction_is_place(line: &Line<'_>, lexicon: &Lexicon, and: usize) -> bool {
    let mut at = and;
    while at > 0 && line.is_capital(at - 1) {
        at -= 1;
    }
    at < and
        && lexicon
            .words
            .actor
            .is("place-before", line.before(skip_article(line, at)))
}

/// Whether a verb of speech or action follows.
fn predicate(
    line: &Line<'_>,
    lexicon: &Lexicon,
    first: usize,
    last: usize,
    several: bool,
) -> Option<u8> {
    let words = &lexicon.words.actor;
    // "the United Tarn (UT) said"
    let last = acronym_after(line, last).map_or(last, |acronym| acronym + 2);
    // A quotation may begin with the verb.
    let quoted = line
        .toks
        .get(last)
        .is_some_and(|t| t.kind == TokenKind::OpenQuote);
    let mut at = last + usize::from(quoted);
    // An adverb may stand between.
    while words.is("steps-over", line.lower(at))
        || (line.lower(at).len() > 4 && line.lower(at).ends_with("ly"))
    {
        at += 1;
    }
    // "X, which lies on the coast, welcomed"
    if line.is_mark(at, &[","])
        && line.lower(at + 1) == "which"
        && let Some(end) = (at + 2..at + 14).find(|i| line.is_mark(*i, &[",", "."]))
    {
        let verb = line.lower(end + 1);
        let acts = words.acts(verb) && !words.is("acts", verb) && !words.is("noun-too", verb);
        return (line.is_mark(end, &[","]) && (acts || words.is("modal", verb))).then_some(65);
    }
    // "X, by its own count, has won": what stands between two commas.
    if line.is_mark(at, &[","])
        && let Some(end) = (at + 2..at + 9).find(|i| line.is_mark(*i, &[","]))
        && !line.is_capital(at + 1)
        && line.lower(at + 1) != "and"
    {
        return words.is("modal", line.lower(end + 1)).then_some(65);
    }
    let next = line.lower(at);
    if words.is("modal", next) {
        return Some(70);
    }
    if words.is("be", next) {
        let after = line.lower(at + 1);
        let doing = after.ends_with("ing") && after.len() > 5;
        return (words.is("disposed", after) || doing).then_some(60);
    }
    if !words.acts(next) {
        return None;
    }
    // A base form after one country is a noun ("Orvo plan"), unless it is a past form too.
    if words.is("acts", next)
        && !several
        && !matches!(next, "cut" | "hit" | "quit" | "shut" | "put")
    {
        return None;
    }
    // "US strikes killed": as an adjective before a noun.
    if words.is("noun-too", next) {
        let follows = line.lower(at + 1);
        let starts_object = follows.is_empty()
            || matches!(
                follows,
                "the"
                    | "a"
                    | "an"
                    | "that"
                    | "to"
                    | "for"
                    | "it"
                    | "its"
                    | "no"
                    | "all"
                    | "more"
                    | "his"
                    | "their"
                    | "any"
                    | "itself"
            )
            || line.is_capital(at + 1);
        let adjective = line.lower(first) == "us" && line.before(first) != "the";
        if !starts_object || adjective || line.toks.get(at + 1).is_none() {
            return None;
        }
    }
    Some(75)
}
