//! A sentence's tree as the rules ask it: which word an item is, what hangs on what.

use crate::items::{Kind, Line, plain};

/// Relations at which a clause of its own begins.
const CLAUSES: [&str; 9] = [
    "ccomp",
    "xcomp",
    "advcl",
    "advcl:relcl",
    "acl",
    "acl:relcl",
    "parataxis",
    "csubj",
    "csubj:pass",
];

/// The words of a trigger: a verb with its particles and set objects.
pub struct Wording {
    pub words: Vec<usize>,
    /// One past the last item.
    pub end: usize,
}

impl Line<'_> {
    /// The syntactic head of an item.
    pub fn word(&self, item: usize) -> Option<usize> {
        self.tree.head_in(self.items.get(item)?.span)
    }

    /// The item that a word is part of.
    pub fn item(&self, word: usize) -> Option<usize> {
        let span = self.tree.words.get(word)?.span;
        self.items.iter().position(|i| i.span.contains(span))
    }

    /// A word as the lists write it.
    pub fn text(&self, word: usize) -> String {
        plain(self.reading.words(self.tree.words[word].span))
    }

    /// Whether a word or its dictionary form is on a list of `plover.toml`.
    pub fn listed(&self, word: usize, list: &str) -> bool {
        let plover = &self.lexicon.events.plover;
        plover.is(list, &self.text(word)) || plover.is(list, &self.tree.words[word].lemma)
    }

    /// Whether a word hangs on its head in one of these ways.
    pub fn hangs(&self, word: usize, deps: &[&str]) -> bool {
        self.tree.words[word].dep.is_any(deps)
    }

    /// The child of a word that is one of these words and hangs so.
    pub fn marked(&self, word: usize, deps: &[&str], texts: &[&str]) -> Option<usize> {
        self.tree
            .children(word)
            .find(|at| self.hangs(*at, deps) && texts.contains(&self.text(*at).as_str()))
    }

    /// Whether a word stands below another in the same clause.
    pub fn in_clause(&self, word: usize, top: usize) -> bool {
        let words = &self.tree.words;
        let mut at = word;
        for _ in 0..words.len() {
            if at == top {
                return true;
            }
            let second_verb =
                words[at].dep == "conj" && words[at].upos == onrecord_model::Upos::Verb;
            match words[at].head {
                Some(head) if !second_verb && !self.hangs(at, &CLAUSES) => at = head,
                _ => return false,
            }
        }
        false
    }

    /// The verb, noun or adjective that a noun is part of the clause of.
    pub fn predicate_of(&self, noun: usize) -> usize {
        let words = &self.tree.words;
        let mut at = noun;
        for _ in 0..words.len() {
            match words[at].head {
                Some(head) if !self.hangs(at, &CLAUSES) => at = head,
                _ => break,
            }
        }
        at
    }

    /// Where the words of a rule stand: right behind the one at `at`, or, if `loose`, hanging
    /// on it one by one with others between ("imposed new sanctions on", "sanctions were
    /// imposed on").
    pub fn wording(&self, at: usize, rest: &[String], loose: bool) -> Option<Wording> {
        let verb = self.word(at)?;
        let words = &self.tree.words;
        let mut found = vec![verb];
        let mut last = verb;
        let adjacent = self.phrase(at + 1, &rest.iter().map(String::as_str).collect::<Vec<_>>());
        if adjacent == loose {
            return None;
        } else if adjacent {
            found.extend((at + 1..=at + rest.len()).filter_map(|item| self.word(item)));
            last = *found.last()?;
        } else {
            for next in rest {
                if self.lexicon.events.plover.is("determiners", next) {
                    continue;
                }
                let hit = (0..words.len()).find(|x| {
                    let free = words[*x].dep.is_any(&["obl", "nmod", "nsubj"])
                        && !self.tree.children(*x).any(|c| found.contains(&c));
                    let Some(head) = words[*x].head else {
                        return false;
                    };
                    let leads = self.hangs(*x, &["case", "mark"])
                        && words[head].head.is_some_and(|above| found.contains(&above));
                    let comma = (last..*x).any(|at| words[at].lemma == ",");
                    let placed = *x > last && *x < last + LOOSE && !comma
                        || words[*x].dep == "nsubj:pass" && head == verb;
                    placed && !free && (leads || found.contains(&head)) && self.text(*x) == *next
                })?;
                found.push(hit);
                last = last.max(hit);
            }
        }
        // "called on Friday"
        let governed = self
            .hangs(last, &["case"])
            .then_some(words[last].head)
            .flatten();
        let date = governed
            .and_then(|w| self.item(w))
            .is_some_and(|i| self.kind(i) == Some(&Kind::Date));
        let end = if adjacent {
            at + 1 + rest.len()
        } else {
            self.item(last)? + 1
        };
        (!date || last == verb).then_some(Wording { words: found, end })
    }
}

/// Words that may stand between those of a rule.
const LOOSE: usize = 6;
