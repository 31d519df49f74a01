//! The words that name a source, and the actor behind them.

use std::ops::Range;

use onrecord_model::{ActorKind, Id, Mention, MentionKind, SourceKind, Span, TokenKind};

use crate::view::{View, is_outlet, is_person};

/// The words that name a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The noun phrase.
    pub words: Range<usize>,
    /// Where the attribution begins: the phrase, or the comma phrase it is an apposition to.
    pub begins: usize,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub span: Option<Span>,
    pub actor: Option<Id>,
    pub kind: SourceKind,
    /// A pronoun, which may stand for the speaker before.
    pub pronoun: Option<String>,
    /// The narrator: "I", "we".
    pub narrator: bool,
    /// The head noun of a description, lower case.
    pub head: Option<String>,
}

/// The subject that ends before word `left`, not further left than `from`.
pub fn before(view: &View<'_>, left: usize, from: usize) -> Option<Phrase> {
    let parts = parts(view, left, from);
    let last = parts.last()?.clone();
    if last.len() > 1 && view.lower(last.start) == "whose" {
        return Some(Phrase { words: last.start + 1..last.end, begins: last.start });
    }
    if !last.is_empty() && !is_relative(view, last.start) {
        return Some(named_outside(view, &parts).unwrap_or(Phrase { begins: last.start, words: last }));
    }
    if !last.is_empty() {
        // "X, who threatened": the name before the relative
        if last.len() > 1 || view.lower(last.start) != "who" {
            return None;
        }
        let at = parts.iter().rev().skip(1).find(|p| !p.is_empty())?.clone();
        return Some(Phrase { begins: at.start, words: at });
    }
    // A comma closes an apposition or a relative clause: the nearest name before it.
    let others = || {
        let parts = parts.iter().rev().skip(1).filter(|p| !p.is_empty());
        parts.filter(|p| !is_relative(view, p.start) && !introduces(view, p.start))
    };
    let head = |part: &&Range<usize>| head_mention(view, part);
    let person = others().find(|p| head(p).is_some_and(|m| is_person(view, m)));
    let name = || others().filter(|p| head(p).is_some_and(|m| m.kind == MentionKind::Name)).last();
    let part = person.or_else(name).or_else(|| others().last())?;
    Some(Phrase { begins: part.start, words: part.clone() })
}

/// The source that follows word `from`: after an inverted cue or "according to".
pub fn after(view: &View<'_>, from: usize, end: usize) -> Option<Phrase> {
    let mut at = from;
    while at < end && !closes_phrase(view, at, from) {
        at = if view.words[at].mention.is_some() { view.after_mention(at).min(end) } else { at + 1 };
    }
    (at > from).then_some(Phrase { begins: from, words: from..at })
}

fn closes_phrase(view: &View<'_>, at: usize, from: usize) -> bool {
    let mark = matches!(view.kind(at), Some(TokenKind::OpenQuote | TokenKind::CloseQuote))
        || (view.kind(at) == Some(TokenKind::Mark) && !matches!(view.lower(at), "&" | "/"));
    let date = view.words[at].date.is_some();
    let venue = at > from
        && (matches!(view.lower(at), "in" | "on" | "at" | "during" | "as" | "after" | "before" | "that" | "when" | "while")
            || (view.lower(at).ends_with("ing") && view.mention(at).is_none()));
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
            let stop = matches!(view.kind(i), Some(TokenKind::OpenQuote | TokenKind::CloseQuote))
                || matches!(lower, ":" | ";" | "." | "…" | "..." | "?" | "!")
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
    let open = (from..close).rev().find(|i| view.words[*i].span.start == quotation.span.start)?;
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
    words.any(|i| view.is(i, "finite") || view.speech.forms(view.lower(i)).iter().any(|f| f.rest.is_empty()))
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
            || matches!(word, "moreover" | "however" | "meanwhile" | "furthermore" | "but" | "and"))
}

/// "X, leader of the group said": an apposition that no comma closes.
fn named_outside(view: &View<'_>, parts: &[Range<usize>]) -> Option<Phrase> {
    let last = parts.last()?;
    let role = view.speech.source_kind(view.lower(last.start)).is_some()
        && view.mention(last.start).is_none_or(|m| m.kind == MentionKind::Description);
    let outer = parts[..parts.len() - 1].last()?;
    if !role || outer.is_empty() {
        return None;
    }
    let mention = head_mention(view, outer)?;
    is_person(view, mention).then(|| Phrase { begins: outer.start, words: outer.clone() })
}

/// The mention that heads a noun phrase, if one does.
fn head_mention<'v>(view: &View<'v>, words: &Range<usize>) -> Option<&'v Mention> {
    let words = unbracketed(view, words);
    let stretch_end = words
        .clone()
        .find(|i| view.mention(*i).is_none() && view.is(*i, "prepositions") && *i > words.start)
        .unwrap_or(words.end);
    if let Some(last) = stretch_end.checked_sub(1).filter(|l| *l >= words.start)
        && let Some(mention) = view.mention(last)
    {
        return Some(mention);
    }
    // "the secretary general of the party Karim Haddad"
    let last = words.end.checked_sub(1).filter(|l| *l >= words.start)?;
    let mention = view.mention(last)?;
    let start = (words.start..words.end).find(|i| view.words[*i].mention == view.words[last].mention)?;
    let joined = start > words.start
        && !view.is(start - 1, "prepositions")
        && !view.is(start - 1, "determiners")
        && !matches!(view.lower(start - 1), "and" | "or" | "'s" | "'");
    (joined && is_person(view, mention)).then_some(mention)
}

/// The phrase without an adverb or date at its end and without a bracket after the name.
fn unbracketed(view: &View<'_>, words: &Range<usize>) -> Range<usize> {
    let mut end = words.end;
    while end > words.start {
        let last = end - 1;
        if matches!(view.lower(last), ")" | "]") {
            match (words.start..last).rev().find(|i| matches!(view.lower(*i), "(" | "[")) {
                Some(open) => end = open,
                None => break,
            }
        } else if view.words[last].date.is_some() && view.mention(last).is_none() {
            end = last;
            while end > words.start && (view.words[end - 1].date.is_some() || matches!(view.lower(end - 1), "on" | "in" | "late" | "early")) {
                end -= 1;
            }
        } else if view.is_adverb(last) || matches!(view.kind(last), Some(TokenKind::Clitic)) {
            end = last;
        } else {
            break;
        }
    }
    words.start..end
}

/// The source that the words of a phrase name.
pub fn resolve(view: &View<'_>, phrase: &Phrase) -> Option<Source> {
    let mut words = unbracketed(view, &phrase.words);
    while words.start < words.end
        && (view.is_adverb(words.start) && view.mention(words.start).is_none()
            || matches!(view.lower(words.start), "and" | "but" | "yet" | "or" | "[" | "(" | "." | "…" | "..."))
    {
        words.start += 1;
    }
    // A leading date without a comma ("On Friday the minister said").
    if view.is(words.start, "prepositions") || view.words.get(words.start).is_some_and(|w| w.date.is_some()) {
        let dated = words.start + usize::from(view.words[words.start].date.is_none());
        if dated < words.end && view.words[dated].date.is_some() {
            let undated = |i: &usize| view.words[*i].date.is_none();
            words.start = (dated..words.end).find(undated).unwrap_or(words.end);
        }
    }
    if words.is_empty() {
        return None;
    }
    let first = view.lower(words.start).to_owned();
    if words.len() == 1 && view.is(words.start, "pronouns") {
        return Some(pronoun(view, words.start, first));
    }
    if let Some(mention) = head_mention(view, &words) {
        if mention.kind == MentionKind::Pronoun {
            let at = (words.start..words.end).find(|i| view.mention(*i) == Some(mention))?;
            let first = view.lower(at).to_owned();
            return Some(pronoun(view, at, first));
        }
        if let Some(actor) = view.actor_of(mention) {
            let kind = match () {
                () if is_outlet(actor) => SourceKind::Outlet,
                () if actor.named => SourceKind::Named,
                () => kind_of_head(view, &words).1,
            };
            let head = kind_of_head(view, &words).0;
            // "A and B said": the first is the speaker, the words name both
            let joined = joined_before(view, mention, &words);
            let actor = joined.and_then(|m| view.actor_of(m)).unwrap_or(actor);
            return Some(Source {
                span: Some(joined.map_or(mention.span, |m| m.span.join(mention.span))),
                actor: Some(actor.id.clone()),
                kind,
                pronoun: None,
                narrator: false,
                head,
            });
        }
    }
    let (head, kind) = kind_of_head(view, &words);
    let mut span = view.span(words.clone());
    let mut actor = None;
    let mut kind = kind;
    if kind == SourceKind::Document
        && let Some(owner) = words.clone().rev().filter_map(|i| view.mention(i)).next()
        && let Some(found) = view.actor_of(owner)
        && is_outlet(found)
    {
        actor = Some(found.id.clone());
        kind = SourceKind::Outlet;
    }
    if head.is_none() {
        // A name that no mention covers: its words in capitals.
        let capitals = capitals(view, &words)?;
        span = view.span(capitals);
        kind = SourceKind::Named;
    } else if actor.is_none() && kind == SourceKind::Anonymous {
        actor = named_elsewhere(view, &words);
    }
    Some(Source { span, actor, kind, pronoun: None, narrator: false, head })
}

/// The mention directly before "and" and this one.
fn joined_before<'v>(view: &View<'v>, mention: &Mention, words: &Range<usize>) -> Option<&'v Mention> {
    let start = words.clone().find(|i| view.words[*i].span.start >= mention.span.start)?;
    let mut and = start.checked_sub(1)?;
    while and > words.start && view.lower(and) != "and" && start - and < 3 && view.mention(and).is_none() {
        and -= 1;
    }
    let first = and.checked_sub(1).filter(|f| *f >= words.start && view.lower(and) == "and")?;
    let first = view.mention(first)?;
    view.actor_of(first).is_some().then_some(first)
}

/// A short phrase that names nobody the lexicon knows ("the shop's owner").
pub fn unknown(view: &View<'_>, phrase: &Phrase) -> Option<Source> {
    let words = unbracketed(view, &phrase.words);
    let phrase = words.len() <= 8 && view.is(words.start, "determiners");
    let verb = words.clone().any(|i| view.is(i, "finite") || view.is(i, "narrator"));
    (phrase && !verb).then(|| Source {
        span: view.span(words),
        actor: None,
        kind: SourceKind::None,
        pronoun: None,
        narrator: false,
        head: None,
    })
}

fn pronoun(view: &View<'_>, at: usize, word: String) -> Source {
    Source {
        span: view.span(at..at + 1),
        actor: view.mention(at).and_then(|m| m.actor.clone()),
        kind: SourceKind::None,
        narrator: view.speech.small.has("narrator", &word),
        pronoun: Some(word),
        head: None,
    }
}

/// The head noun of a description, if the lexicon knows it as a source.
fn kind_of_head(view: &View<'_>, words: &Range<usize>) -> (Option<String>, SourceKind) {
    let end = words
        .clone()
        .find(|i| {
            let partitive = view.lower(*i) == "of" && view.is(*i - usize::from(*i > 0), "partitives");
            *i > words.start && !partitive && (view.is(*i, "prepositions") || view.is(*i, "relatives"))
        })
        .unwrap_or(words.end);
    let mut heads = (words.start..end).rev();
    // "officials from both", "a Sunni leader familiar with the talks"
    let found = heads.find_map(|i| {
        let kind = view.speech.source_kind(view.lower(i))?;
        Some((view.lower(i).to_owned(), kind))
    });
    match found {
        Some((head, kind)) => (Some(head), kind),
        None => (None, SourceKind::None),
    }
}

/// The last run of words in capitals, where it ends the phrase or an "of" follows.
fn capitals(view: &View<'_>, words: &Range<usize>) -> Option<Range<usize>> {
    let end = words.clone().find(|i| *i > words.start && view.is(*i, "prepositions")).unwrap_or(words.end);
    let name = |i: usize| {
        view.words[i].capital && view.is_word(i) && !view.is(i, "determiners") && !view.is(i, "narrator")
            || view.lower(i).starts_with("al-")
    };
    let start = (words.start..end).rev().take_while(|i| name(*i)).last()?;
    Some(start..end)
}

/// "A government spokesperson said": the person whom the article elsewhere names with just
/// these words before the name, if there is one only.
fn named_elsewhere(view: &View<'_>, words: &Range<usize>) -> Option<Id> {
    let start = words.clone().find(|i| !view.is(*i, "determiners"))?;
    let wanted: Vec<&str> = (start..words.end).map(|i| view.lower(i)).collect();
    if wanted.len() < 2 {
        return None;
    }
    let mut found: Option<Id> = None;
    for (at, word) in view.words.iter().enumerate().skip(wanted.len()) {
        let begins = word.mention.is_some() && view.words[at - 1].mention != word.mention;
        let Some(mention) = view.mention(at).filter(|m| begins && is_person(view, m)) else { continue };
        let before = at - wanted.len();
        if (before..at).zip(&wanted).any(|(i, w)| view.lower(i) != *w) {
            continue;
        }
        match &found {
            Some(other) if Some(other) != mention.actor.as_ref() => return None,
            _ => found = mention.actor.clone(),
        }
    }
    found
}

/// Whether a source can speak at all: an actor, a pronoun for people, a noun for a source.
pub fn can_speak(view: &View<'_>, source: &Source) -> bool {
    let actor = source.actor.as_deref().and_then(|id| view.reading.actor(id));
    match &source.pronoun {
        Some(word) => {
            view.speech.small.has("persons", word)
                || word == "who"
                || view.speech.small.has("several", word)
                || actor.is_some()
        }
        None => {
            actor.is_some_and(|a| a.kind != ActorKind::Place)
                || source.head.is_some()
                || source.kind == SourceKind::Named
        }
    }
}
