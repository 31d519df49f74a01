//! Events told by a noun: "the strike on", "its withdrawal from", "carried out an attack".

use onrecord_lexicon::{EventRule, Needs, NounForm};
use onrecord_model::{EventStatus, Upos};

use crate::{
    clause::Act,
    find::Found,
    items::{Kind, Line},
    parties::Parties,
};

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
        let noun = self
            .tree
            .head_in(self.items[at].span.join(self.items[end - 1].span))?;
        let word = &self.tree.words[noun];
        let place = ["nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"];
        let is_noun = matches!(word.upos, Upos::Noun | Upos::Propn)
            || word.xpos == "VBG" && self.hangs(noun, &place) && self.act(noun).is_none();
        if !is_noun || self.hangs(noun, &["compound", "amod", "nmod:desc", "flat"]) {
            return None; // "attack helicopter"
        }
        let rule = &self.lexicon.events.rules[form.rule];
        let mut found = Found {
            rule: Some(form.rule),
            event_type: rule.event,
            percent: 0,
            word: noun,
            first: at,
            end,
            actor: None,
            target: None,
            status: self.noun_status(noun)?,
            past: false,
            will: false,
            nominal: true,
        };
        let light = self.light_verb(noun);
        let mut tops = vec![noun];
        if let Some((verb, act)) = &light {
            tops.push(*verb);
            found.status = act.as_ref()?.status;
            self.carry(&mut found, *verb, act.as_ref()?);
        }
        if !self.allowed(rule, &found) {
            return None;
        }
        self.noun_slots(rule, &tops, rest.last().copied(), &mut found);
        let (actor, target) = (found.actor.is_some(), found.target.is_some());
        let enough = match rule.needs {
            Needs::Both => actor && target,
            Needs::Target => target,
            Needs::Any => actor || target,
            Needs::Actor => actor || target && light.is_some(),
        };
        enough.then_some(found)
    }

    /// Takes from a verb that carries the noun what it tells: who, when, and more trigger.
    fn carry(&self, found: &mut Found, verb: usize, act: &Act) {
        found.past = true;
        found.will = act.will;
        let who = if act.clause.passive {
            &act.clause.agents
        } else {
            &act.clause.subjects
        };
        found.actor = self.parties(who, true);
        if let Some(first) = self.item(verb).filter(|at| *at < found.first) {
            found.first = first;
        }
    }

    fn noun_slots(
        &self,
        rule: &EventRule,
        tops: &[usize],
        governs: Option<&str>,
        found: &mut Found,
    ) {
        let noun = found.word;
        let before = || {
            let mut owners = self.owners(noun);
            // "X's invasion and occupation of Y"
            let joined = self.tree.words[noun]
                .head
                .filter(|_| self.hangs(noun, &["conj"]));
            if let Some(first) = joined.filter(|_| owners.is_empty()) {
                owners = self.owners(first);
            }
            Parties::of(owners)
        };
        for slot in &rule.actor {
            if found.actor.is_some() {
                break;
            }
            found.actor = match slot.as_str() {
                "before" => before(),
                "between" => {
                    let sides = self.governed_by("between", tops);
                    let sides: Vec<usize> = sides.into_iter().flatten().collect();
                    let one = sides.first().and_then(|one| self.parties(&[*one], false));
                    found.target = one.as_ref().and_then(|_| self.parties(&sides[1..], false));
                    one
                }
                preposition => self.after(preposition, &[noun], false),
            };
        }
        if found.target.is_none() {
            found.target = rule.target.iter().find_map(|slot| match slot.as_str() {
                "before" => before(),
                slot => self.after(slot, tops, rule.host).or_else(|| {
                    // "strikes targeting X"
                    let acl = self
                        .marked(noun, &["acl"], &[slot])
                        .filter(|_| governs != Some(slot))?;
                    self.parties(&self.tree.clause(acl).objects, false)
                }),
            });
        }
    }

    /// What a noun's adjectives and the words above it say of it; `None` where it is said
    /// not to be there, or wished, feared, asked for or prevented.
    pub fn noun_status(&self, noun: usize) -> Option<EventStatus> {
        let words = &self.tree.words;
        let mut status = EventStatus::Actual;
        let mut definite = false;
        for at in self.tree.children(noun) {
            let text = self.text(at);
            if self.hangs(at, &["det", "amod", "case"])
                && (self.listed(at, "unreal-adjectives")
                    || self.hangs(at, &["case"]) && self.listed(at, "unreal-governors"))
            {
                return None;
            }
            if self.listed(at, "planned-adjectives") {
                status = EventStatus::Future;
            } else if ["alleged", "reported", "suspected"].contains(&text.as_str()) {
                status = EventStatus::Alleged;
            }
            definite |= self.hangs(at, &["nmod:poss"])
                || self.hangs(at, &["compound"]) && self.tree.child(at, &["nmod:poss"]).is_some()
                || self.hangs(at, &["det"]) && !["a", "an", "some"].contains(&text.as_str());
        }
        let mut at = noun;
        for _ in 0..words.len() {
            let Some(above) = words[at].head else { break };
            // "the attack was planned for months"
            let real = self.hangs(at, &["nsubj:pass"]) && self.listed(above, "planned-adjectives");
            let undergoes = self.hangs(
                at,
                &["obj", "obl", "nmod", "nsubj:pass", "ccomp", "xcomp", "acl"],
            );
            if undergoes && !real && self.listed(above, "unreal-governors") {
                return None;
            }
            if words[above].upos == Upos::Verb || self.hangs(at, &["nsubj"]) {
                let carried = !definite && self.hangs(at, &["nsubj", "nsubj:pass", "obj"]);
                let said = match self.tree.clause(above).modal.as_deref() {
                    Some("will" | "shall" | "'ll") if carried => EventStatus::Future,
                    Some("would" | "could" | "may" | "might" | "'d") if carried => {
                        EventStatus::Conditional
                    }
                    _ if self.if_before(above, noun) => EventStatus::Conditional,
                    _ if carried => self.condition(above)?,
                    _ => EventStatus::Actual,
                };
                if status == EventStatus::Actual {
                    status = said;
                }
                break;
            }
            at = above;
        }
        Some(status)
    }

    /// A verb that only carries a noun ("carried out an attack", "an attack carried out
    /// by", "the attack they carried out"), and how it tells it.
    fn light_verb(&self, noun: usize) -> Option<(usize, Option<Act>)> {
        let words = &self.tree.words;
        let first = if self.hangs(noun, &["conj"]) {
            words[noun].head?
        } else {
            noun
        };
        let above = words[first]
            .head
            .filter(|_| self.hangs(first, &["obj", "nsubj:pass"]));
        let below = self.tree.children(noun).find(|at| {
            let clause = self.tree.clause(*at);
            self.hangs(*at, &["acl"]) && clause.passive
                || self.hangs(*at, &["acl:relcl"]) && clause.objects.contains(&noun)
        });
        let verb = [above, below]
            .into_iter()
            .flatten()
            .find(|at| self.listed(*at, "light-verbs"))?;
        Some((verb, self.act(verb)))
    }
}
