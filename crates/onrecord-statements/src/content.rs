//! What follows a cue: where its content begins, and whom it addresses.

use std::ops::Range;

use onrecord_lexicon::{Complement, Cue, ObjectRole};
use onrecord_model::TokenKind;

use crate::between::{listener, skip_between, venue};
use crate::clause::{finite, infinitive, that};
use crate::cue::Hit;
use crate::tree::{Told, Tree};
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
    /// The word after its last, as far as the tree tells.
    pub end: Option<usize>,
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
///
/// A clause without "that" must be one that the tree tells of.
pub fn after(view: &View<'_>, hit: &Hit, told: Option<&Told>, end: usize) -> Option<Follows> {
    let mut readings = hit.readings.iter();
    readings.find_map(|(cue, last)| reading(view, told, *cue, *last, end))
}

/// The content that the tree shows after the cue, by the first reading that takes it.
pub fn told(view: &View<'_>, hit: &Hit, told: &Told) -> Option<Follows> {
    let (cue, last) = *hit.readings.iter().find(|(cue, last)| {
        *last < told.words.start && takes(&view.speech.cues[*cue], told.complement)
    })?;
    let (_, addressee) = skip_between(view, &view.speech.cues[cue], last + 1, told.words.start);
    let listens = view.speech.cues[cue].object == ObjectRole::Addressee;
    let listener = || listener(view, last + 1, told.words.start).filter(|_| listens);
    Some(Follows {
        cue,
        cue_last: last,
        start: told.words.start,
        end: Some(told.words.end),
        complement: told.complement,
        phrase: false,
        addressee: addressee.or_else(listener),
        speaker: None,
    })
}

/// "called the plan a disaster": the plan and what it is called.
pub fn named(view: &View<'_>, hit: &Hit, tree: &Tree<'_>) -> Option<Follows> {
    let mut readings = hit.readings.iter();
    let (cue, cue_last) = *readings.find(|(cue, _)| {
        let takes = &view.speech.cues[*cue].takes;
        takes.contains(&Complement::ObjectPredicate)
    })?;
    Some(Follows {
        cue,
        cue_last,
        start: tree.named(hit)?,
        end: None,
        complement: Complement::Object,
        phrase: true,
        addressee: None,
        speaker: None,
    })
}

/// Whether a cue takes a clause that begins so. Whether "that" stands before it is no matter
/// where a tree shows it.
pub fn takes(cue: &Cue, complement: Complement) -> bool {
    let takes = |c| cue.takes.contains(&c);
    match complement {
        Complement::That | Complement::Clause => {
            takes(Complement::That) || takes(Complement::Clause)
        }
        other => takes(other),
    }
}

fn reading(
    view: &View<'_>,
    told: Option<&Told>,
    index: usize,
    last: usize,
    end: usize,
) -> Option<Follows> {
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
        end: None,
        complement: Complement::Clause,
        phrase: false,
        addressee: None,
        speaker: None,
    };
    let (mut at, to) = skip_between(view, cue, last + 1, end);
    found.addressee = to;
    // "insisted in the early hours that", "said last month that"
    if matches!(
        view.lower(at),
        "in" | "on" | "at" | "during" | "to" | "from" | "since" | "last" | "earlier"
    ) && !cue.prepositions.contains(view.lower(at))
        && !infinitive(view, at)
    {
        let near = (at..end.min(at + 12))
            .take_while(|i| (view.is_word(*i) || view.is_comma(*i)) && !finite(view, *i));
        if let Some(that) = near
            .clone()
            .find(|i| view.lower(*i) == "that" && !view.is(*i + 1, "finite"))
        {
            at = that;
        }
    }
    if at >= end {
        return None;
    }
    if let Some((start, complement)) = begins(
        view,
        cue,
        told.filter(|_| matches!(cue.object, ObjectRole::None | ObjectRole::Content)),
        at,
        end,
    ) {
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
        ObjectRole::Addressee => addressed(view, cue, found.clone(), told, at, end),
        ObjectRole::Content if cue.takes.contains(&Complement::Object) => {
            object(view, cue, found.clone(), at, end)
        }
        _ => None,
    };
    by_object.or_else(|| {
        // "said in reply to a question: “"
        let colon = (at..end)
            .find(|i| view.lower(*i) == ":" || view.kind(*i) == Some(TokenKind::OpenQuote))?;
        let quote = view.lower(colon) == ":" && view.kind(colon + 1) == Some(TokenKind::OpenQuote);
        (quote && colon + 1 < end && cue.takes.contains(&Complement::Quote)).then(|| {
            found.start = colon + 1;
            found.complement = Complement::Quote;
            found
        })
    })
}

/// Where content begins at word `at`, if it does: a quotation, a clause, an infinitive.
fn begins(
    view: &View<'_>,
    cue: &Cue,
    told: Option<&Told>,
    at: usize,
    end: usize,
) -> Option<(usize, Complement)> {
    if at >= end {
        return None;
    }
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
    if that(view, at) && (takes(Complement::That) || takes(Complement::Clause)) {
        let next = at + 1 + usize::from(view.is_comma(at + 1) || view.lower(at + 1) == ":");
        let clause = next + 1 < end && (view.is_word(next) || opens(view, next));
        return clause.then_some((next, Complement::That));
    }
    if colon {
        return (takes(Complement::Clause) && end - at > 2).then_some((at, Complement::Clause));
    }
    // "said when asked" is no question
    let asks =
        !takes(Complement::Clause) || matches!(view.lower(at), "whether" | "why" | "how" | "what");
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
    let bare = takes(Complement::Clause)
        && told.is_some_and(|t| t.complement == Complement::Clause && t.words.start >= at);
    bare.then_some((at, Complement::Clause))
}

/// An opening mark of any kind.
pub fn opens(view: &View<'_>, at: usize) -> bool {
    view.kind(at) == Some(TokenKind::OpenQuote) || matches!(view.lower(at), "(" | "[")
}

/// Content after the person spoken to.
fn addressed(
    view: &View<'_>,
    cue: &Cue,
    mut found: Follows,
    told: Option<&Told>,
    at: usize,
    end: usize,
) -> Option<Follows> {
    let takes = |c| cue.takes.contains(&c);
    // what belongs to a clause that is told does not stand before it
    let limit = object_limit(view, at, end).min(told.map_or(end, |t| t.words.start + 1));
    if !opens_phrase(view, at) {
        return None;
    }
    // the longest-reaching marks first: "that", "to", a quotation, then prepositions
    let that = |i: &usize| that(view, *i) && (takes(Complement::That) || takes(Complement::Clause));
    let to = |i: &usize| {
        (takes(Complement::ObjectInfinitive) || takes(Complement::Infinitive))
            && infinitive(view, *i)
    };
    let question = |i: &usize| takes(Complement::Question) && view.is(*i, "questions");
    let quote = |i: &usize| {
        takes(Complement::Quote) && *i < at + 5 && view.kind(*i) == Some(TokenKind::OpenQuote)
    };
    let inside = at + 1..limit;
    if let Some(i) = inside.clone().find(|i| that(i) || to(i)) {
        let clause = view.lower(i) == "that";
        found.start = if clause {
            i + 1 + usize::from(view.is_comma(i + 1))
        } else {
            i
        };
        found.complement = if clause {
            Complement::That
        } else {
            Complement::ObjectInfinitive
        };
        found.phrase = !clause;
        found.addressee = Some(at..i);
        return (found.start < end).then_some(found);
    }
    let by_preposition = ["against", "about", "from", "of", "for"]
        .iter()
        .filter(|p| cue.prepositions.contains(**p));
    for preposition in by_preposition {
        if let Some(i) = inside
            .clone()
            .find(|i| view.lower(*i) == *preposition && view.words[*i].mention.is_none())
        {
            (found.start, found.phrase, found.complement) = (i + 1, true, Complement::Object);
            found.addressee = Some(at..i);
            return (found.start < end).then_some(found);
        }
    }
    if let Some(i) = inside.clone().find(|i| question(i) || quote(i)) {
        found.start = i;
        found.complement = if question(&i) {
            Complement::Question
        } else {
            Complement::Quote
        };
        found.addressee = Some(at..i);
        return Some(found);
    }
    // "told reporters, “", "told reporters the bridge was closed"
    let words = listener(view, at, end)?;
    found.addressee = Some(words.clone());
    let (next, _) = skip_between(view, cue, words.end, end);
    let (start, complement) = begins(view, cue, told.filter(|_| next == words.end), next, end)?;
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
        } else if view.kind(i) == Some(TokenKind::Mark)
            && !matches!(view.lower(i), "(" | ")" | "/" | "&")
        {
            return i;
        }
        i += 1;
    }
    limit
}

/// Content that is the object itself.
fn object(
    view: &View<'_>,
    cue: &Cue,
    mut found: Follows,
    at: usize,
    end: usize,
) -> Option<Follows> {
    if !opens_phrase(view, at) {
        return None;
    }
    if !cue.object_nouns.is_empty() {
        let near =
            (at..end.min(at + 9)).take_while(|i| view.is_word(*i) || view.words[*i].date.is_some());
        // "expressed in an interview his fears"
        found.start = venue(view, at, end).unwrap_or(at);
        let start = found.start;
        let tree = Tree::at(view, start);
        let head = tree.and_then(|t| t.head(start..end.min(start + 9)));
        let mut nouns = near.filter(|i| cue.object_nouns.contains(view.lower(*i)));
        nouns.find(|i| head.is_none_or(|head| head == *i))?;
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
    let saying = (at + 1..end.min(at + 20))
        .find(|i| view.lower(*i) == "as" && view.is(*i + 1, "extenders"))?;
    let speaker_end = (at..saying).find(|i| view.is_comma(*i)).unwrap_or(saying);
    found.speaker = Some(at..speaker_end);
    let mut start = saying + 2;
    while start < end
        && (view.lower(start) == "that" || view.is_comma(start) || view.lower(start) == ":")
    {
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
                || matches!(
                    word,
                    "and" | "or" | "but" | "him" | "up" | "down" | "out" | "off" | "shut"
                )))
}
