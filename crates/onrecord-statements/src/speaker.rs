//! Speakers over sentences: pronouns, and "the report" once its outlet was named.

use onrecord_model::{ActorKind, Id, MentionKind, SourceKind};

use crate::attach::Draft;
use crate::source::{self, Phrase, Source};
use crate::view::{View, is_outlet, is_person};

/// What the sentences so far tell of later speakers.
#[derive(Clone, Debug, Default)]
pub struct Speakers {
    /// Documents by head noun, with the outlet that made them.
    documents: Vec<(String, Id)>,
}

impl Speakers {
    /// The source with its actor, where a pronoun or "the report" points back to one.
    pub fn settle(
        &self,
        view: &View<'_>,
        n: usize,
        phrase: &Phrase,
        mut source: Source,
        drafts: &[Draft],
    ) -> Source {
        if source.pronoun.is_some() && far_fetched(view, n, &source, drafts) {
            source.actor = None;
            return source;
        }
        if unnamed_again(view, phrase, &source, drafts) {
            source.actor = None;
            source.kind = SourceKind::Anonymous;
            source.span = view.span(phrase.words.clone());
            return source;
        }
        if let Some(actor) = source
            .actor
            .as_deref()
            .and_then(|id| view.reading.actor(id))
        {
            if source.kind == SourceKind::None {
                source.kind = if is_outlet(actor) {
                    SourceKind::Outlet
                } else {
                    SourceKind::Named
                };
            }
            return source;
        }
        if let Some(word) = source.pronoun.clone() {
            source.actor = antecedent(view, n, phrase.words.start, &word, drafts);
            if let Some(actor) = source
                .actor
                .as_deref()
                .and_then(|id| view.reading.actor(id))
            {
                source.kind = if is_outlet(actor) {
                    SourceKind::Outlet
                } else {
                    SourceKind::Named
                };
            }
            return source;
        }
        let definite = matches!(view.lower(phrase.words.start), "the" | "this" | "that");
        if source.kind == SourceKind::Document
            && definite
            && let Some(head) = &source.head
            && let Some((_, id)) = self.documents.iter().rev().find(|(known, _)| known == head)
        {
            source.actor = Some(id.clone());
            source.kind = SourceKind::Outlet;
        }
        source
    }

    /// Remembers "a report by X".
    pub fn heard(&mut self, view: &View<'_>, phrase: Option<&Phrase>, draft: &Draft) {
        let (Some(_), Some(head), Some(id)) = (phrase, &draft.source.head, &draft.source.actor)
        else {
            return;
        };
        let outlet = view.reading.actor(id).is_some_and(is_outlet);
        if outlet && view.speech.source_kind(head) == Some(SourceKind::Document) {
            self.documents.push((head.clone(), id.clone()));
        }
    }

    /// The subject of a sentence whose first verb is no cue: its first words, if they are a
    /// mention.
    pub fn of_sentence(
        &self,
        view: &View<'_>,
        n: usize,
        before: usize,
        drafts: &[Draft],
    ) -> Option<Source> {
        let words = view.sentences[n].clone();
        let limit = before.min(words.start + 14);
        let mut at = words.start;
        // "got an answer from the ministry, saying": the ministry says it
        let last = (words.start..before)
            .rev()
            .find(|i| view.words[*i].mention.is_some());
        if let Some(last) = last {
            let begins = (words.start..=last)
                .find(|i| view.words[*i].mention == view.words[last].mention)?;
            if (begins.saturating_sub(2)..begins)
                .any(|i| i >= words.start && view.lower(i) == "from")
            {
                return None;
            }
        }
        // over an introduction that a comma ends
        while at < limit {
            if let Some(mention) = view.mention(at) {
                let introduced =
                    at > words.start && (words.start..at).any(|i| view.is(i, "prepositions"));
                let comma = (words.start..at).any(|i| view.is_comma(i));
                if introduced && !comma && view.words[words.start].date.is_none() {
                    return None;
                }
                let end = view.after_mention(at);
                let phrase = Phrase {
                    words: at..end,
                    begins: at,
                };
                let source = source::resolve(view, &phrase)?;
                let possessed = matches!(view.lower(end), "'s" | "'");
                if possessed
                    || source.narrator
                    || mention.actor.is_none() && mention.kind != MentionKind::Pronoun
                {
                    return None;
                }
                return Some(self.settle(view, n, &phrase, source, drafts));
            }
            if view.is(at, "pronouns") && view.words[at].quote.is_none() {
                let phrase = Phrase {
                    words: at..at + 1,
                    begins: at,
                };
                let source = source::resolve(view, &phrase)?;
                return (!source.narrator).then(|| self.settle(view, n, &phrase, source, drafts));
            }
            at += 1;
        }
        None
    }
}

/// "The leader said" soon after "a prominent leader said", whom nobody named: the same
/// unnamed source, whomever else the word could mean.
fn unnamed_again(view: &View<'_>, phrase: &Phrase, source: &Source, drafts: &[Draft]) -> bool {
    let mut words = phrase.words.clone();
    let described = words.any(|i| {
        let mention = view.mention(i);
        mention.is_some_and(|m| m.kind == MentionKind::Description && Some(m.span) == source.span)
    });
    let soon = drafts
        .iter()
        .rev()
        .filter(|d| d.nested_in.is_none())
        .take(3);
    let mut same = soon.filter(|d| d.source.head.is_some() && d.source.head == source.head);
    described && source.head.is_some() && same.any(|d| is_unnamed(view, d))
}

/// Whether a statement's source has no name.
fn is_unnamed(view: &View<'_>, draft: &Draft) -> bool {
    let actor = draft
        .source
        .actor
        .as_deref()
        .and_then(|id| view.reading.actor(id));
    actor.map_or(draft.source.kind == SourceKind::Anonymous, |a| !a.named)
}

/// Whether a pronoun right after the words of an unnamed source is said to be somebody who
/// was not named since.
fn far_fetched(view: &View<'_>, n: usize, source: &Source, drafts: &[Draft]) -> bool {
    let Some(last) = drafts.iter().rev().find(|d| d.nested_in.is_none()) else {
        return false;
    };
    let sentences = &view.reading.sentences;
    let near = sentences[last.sentence].paragraph + 1 >= sentences[n].paragraph;
    let mut since =
        view.reading.mentions.iter().filter(|m| {
            m.sentence >= last.sentence && m.sentence <= n && m.kind == MentionKind::Name
        });
    near && source.actor.is_some()
        && source.actor != last.source.actor
        && is_unnamed(view, last)
        && !since.any(|m| m.actor == source.actor)
}

/// Whom a pronoun stands for: the last speaker, or the only person of the sentence before.
fn antecedent(view: &View<'_>, n: usize, at: usize, word: &str, drafts: &[Draft]) -> Option<Id> {
    let sentences = &view.reading.sentences;
    let small = &view.speech.small;
    let fits = |id: &Id| {
        view.reading.actor(id).is_some_and(|a| {
            let person = a.kind == ActorKind::Person;
            if small.has("persons", word) {
                person
            } else {
                small.has("several", word) && !person
            }
        })
    };
    let start = view.words[at].span.start;
    let from = n.saturating_sub(1);
    let near: Vec<&Id> = view
        .reading
        .mentions
        .iter()
        .filter(|m| m.sentence >= from && m.span.end <= start && is_person(view, m))
        .filter_map(|m| m.actor.as_ref())
        .collect();
    let last = drafts.iter().rev().find(|d| d.nested_in.is_none())?;
    let close = sentences[last.sentence].paragraph + 2 > sentences[n].paragraph;
    if close && let Some(id) = last.source.actor.as_ref().filter(|id| fits(id)) {
        return Some(id.clone());
    }
    let only = near.first().copied()?;
    (small.has("persons", word) && near.iter().all(|id| *id == only)).then(|| only.clone())
}
