//! What joins and corrections together say of every actor.
//!
//! The joins of the step come first, then the corrections in their order, each on what those
//! before it have left.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Confidence, Id, Join, id_of};

use super::fate::Fate;
use crate::corrections::{Change, Correction, State};
use crate::error::Fault;

/// What must be known of the pages.
pub(crate) trait Facts {
    /// Whether pages name the actor.
    fn is_there(&self, actor: &str) -> Result<bool, Fault>;
    /// The written forms of an actor of the pages, each with each of its articles.
    fn names(&self, actor: &str) -> Result<Vec<(String, String)>, Fault>;
}

/// What is to be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Of actors of the pages whose rows are not simply their own.
    pub fates: BTreeMap<Id, Fate>,
    /// Names given by people, and the actor from which this one was split off.
    pub names: BTreeMap<Id, (String, Option<Id>)>,
    /// The joins that are corrections.
    pub joins: Vec<Join>,
    /// What became of each correction.
    pub states: Vec<State>,
}

/// The id of an actor that was split off. Two forms split from an actor to the same name are
/// one actor.
pub(super) fn split_id(from: &str, name: &str) -> Id {
    id_of("ac", &["split", from, name])
}

/// A form that was split off.
struct Split {
    /// From actors of the pages and actors split off earlier.
    class: BTreeSet<Id>,
    form: String,
    article: Option<Id>,
    to: Id,
}

struct Planner<'a, F> {
    facts: &'a F,
    /// Who an actor is now, where that is another or nobody. Actors that were split off
    /// stand here in any case.
    now: BTreeMap<Id, Option<Id>>,
    made: BTreeSet<Id>,
    splits: Vec<Split>,
    plan: Plan,
}

/// Makes the plan.
pub(crate) fn plan(
    joins: &[Join],
    corrections: &[Correction],
    facts: &impl Facts,
) -> Result<Plan, Fault> {
    let mut planner = Planner {
        facts,
        now: BTreeMap::new(),
        made: BTreeSet::new(),
        splits: Vec::new(),
        plan: Plan::default(),
    };
    let mut states = valid(corrections);
    let counting = corrections.iter().zip(&states);
    let apart: Vec<(Id, Id)> = counting
        .filter(|(_, state)| **state == State::Applied)
        .filter_map(|(correction, _)| match correction.change()? {
            Change::Apart { actor, other } => Some((actor, other)),
            _ => None,
        })
        .collect();
    planner.joins(joins, &apart)?;
    for (correction, state) in corrections.iter().zip(&mut states) {
        if *state != State::Applied {
            continue;
        }
        let done = match correction.change() {
            // Rows are changed once it is known who is who.
            Some(Change::Undo { .. } | Change::Set { .. } | Change::Judge { .. }) => true,
            Some(change) => planner.change(&change, correction)?,
            None => false,
        };
        if !done {
            *state = State::Gone;
        }
    }
    planner.plan.states = states;
    planner.finish()
}

/// Which corrections count: not those taken back, nor those of which a later one says
/// something else.
pub(crate) fn valid(corrections: &[Correction]) -> Vec<State> {
    let mut states = vec![State::Applied; corrections.len()];
    for at in (0..corrections.len()).rev() {
        let Some(Change::Undo { correction }) = corrections[at].change() else {
            continue;
        };
        if states[at] == State::Applied {
            match corrections[..at].iter().position(|c| c.id == correction) {
                Some(earlier) => states[earlier] = State::Undone,
                None => states[at] = State::Gone,
            }
        }
    }
    let mut last: BTreeSet<(&Id, &str, String)> = BTreeSet::new();
    for at in (0..corrections.len()).rev() {
        let c = &corrections[at];
        if states[at] != State::Applied || c.field == "undone" {
            continue;
        }
        // Several forms of one actor may be split off, each once, and it may be apart from several.
        let form = match c.change() {
            Some(Change::Split { form, .. }) => form,
            Some(Change::Apart { other, .. }) => other,
            _ => String::new(),
        };
        // What a person says of a row goes in place of what was said of it before.
        let field = match c.change() {
            Some(Change::Judge { .. }) => "",
            _ => c.field.as_str(),
        };
        if !last.insert((&c.row_key, field, form)) {
            states[at] = State::Overruled;
        }
    }
    states
}

impl<F: Facts> Planner<'_, F> {
    fn joins(&mut self, joins: &[Join], apart: &[(Id, Id)]) -> Result<(), Fault> {
        let mut next: BTreeMap<&str, &str> = BTreeMap::new();
        for join in joins {
            let both = self.facts.is_there(&join.from)? && self.facts.is_there(&join.to)?;
            if both && join.from != join.to {
                next.entry(&join.from).or_insert(&join.to);
            }
        }
        for (actor, other) in apart {
            // Without its own join it is the one that others were joined to.
            if last(&next, actor) == last(&next, other) && next.remove(actor.as_str()).is_none() {
                let _ = next.remove(other.as_str());
            }
        }
        for from in next.keys() {
            let to = last(&next, from);
            self.now.insert((*from).to_owned(), Some(to.to_owned()));
        }
        Ok(())
    }

    /// Who an actor is now; `None` if it is not there or was forgotten.
    fn current(&self, actor: &str) -> Result<Option<Id>, Fault> {
        match self.now.get(actor) {
            Some(now) => Ok(now.clone()),
            None if self.facts.is_there(actor)? => Ok(Some(actor.to_owned())),
            None => Ok(None),
        }
    }

    /// All that are this actor now.
    fn members(&self, actor: &str) -> BTreeSet<Id> {
        let others = self
            .now
            .iter()
            .filter(|(_, now)| now.as_deref() == Some(actor));
        let mut members: BTreeSet<Id> = others.map(|(id, _)| id.clone()).collect();
        if !self.now.contains_key(actor) {
            members.insert(actor.to_owned());
        }
        members
    }

    /// Does what a correction asks for; false if there is nothing to do it to.
    fn change(&mut self, change: &Change, correction: &Correction) -> Result<bool, Fault> {
        if let Change::Apart { actor, other } = change {
            // Joined they are no more; here it is told whether there are two.
            return Ok(self.facts.is_there(actor)? && self.facts.is_there(other)?);
        }
        let actor = match change {
            Change::Merge { from, .. } => from,
            Change::Split { actor, .. }
            | Change::Rename { actor, .. }
            | Change::Forget { actor } => actor,
            _ => return Ok(true),
        };
        let Some(actor) = self.current(actor)? else {
            return Ok(false);
        };
        match change {
            Change::Merge { from, to } => {
                let Some(other) = self.current(to)? else {
                    return Ok(false);
                };
                if from == to {
                    return Ok(false);
                }
                let mut members = self.members(&actor);
                members.extend(self.members(&other));
                for member in members {
                    self.now.insert(member, Some(to.clone()));
                }
                self.plan.joins.push(join(correction, actor, to));
                Ok(true)
            }
            Change::Split {
                form,
                article,
                name,
                ..
            } => self.split(&actor, form, article.as_deref(), name, correction),
            Change::Rename { name, .. } => {
                let like = self
                    .plan
                    .names
                    .get(&actor)
                    .and_then(|(_, like)| like.clone());
                self.plan.names.insert(actor, (name.clone(), like));
                Ok(true)
            }
            Change::Forget { .. } => {
                for member in self.members(&actor) {
                    self.now.insert(member, None);
                }
                Ok(true)
            }
            _ => Ok(true),
        }
    }

    fn split(
        &mut self,
        actor: &str,
        form: &str,
        article: Option<&str>,
        name: &str,
        correction: &Correction,
    ) -> Result<bool, Fault> {
        let class = self.members(actor);
        let mut found = false;
        for id in self.of_pages(&class) {
            let names = self.facts.names(&id)?;
            found |= names.iter().any(|(words, place)| {
                words == form
                    && article.is_none_or(|a| a == place)
                    && class.contains(&self.walk(&id, words, place))
            });
        }
        if !found {
            return Ok(false);
        }
        let to = split_id(&correction.row_key, name);
        self.now.insert(to.clone(), Some(to.clone()));
        self.made.insert(to.clone());
        let like = (name.to_owned(), Some(actor.to_owned()));
        self.plan.names.insert(to.clone(), like);
        self.splits.push(Split {
            class,
            form: form.to_owned(),
            article: article.map(str::to_owned),
            to,
        });
        Ok(true)
    }

    /// The actors of the pages among these, and those from which the others were split off.
    fn of_pages(&self, class: &BTreeSet<Id>) -> BTreeSet<Id> {
        let mut wanted = class.clone();
        for split in self.splits.iter().rev() {
            if wanted.contains(&split.to) {
                wanted.extend(split.class.iter().cloned());
            }
        }
        wanted.difference(&self.made).cloned().collect()
    }

    /// The actor of the pages, or the one split off, to which a name of `id` belongs.
    fn walk(&self, id: &str, form: &str, article: &str) -> Id {
        let mut at = id.to_owned();
        for split in &self.splits {
            let here = split.article.as_deref().is_none_or(|a| a == article);
            if here && split.form == form && split.class.contains(&at) {
                at.clone_from(&split.to);
            }
        }
        at
    }

    fn is_now(&self, id: &str) -> Option<Id> {
        self.now.get(id).cloned().unwrap_or(Some(id.to_owned()))
    }

    /// The fates, once all corrections are done.
    fn finish(mut self) -> Result<Plan, Fault> {
        let split: BTreeSet<Id> = self.splits.iter().flat_map(|s| s.class.clone()).collect();
        let mut ids: BTreeSet<Id> = self.now.keys().chain(&split).cloned().collect();
        ids = ids.difference(&self.made).cloned().collect();
        let mut fates = BTreeMap::new();
        for id in ids {
            let mut fate = Fate::whole(self.is_now(&id));
            if split.contains(&id) {
                self.forms(&id, &mut fate)?;
            }
            if fate != Fate::whole(Some(id.clone())) {
                fates.insert(id, fate);
            }
        }
        self.plan.fates = fates;
        Ok(self.plan)
    }

    fn forms(&self, id: &str, fate: &mut Fate) -> Result<(), Fault> {
        let names = self.facts.names(id)?;
        let of = |form: &str, article: &str| self.is_now(&self.walk(id, form, article));
        let all: BTreeSet<_> = names.iter().map(|(form, place)| of(form, place)).collect();
        if all.len() == 1 {
            // Nothing but split forms: the actor of the pages goes as a whole.
            fate.to = all.into_iter().next().flatten();
            return Ok(());
        }
        for split in &self.splits {
            let place = split.article.as_deref().unwrap_or_default();
            let fits = |(form, article): &&(String, String)| {
                *form == split.form && (place.is_empty() || place == article)
            };
            if names.iter().any(|name| fits(&name)) {
                let to = of(&split.form, place);
                fate.forms
                    .insert((split.form.clone(), place.to_owned()), to);
            }
        }
        let other: Vec<_> = fate.forms.keys().cloned().collect();
        for key in other {
            let all = fate.forms.get(&(key.0.clone(), String::new()));
            let usual = all.filter(|_| !key.1.is_empty()).unwrap_or(&fate.to);
            if fate.forms.get(&key) == Some(usual) {
                let _ = fate.forms.remove(&key);
            }
        }
        Ok(())
    }
}

/// Where the joins from `start` end. The step gives no chains; were there a circle, its first
/// actor would stay.
fn last<'a>(next: &BTreeMap<&'a str, &'a str>, start: &'a str) -> &'a str {
    let (mut at, mut seen) = (start, BTreeSet::new());
    while let Some(to) = next.get(at) {
        if !seen.insert(at) {
            return first_of_circle(next, at);
        }
        at = to;
    }
    at
}

/// The smallest id of the circle in which `start` lies.
fn first_of_circle<'a>(next: &BTreeMap<&'a str, &'a str>, start: &'a str) -> &'a str {
    let (mut first, mut at) = (start, start);
    while let Some(to) = next.get(at).copied().filter(|to| *to != start) {
        (first, at) = (first.min(to), to);
    }
    first
}

fn join(correction: &Correction, from: Id, to: &str) -> Join {
    let by = correction.by.as_deref().unwrap_or("a person");
    let why = correction.why.as_ref();
    Join {
        from,
        to: to.to_owned(),
        reason: format!(
            "merged by {by}{}",
            why.map_or(String::new(), |why| format!(": {why}"))
        ),
        made_by: format!("correction:{}", correction.id),
        confidence: Confidence::percent(100),
    }
}

#[cfg(test)]
mod tests;
