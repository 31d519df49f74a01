//! What the tree says of a verb: who does it to whom, and whether it is told as done.

use onrecord_lexicon::EventVerbForm;
use onrecord_model::{Clause, EventStatus, EventType, Upos};

use crate::items::Line;

/// A verb read as an act.
#[derive(Clone, Debug)]
pub struct Act {
    pub clause: Clause,
    pub status: EventStatus,
    pub past: bool,
    /// Whether it is said that it will be done.
    pub will: bool,
    /// Whether it is a participle without an auxiliary ("bombed by").
    pub reduced: bool,
}

impl Line<'_> {
    /// Reads a verb; `None` where it is none, or only names what is asked for, wished or
    /// needed.
    pub fn act(&self, word: usize) -> Option<Act> {
        let verb = &self.tree.words[word];
        if verb.upos != Upos::Verb || self.hangs(word, &["amod", "compound", "case", "mark"]) {
            return None;
        }
        let mut clause = self.tree.clause(word);
        self.mend(&mut clause);
        let status = self.status(word, 0)?;
        let helped = |tag: &str| {
            self.tree
                .children(word)
                .any(|at| self.hangs(at, &["aux", "aux:pass"]) && self.tree.words[at].xpos == tag)
        };
        // "said that it would not": the past of "will not"
        let will = match clause.modal.as_deref() {
            Some("will" | "shall" | "'ll" | "wo") => true,
            Some("would" | "'d") => self.hangs(word, &["ccomp"]),
            _ => false,
        };
        Some(Act {
            status,
            will,
            past: verb.xpos.is_any(&["VBD", "VBN"]) || helped("VBD"),
            reduced: clause.passive && self.tree.child(word, &["aux:pass", "nsubj:pass"]).is_none(),
            clause,
        })
    }

    /// Gives a clause what stands with the verb joined to it ("attacked and burnt the camp"),
    /// the object of "pushed X to" for its subject, and one subject where there are two.
    fn mend(&self, clause: &mut Clause) {
        let words = &self.tree.words;
        let verb = clause.predicate;
        // two subjects of one verb: the one behind it is its object, and of those before it
        // the nearest acts, if it can
        let is_subject = |at: &usize| words[*at].dep.base() == "nsubj";
        let first = clause.subjects.first().is_some_and(|at| *at < verb);
        if let Some(behind) = clause
            .subjects
            .iter()
            .position(|at| *at > verb && is_subject(at))
            && first
        {
            let objects = clause.subjects.split_off(behind);
            if clause.objects.is_empty() && !clause.passive {
                clause.objects = objects;
            }
        }
        let second = self.tree.children(verb).find(|at| {
            self.hangs(*at, &["conj"])
                && self
                    .tree
                    .child(*at, &["nsubj", "nsubj:pass", "aux:pass"])
                    .is_none()
        });
        if let Some(second) = second.filter(|_| self.tree.child(verb, &["obl", "advmod"]).is_none())
        {
            let second = self.tree.clause(second);
            if clause.passive && clause.agents.is_empty() && second.passive {
                clause.agents = second.agents;
            } else if !clause.passive && clause.objects.is_empty() && clause.complement.is_none() {
                clause.objects = second.objects;
            }
        }
        if self.hangs(verb, &["advcl"])
            && let Some(above) = words[verb].head
            && self.is_caused(verb, above)
        {
            let above = self.tree.clause(above);
            clause.subjects = if above.passive {
                above.subjects
            } else {
                above.objects
            };
        }
        let last = clause.subjects.iter().rposition(is_subject).unwrap_or(0);
        if self.parties(&clause.subjects[last..], true).is_some() {
            clause.subjects.drain(..last);
        }
    }

    /// "pushed X to".
    fn is_caused(&self, word: usize, above: usize) -> bool {
        self.marked(word, &["mark"], &["to"]).is_some()
            && self
                .tree
                .child(above, &["obj", "iobj", "nsubj:pass"])
                .is_some()
            && self.listed(above, "causatives")
    }

    /// Whether an act took place, as its own clause and those above it tell.
    pub fn status(&self, word: usize, depth: usize) -> Option<EventStatus> {
        if depth > 8 {
            return None;
        }
        let verb = &self.tree.words[word];
        let clause = self.tree.clause(word);
        let own = self.own_status(word, &clause, depth)?;
        let modal = clause.modal.as_deref();
        let negated = clause.negated
            || self
                .tree
                .children(word)
                .any(|at| self.hangs(at, &["advmod"]) && self.listed(at, "near-negations"));
        let status = match own {
            // "must not": no act, and none denied
            _ if negated && modal.is_some_and(|m| ["must", "should", "ought"].contains(&m)) => {
                return None;
            }
            _ if negated => EventStatus::Denied,
            EventStatus::Actual => self.modality(word, modal)?,
            other => other,
        };
        // "after X withdraws its troops"
        let still_to_come = verb.xpos.is_any(&["VBZ", "VBP"])
            && clause.modal.is_none()
            && self.tree.child(word, &["aux"]).is_none()
            && self.marked(word, &["mark"], &["after", "once"]).is_some();
        let status = if status == EventStatus::Actual && still_to_come {
            EventStatus::Future
        } else {
            status
        };
        match self.condition(word)? {
            EventStatus::Actual => Some(status),
            EventStatus::Conditional if status == EventStatus::Denied => None,
            other => Some(other),
        }
    }

    /// What the form of a verb and the word above it say, before "not" and modal verbs.
    fn own_status(&self, word: usize, clause: &Clause, depth: usize) -> Option<EventStatus> {
        let verb = &self.tree.words[word];
        let bare = self
            .tree
            .child(
                word,
                &["aux", "aux:pass", "cop", "mark", "nsubj", "nsubj:pass"],
            )
            .is_none();
        if let Some(above) = verb.head
            && verb.dep == "conj"
            && bare
            && self.tree.words[above].xpos == verb.xpos
        {
            return self.status(above, depth + 1);
        }
        // "suspected of having attacked"
        if self
            .marked(word, &["mark"], &["of", "from", "against", "for"])
            .is_some()
        {
            return None;
        }
        if let Some(to) = self.marked(word, &["mark"], &["to"]) {
            let be = self.tree.children(word).any(|at| {
                at < to && self.hangs(at, &["aux", "cop"]) && self.tree.words[at].lemma == "be"
            });
            return if be {
                Some(EventStatus::Future)
            } else {
                self.governed(word, depth)
            };
        }
        // "avoided being attacked", not "is being attacked"
        let being = self
            .tree
            .child(word, &["aux:pass"])
            .is_some_and(|at| self.tree.words[at].xpos == "VBG");
        if being && self.tree.child(word, &["aux"]).is_none() {
            return self.participle(word, depth);
        }
        match verb.xpos.as_str() {
            "VBG" if self.marked_be(word) => Some(EventStatus::Actual),
            "VBG" => self.participle(word, depth),
            "VBN" if bare && !clause.passive => None,
            "VB" if self.tree.child(word, &["aux"]).is_none() => None, // an order or a wish
            _ if self.is_question(word) => None,
            _ => Some(EventStatus::Actual),
        }
    }

    fn marked_be(&self, word: usize) -> bool {
        self.tree
            .children(word)
            .any(|at| self.hangs(at, &["aux", "aux:pass"]))
    }

    /// What governs an infinitive: plans make it future, failures deny it, "managed to"
    /// and "prompted X to" leave it actual; all else (orders, wishes, purposes) is no event.
    fn governed(&self, word: usize, depth: usize) -> Option<EventStatus> {
        let above = self.tree.words[word].head?;
        let caused = self.is_caused(word, above);
        if !(caused || self.hangs(word, &["xcomp", "ccomp"])) {
            return None;
        }
        let status = if caused || self.listed(above, "begin-verbs") {
            EventStatus::Actual
        } else if self.listed(above, "plan-verbs") {
            EventStatus::Future
        } else if self.listed(above, "refusal-verbs") {
            EventStatus::Denied
        } else {
            return None;
        };
        match self.status(above, depth + 1)? {
            EventStatus::Actual => Some(status),
            EventStatus::Denied if status == EventStatus::Denied => Some(EventStatus::Actual),
            other => Some(other),
        }
    }

    /// A form in -ing without "be": an adjunct of a clause or noun, or governed by a verb.
    fn participle(&self, word: usize, depth: usize) -> Option<EventStatus> {
        let above = self.tree.words[word].head?;
        let led = self
            .tree
            .child(word, &["mark", "case"])
            .map(|at| self.text(at));
        match (self.tree.words[word].dep.as_str(), led.as_deref()) {
            ("advcl" | "acl" | "xcomp", Some("without")) => Some(EventStatus::Denied),
            ("advcl", None | Some("while" | "after" | "when" | "by")) => {
                let apart = self.marked(word, &["punct"], &[","]).is_some();
                match self.status(above, depth + 1) {
                    None if apart => Some(EventStatus::Actual),
                    Some(EventStatus::Denied) => Some(EventStatus::Actual),
                    other => other,
                }
            }
            ("acl", None) => self.noun_status(above), // "a vote calling for"
            ("xcomp" | "ccomp" | "obj", None) if self.listed(above, "denial-verbs") => {
                Some(EventStatus::Denied)
            }
            ("xcomp", None) if self.listed(above, "begin-verbs") => self.status(above, depth + 1),
            _ => None,
        }
    }

    /// Whether a question mark ends it, or the auxiliary stands before the subject; after
    /// "nor" that is no question.
    fn is_question(&self, word: usize) -> bool {
        let words = &self.tree.words;
        if words[word].head.is_none() && words.last().is_some_and(|w| w.lemma == "?") {
            return true;
        }
        let helper = self.tree.child(word, &["aux", "aux:pass"]);
        let subject = self.tree.child(word, &["nsubj", "nsubj:pass"]);
        matches!((helper, subject), (Some(aux), Some(subject)) if aux < subject)
            && self
                .marked(
                    word,
                    &["cc", "advmod", "cc:preconj"],
                    &["nor", "neither", "never"],
                )
                .is_none()
    }

    fn modality(&self, word: usize, modal: Option<&str>) -> Option<EventStatus> {
        match modal {
            None => Some(EventStatus::Actual),
            Some("will" | "shall" | "'ll" | "wo" | "'d" | "would") => {
                let supposed = self.if_before(word, self.tree.words.len());
                Some(if supposed {
                    EventStatus::Conditional
                } else {
                    EventStatus::Future
                })
            }
            Some("could" | "may" | "might") => Some(EventStatus::Conditional),
            _ => None, // must, should, can: no act
        }
    }

    /// Whether an "if" clause with its verb before `before` hangs on a clause or one it is
    /// part of.
    pub fn if_before(&self, word: usize, before: usize) -> bool {
        let mut at = word;
        for _ in 0..self.tree.words.len() {
            if self
                .tree
                .children(at)
                .any(|c| c < before && self.hangs(c, &["advcl"]) && self.is_if(c))
            {
                return true;
            }
            match self.tree.words[at].head {
                Some(head) if self.hangs(at, &["ccomp", "conj", "xcomp"]) => at = head,
                _ => return false,
            }
        }
        false
    }

    fn is_if(&self, word: usize) -> bool {
        self.marked(word, &["mark"], &["if", "unless", "once"])
            .is_some()
    }

    /// What a clause, or one it is part of, is said to be: supposed ("if"), expected, or told
    /// as it is; `None` where it is left open ("whether"), asked for, wished or feared.
    pub fn condition(&self, word: usize) -> Option<EventStatus> {
        let words = &self.tree.words;
        let mut at = word;
        for _ in 0..words.len() {
            if self.is_if(at) {
                return Some(EventStatus::Conditional);
            }
            let open = ["whether", "how", "why", "lest", "until"];
            if self.marked(at, &["mark", "advmod"], &open).is_some() {
                return None;
            }
            let Some(above) = words[at].head else { break };
            let told =
                self.hangs(at, &["ccomp", "acl"]) && self.marked(at, &["mark"], &["to"]).is_none();
            let finite = !words[at].xpos.is_any(&["VBG", "VBN"]) || self.marked_be(at);
            if told && finite {
                let noun = words[above].upos != Upos::Verb
                    || self.tree.child(above, &["nsubj", "nsubj:pass"]).is_none();
                if noun && self.listed(above, "hearsay") {
                    return Some(EventStatus::Alleged); // "claims that X attacked"
                }
                if self.listed(above, "expecting-verbs") {
                    return Some(EventStatus::Future);
                }
                if self.asks(above) || self.listed(above, "unreal-governors") {
                    return None; // "demanded that X withdraw"
                }
            }
            if !self.hangs(at, &["ccomp", "conj", "xcomp"]) {
                break;
            }
            at = above;
        }
        Some(EventStatus::Actual)
    }

    /// Whether a word is a verb of asking.
    fn asks(&self, word: usize) -> bool {
        let events = &self.lexicon.events;
        let request = |form: &EventVerbForm| events.rules[form.rule].event == EventType::Request;
        events.verb(&self.text(word)).iter().any(request)
    }
}
