//! What single words of the tree say: negations, marks, lemmas, lists of the lexicon.

use onrecord_lexicon::StanceRule;
use onrecord_model::{Sentence, Upos};

use super::Takes;

impl<'a> Takes<'a> {
    /// A condition, a question within, a mere possibility.
    pub(super) fn is_blocked_in(&self, tree: &Sentence, word: usize) -> bool {
        let marked = tree.children(word).any(|at| {
            tree.words[at].dep.is_any(&["mark", "advmod"])
                && self.form("conditions", &tree.words[at].lemma.to_lowercase())
        });
        let clause = tree.clause(word);
        marked || clause.modal.is_some_and(|m| self.form("possible", &m))
    }

    pub(super) fn has_not(&self, tree: &Sentence, word: usize) -> bool {
        let not = |at: usize| {
            let lemma = tree.words[at].lemma.to_lowercase();
            ["not", "n't", "n’t", "never"].contains(&lemma.as_str())
        };
        tree.children(word)
            .any(|at| tree.words[at].dep == "advmod" && not(at))
    }

    /// "no support for", "nobody".
    pub(super) fn is_none(&self, tree: &Sentence, word: usize) -> bool {
        tree.words[word].upos == Upos::Noun
            && tree.children(word).any(|at| {
                tree.words[at].dep == "det" && tree.words[at].lemma.eq_ignore_ascii_case("no")
            })
    }

    pub(super) fn no_longer(&self, tree: &Sentence, word: usize) -> bool {
        tree.children(word).any(|at| {
            tree.words[at].lemma.eq_ignore_ascii_case("long")
                && tree.words[at].dep == "advmod"
                && at > 0
                && tree.words[at - 1].lemma.eq_ignore_ascii_case("no")
        })
    }

    /// The prepositions and marks of a word, in lower case: "for", "in favour of" is of two.
    pub(super) fn cases(&self, tree: &Sentence, word: usize) -> Vec<String> {
        let cases: Vec<String> = tree
            .children(word)
            .filter(|at| tree.words[*at].dep.is_any(&["case", "mark"]))
            .map(|at| tree.words[at].lemma.to_lowercase())
            .collect();
        let mut all = vec![cases.join(" ")];
        all.extend(cases);
        all.retain(|c| !c.is_empty());
        all.dedup();
        all
    }

    /// The dictionary form of a verb with its particle, of another word by itself.
    pub(super) fn lemma(&self, tree: &Sentence, word: usize) -> String {
        let mut lemma = tree.words[word].lemma.to_lowercase();
        // the forms of rare verbs are sometimes cut too short or too long: "endors", "annull"
        if tree.words[word].upos == Upos::Verb && !self.begins(&lemma) {
            let longer = format!("{lemma}e");
            let shorter = &lemma[..lemma.char_indices().next_back().map_or(0, |(at, _)| at)];
            if self.begins(&longer) {
                lemma = longer;
            } else if self.begins(shorter) {
                lemma = shorter.to_owned();
            }
        }
        match tree.child(word, &["compound:prt"]) {
            Some(particle) => format!("{lemma} {}", tree.words[particle].lemma.to_lowercase()),
            None => lemma,
        }
    }

    /// Whether a form of the lists begins with this word.
    pub(super) fn begins(&self, word: &str) -> bool {
        let is = |form: &String| {
            form.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.stances.iter().any(|r| r.takes.iter().any(is))
            || ["turns", "through", "gone", "stays"]
                .iter()
                .any(|list| self.forms.get(*list).is_some_and(|f| f.iter().any(is)))
    }

    pub(super) fn takes(&self, forms: &[String]) -> Option<&'a StanceRule> {
        forms.iter().find_map(|form| {
            self.stances
                .iter()
                .find(|r| r.takes.contains(form))
                .copied()
        })
    }

    pub(super) fn form(&self, list: &str, form: &str) -> bool {
        self.forms.get(list).is_some_and(|f| f.contains(form))
    }
}
