//! Where a reported clause ends.

use onrecord_model::{Quotation, TokenKind};

use crate::tree::Tree;
use crate::view::View;

/// "that" before a reported clause.
pub fn that(view: &View<'_>, at: usize) -> bool {
    view.lower(at) == "that" && Tree::at(view, at).is_none_or(|tree| tree.is_mark(at))
}

/// "to" and a verb, or "not to" and a verb.
pub fn infinitive(view: &View<'_>, at: usize) -> bool {
    let to = at + usize::from(view.lower(at) == "not");
    let verb = to + 1;
    view.lower(to) == "to"
        && view.kind(verb) == Some(TokenKind::Word)
        && view.words[verb].mention.is_none()
        && !view.words[verb].capital
        && !view.is(verb, "determiners")
        && !view.is(verb, "prepositions")
        && Tree::at(view, verb).is_none_or(|tree| tree.is_base(verb))
}

/// A finite auxiliary; "'s" only after a pronoun, elsewhere it marks a possessor.
pub fn finite(view: &View<'_>, i: usize) -> bool {
    view.is(i, "finite") && (view.lower(i) != "'s" || view.is(i.wrapping_sub(1), "pronouns"))
}

/// Whether a word looks like a verb in the past or the third person.
fn verb_like(view: &View<'_>, i: usize) -> bool {
    let word = view.lower(i);
    let lower = view.kind(i) == Some(TokenKind::Word)
        && view.words[i].mention.is_none()
        && !view.words[i].capital;
    let before = i.wrapping_sub(1);
    let after_noun =
        view.mention(before).is_some() || view.is(before, "pronouns") || view.is_adverb(before);
    lower
        && word.len() > 3
        && !view.is(before, "determiners")
        && !view.is(before, "prepositions")
        && (word.ends_with("ed") || (after_noun && word.ends_with('s') && !word.ends_with("ss")))
}

/// Where the content that begins at `start` ends, before `end`: the word after the last.
///
/// `stops` are words at which something else begins: another attribution.
pub fn clause_end(
    view: &View<'_>,
    start: usize,
    end: usize,
    phrase: bool,
    stops: &[usize],
) -> usize {
    let mut at = start;
    while at < end {
        let outside = view.words[at].quote.is_none();
        if at > start && stops.contains(&at) {
            // a closing mark belongs to what it closes
            at += usize::from(view.kind(at) == Some(TokenKind::CloseQuote));
            break;
        }
        if outside && at > start && cuts(view, at, end, phrase) {
            break;
        }
        if view.kind(at) == Some(TokenKind::CloseQuote)
            && let Some(quotation) = view.quotation(at)
            && quotation.span.end == view.words[at].span.end
            && at + 1 < end
            && is_closed_off(view, quotation, at)
        {
            at += 1;
            break;
        }
        at += 1;
    }
    trim_end(view, start, at)
}

/// Whether a comma or full stop inside the quotation ends the content with it.
fn is_closed_off(view: &View<'_>, quotation: &Quotation, close: usize) -> bool {
    let inner = quotation.inner.trim(view.text()).of(view.text());
    let stop = inner.ends_with([',', '.', '!', '?', '…']);
    let goes_on = matches!(view.lower(close + 1), "and" | "or")
        || (close + 1..close + 4).any(|i| view.kind(i) == Some(TokenKind::OpenQuote));
    stop && !goes_on
}

/// Whether the content is over before the mark or word at `at`, which stands outside
/// quotation marks.
fn cuts(view: &View<'_>, at: usize, end: usize, phrase: bool) -> bool {
    if view.lower(at) == ";" {
        return true;
    }
    let comma = view.is_comma(at) || view.is_dash(at);
    if !comma {
        return phrase
            && matches!(view.lower(at), "while" | "whereas" | "although" | "though")
            && !view.lower(at + 1).ends_with("ing");
    }
    let next = at + 1;
    if next >= end
        || view.is(next, "glosses")
        || (view.lower(next) == "in" && view.lower(next + 1) == "reference")
    {
        return true;
    }
    if matches!(
        view.lower(next),
        "adding" | "stressing" | "saying" | "noting"
    ) {
        return true;
    }
    let next_ing = view.lower(next + 1).ends_with("ing");
    let clause = |i: usize| {
        (i..end.min(i + 14)).any(|k| view.is(k, "finite") || view.lower(k).ends_with("ed"))
    };
    let turn = view.is(next, "turns") && !next_ing && clause(next + 1);
    let period = (next..end.min(next + 4)).any(|i| view.is(i, "periods"))
        && (next..end.min(next + 5)).any(|i| matches!(view.lower(i), "after" | "before"));
    let participle = view.lower(next).ends_with("ing") && view.words[next].mention.is_none();
    // ", but offered no proof": the narrator goes on about the speaker
    let verb = view.lower(next + 1);
    let third = verb.ends_with('s')
        && verb.len() > 3
        && !view.words[next].capital
        && view.is(next + 2, "determiners");
    let goes_on = matches!(view.lower(next), "but" | "and")
        && (third && view.mention(next + 1).is_none()
            || verb_like(view, next + 1) && verb.ends_with("ed"));
    // ", but he did not say when"
    let turns_back = view.lower(next) == "but"
        && view.is(next + 1, "pronouns")
        && view.is(next + 2, "do")
        && view.is(next + 3, "negations");
    goes_on || turns_back || (phrase && (turn || period || participle))
}

/// Without full stops, commas and stray marks at the end.
pub fn trim_end(view: &View<'_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start {
        let last = end - 1;
        let word = &view.words[last];
        let mark = word.kind == TokenKind::Mark
            && !matches!(word.lower.as_str(), ")" | "]" | "%" | "?" | "!" | "$" | "€");
        let stray = word.kind == TokenKind::CloseQuote && word.quote.is_none();
        let open = word.kind == TokenKind::OpenQuote;
        let inside_quote = word.quote.is_some()
            && !open
            && view
                .quotation(last)
                .is_some_and(|q| q.span.start >= view.words[start].span.start);
        let joint = matches!(word.lower.as_str(), "and" | "but") && word.kind == TokenKind::Word;
        if (mark && !inside_quote) || stray || open || joint {
            end = last;
        } else {
            break;
        }
    }
    end
}
