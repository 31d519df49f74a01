//! The noun phrase that is a cue's subject.

use std::ops::Range;

use onrecord_model::TokenKind;

use crate::source::{Phrase, head_mention};
use crate::view::{View, is_person};

/// The subject that ends before word `left`, not further left than `from`, where no tree
/// tells it: the words since the last mark, or before it a name that an apposition follows.
pub fn before(view: &View<'_>, left: usize, from: usize) -> Option<Phrase> {
    let mark = |i: &usize| {
        matches!(
            view.kind(*i),
            Some(TokenKind::Mark | TokenKind::OpenQuote | TokenKind::CloseQuote)
        ) && !matches!(view.lower(*i), "&" | "/" | "(" | ")")
    };
    let part = |end: usize| {
        let start = (from..end).rev().find(mark).map_or(from, |mark| mark + 1);
        Some(start..end).filter(|part| !part.is_empty())
    };
    let last = part(left).or_else(|| part(left.checked_sub(1)?))?;
    let comma = last
        .start
        .checked_sub(1)
        .filter(|at| *at >= from && view.is_comma(*at));
    let outer = comma.and_then(part);
    let person = |p: &Range<usize>| head_mention(view, p).is_some_and(|m| is_person(view, m));
    let words = match &outer {
        Some(outer) if !person(&last) && person(outer) => outer.clone(),
        _ => last,
    };
    // "“Q,” their spokesman, X, said": the apposition is no part of what is said
    let apposed =
        outer.filter(|o| o.start > from && view.kind(o.start - 1) == Some(TokenKind::CloseQuote));
    Some(Phrase {
        begins: apposed.map_or(words.start, |o| o.start),
        words,
    })
}

/// The source that follows word `from`: after an inverted cue or "according to".
pub fn after(view: &View<'_>, from: usize, end: usize) -> Option<Phrase> {
    let mut at = from;
    while at < end && !closes_phrase(view, at, from) {
        at = if view.words[at].mention.is_some() {
            view.after_mention(at).min(end)
        } else {
            at + 1
        };
    }
    (at > from).then_some(Phrase {
        begins: from,
        words: from..at,
    })
}

fn closes_phrase(view: &View<'_>, at: usize, from: usize) -> bool {
    let mark = matches!(
        view.kind(at),
        Some(TokenKind::OpenQuote | TokenKind::CloseQuote)
    ) || (view.kind(at) == Some(TokenKind::Mark)
        && !matches!(view.lower(at), "&" | "/"));
    let date = view.words[at].date.is_some();
    let venue = at > from
        && (matches!(
            view.lower(at),
            "in" | "on" | "at" | "during" | "as" | "after" | "before" | "that" | "when" | "while"
        ) || (view.lower(at).ends_with("ing") && view.mention(at).is_none()));
    mark || date || venue
}

/// If the mark at `close` ends a name or a short phrase in quotation marks and no speech:
/// the index of the mark that opens it.
pub fn name_in_quotes(view: &View<'_>, close: usize, from: usize) -> Option<usize> {
    let quotation = view.quotation(close)?;
    let inner = quotation.inner.trim(view.text()).of(view.text());
    let open = (from..close)
        .rev()
        .find(|i| view.words[*i].span.start == quotation.span.start)?;
    let short = open > from && close - open <= 12 && quotation.opened && quotation.closed;
    (short && !inner.ends_with([',', '.', '!', '?', '…', ';'])).then_some(open)
}
