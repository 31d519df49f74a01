//! Whose the word is that takes a thing.

use std::collections::BTreeSet;

use onrecord_lexicon::Toward;
use onrecord_model::{Clause, Sentence, Upos};

use super::{Taken, Takes};

impl<'a> Takes<'a> {
    /// Whose stand it is, and whether words above turn it round; `None` where it is no stand
    /// (a condition, a denial, a possibility). One who takes the taking ("urged them to reject
    /// it", "warned against accepting it") stands in place of those who are to take.
    pub(super) fn holders(&self, tree: &Sentence, taken: &Taken<'a>) -> Option<(Vec<usize>, bool)> {
        if self.is_blocked_in(tree, taken.word) {
            return None;
        }
        let span = tree.words[taken.word].span;
        let outer = self.taken(tree, taken.word, span, &mut Vec::new());
        // only farther up: a damaged tree may lead round in a circle
        let above = |outer: &Taken<'_>| {
            outer.word != taken.word
                && tree.is_below(taken.word, outer.word)
                && !tree.is_below(outer.word, taken.word)
        };
        if let Some(outer) = outer.filter(above) {
            let (holders, turned) = self.holders(tree, &outer)?;
            let against = outer.rule.toward == Toward::Against;
            return Some((holders, turned ^ outer.turned ^ against));
        }
        let mut turned = false;
        let mut holders = match taken.by_speaker {
            false => self.own_holders(tree, taken.word),
            true => self.sayers(tree, taken.word),
        };
        let mut at = taken.word;
        for _ in 0..tree.words.len() {
            let word = &tree.words[at];
            let Some(above) = word.head else { break };
            let lemma = self.lemma(tree, above);
            let is = |list: &str| self.form(list, &lemma);
            let below = [
                "xcomp",
                "ccomp",
                "acl",
                "advcl",
                "obj",
                "nmod",
                "obl",
                "nsubj",
                "acl:relcl",
            ];
            if word.dep.is_any(&below) {
                if is("denies") {
                    return None;
                }
                let clause = tree.clause(above);
                // "there will be a vote": nobody stands anywhere yet
                let to_come = tree.child(above, &["expl"]).is_some() && clause.modal.is_some();
                if to_come {
                    return None;
                }
                if is("voices") && tree.words[taken.word].upos != Upos::Verb {
                    // "voiced its opposition to"
                    if holders.is_empty() {
                        holders = subjects(&clause);
                    }
                    turned ^= clause.negated && !self.is_none(tree, taken.word);
                } else if word.dep == "obl" && at == taken.word && holders.is_empty() {
                    // "blocked the road in protest at"
                    holders = subjects(&clause);
                } else if word.dep == "xcomp" && clause.negated {
                    turned = !turned; // "does not want to ..." is a verb of its own
                }
            }
            if self.is_blocked_in(tree, above) {
                return None;
            }
            at = above;
        }
        let mut all: Vec<usize> = Vec::new();
        for holder in holders {
            let holder = self.of_whom(tree, self.behind(tree, holder));
            if !all.contains(&holder) {
                all.push(holder);
            }
        }
        (!all.is_empty()).then_some((all, turned))
    }

    /// Who says the clause of a word: the subjects of the verb it is said by.
    pub(super) fn sayers(&self, tree: &Sentence, word: usize) -> Vec<usize> {
        let mut at = word;
        for _ in 0..tree.words.len() {
            let parsed = &tree.words[at];
            let Some(above) = parsed.head else { break };
            if parsed.dep.is_any(&["ccomp", "parataxis"]) {
                return subjects(&tree.clause(above));
            }
            // the cue stands below what is said: "..., the minister said"
            at = above;
        }
        let below = tree
            .children(at)
            .filter(|child| tree.words[*child].dep == "parataxis");
        below
            .flat_map(|child| subjects(&tree.clause(child)))
            .collect()
    }

    /// The holders that the word itself has: its subjects, the agents of a passive; of a noun,
    /// whose it is.
    pub(super) fn own_holders(&self, tree: &Sentence, word: usize) -> Vec<usize> {
        let clause = tree.clause(word);
        let parsed = &tree.words[word];
        if parsed.upos == Upos::Noun && tree.child(word, &["cop"]).is_none() {
            let by = |at: usize| {
                let cases = self.cases(tree, at);
                cases
                    .iter()
                    .any(|c| ["by", "of", "from", "among"].contains(&c.as_str()))
            };
            let mut owners: BTreeSet<usize> = BTreeSet::new();
            for child in tree.children(word) {
                let dep = tree.words[child].dep;
                let holds = dep == "nmod:poss"
                    || (dep.is_any(&["nmod", "obl", "obl:agent"]) && by(child))
                    || (dep == "compound" && self.mention_at(tree, child));
                if holds {
                    owners.extend(tree.joined(child));
                }
            }
            // of "opposition of the party to the plan" the plan is no holder
            return owners
                .into_iter()
                .filter(|at| self.mention_at(tree, self.of_whom(tree, *at)))
                .collect();
        }
        subjects(&clause)
    }

    pub(super) fn mention_at(&self, tree: &Sentence, word: usize) -> bool {
        let span = tree.words[word].span;
        let mention = |m: &crate::view::MentionAt| {
            let words = &self.view.words;
            words[m.start].span.start <= span.start && span.end <= words[m.end - 1].span.end
        };
        self.view.mentions.iter().any(mention)
    }

    /// "passed a resolution that rejects it": not the resolution holds the stand but those
    /// whose it is, or who passed it.
    pub(super) fn behind(&self, tree: &Sentence, word: usize) -> usize {
        let parsed = &tree.words[word];
        let paper = parsed.upos == Upos::Noun && self.form("papers", &self.lemma(tree, word));
        if !paper || self.mention_at(tree, word) {
            return word;
        }
        if let Some(owner) = self.own_holders(tree, word).first() {
            return *owner;
        }
        let above = parsed
            .head
            .filter(|_| parsed.dep.is_any(&["obj", "nsubj:pass"]));
        above
            .filter(|above| self.form("passes", &self.lemma(tree, *above)))
            .and_then(|above| subjects(&tree.clause(above)).first().copied())
            .unwrap_or(word)
    }

    /// "some of the parties", "members of the council": those are meant; "the opposition
    /// leader Hana Moro": she is.
    pub(super) fn of_whom(&self, tree: &Sentence, word: usize) -> usize {
        if self.mention_at(tree, word) {
            return word;
        }
        let named = |at: &usize| {
            let dep = tree.words[*at].dep;
            dep.is_any(&["appos", "flat", "nmod:desc", "compound"]) && self.mention_at(tree, *at)
        };
        if let Some(name) = tree.children(word).filter(named).max() {
            return name;
        }
        if !self.form("partitive", &self.lemma(tree, word)) {
            return word;
        }
        let of = |at: &usize| {
            tree.words[*at].dep == "nmod"
                && self
                    .cases(tree, *at)
                    .iter()
                    .any(|c| c == "of" || c == "from")
        };
        tree.children(word).find(of).unwrap_or(word)
    }
}

/// Who does it: the subjects, or the agents of a passive.
pub(super) fn subjects(clause: &Clause) -> Vec<usize> {
    if clause.passive {
        clause.agents.clone()
    } else {
        clause.subjects.clone()
    }
}
