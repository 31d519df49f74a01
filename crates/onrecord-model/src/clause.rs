//! Trees read as clauses: who is subject, who is object, what is negated.

use crate::{Sentence, Span, Word};

/// A predicate (a verb, or the noun or adjective of "is a threat") with what depends on it.
/// Words are numbers in the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// The predicate.
    pub predicate: usize,
    /// Who does it (active), with what is joined to them by "and"; taken from the clause
    /// above where this one leaves it out ("came and went", "wants to go", "the man who went").
    pub subjects: Vec<usize>,
    /// Whether the subjects undergo it: "was attacked", "attacked by".
    pub passive: bool,
    /// Whom or what it is done to, with what is joined to them by "and".
    pub objects: Vec<usize>,
    /// To whom: "told the paper".
    pub indirect: Option<usize>,
    /// By whom, in the passive, with what is joined to them.
    pub agents: Vec<usize>,
    /// Other parts with the preposition before them, in lower case: ("with", "envoys").
    pub obliques: Vec<(String, usize)>,
    /// The predicate of a clause that says what: "said that they *left*", "to *leave*".
    pub complement: Option<usize>,
    /// Whether "not", "never", "no" or the like stands with it.
    pub negated: bool,
    /// The modal verb, as its lemma: "will", "may", "must".
    pub modal: Option<String>,
}

impl Sentence {
    /// The words that depend on `word`, in order.
    pub fn children(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.words.len()).filter(move |at| self.words[*at].head == Some(word))
    }

    /// The first word that depends on `word` by one of these relations.
    pub fn child(&self, word: usize, deps: &[&str]) -> Option<usize> {
        self.children(word)
            .find(|at| self.words[*at].dep.is_any(deps))
    }

    /// Whether `word` is `above` or hangs below it.
    pub fn is_below(&self, word: usize, above: usize) -> bool {
        let mut at = Some(word);
        // no longer than the sentence: damaged trees end too
        for _ in 0..=self.words.len() {
            match at {
                Some(word) if word == above => return true,
                Some(word) => at = self.words.get(word).and_then(|w| w.head),
                None => return false,
            }
        }
        false
    }

    /// For each word, whether it is `above` or hangs below it.
    pub fn below(&self, above: usize) -> Vec<bool> {
        let mut known: Vec<Option<bool>> = vec![None; self.words.len()];
        known[above] = Some(true);
        let mut way = Vec::new();
        for start in 0..known.len() {
            let mut at = start;
            let found = loop {
                if let Some(found) = known[at] {
                    break found;
                }
                way.push(at);
                // a damaged tree may hold a circle: it leads nowhere
                known[at] = Some(false);
                match self.words[at].head {
                    Some(head) => at = head,
                    None => break false,
                }
            };
            for word in way.drain(..) {
                known[word] = Some(found);
            }
        }
        known.into_iter().map(|found| found == Some(true)).collect()
    }

    /// From the first to the last word that hangs below `word`, and the word itself.
    pub fn extent(&self, word: usize) -> Span {
        let mut span = self.words[word].span;
        for (other, below) in self.words.iter().zip(self.below(word)) {
            if below {
                span = Span::new(
                    span.start.min(other.span.start),
                    span.end.max(other.span.end),
                );
            }
        }
        span
    }

    /// The word that a byte of the article's text stands in.
    pub fn word_at(&self, byte: usize) -> Option<usize> {
        let at = self.words.partition_point(|word| word.span.end <= byte);
        self.words
            .get(at)
            .filter(|word| word.span.start <= byte)
            .map(|_| at)
    }

    /// The word in a piece of the sentence that no other word of the piece stands above: its
    /// syntactic head.
    pub fn head_in(&self, span: Span) -> Option<usize> {
        let inside = |word: &Word| word.span.start >= span.start && word.span.end <= span.end;
        (0..self.words.len()).find(|at| {
            let word = &self.words[*at];
            inside(word) && word.head.is_none_or(|head| !inside(&self.words[head]))
        })
    }

    /// A word with what is joined to it: "A, B and C".
    pub fn joined(&self, word: usize) -> Vec<usize> {
        let mut found = vec![word];
        found.extend(
            self.children(word)
                .filter(|at| self.words[*at].dep == "conj"),
        );
        found
    }

    /// The clause of a predicate.
    pub fn clause(&self, predicate: usize) -> Clause {
        let mut clause = Clause {
            predicate,
            ..Clause::default()
        };
        for at in self.children(predicate) {
            let word = &self.words[at];
            match word.dep.as_str() {
                "nsubj" | "csubj" | "nsubj:outer" | "csubj:outer" => {
                    clause.subjects.extend(self.joined(at))
                }
                "nsubj:pass" | "csubj:pass" => {
                    clause.passive = true;
                    clause.subjects.extend(self.joined(at));
                }
                "aux:pass" => clause.passive = true,
                "obj" => clause.objects.extend(self.joined(at)),
                "iobj" => clause.indirect = Some(at),
                "obl:agent" | "obl" | "nmod" | "obl:unmarked" => {
                    let case: Vec<String> = self
                        .children(at)
                        .filter(|child| self.words[*child].dep == "case")
                        .map(|child| self.words[child].lemma.to_lowercase())
                        .collect();
                    let case = case.join(" ");
                    if word.dep == "obl:agent" && case == "by" {
                        clause.agents.extend(self.joined(at));
                    } else {
                        clause
                            .obliques
                            .extend(self.joined(at).into_iter().map(|at| (case.clone(), at)));
                    }
                }
                "ccomp" | "xcomp" if clause.complement.is_none() => clause.complement = Some(at),
                "aux" if word.xpos == "MD" => clause.modal = Some(word.lemma.to_lowercase()),
                "advmod" | "det" | "cc" | "cc:preconj" if negates(&word.lemma) => {
                    // "did not only say"
                    clause.negated |= self.words.get(at + 1).is_none_or(|w| w.lemma != "only");
                }
                _ => {}
            }
        }
        // "no agreement was reached", "nobody was hurt"
        let none = |at: &usize| {
            negates(&self.words[*at].lemma)
                || self
                    .children(*at)
                    .any(|c| self.words[c].dep == "det" && negates(&self.words[c].lemma))
        };
        clause.negated |= clause.subjects.iter().chain(&clause.objects).any(none);
        // "armed by Iran", "those killed": a participle without its auxiliary
        let word = &self.words[predicate];
        let bare = word.xpos == "VBN" && self.child(predicate, &["aux", "aux:pass"]).is_none();
        clause.passive |= bare && word.dep.is_any(&["acl", "advcl"]) || !clause.agents.is_empty();
        self.inherit(&mut clause);
        clause
    }

    /// Takes from the clause above what this one leaves out.
    fn inherit(&self, clause: &mut Clause) {
        let word = &self.words[clause.predicate];
        let Some(above) = word.head else { return };
        match word.dep.as_str() {
            "conj" | "xcomp" | "advcl" | "parataxis" if above != clause.predicate => {
                let higher = self.without_inheritance(above);
                let shared = word.dep == "conj";
                // "was seized and burnt"
                let bare = word.xpos == "VBN"
                    && self
                        .child(clause.predicate, &["aux", "aux:pass", "nsubj"])
                        .is_none();
                clause.passive |= shared && bare && higher.passive;
                if clause.subjects.is_empty() && (shared || word.dep != "parataxis") {
                    // "told them to leave": the object does what the complement says
                    clause.subjects = if word.dep == "xcomp" && !higher.objects.is_empty() {
                        higher.objects
                    } else {
                        higher.subjects
                    };
                }
                // "would close and open", not "would close and urged"
                let finite = word.xpos.is_any(&["VBD", "VBP", "VBZ"]);
                if shared && clause.modal.is_none() && !finite {
                    clause.modal = higher.modal;
                }
            }
            "acl:relcl" | "acl" => {
                // "the men who went", "the men killed", "the man they killed"
                let relative = |at: &usize| {
                    self.words[*at].xpos.is_any(&["WP", "WDT"]) || self.words[*at].lemma == "that"
                };
                if clause.subjects.is_empty() || clause.subjects.iter().any(relative) {
                    clause.subjects = vec![above];
                } else if let Some(object) = clause.objects.iter_mut().find(|at| relative(at)) {
                    *object = above;
                } else if word.dep == "acl:relcl" && clause.objects.is_empty() && !clause.passive {
                    clause.objects = vec![above];
                }
            }
            _ => {}
        }
    }

    /// The clause above one that leaves its subject out, itself with what it takes from above,
    /// up to the top.
    fn without_inheritance(&self, predicate: usize) -> Clause {
        let mut at = predicate;
        for _ in 0..self.words.len() {
            let subjects: Vec<usize> = self
                .children(at)
                .filter(|child| self.words[*child].dep.base() == "nsubj")
                .collect();
            let word = &self.words[at];
            let goes_on = word.dep.is_any(&["conj", "xcomp", "advcl"]);
            match word.head {
                Some(head) if subjects.is_empty() && goes_on => at = head,
                _ => break,
            }
        }
        let mut clause = Clause::default();
        for child in self.children(at) {
            let word = &self.words[child];
            clause.passive |= word.dep.is_any(&["nsubj:pass", "aux:pass"]);
            match word.dep.as_str() {
                "nsubj" | "nsubj:pass" | "nsubj:outer" => {
                    clause.subjects.extend(self.joined(child))
                }
                "obj" => clause.objects.extend(self.joined(child)),
                "aux" if word.xpos == "MD" => clause.modal = Some(word.lemma.to_lowercase()),
                _ => {}
            }
        }
        if at != predicate {
            clause.objects.clear();
        }
        clause
    }
}

/// Words that turn a clause into its opposite.
fn negates(lemma: &str) -> bool {
    [
        "not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none", "nothing",
    ]
    .contains(&lemma.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dep, Upos, Xpos};

    /// A sentence from lines of `form xpos head dep`, heads from 1, the lemma being the form.
    fn sentence(lines: &str) -> Sentence {
        let mut words = Vec::new();
        let mut start = 0;
        for line in lines.trim().lines() {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let end = start + columns[0].len();
            words.push(Word {
                span: Span::new(start, end),
                token: words.len(),
                upos: Upos::X,
                xpos: Xpos::named(columns[1]).unwrap(),
                lemma: columns[0].to_lowercase(),
                head: columns[2].parse::<usize>().unwrap().checked_sub(1),
                dep: Dep::named(columns[3]).unwrap(),
            });
            start = end + 1;
        }
        Sentence {
            id: "se-1".into(),
            n: 0,
            span: Span::new(0, start),
            paragraph: 0,
            tokens: Vec::new(),
            words,
            names: Vec::new(),
            mentions: Vec::new(),
            vectors: Vec::new(),
        }
    }

    #[test]
    fn a_passive_with_its_agent() {
        let s = sentence(
            "The DT 2 det\nbase NN 4 nsubj:pass\nwas VBD 4 aux:pass\nshelled VBN 0 root\nby IN 6 case\nrebels NNS 4 obl:agent",
        );
        let clause = s.clause(3);
        assert!(clause.passive && !clause.negated);
        assert_eq!((clause.subjects, clause.agents), (vec![1], vec![5]));
        assert_eq!(s.extent(1), Span::new(0, 8));
        assert_eq!(s.word_at(9), Some(2));
        assert_eq!(s.head_in(Span::new(0, 8)), Some(1));
    }

    #[test]
    fn what_a_clause_leaves_out_it_takes_from_above() {
        // "Ana and Ben will not come or call"
        let s = sentence(
            "Ana NNP 6 nsubj\nand CC 3 cc\nBen NNP 1 conj\nwill MD 6 aux\nnot RB 6 advmod\ncome VB 0 root\nor CC 8 cc\ncall VB 6 conj",
        );
        let clause = s.clause(7);
        assert_eq!(clause.subjects, [0, 2]);
        assert_eq!(clause.modal.as_deref(), Some("will"));
        assert!(s.clause(5).negated);
        // "men who left"
        let s = sentence("men NNS 0 root\nwho WP 3 nsubj\nleft VBD 1 acl:relcl");
        assert_eq!(s.clause(2).subjects, [0]);
        // "they urged Oslo to wait"
        let s = sentence(
            "they PRP 2 nsubj\nurged VBD 0 root\nOslo NNP 2 obj\nto TO 5 mark\nwait VB 2 xcomp",
        );
        assert_eq!(s.clause(4).subjects, [2]);
        assert_eq!(s.clause(1).complement, Some(4));
    }

    #[test]
    fn a_participle_without_auxiliary_is_passive_unless_it_has_its_own() {
        // "he was seized and beaten"
        let s = sentence(
            "he PRP 3 nsubj:pass\nwas VBD 3 aux:pass\nseized VBN 0 root\nand CC 5 cc\nbeaten VBN 3 conj",
        );
        let clause = s.clause(4);
        assert_eq!((clause.passive, clause.subjects), (true, vec![0]));
        // "men who have left"
        let s = sentence("men NNS 0 root\nwho WP 4 nsubj\nhave VBP 4 aux\nleft VBN 1 acl:relcl");
        assert!(!s.clause(3).passive);
    }

    #[test]
    fn no_one_negates() {
        let s =
            sentence("No DT 2 det\ndeal NN 4 nsubj:pass\nwas VBD 4 aux:pass\nsigned VBN 0 root");
        assert!(s.clause(3).negated);
    }
}
