//! What stands between a cue and its content: a date, a venue, the person spoken to.

use std::ops::Range;

use onrecord_lexicon::Cue;
use onrecord_model::TokenKind;

use crate::view::View;

/// What may stand between a cue and its content: a date, "in a statement", "to reporters".
pub fn skip_between(
    view: &View<'_>,
    cue: &Cue,
    from: usize,
    end: usize,
) -> (usize, Option<Range<usize>>) {
    let mut at = from;
    let mut addressee = None;
    let mut commas = 0;
    while at < end {
        let dated = |i: usize| i < end && (view.words[i].date.is_some() || view.is(i, "times"));
        if dated(at) {
            at = (at..end).find(|i| !dated(*i)).unwrap_or(end);
        } else if matches!(view.lower(at), "on" | "in" | "late" | "early") && dated(at + 1) {
            at += 1;
        } else if let Some(next) = venue(view, at, end) {
            at = next;
        } else if cue.addressee_after_to
            && view.lower(at) == "to"
            && listener(view, at + 1, end).is_some()
        {
            let words = listener(view, at + 1, end).unwrap_or(at..at);
            at = words.end;
            addressee = Some(words);
        } else if view.is_adverb(at) && !view.is(at, "negations") && at == from {
            at += 1;
        } else if view.is_comma(at) && commas == 0 && at + 1 < end {
            // ", on Monday, that": skipped only if something between commas was
            let next = at + 1;
            let skipped = dated(next)
                || (view.is(next, "prepositions") && dated(next + 1))
                || venue(view, next, end).is_some();
            if !skipped {
                break;
            }
            commas += 1;
            at = next;
        } else if view.is_comma(at) && commas == 1 {
            let next = at + 1;
            if view.lower(next) != "that"
                && view.kind(next) != Some(TokenKind::OpenQuote)
                && !view.is_word(next)
            {
                break;
            }
            commas += 1;
            if view.kind(next) != Some(TokenKind::OpenQuote) {
                at = next;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    (at, addressee)
}

/// "in a statement", "during an interview with the paper": the word after it.
pub fn venue(view: &View<'_>, at: usize, end: usize) -> Option<usize> {
    if !matches!(
        view.lower(at),
        "in" | "at" | "during" | "on" | "via" | "through"
    ) {
        return None;
    }
    let last = (at + 1..end.min(at + 8))
        .take_while(|i| view.is_word(*i) && !view.is(*i, "finite") && view.lower(*i) != "that")
        .filter(|i| view.is(*i, "venues"))
        .last()?;
    let mut next = last + 1;
    // "with Al Noor TV", "to the press", "on Facebook"
    if matches!(
        view.lower(next),
        "with" | "to" | "on" | "by" | "from" | "for"
    ) && let Some(words) = listener(view, next + 1, end)
    {
        next = words.end;
    }
    Some(next)
}

/// The words for somebody spoken to: an actor, or a noun the lexicon lists.
pub fn listener(view: &View<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if at >= end {
        return None;
    }
    let start = at;
    let mut at = at;
    while at < end
        && view.mention(at).is_none()
        && (view.is(at, "determiners")
            || (view.is_word(at)
                && !view.is(at, "listeners")
                && at - start < 3
                && !view.is(at, "finite")
                && !view.is(at, "prepositions")))
    {
        at += 1;
    }
    if at >= end {
        return None;
    }
    if view.words[at].mention.is_some() {
        let mut next = view.after_mention(at).min(end);
        while next < end && view.words[next].mention.is_some() {
            next = view.after_mention(next).min(end);
        }
        return Some(start..next);
    }
    if view.is(at, "listeners") {
        return Some(start..at + 1);
    }
    // a name that no mention covers
    let name = |i: usize| {
        view.words[i].capital
            && view.kind(i) == Some(TokenKind::Word)
            && view.words[i].date.is_none()
    };
    let named = (start..end).take_while(|i| name(*i)).count();
    (named > 0 && !view.is(start, "determiners")).then_some(start..start + named)
}
