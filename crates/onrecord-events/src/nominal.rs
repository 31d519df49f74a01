//! Events told by a noun: "the strike on", "its withdrawal from", "carried out an attack".

use onrecord_lexicon::{EventRule, Needs, NounForm, Shape};
use onrecord_model::EventStatus;

use crate::{
    find::Found,
    group::Voice,
    items::{Kind, Line},
    parties::Parties,
};

/// What stands before an event noun.
struct Before {
    /// First item of the noun phrase.
    start: usize,
    party: Option<Parties>,
    status: EventStatus,
}

impl Line<'_> {
    /// The events that a noun at `at` may name, at most one a rule.
    pub fn nominal(&self, at: usize) -> Vec<Found> {
        if self.kind(at) != Some(&Kind::Word) {
            return Vec::new();
        }
        let forms = self.lexicon.events.noun(&self.items[at].word);
        forms
            .iter()
            .filter_map(|form| self.noun_event(at, form))
            .collect()
    }

    fn noun_event(&self, at: usize, form: &NounForm) -> Option<Found> {
        let rest: Vec<&str> = form.rest.iter().map(String::as_str).collect();
        if !self.phrase(at + 1, &rest) {
            return None;
        }
        let end = at + 1 + rest.len();
        if rest.is_empty() && self.is_compound(end) {
            return None;
        }
        let rule = &self.lexicon.events.rules[form.rule];
        let before = self.before_noun(at)?;
        if self.is_unreal(before.start) || !self.allowed(rule, before.start, end) {
            return None;
        }
        let mut found = Found {
            rule: form.rule,
            first: at,
            end,
            group_start: before.start,
            actor: None,
            target: None,
            status: before.status,
            past: false,
            nominal: true,
        };
        let light = self.light_verb(before.start);
        if let Some(light) = &light {
            found.first = light.first;
            found.group_start = light.first;
            found.status = light.status;
            found.past = true;
            found.actor = light.subject.clone();
        }
        let governs = rest.last().copied();
        self.noun_slots(rule, &before, end, governs, &mut found);
        let enough = match rule.needs {
            Needs::Both => found.actor.is_some() && found.target.is_some(),
            Needs::Target => found.target.is_some(),
            Needs::Any => found.actor.is_some() || found.target.is_some(),
            Needs::Actor => found.actor.is_some() || (found.target.is_some() && light.is_some()),
        };
        enough.then_some(found)
    }

    fn noun_slots(
        &self,
        rule: &EventRule,
        before: &Before,
        end: usize,
        governs: Option<&str>,
        found: &mut Found,
    ) {
        for slot in &rule.actor {
            if found.actor.is_some() {
                break;
            }
            match slot.as_str() {
                "before" => found.actor = before.party.clone(),
                "between" => {
                    if let Some(all) = self.after("between", end, false, true) {
                        let (one, others) = all.first_and_rest();
                        found.actor = Some(one);
                        found.target = others;
                    }
                }
                "by" => found.actor = self.agent(end),
                preposition => found.actor = self.after(preposition, end, false, true),
            }
        }
        if found.target.is_none() {
            found.target = rule.target.iter().find_map(|slot| match slot.as_str() {
                "before" => before.party.clone(),
                preposition if governs == Some(preposition) => self.parties_from(end),
                preposition => self.after(preposition, end, rule.host, true),
            });
        }
    }

    /// "by X", also behind "was carried out".
    fn agent(&self, end: usize) -> Option<Parties> {
        let direct = self.after("by", end, false, true);
        if direct.is_some() {
            return direct;
        }
        let by = (end..(end + 16).min(self.items.len())).find(|at| self.says(*at, &["by"]))?;
        let light = self.is(by - 1, "light-verbs")
            || (self.says(by - 1, &["out"]) && self.is(by - 2, "light-verbs"));
        if light {
            self.parties_from(by + 1)
        } else {
            None
        }
    }

    /// Whether a noun follows, so that this one only qualifies it ("attack helicopter").
    fn is_compound(&self, end: usize) -> bool {
        self.kind(end) == Some(&Kind::Word)
            && !self.is_border(end)
            && !self.is(end, "prepositions")
            && !self.is(end, "auxiliaries")
            && !self.is(end, "modals")
            && !self.is(end, "adverbs")
            && !self.is(end, "adjunct-prepositions")
            && !self.says(end, &["and", "or", "of", "to", "by", "not"])
            && !self.items[end].word.ends_with("ed")
            && !self.items[end].word.ends_with("ly")
            && !self.is(end, "after-nouns")
    }

    /// Determiners, adjectives and the party before a noun. `None` where the noun is said
    /// not to be there ("no attack", "any attack").
    fn before_noun(&self, at: usize) -> Option<Before> {
        let mut status = EventStatus::Actual;
        let mut start = at;
        let mut party = None;
        while start > 0 && at - start < 6 {
            let before = start - 1;
            if self.is(before, "unreal-adjectives") {
                return None;
            }
            if self.is(before, "planned-adjectives") {
                status = EventStatus::Future;
            } else if self.says(before, &["alleged", "reported", "suspected"]) {
                status = EventStatus::Alleged;
            }
            match self.kind(before) {
                Some(Kind::Possessive) if before > 0 => {
                    let end = before;
                    if let Some(found) = self.owner(end) {
                        start = found.start;
                        party = Some(found);
                    }
                    break;
                }
                Some(Kind::Party(Some(id))) => {
                    let span = self.items[before].span;
                    party = Some(Parties {
                        ids: vec![id.clone()],
                        spans: vec![span],
                        start: before,
                        end: start,
                    });
                    start = before;
                    break;
                }
                Some(Kind::Word) => {
                    if let Some(id) = self.government_of_adjective(before) {
                        let span = self.items[before].span;
                        party = Some(Parties {
                            ids: vec![id],
                            spans: vec![span],
                            start: before,
                            end: start,
                        });
                        start = before;
                        break;
                    }
                    let participle = self.items[before].word.ends_with("ed")
                        && !self.items[before].word.contains('-')
                        && !(before > 0
                            && (self.kind(before - 1) == Some(&Kind::Possessive)
                                || self.is(before - 1, "determiners")
                                || self.government_of_adjective(before - 1).is_some()));
                    let governor = self.is(before, "unreal-governors")
                        && !self.is(before, "planned-adjectives");
                    let stops = participle
                        || governor
                        || self.is(before, "common-verbs")
                        || self.is_border(before)
                        || self.is(before, "prepositions")
                        || self.is(before, "auxiliaries")
                        || self.is(before, "modals")
                        || self.is(before, "light-verbs")
                        || self.says(before, &["of", "to", "and", "or", "not", "out", "by"]);
                    if stops {
                        break;
                    }
                    let determiner = self.is(before, "determiners");
                    start = before;
                    if determiner {
                        break;
                    }
                }
                Some(Kind::Number) => start = before,
                _ => break,
            }
        }
        // an "if" before it, in the same quotation or outside of any
        let supposed = (0..start)
            .rev()
            .take_while(|i| !self.is_quote(*i))
            .any(|i| self.says(i, &["if", "unless"]));
        if supposed && status == EventStatus::Actual {
            status = EventStatus::Conditional;
        }
        Some(Before {
            start,
            party,
            status,
        })
    }

    /// The party whose "'s" ends right before `end`.
    fn owner(&self, end: usize) -> Option<Parties> {
        let last = end.checked_sub(1)?;
        match self.kind(last)? {
            Kind::Party(Some(id)) => {
                let span = self.items[last].span;
                Some(Parties {
                    ids: vec![id.clone()],
                    spans: vec![span],
                    start: last,
                    end,
                })
            }
            Kind::Word => self.parties_before(end).filter(|p| p.end == end),
            _ => None,
        }
    }

    /// Whether the words before the noun phrase speak of it as wished, feared, asked for or
    /// prevented.
    fn is_unreal(&self, start: usize) -> bool {
        (start.saturating_sub(4)..start)
            .rev()
            .take_while(|at| self.kind(*at) != Some(&Kind::Mark))
            .any(|at| self.is(at, "unreal-governors"))
    }

    /// A verb that only carries the noun: "carried out", "launched", "paid".
    fn light_verb(&self, start: usize) -> Option<Light> {
        let last = start.checked_sub(1)?;
        let verb = if self.says(last, &["out", "up"]) {
            last.checked_sub(1)?
        } else {
            last
        };
        if !self.is(verb, "light-verbs") {
            return None;
        }
        let word = self.items[verb].word.as_str();
        let shape = Shape {
            base: !word.ends_with("ed") && !word.ends_with("ing"),
            third: word.ends_with('s'),
            past: !word.ends_with("ing") && !word.ends_with('s'),
            participle: !word.ends_with("ing") && !word.ends_with('s'),
            gerund: word.ends_with("ing"),
        };
        let group = self.group(verb, start, shape)?;
        if group.voice == Voice::Passive {
            return None;
        }
        Some(Light {
            first: verb,
            status: group.status,
            subject: self.subject(&group),
        })
    }
}

struct Light {
    first: usize,
    status: EventStatus,
    subject: Option<Parties>,
}

impl Parties {
    /// The first party alone, and the others if there are any.
    fn first_and_rest(self) -> (Parties, Option<Parties>) {
        let one = Parties {
            ids: vec![self.ids[0].clone()],
            spans: vec![self.spans[0]],
            start: self.start,
            end: self.end,
        };
        let others = (self.ids.len() > 1).then(|| Parties {
            ids: self.ids[1..].to_vec(),
            spans: self.spans[1..].to_vec(),
            start: self.start,
            end: self.end,
        });
        (one, others)
    }
}
