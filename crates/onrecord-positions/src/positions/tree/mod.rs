//! Stands read off the dependency tree: the word that takes the thing, and whose it is.

mod climb;
mod holders;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Issues, StanceRule, Toward};
use onrecord_model::{Id, MentionKind, Sentence};

use super::{Search, Stand, Turned};
use crate::phrase::Found;
use crate::targets::TargetAt;
use crate::view::View;

/// How far a thing may stand below the word that takes it.
const FARTHEST: usize = 7;

/// The word that takes the thing.
struct Taken<'a> {
    rule: &'a StanceRule,
    word: usize,
    /// Whether words between turn the stand round.
    turned: bool,
    /// "no longer"
    given_up: bool,
    /// Whether it is a demand in somebody's words ("they must leave"): his who says it.
    by_speaker: bool,
}

/// What takes things in a sentence, by its tree.
pub(crate) struct Takes<'a> {
    view: &'a View<'a>,
    stances: Vec<&'a StanceRule>,
    forms: &'a BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Search<'a> {
    /// The stands that the tree shows: of each thing, the word that takes it ("oppose",
    /// "call for", "opposition to") with who does, turned round by what stands between
    /// ("refused to accept", "does not oppose").
    pub(super) fn of_tree(&self, into: &mut Vec<Stand<'a>>) {
        let view = self.view;
        let tree = &view.reading.sentences[view.n];
        let takes = Takes {
            view,
            stances: self
                .issue
                .stances
                .iter()
                .chain(&self.issues.stances)
                .collect(),
            forms: &self.issues.forms,
        };
        for target in self.targets {
            let span = view.words[target.start]
                .span
                .join(view.words[target.end - 1].span);
            let Some(head) = tree.head_in(span) else {
                continue;
            };
            let mut all = Vec::new();
            let taken = takes.taken(tree, head, span, &mut all);
            all.extend(taken);
            for taken in &all {
                self.stands_of(&takes, tree, target, taken, into);
            }
        }
    }

    fn stands_of(
        &self,
        takes: &Takes<'a>,
        tree: &Sentence,
        target: &TargetAt,
        taken: &Taken<'a>,
        into: &mut Vec<Stand<'a>>,
    ) {
        let view = self.view;
        if self.is_elsewhere(target) {
            return;
        }
        let Some((holders, turned)) = takes.holders(tree, taken) else {
            return;
        };
        let toward = taken.rule.toward.times(target.toward);
        let stance = taken.turned(turned).stance(toward);
        let Some(word) = takes.at(tree, taken.word) else {
            return;
        };
        let found = Found {
            start: word.min(target.start),
            end: (word + 1).max(target.end),
            slots: vec![("target".to_owned(), target.start, target.end)],
            loose: Vec::new(),
        };
        let spoken = view.innermost(found.span(&view.words));
        if spoken.is_some_and(|s| s.negated) {
            return;
        }
        for holder in holders {
            let Some(at) = takes.at(tree, holder) else {
                continue;
            };
            let named = view
                .mentions
                .iter()
                .any(|m| m.kind == MentionKind::Name && m.start <= at && at < m.end);
            let of_thing = |t: &TargetAt| t.start <= at && at < t.end;
            if of_thing(target) || !named && self.targets.iter().any(of_thing) {
                continue; // words of the thing itself do not hold a stand on it
            }
            let Some((actor, holder_at)) = takes.actor(at) else {
                continue;
            };
            into.push(Stand {
                rule: &taken.rule.id,
                holder: actor,
                holder_at,
                stance,
                target: target.clone(),
                found: found.clone(),
                spoken,
            });
        }
    }
}

impl Taken<'_> {
    /// What all that negates makes of the stand.
    fn turned(&self, above: bool) -> Turned {
        match (self.given_up, self.turned != above) {
            (true, _) => Turned::Given,
            (false, true) => Turned::Round,
            (false, false) => Turned::No,
        }
    }
}

impl<'a> Takes<'a> {
    /// With the ways of being for or against that hold for every issue.
    pub(crate) fn of(view: &'a View<'a>, issues: &'a Issues) -> Self {
        Takes {
            view,
            stances: issues.stances.iter().collect(),
            forms: &issues.forms,
        }
    }

    /// Who is for or against what a noun stands for, and which way; `None` where nothing
    /// takes it.
    pub(crate) fn of_word(&self, tree: &Sentence, noun: usize) -> Option<(Vec<Id>, Toward)> {
        let taken = self.taken(tree, noun, tree.words[noun].span, &mut Vec::new())?;
        // the word itself, not one farther up: that takes something else
        if tree.words[noun].head != Some(taken.word) {
            return None;
        }
        let (holders, turned) = self.holders(tree, &taken)?;
        let toward = match taken.turned(turned) {
            Turned::No => taken.rule.toward,
            Turned::Round => taken.rule.toward.flipped(),
            Turned::Given => return None,
        };
        let actors: Vec<Id> = holders
            .into_iter()
            .filter_map(|holder| self.actor(self.at(tree, holder)?).map(|a| a.0))
            .collect();
        (!actors.is_empty()).then_some((actors, toward))
    }

    /// The word of the view that a word of the tree begins in.
    pub(super) fn at(&self, tree: &Sentence, word: usize) -> Option<usize> {
        let span = tree.words[word].span;
        self.view.words.iter().position(|w| w.span.end > span.start)
    }

    /// The actor that a word of the view stands for, and where its mention begins.
    fn actor(&self, at: usize) -> Option<(Id, Option<usize>)> {
        let mut mentions = self.view.mentions.iter();
        match mentions.find(|m| m.start <= at && at < m.end) {
            Some(mention) => Some((mention.actor.clone(), Some(mention.start))),
            None => {
                let own = self
                    .view
                    .speaker_as_pronoun(at)
                    .or_else(|| self.speakers_body(at));
                own.map(|actor| (actor, None))
            }
        }
    }

    /// "said the movement would ...", "his party": the body that the speaker leads, speaks for or
    /// belongs to, else the speaker.
    fn speakers_body(&self, at: usize) -> Option<Id> {
        let words = &self.view.words;
        let before = at.checked_sub(1).map(|b| words[b].lower.as_str());
        let own = matches!(
            before,
            Some("the" | "his" | "her" | "their" | "our" | "its" | "my")
        );
        if !own || !self.form("bodies", &words[at].lower) {
            return None;
        }
        let speaker = self.view.innermost(words[at].span)?.speaker.clone()?;
        let ties = ["leads", "speaks_for", "member_of"];
        let tie = self
            .view
            .reading
            .relations
            .iter()
            .find(|r| r.subject == speaker && ties.contains(&r.predicate.name()));
        Some(tie.map_or(speaker, |tie| tie.object.clone()))
    }
}
