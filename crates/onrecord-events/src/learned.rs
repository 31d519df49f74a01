//! Events that the head finds where no rule does, and parties that a rule leaves out.

use onrecord_model::{EventType, Span, Upos};
use onrecord_net::Tagger;

use crate::{
    find::Found,
    head::{Trigger, label},
    items::{Kind, Line},
    parties::Parties,
};

/// From how sure on, in hundredths, that it is an event, one is taken.
const SURE: u8 = 70;
/// The same where neither party is known by name.
const SURER: u8 = 90;
/// How sure its type must be.
const TYPE: u8 = 80;

impl Line<'_> {
    /// Adds what the head finds to what the rules found.
    pub fn learned(&self, head: &Tagger, kept: &mut Vec<Found>) {
        let read = label(self.reading, self.lexicon, head, &self.tree);
        for trigger in &read.triggers {
            let Some(found) = self.of_head(trigger) else {
                continue;
            };
            let clash = kept
                .iter_mut()
                .find(|k| k.first < found.end && found.first < k.end);
            match clash {
                None => kept.push(found),
                Some(known) => {
                    if known.event_type == found.event_type && !same(&known.target, &found.actor) {
                        known.actor = known.actor.take().or(found.actor);
                    }
                    if known.event_type == found.event_type && !same(&known.actor, &found.target) {
                        known.target = known.target.take().or(found.target);
                    }
                }
            }
        }
    }

    fn of_head(&self, trigger: &Trigger) -> Option<Found> {
        let word = trigger.word;
        let items: Vec<usize> = trigger.words.clone().filter_map(|w| self.item(w)).collect();
        let (first, last) = (*items.iter().min()?, *items.iter().max()?);
        // of what it calls agreements hardly one was, on pages read through: those are rules'
        let unsure = trigger.event < SURE
            || trigger.percent < TYPE
            || trigger.event_type == EventType::Agree
            || self.tree.words[word].upos == Upos::Adj;
        if unsure || self.is_party(first) || self.listed(word, "saying") {
            return None;
        }
        if trigger.event_type == EventType::Request && self.is_inquiry(word) {
            return None;
        }
        let act = self.act(word);
        let verb = self.tree.words[word].upos == Upos::Verb;
        let status = match &act {
            Some(act) => act.status,
            None if verb => return None,
            None => self.noun_status(word)?,
        };
        let actor = trigger.actor.and_then(|at| self.anyone(at));
        let target = trigger.recipient.and_then(|at| self.anyone(at));
        let target = target.filter(|t| !same(&actor, &Some(t.clone())));
        let named = |party: &Option<Parties>| party.as_ref().is_some_and(|p| !p.ids.is_empty());
        // a warning of what will come threatens nobody
        if trigger.event_type == EventType::Threaten && !named(&target) {
            return None;
        }
        let surer = trigger.event >= SURER && actor.is_some() && target.is_some();
        if !(named(&actor) || named(&target) || surer) {
            return None;
        }
        let found = Found {
            rule: None,
            event_type: trigger.event_type,
            percent: trigger.percent,
            word,
            first,
            end: last + 1,
            actor,
            target,
            status,
            past: act.as_ref().is_some_and(|a| a.past),
            will: act.as_ref().is_some_and(|a| a.will),
            nominal: !verb,
        };
        self.unrefused(&found).then_some(found)
    }

    /// Whether no rule of the type knows the verb, or one lets it through but for its parties:
    /// what "call" without "on" or "for" is, the lexicon decides.
    fn unrefused(&self, found: &Found) -> bool {
        let rules = &self.lexicon.events.rules;
        let forms = self.lexicon.events.verb(&self.items[found.first].word);
        let mut known = forms
            .iter()
            .filter(|f| rules[f.rule].event == found.event_type)
            .peekable();
        known.peek().is_none()
            || known.any(|form| {
                let worded = [false, true]
                    .into_iter()
                    .any(|loose| self.wording(found.first, &form.rest, loose).is_some());
                worded && self.allowed(&rules[form.rule], found)
            })
    }

    /// "asked whether", "asked about": what is asked for is an answer.
    fn is_inquiry(&self, word: usize) -> bool {
        let asks = [
            "about", "whether", "if", "why", "how", "what", "when", "who", "where",
        ];
        self.tree.children(word).any(|at| {
            self.hangs(at, &["ccomp", "advcl", "obl", "nmod"])
                && self
                    .marked(at, &["mark", "advmod", "case", "obj", "nsubj"], &asks)
                    .is_some()
        })
    }

    /// The parties that a word and those joined to it name, or, where none is known, the noun
    /// phrase they stand in.
    fn anyone(&self, head: usize) -> Option<Parties> {
        let joined = self.tree.joined(head);
        if let Some(known) = self.parties(&joined, false) {
            return Some(known);
        }
        let noun = matches!(self.tree.words[head].upos, Upos::Noun | Upos::Propn);
        let date = self
            .item(head)
            .is_some_and(|at| self.kind(at) == Some(&Kind::Date));
        (noun && !date).then(|| Parties {
            ids: Vec::new(),
            spans: vec![self.noun_phrase(head)],
        })
    }

    /// A noun with what stands before it and belongs to it, and the rest of its name.
    fn noun_phrase(&self, noun: usize) -> Span {
        let words = &self.tree.words;
        let before = [
            "amod",
            "compound",
            "nmod:poss",
            "nummod",
            "nmod",
            "nmod:desc",
        ];
        let mut span = words[noun].span;
        for at in self.tree.children(noun) {
            let holds = at < noun && self.hangs(at, &before) || self.hangs(at, &["flat"]);
            if holds {
                span = span.join(self.tree.extent(at));
            }
        }
        span
    }
}

/// Whether two parties share words.
fn same(one: &Option<Parties>, other: &Option<Parties>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    one.spans
        .iter()
        .any(|a| other.spans.iter().any(|b| a.overlaps(*b)))
}
