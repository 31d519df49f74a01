//! Events told by a verb.

use onrecord_lexicon::{EventRule, EventVerbForm, Needs};
use onrecord_model::{Clause, EventStatus};

use crate::{
    find::Found,
    items::{Kind, Line},
    parties::Parties,
    tree::Wording,
};

/// How far from a trigger the words stand that rule it in or out or give its mode.
const REACH: usize = 14;

impl Line<'_> {
    /// The events that a verb form at `at` may open, at most one a rule.
    pub fn verbal(&self, at: usize) -> Vec<Found> {
        if self.kind(at) != Some(&Kind::Word) {
            return Vec::new();
        }
        let forms = self.lexicon.events.verb(&self.items[at].word);
        let read = |loose: bool| -> Vec<Found> {
            let found = forms
                .iter()
                .filter_map(|form| self.verb_event(at, form, loose));
            found.collect()
        };
        let close = read(false);
        if close.is_empty() { read(true) } else { close }
    }

    fn verb_event(&self, at: usize, form: &EventVerbForm, loose: bool) -> Option<Found> {
        let wording = self.wording(at, &form.rest, loose)?;
        let word = *wording.words.first()?;
        let rule = &self.lexicon.events.rules[form.rule];
        let act = self.act(word)?;
        if act.reduced && rule.event.quad() <= 2 {
            return None; // "militias backed by X" tells what they are
        }
        let status = match act.status {
            EventStatus::Denied if rule.negated => EventStatus::Actual, // the refusal took place
            _ if rule.negated => return None,
            status => status,
        };
        let clause = &act.clause;
        let mut found = Found {
            rule: Some(form.rule),
            event_type: rule.event,
            percent: 0,
            word,
            first: wording
                .words
                .iter()
                .filter_map(|w| self.item(*w))
                .min()
                .unwrap_or(at),
            end: wording.end,
            actor: None,
            target: None,
            status,
            past: act.past,
            will: act.will,
            nominal: false,
        };
        if !self.allowed(rule, &found) {
            return None;
        }
        if clause.passive {
            let agents = self.parties(&clause.agents, false);
            found.actor = agents.or_else(|| self.after("by", &[word], false));
            // "sanctions were imposed on X"
            let set_object = clause.subjects.iter().any(|s| wording.words.contains(s));
            found.target = if set_object {
                self.target(rule, clause, &wording)
            } else if rule.target.iter().any(|slot| slot == "object") {
                self.parties(&clause.subjects, true)
            } else {
                return None;
            };
        } else {
            found.actor = self.parties(&clause.subjects, true);
            found.target = self.target(rule, clause, &wording);
        }
        let (actor, target) = (found.actor.is_some(), found.target.is_some());
        if clause.subjects.iter().any(|at| self.is_nobody(*at)) {
            return None;
        }
        let enough = match rule.needs {
            Needs::Both => actor && target,
            Needs::Target => target,
            Needs::Actor if !clause.passive => actor,
            Needs::Actor => actor || target,
            // without an object it may be another meaning of the verb
            Needs::Any => target || actor && (clause.passive || !clause.objects.is_empty()),
        };
        enough.then_some(found)
    }

    /// "nobody", "no party".
    fn is_nobody(&self, noun: usize) -> bool {
        ["nobody", "none", "nothing"].contains(&self.text(noun).as_str())
            || self.marked(noun, &["det"], &["no", "neither"]).is_some()
    }

    fn target(&self, rule: &EventRule, clause: &Clause, wording: &Wording) -> Option<Parties> {
        let words = &self.tree.words;
        let last = *wording.words.last()?;
        // what the last word of the rule governs: "on X" of "call on", "to attack" of "threaten to"
        let governed = words[last]
            .head
            .filter(|_| self.hangs(last, &["case", "mark"]));
        let is_verb = |at: usize| words[at].xpos.as_str().starts_with("VB");
        let inner = governed
            .filter(|at| is_verb(*at))
            .or_else(|| clause.complement.filter(|at| words[*at].xpos == "VBG"));
        let mut tops = vec![clause.predicate];
        tops.extend(inner);
        rule.target.iter().find_map(|slot| {
            let heads = match governed.filter(|at| !is_verb(*at)) {
                Some(noun) if slot == "object" || *slot == self.text(last) => {
                    self.tree.joined(noun)
                }
                _ if slot == "object" => {
                    let own = clause.indirect.iter().chain(&clause.objects);
                    let own: Vec<usize> = own
                        .copied()
                        .filter(|o| !wording.words.contains(o))
                        .collect();
                    match inner.filter(|_| own.is_empty()) {
                        Some(inner) => self.tree.clause(inner).objects,
                        None => own,
                    }
                }
                _ => {
                    return self
                        .after(slot, &tops, rule.host)
                        .or_else(|| self.made(slot, clause));
                }
            };
            let host = || if rule.host { self.host(&heads) } else { None };
            self.parties(&heads, false).or_else(host)
        })
    }

    /// "rejected the offer made by X".
    fn made(&self, slot: &str, clause: &Clause) -> Option<Parties> {
        let offers = clause.objects.iter().filter(|_| slot == "by");
        let makers = offers.filter_map(|offer| self.tree.child(*offer, &["acl"]));
        let agents: Vec<usize> = makers.flat_map(|at| self.tree.clause(at).agents).collect();
        self.parties(&agents, false)
    }

    /// Whether the words around a trigger let the rule through.
    pub fn allowed(&self, rule: &EventRule, found: &Found) -> bool {
        let (first, last) = self.around(found);
        let stands = |phrase: &String, from: usize| {
            let words: Vec<&str> = phrase.split(' ').collect();
            (from..last).any(|at| self.phrase(at, &words))
        };
        !rule.unless.iter().any(|p| stands(p, first))
            && (rule.with.is_empty() || rule.with.iter().any(|p| stands(p, found.first)))
    }

    /// The items near a trigger that are part of its clause.
    fn around(&self, found: &Found) -> (usize, usize) {
        let clause = self.tree.extent(self.predicate_of(found.word));
        let inside = |at: &usize| clause.overlaps(self.items[*at].span);
        let last = (found.end + REACH).min(self.items.len());
        let mut near = (found.first.saturating_sub(8)..last).filter(inside);
        let first = near.next().unwrap_or(found.first);
        (
            first.min(found.first),
            near.next_back()
                .map_or(found.end, |at| (at + 1).max(found.end)),
        )
    }

    /// The mode a rule gives, from the words of the trigger and those after it; those of an
    /// actor just before it count as well ("warplanes attacked"). Without a rule all of the
    /// type speak.
    pub fn mode(&self, rule: Option<&EventRule>, found: &Found) -> Option<String> {
        let (_, last) = self.around(found);
        let actor = found.actor.iter().flat_map(|a| &a.spans).min();
        let actor = actor.and_then(|span| self.items.iter().position(|i| i.span.overlaps(*span)));
        let from = actor
            .filter(|at| *at <= found.first && at + REACH > found.first)
            .unwrap_or(found.first.saturating_sub(2));
        let mut best: Option<(usize, &String)> = None;
        let all = self.lexicon.events.rules.iter();
        let of_type = all.filter(|r| match rule {
            Some(rule) => std::ptr::eq(*r, rule),
            None => r.event == found.event_type,
        });
        for (mode, words) in of_type.flat_map(|r| &r.modes) {
            for word in words {
                let words: Vec<&str> = word.split(' ').collect();
                if let Some(at) = (from..last).find(|at| self.phrase(*at, &words))
                    && best.is_none_or(|(known, _)| at < known)
                {
                    best = Some((at, mode));
                }
            }
        }
        best.map(|(_, mode)| mode.clone())
            .or_else(|| rule?.mode.clone())
    }
}
