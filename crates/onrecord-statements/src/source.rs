//! The words that name a source, and the actor behind them.

use std::ops::Range;

use onrecord_lexicon::{Complement, Cue};
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

/// The mention that heads a noun phrase, if one does.
pub fn head_mention<'v>(view: &View<'v>, words: &Range<usize>) -> Option<&'v Mention> {
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
    let start =
        (words.start..words.end).find(|i| view.words[*i].mention == view.words[last].mention)?;
    // the word before the name and its title: "a spokesman for President Karim Haddad" is
    // not Karim Haddad
    let titled = |i: &usize| view.words[*i].capital && view.words[*i].mention.is_none();
    let before = (words.start..start).rev().find(|i| !titled(i));
    let joined = start > words.start
        && before.is_none_or(|i| {
            let parts = view.is(i, "prepositions")
                || matches!(view.lower(i), "and" | "or" | "'s" | "'")
                || (view.is(i, "determiners") && i + 1 == start);
            !parts
        });
    (joined && is_person(view, mention)).then_some(mention)
}

/// The phrase without an adverb or date at its end and without a bracket after the name.
fn unbracketed(view: &View<'_>, words: &Range<usize>) -> Range<usize> {
    let mut end = words.end;
    while end > words.start {
        let last = end - 1;
        if matches!(view.lower(last), ")" | "]") {
            match (words.start..last)
                .rev()
                .find(|i| matches!(view.lower(*i), "(" | "["))
            {
                Some(open) => end = open,
                None => break,
            }
        } else if view.words[last].date.is_some() && view.mention(last).is_none() {
            end = last;
            while end > words.start
                && (view.words[end - 1].date.is_some()
                    || matches!(view.lower(end - 1), "on" | "in" | "late" | "early"))
            {
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
            || matches!(
                view.lower(words.start),
                "and" | "but" | "yet" | "or" | "[" | "(" | "." | "…" | "..."
            ))
    {
        words.start += 1;
    }
    // A leading date without a comma ("On Friday the minister said").
    if view.is(words.start, "prepositions")
        || view
            .words
            .get(words.start)
            .is_some_and(|w| w.date.is_some())
    {
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
    let pronouns = ["pronouns", "persons", "several"];
    if words.len() == 1 && pronouns.iter().any(|list| view.is(words.start, list)) {
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
        // A name that no mention covers: its words in capitals. Any other noun is a source
        // only for a verb that takes no other subjects.
        if let Some(capitals) = capitals(view, &words) {
            span = view.span(capitals);
            kind = SourceKind::Named;
        }
    } else if actor.is_none() && kind == SourceKind::Anonymous {
        actor = named_elsewhere(view, &words);
    }
    Some(Source {
        span,
        actor,
        kind,
        pronoun: None,
        narrator: false,
        head,
    })
}

/// The mention directly before "and" and this one.
fn joined_before<'v>(
    view: &View<'v>,
    mention: &Mention,
    words: &Range<usize>,
) -> Option<&'v Mention> {
    let start = words
        .clone()
        .find(|i| view.words[*i].span.start >= mention.span.start)?;
    let mut and = start.checked_sub(1)?;
    while and > words.start
        && view.lower(and) != "and"
        && start - and < 3
        && view.mention(and).is_none()
    {
        and -= 1;
    }
    let first = and
        .checked_sub(1)
        .filter(|f| *f >= words.start && view.lower(and) == "and")?;
    let first = view.mention(first)?;
    view.actor_of(first).is_some().then_some(first)
}

/// A short phrase that names nobody the lexicon knows ("the shop's owner").
pub fn unknown(view: &View<'_>, phrase: &Phrase) -> Option<Source> {
    let words = unbracketed(view, &phrase.words);
    let phrase = words.len() <= 8 && view.is(words.start, "determiners");
    let verb = words
        .clone()
        .any(|i| view.is(i, "finite") || view.is(i, "narrator"));
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
            let partitive =
                view.lower(*i) == "of" && view.is(*i - usize::from(*i > 0), "partitives");
            *i > words.start
                && !partitive
                && (view.is(*i, "prepositions") || view.is(*i, "relatives"))
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
    let end = words
        .clone()
        .find(|i| *i > words.start && view.is(*i, "prepositions"))
        .unwrap_or(words.end);
    let name = |i: usize| {
        view.words[i].capital
            && view.is_word(i)
            && !view.is(i, "determiners")
            && !view.is(i, "narrator")
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
        let Some(mention) = view.mention(at).filter(|m| begins && is_person(view, m)) else {
            continue;
        };
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

/// Whether the cue takes such a source.
pub fn may_say(view: &View<'_>, cue: &Cue, source: &Source) -> bool {
    let head = source.head.as_deref();
    let kind = head.and_then(|head| view.speech.source_kind(head));
    (cue.sources.is_empty() || kind.is_some_and(|kind| cue.sources.contains(&kind)))
        && (can_speak(view, source)
            || (!cue.speaker_only
                && (source.pronoun.is_some()
                    || source.actor.is_some()
                    || cue.takes.contains(&Complement::Bare))))
}

/// Whether a source can speak at all: an actor, a pronoun for people, a noun for a source.
pub fn can_speak(view: &View<'_>, source: &Source) -> bool {
    let actor = source
        .actor
        .as_deref()
        .and_then(|id| view.reading.actor(id));
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
