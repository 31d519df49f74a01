//! Events told by a verb.

use onrecord_lexicon::{EventRule, EventVerbForm, Needs};
use onrecord_model::EventStatus;

use crate::{
    find::Found,
    group::{Group, Tense, Voice},
    items::{Kind, Line},
    parties::Parties,
};

/// How far after a trigger a preposition is looked for.
const REACH: usize = 14;

impl Line<'_> {
    /// The events that a verb form at `at` may open, at most one a rule.
    pub fn verbal(&self, at: usize) -> Vec<Found> {
        if self.kind(at) != Some(&Kind::Word) {
            return Vec::new();
        }
        let forms = self.lexicon.events.verb(&self.items[at].word);
        forms
            .iter()
            .filter_map(|form| self.verb_event(at, form))
            .collect()
    }

    fn verb_event(&self, at: usize, form: &EventVerbForm) -> Option<Found> {
        let rest: Vec<&str> = form.rest.iter().map(String::as_str).collect();
        if !self.phrase(at + 1, &rest) {
            return None;
        }
        let end = at + 1 + rest.len();
        let rule = &self.lexicon.events.rules[form.rule];
        let mut group = self.group(at, end, form.shape)?;
        if group.reduced && rule.event.quad() <= 2 {
            return None; // "militias backed by X" tells what they are
        }
        if rule.negated {
            if group.status != EventStatus::Denied {
                return None;
            }
            group.status = EventStatus::Actual; // the refusal took place
        }
        if !self.allowed(rule, group.start, end) {
            return None;
        }
        let (actor, target) = match group.voice {
            Voice::Active => {
                let governs = rest.last().copied();
                (self.subject(&group), self.active_target(rule, end, governs))
            }
            Voice::Passive => self.passive(rule, &group, end)?,
        };
        let enough = match (rule.needs, group.voice) {
            (Needs::Both, _) => actor.is_some() && target.is_some(),
            (Needs::Target, _) => target.is_some(),
            (Needs::Actor, Voice::Active) => actor.is_some(),
            (Needs::Any, _) | (Needs::Actor, Voice::Passive) => actor.is_some() || target.is_some(),
        };
        let alone = target.is_none() && rule.needs == Needs::Any && group.voice == Voice::Active;
        if !enough || alone && !self.object_follows(end) {
            return None;
        }
        Some(Found {
            rule: form.rule,
            first: at,
            end,
            group_start: group.start,
            actor,
            target,
            status: group.status,
            past: group.tense == Tense::Past,
            nominal: false,
        })
    }

    /// Whether a noun phrase stands right after a verb, be it a party or not.
    fn object_follows(&self, end: usize) -> bool {
        let at = self.after_adverbs(end);
        match self.kind(at) {
            Some(Kind::Word) => {
                !self.is_border(at)
                    && !self.is(at, "prepositions")
                    && !self.is(at, "auxiliaries")
                    && !self.says(at, &["of", "to", "and", "or"])
            }
            Some(Kind::Number | Kind::Party(_)) => true,
            _ => false,
        }
    }

    fn active_target(
        &self,
        rule: &EventRule,
        end: usize,
        governs: Option<&str>,
    ) -> Option<Parties> {
        rule.target.iter().find_map(|slot| match slot.as_str() {
            "object" => self.object(rule, end),
            preposition if governs == Some(preposition) => self.object(rule, end),
            preposition => self.after(preposition, end, rule.host, false),
        })
    }

    /// The noun phrase right after a verb.
    fn object(&self, rule: &EventRule, end: usize) -> Option<Parties> {
        if self.is(end, "prepositions") || self.is_border(end) && !self.is_quote(end) {
            return None;
        }
        self.parties_from(end)
            .or_else(|| if rule.host { self.host(end) } else { None })
    }

    /// The noun phrase after the first `preposition` behind `end` in the clause. With `both`,
    /// a party after "and" is part of it even before a verb.
    pub fn after(&self, preposition: &str, end: usize, host: bool, both: bool) -> Option<Parties> {
        for at in end..(end + REACH).min(self.items.len()) {
            if self.says(at, &[preposition]) && self.kind(at) == Some(&Kind::Word) {
                let found = if both || preposition == "between" {
                    self.both_parties_from(at + 1)
                } else {
                    self.parties_from(at + 1)
                };
                return found.or_else(|| if host { self.host(at + 1) } else { None });
            }
            if self.is_border(at)
                || self.is(at, "auxiliaries")
                || self.is(at, "modals")
                || self.says(at, &["to"])
            {
                return None;
            }
        }
        None
    }

    /// The government of the country in which a place lies, where the phrase at `at` names one.
    fn host(&self, at: usize) -> Option<Parties> {
        let from = self.items.get(at)?.span.start;
        let until = self.items.get(at + 3).or(self.items.last())?.span.end;
        let mention = self
            .reading
            .place_mentions
            .iter()
            .find(|p| p.span.start >= from && p.span.end <= until)?;
        let place = self.reading.places.iter().find(|p| p.id == mention.place)?;
        let id = self.government(place.country.as_deref()?)?;
        let end = self
            .items
            .iter()
            .position(|i| i.span.end >= mention.span.end)?
            + 1;
        Some(Parties {
            ids: vec![id],
            spans: vec![mention.span],
            start: at,
            end,
        })
    }

    /// Actor and recipient of a passive: the recipient before it, the actor after "by".
    fn passive(
        &self,
        rule: &EventRule,
        group: &Group,
        end: usize,
    ) -> Option<(Option<Parties>, Option<Parties>)> {
        if !rule.target.iter().any(|slot| slot == "object") {
            return None;
        }
        Some((self.after("by", end, false, false), self.subject(group)))
    }

    /// Whether the words around a trigger let the rule through.
    pub fn allowed(&self, rule: &EventRule, start: usize, end: usize) -> bool {
        let first = start.saturating_sub(8);
        let last = (end + REACH).min(self.items.len());
        let stands = |phrase: &String, from: usize| {
            let words: Vec<&str> = phrase.split(' ').collect();
            (from..last).any(|at| self.phrase(at, &words))
        };
        !rule.unless.iter().any(|p| stands(p, first))
            && (rule.with.is_empty() || rule.with.iter().any(|p| stands(p, start)))
    }

    /// The mode a rule gives, from the words of the trigger and those after it.
    pub fn mode(&self, rule: &EventRule, found: &Found) -> Option<String> {
        let last = (found.end + REACH).min(self.items.len());
        // words just before the trigger and those of the actor count as well: "drone strike",
        // "warplanes attacked"
        let near = found
            .actor
            .as_ref()
            .filter(|a| a.end <= found.first && a.start + REACH > found.first);
        let from = near.map_or(found.first.saturating_sub(2), |a| a.start);
        let mut best: Option<(usize, &String)> = None;
        for (mode, words) in &rule.modes {
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
            .or_else(|| rule.mode.clone())
    }
}
