//! The noun phrase that is a cue's subject.

use std::ops::Range;

use onrecord_model::{MentionKind, TokenKind};

use crate::source::{Phrase, head_mention};
use crate::view::{View, is_person};

/// The subject that ends before word `left`, not further left than `from`.
pub fn before(view: &View<'_>, left: usize, from: usize) -> Option<Phrase> {
    let parts = parts(view, left, from);
    let last = parts.last()?.clone();
    if last.len() > 1 && view.lower(last.start) == "whose" {
        return Some(Phrase {
            words: last.start + 1..last.end,
            begins: last.start,
        });
    }
    if !last.is_empty() && !is_relative(view, last.start) {
        return Some(named_outside(view, &parts).unwrap_or(Phrase {
            begins: last.start,
            words: last,
        }));
    }
    if !last.is_empty() {
        // "X, who threatened": the name before the relative
        if last.len() > 1 || view.lower(last.start) != "who" {
            return None;
        }
        let at = parts.iter().rev().skip(1).find(|p| !p.is_empty())?.clone();
        // "The talks were led by X, who told": X alone, not the clause that X ends
        let name = (at.start..at.end)
            .rev()
            .take_while(|i| view.words[*i].mention.is_some())
            .take_while(|i| view.words[*i].mention == view.words[at.end - 1].mention)
            .last()
            .filter(|name| has_verb(view, at.start..*name));
        return Some(Phrase {
            begins: at.start,
            words: name.unwrap_or(at.start)..at.end,
        });
    }
    // A comma closes an apposition or a relative clause: the nearest name before it.
    let others = || {
        let parts = parts.iter().rev().skip(1).filter(|p| !p.is_empty());
        parts.filter(|p| !is_relative(view, p.start) && !introduces(view, p.start))
    };
    let head = |part: &&Range<usize>| head_mention(view, part);
    let person = others().find(|p| head(p).is_some_and(|m| is_person(view, m)));
    let name = || others().rfind(|p| head(p).is_some_and(|m| m.kind == MentionKind::Name));
    let part = person.or_else(name).or_else(|| others().next_back())?;
    // "“Q,” their spokesman, X, said": the apposition is no part of what is said
    let first = parts.first().map_or(part.start, |p| p.start);
    let quoted = first > from && view.kind(first - 1) == Some(TokenKind::CloseQuote);
    let apposed = quoted && !has_verb(view, first..part.start);
    Some(Phrase {
        begins: if apposed { first } else { part.start },
        words: part.clone(),
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

/// The comma phrases before word `left`, in order; the last is empty if a comma stands
/// directly before it.
fn parts(view: &View<'_>, left: usize, from: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut end = left;
    let mut at = left;
    let mut depth = 0usize;
    while at > from {
        let i = at - 1;
        let lower = view.lower(i);
        if lower == ")" || lower == "]" {
            depth += 1;
        } else if lower == "(" || lower == "[" {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            if view.kind(i) == Some(TokenKind::CloseQuote)
                && let Some(open) = name_in_quotes(view, i, from)
            {
                at = open;
                continue;
            }
            // inside a closed apposition nothing opens a clause of the cue's
            let apposed = parts.len() == 1 && parts[0].is_empty();
            let stop = matches!(
                view.kind(i),
                Some(TokenKind::OpenQuote | TokenKind::CloseQuote)
            ) || matches!(lower, ":" | ";" | "." | "…" | "..." | "?" | "!")
                || (!apposed && opens_clause(view, i, from));
            if stop {
                break;
            }
            if view.is_comma(i) || view.is_dash(i) {
                parts.push(at..end);
                end = i;
            }
        }
        at = i;
    }
    parts.push(at..end);
    parts.reverse();
    parts
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

/// Whether a new clause, with a subject of its own, begins after word `i`.
fn opens_clause(view: &View<'_>, i: usize, from: usize) -> bool {
    if view.words[i].mention.is_some() {
        return false;
    }
    if view.lower(i) == "and" {
        return i > from && (view.is_comma(i - 1) || has_verb(view, from..i));
    }
    if view.lower(i) == "as" && i > from && view.is(i - 1, "before_as") {
        return false;
    }
    view.is(i, "clause_openers")
        // "as" and "since" before a noun and a comma introduce no clause of the cue's
        && !matches!(view.lower(i + 1), "a" | "an" if view.lower(i) == "as")
}

fn has_verb(view: &View<'_>, words: Range<usize>) -> bool {
    let mut words = words;
    words.any(|i| {
        view.is(i, "finite")
            || view
                .speech
                .forms(view.lower(i))
                .iter()
                .any(|f| f.rest.is_empty())
    })
}

fn is_relative(view: &View<'_>, at: usize) -> bool {
    view.is(at, "relatives") || matches!(view.lower(at), "that")
}

/// Whether a comma phrase that begins so only introduces: "In a statement, ", "Speaking to".
fn introduces(view: &View<'_>, at: usize) -> bool {
    let word = view.lower(at);
    view.mention(at).is_none()
        && (view.is(at, "prepositions")
            || view.is_adverb(at)
            || (word.ends_with("ing") && word.len() > 4)
            || matches!(
                word,
                "moreover" | "however" | "meanwhile" | "furthermore" | "but" | "and"
            ))
}

/// "X, leader of the group said": an apposition that no comma closes.
fn named_outside(view: &View<'_>, parts: &[Range<usize>]) -> Option<Phrase> {
    let last = parts.last()?;
    let role = view.speech.source_kind(view.lower(last.start)).is_some()
        && view
            .mention(last.start)
            .is_none_or(|m| m.kind == MentionKind::Description);
    let outer = parts[..parts.len() - 1].last()?;
    if !role || outer.is_empty() {
        return None;
    }
    let mention = head_mention(view, outer)?;
    is_person(view, mention).then(|| Phrase {
        begins: outer.start,
        words: outer.clone(),
    })
}
