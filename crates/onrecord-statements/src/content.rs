//! What follows a cue: where its content begins and where it ends.

use std::ops::Range;

use onrecord_lexicon::{Complement, Cue, ObjectRole, VerbForm};
use onrecord_model::{Quotation, TokenKind};

use crate::cue::Hit;
use crate::view::View;

/// The content that follows a cue.
#[derive(Clone, Debug)]
pub struct Follows {
    /// Index into the lexicon's cues.
    pub cue: usize,
    /// The last word of the cue.
    pub cue_last: usize,
    /// The first word of the content.
    pub start: usize,
    /// What it is.
    pub complement: Complement,
    /// Whether it begins after a preposition or is an object: such a content is short.
    pub phrase: bool,
    /// The words for the person spoken to.
    pub addressee: Option<Range<usize>>,
    /// The words for the speaker, where the object speaks.
    pub speaker: Option<Range<usize>>,
}

/// The content that follows the cue before word `end`, by the first reading that has one.
pub fn after(view: &View<'_>, hit: &Hit, end: usize) -> Option<Follows> {
    let readings = hit.readings.iter();
    readings.filter_map(|(cue, last)| reading(view, hit, *cue, *last, end)).next()
}

fn reading(view: &View<'_>, hit: &Hit, index: usize, last: usize, end: usize) -> Option<Follows> {
    let cue = &view.speech.cues[index];
    let mut last = last;
    // "concluded saying that", "concluded by saying that"
    let by = usize::from(view.lower(last + 1) == "by");
    if view.is(last + 1 + by, "extenders") && last + 2 + by < end {
        last += 1 + by;
    }
    let mut found = Follows {
        cue: index,
        cue_last: last,
        start: 0,
        complement: Complement::Clause,
        phrase: false,
        addressee: None,
        speaker: None,
    };
    let (mut at, to) = skip_between(view, cue, last + 1, end);
    found.addressee = to;
    // "insisted in the early hours that"
    if matches!(view.lower(at), "in" | "on" | "at" | "during" | "to") && !cue.prepositions.contains(view.lower(at)) {
        let near = (at..end.min(at + 12)).take_while(|i| (view.is_word(*i) || view.is_comma(*i)) && !finite(view, *i));
        if let Some(that) = near.clone().find(|i| view.lower(*i) == "that" && !view.is(*i + 1, "finite")) {
            at = that;
        }
    }
    if at >= end {
        return None;
    }
    if let Some((start, complement)) = begins(view, cue, hit, at, end, cue.object == ObjectRole::None || cue.object == ObjectRole::Content) {
        (found.start, found.complement) = (start, complement);
        found.phrase = matches!(complement, Complement::Infinitive | Complement::Gerund);
        return Some(found);
    }
    if cue.object == ObjectRole::Speaker {
        return quoted_speaker(view, found, at, end);
    }
    if cue.prepositions.contains(view.lower(at)) && at + 1 < end && opens_phrase(view, at + 1) {
        (found.start, found.phrase, found.complement) = (at + 1, true, Complement::Object);
        return Some(found);
    }
    let by_object = match cue.object {
        ObjectRole::Addressee => addressed(view, cue, found.clone(), hit, at, end),
        ObjectRole::Content if cue.takes.contains(&Complement::Object) => {
            object(view, cue, found.clone(), at, end)
        }
        _ => None,
    };
    by_object.or_else(|| {
        // "said in reply to a question: “"
        let colon = (at..end).find(|i| view.lower(*i) == ":" || view.kind(*i) == Some(TokenKind::OpenQuote))?;
        let quote = view.lower(colon) == ":" && view.kind(colon + 1) == Some(TokenKind::OpenQuote);
        (quote && colon + 1 < end && cue.takes.contains(&Complement::Quote)).then(|| {
            found.start = colon + 1;
            found.complement = Complement::Quote;
            found
        })
    })
}

/// Where content begins at word `at`, if it does: a quotation, a clause, an infinitive.
fn begins(view: &View<'_>, cue: &Cue, hit: &Hit, at: usize, end: usize, bare: bool) -> Option<(usize, Complement)> {
    let takes = |c| cue.takes.contains(&c);
    let mut at = at;
    let mut colon = false;
    // ", “", ": “", ", that"
    if view.is_comma(at) || view.lower(at) == ":" || view.is_dash(at) {
        let next = at + 1;
        let quote = view.kind(next) == Some(TokenKind::OpenQuote);
        colon = view.lower(at) == ":";
        if !(quote || colon || view.lower(next) == "that") || next >= end {
            return None;
        }
        at = next;
    }
    if view.kind(at) == Some(TokenKind::OpenQuote) && view.words[at].quote.is_some() {
        return takes(Complement::Quote).then_some((at, Complement::Quote));
    }
    if view.lower(at) == "that" && (takes(Complement::That) || takes(Complement::Clause)) {
        let next = at + 1 + usize::from(view.is_comma(at + 1) || view.lower(at + 1) == ":");
        let clause = next + 1 < end && (view.is_word(next) || opens(view, next));
        return clause.then_some((next, Complement::That));
    }
    if colon {
        return (takes(Complement::Clause) && end - at > 2).then_some((at, Complement::Clause));
    }
    // "said when asked" is no question
    let asks = !takes(Complement::Clause) || matches!(view.lower(at), "whether" | "why" | "how" | "what");
    if view.is(at, "questions") && asks && takes(Complement::Question) && end - at > 2 {
        return Some((at, Complement::Question));
    }
    if takes(Complement::Infinitive) && infinitive(view, at) {
        if cue.object_excludes.contains(view.lower(at + 1)) {
            return None;
        }
        return Some((at, Complement::Infinitive));
    }
    let word = view.lower(at);
    if takes(Complement::Gerund) && word.len() > 5 && word.ends_with("ing") {
        return Some((at, Complement::Gerund));
    }
    let clause = bare && takes(Complement::Clause) && !matches!(hit.form, VerbForm::SourceAfter);
    (clause && bare_clause(view, at, end, takes(Complement::Bare))).then_some((at, Complement::Clause))
}

/// An opening mark of any kind.
fn opens(view: &View<'_>, at: usize) -> bool {
    view.kind(at) == Some(TokenKind::OpenQuote) || matches!(view.lower(at), "(" | "[")
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
}

/// Whether the words can be a clause: at least three, with what looks like a finite verb.
pub fn is_clause(view: &View<'_>, start: usize, end: usize) -> bool {
    let words = (start..end).filter(|i| view.is_word(*i)).count();
    words >= 3 && (start + 1..end).any(|i| finite(view, i) || verb_like(view, i))
}

/// A finite auxiliary; "'s" only after a pronoun, elsewhere it marks a possessor.
fn finite(view: &View<'_>, i: usize) -> bool {
    view.is(i, "finite") && (view.lower(i) != "'s" || view.is(i.wrapping_sub(1), "pronouns"))
}

/// Whether a word looks like a verb in the past or the third person.
fn verb_like(view: &View<'_>, i: usize) -> bool {
    let word = view.lower(i);
    let lower = view.kind(i) == Some(TokenKind::Word) && view.words[i].mention.is_none() && !view.words[i].capital;
    let before = i.wrapping_sub(1);
    let after_noun = view.mention(before).is_some() || view.is(before, "pronouns") || view.is_adverb(before);
    lower
        && word.len() > 3
        && !view.is(before, "determiners")
        && !view.is(before, "prepositions")
        && (word.ends_with("ed") || (after_noun && word.ends_with('s') && !word.ends_with("ss")))
}

/// Whether a clause without "that" begins at `at`: at least three words with a finite verb.
///
/// With `loose` four words will do, if they do not begin like something else.
fn bare_clause(view: &View<'_>, at: usize, end: usize, loose: bool) -> bool {
    let stop = (at..end).find(|i| view.lower(*i) == ";").unwrap_or(end);
    let words = (at..stop).filter(|i| view.is_word(*i)).count();
    let first = view.lower(at);
    let starts = view.is_word(at) || opens(view, at);
    let adverbial = matches!(first, "so" | "nothing" | "and" | "but" | "as" | "by" | "of" | "when" | "where" | "after" | "before");
    let object = matches!(first, "it" | "this" | "that" | "so") && view.is(at + 1, "prepositions");
    let verb = !view.words[at].capital && view.mention(at).is_none() && first.ends_with("ed");
    if words < 3 || !starts || adverbial || object || verb {
        return false;
    }
    if first.ends_with("ing") && view.words[at].mention.is_none() && view.is_word(at) && !view.words[at].capital {
        return (at + 1..stop).any(|i| finite(view, i));
    }
    let preposition = view.is(at, "prepositions");
    let pronoun = view.is(at, "pronouns") && !view.is(at + 1, "prepositions");
    let loose = loose && words >= 4 && !preposition && !matches!(first, "yes" | "no" | "much" | "more" | "goodbye")
        && !(first == "the" && view.lower(at + 1) == "same");
    pronoun || loose || (at + 1..stop).any(|i| finite(view, i) || (!preposition && verb_like(view, i)))
}

/// What may stand between a cue and its content: a date, "in a statement", "to reporters".
fn skip_between(view: &View<'_>, cue: &Cue, from: usize, end: usize) -> (usize, Option<Range<usize>>) {
    let mut at = from;
    let mut addressee = None;
    let mut commas = 0;
    while at < end {
        let dated = |i: usize| {
            i < end && (view.words[i].date.is_some() || view.is(i, "times"))
        };
        if dated(at) {
            at = (at..end).find(|i| !dated(*i)).unwrap_or(end);
        } else if matches!(view.lower(at), "on" | "in" | "late" | "early") && dated(at + 1) {
            at += 1;
        } else if let Some(next) = venue(view, at, end) {
            at = next;
        } else if cue.addressee_after_to && view.lower(at) == "to" && listener(view, at + 1, end).is_some() {
            let words = listener(view, at + 1, end).unwrap_or(at..at);
            at = words.end;
            addressee = Some(words);
        } else if view.is_adverb(at) && !view.is(at, "negations") && at == from {
            at += 1;
        } else if view.is_comma(at) && commas == 0 && at + 1 < end {
            // ", on Monday, that": skipped only if something between commas was
            let next = at + 1;
            let skipped = dated(next) || (view.is(next, "prepositions") && dated(next + 1)) || venue(view, next, end).is_some();
            if !skipped {
                break;
            }
            commas += 1;
            at = next;
        } else if view.is_comma(at) && commas == 1 {
            let next = at + 1;
            if view.lower(next) != "that" && view.kind(next) != Some(TokenKind::OpenQuote) && !view.is_word(next) {
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
fn venue(view: &View<'_>, at: usize, end: usize) -> Option<usize> {
    if !matches!(view.lower(at), "in" | "at" | "during" | "on" | "via" | "through") {
        return None;
    }
    let last = (at + 1..end.min(at + 8))
        .take_while(|i| view.is_word(*i) && !view.is(*i, "finite") && view.lower(*i) != "that")
        .filter(|i| view.is(*i, "venues"))
        .last()?;
    let mut next = last + 1;
    // "with Al Noor TV", "to the press", "on Facebook"
    if matches!(view.lower(next), "with" | "to" | "on" | "by" | "from" | "for")
        && let Some(words) = listener(view, next + 1, end)
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
    while at < end && view.mention(at).is_none() && (view.is(at, "determiners") || (view.is_word(at) && !view.is(at, "listeners") && at - start < 3 && !view.is(at, "finite") && !view.is(at, "prepositions"))) {
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
    let name = |i: usize| view.words[i].capital && view.kind(i) == Some(TokenKind::Word) && view.words[i].date.is_none();
    let named = (start..end).take_while(|i| name(*i)).count();
    (named > 0 && !view.is(start, "determiners")).then_some(start..start + named)
}

/// Content after the person spoken to.
fn addressed(view: &View<'_>, cue: &Cue, mut found: Follows, hit: &Hit, at: usize, end: usize) -> Option<Follows> {
    let takes = |c| cue.takes.contains(&c);
    let limit = object_limit(view, at, end);
    if !opens_phrase(view, at) {
        return None;
    }
    // the longest-reaching marks first: "that", "to", a quotation, then prepositions
    let that = |i: &usize| view.lower(*i) == "that" && (takes(Complement::That) || takes(Complement::Clause));
    let to = |i: &usize| (takes(Complement::ObjectInfinitive) || takes(Complement::Infinitive)) && infinitive(view, *i);
    let question = |i: &usize| takes(Complement::Question) && view.is(*i, "questions");
    let quote = |i: &usize| {
        takes(Complement::Quote) && *i < at + 5 && view.kind(*i) == Some(TokenKind::OpenQuote)
    };
    let inside = at + 1..limit;
    if let Some(i) = inside.clone().find(|i| that(i) || to(i)) {
        let clause = view.lower(i) == "that";
        found.start = if clause { i + 1 + usize::from(view.is_comma(i + 1)) } else { i };
        found.complement = if clause { Complement::That } else { Complement::ObjectInfinitive };
        found.phrase = !clause;
        found.addressee = Some(at..i);
        return (found.start < end).then_some(found);
    }
    let by_preposition = ["against", "about", "from", "of", "for"].iter().filter(|p| cue.prepositions.contains(**p));
    for preposition in by_preposition {
        if let Some(i) = inside.clone().find(|i| view.lower(*i) == *preposition && view.words[*i].mention.is_none()) {
            (found.start, found.phrase, found.complement) = (i + 1, true, Complement::Object);
            found.addressee = Some(at..i);
            return (found.start < end).then_some(found);
        }
    }
    if let Some(i) = inside.clone().find(|i| question(i) || quote(i)) {
        found.start = i;
        found.complement = if question(&i) { Complement::Question } else { Complement::Quote };
        found.addressee = Some(at..i);
        return Some(found);
    }
    // "told reporters, “", "told reporters the bridge was closed"
    let words = listener(view, at, end)?;
    found.addressee = Some(words.clone());
    let (next, _) = skip_between(view, cue, words.end, end);
    let (start, complement) = begins(view, cue, hit, next, end, next == words.end)?;
    (found.start, found.complement) = (start, complement);
    Some(found)
}

/// How far the person spoken to can reach: to a mark, but over an insertion in dashes.
fn object_limit(view: &View<'_>, at: usize, end: usize) -> usize {
    let mut i = at;
    let mut limit = end.min(at + 16);
    while i < limit {
        if view.is_dash(i)
            && let Some(close) = (i + 1..end).find(|k| view.is_dash(*k))
        {
            limit = end.min(limit + close - i);
            i = close;
        } else if view.kind(i) == Some(TokenKind::Mark) && !matches!(view.lower(i), "(" | ")" | "/" | "&") {
            return i;
        }
        i += 1;
    }
    limit
}

/// Content that is the object itself.
fn object(view: &View<'_>, cue: &Cue, mut found: Follows, at: usize, end: usize) -> Option<Follows> {
    if !opens_phrase(view, at) {
        return None;
    }
    if !cue.object_nouns.is_empty() {
        let near = (at..end.min(at + 9)).take_while(|i| view.is_word(*i) || view.words[*i].date.is_some());
        let mut near = near.filter(|i| cue.object_nouns.contains(view.lower(*i)));
        near.next()?;
        // "expressed in an interview his fears"
        if let Some(next) = venue(view, at, end) {
            found.start = next;
        }
    }
    if cue.object_excludes.contains(view.lower(at)) {
        return None;
    }
    if !cue.object_needs.is_empty() {
        let mut words = (at + 1..end.min(at + 20)).take_while(|i| !view.is_comma(*i));
        words.find(|i| cue.object_needs.contains(view.lower(*i)))?;
    }
    found.start = found.start.max(at);
    found.phrase = true;
    found.complement = Complement::Object;
    Some(found)
}

/// "quoted X as saying that S".
fn quoted_speaker(view: &View<'_>, mut found: Follows, at: usize, end: usize) -> Option<Follows> {
    let saying = (at + 1..end.min(at + 20)).find(|i| view.lower(*i) == "as" && view.is(*i + 1, "extenders"))?;
    let speaker_end = (at..saying).find(|i| view.is_comma(*i)).unwrap_or(saying);
    found.speaker = Some(at..speaker_end);
    let mut start = saying + 2;
    while start < end && (view.lower(start) == "that" || view.is_comma(start) || view.lower(start) == ":") {
        start += 1;
    }
    found.start = start;
    found.complement = Complement::That;
    (end > start + 1).then_some(found)
}

/// Whether a noun phrase can begin here.
fn opens_phrase(view: &View<'_>, at: usize) -> bool {
    let word = view.lower(at);
    (view.is_word(at) || opens(view, at))
        && (view.mention(at).is_some()
            || view.is(at, "determiners")
            || !(view.is(at, "prepositions")
                || view.is(at, "clause_openers")
                || view.is(at, "finite")
                || view.is_adverb(at)
                || matches!(word, "and" | "or" | "but" | "him" | "up" | "down" | "out" | "off" | "shut")))
}

/// Where the content that begins at `start` ends, before `end`: the word after the last.
///
/// `stops` are words at which something else begins: another attribution.
pub fn clause_end(view: &View<'_>, start: usize, end: usize, phrase: bool, stops: &[usize]) -> usize {
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
    if next >= end || view.is(next, "glosses") || (view.lower(next) == "in" && view.lower(next + 1) == "reference") {
        return true;
    }
    if matches!(view.lower(next), "adding" | "stressing" | "saying" | "noting") {
        return true;
    }
    let next_ing = view.lower(next + 1).ends_with("ing");
    let clause = |i: usize| (i..end.min(i + 14)).any(|k| view.is(k, "finite") || view.lower(k).ends_with("ed"));
    let turn = view.is(next, "turns") && !next_ing && clause(next + 1);
    let period = (next..end.min(next + 4)).any(|i| view.is(i, "periods"))
        && (next..end.min(next + 5)).any(|i| matches!(view.lower(i), "after" | "before"));
    let participle = view.lower(next).ends_with("ing") && view.words[next].mention.is_none();
    // ", but offered no proof": the narrator goes on about the speaker
    let verb = view.lower(next + 1);
    let third = verb.ends_with('s') && verb.len() > 3 && !view.words[next].capital && view.is(next + 2, "determiners");
    let goes_on = matches!(view.lower(next), "but" | "and")
        && (third && view.mention(next + 1).is_none() || verb_like(view, next + 1) && verb.ends_with("ed"));
    goes_on || (phrase && (turn || period || participle))
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
        let inside_quote = word.quote.is_some() && !open && view.quotation(last).is_some_and(|q| q.span.start >= view.words[start].span.start);
        let joint = matches!(word.lower.as_str(), "and" | "but") && word.kind == TokenKind::Word;
        if (mark && !inside_quote) || stray || open || joint {
            end = last;
        } else {
            break;
        }
    }
    end
}
