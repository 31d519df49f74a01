//! The verb group around a verb form: voice, negation, modality, and who governs it.

use onrecord_lexicon::Shape;
use onrecord_model::{EventStatus, EventType};

use crate::{
    items::{Kind, Line},
    parties::Parties,
};

/// A verb with its auxiliaries, ready to be an event.
#[derive(Clone, Debug)]
pub struct Group {
    /// First item of the group (auxiliary, negation or governing verb).
    pub start: usize,
    pub voice: Voice,
    pub status: EventStatus,
    pub tense: Tense,
    /// Whether it is a participle without an auxiliary ("bombed by").
    pub reduced: bool,
    /// Where the subject is looked for.
    pub subject: SubjectAt,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Active,
    Passive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Past,
    Present,
}

/// Where the subject of a group is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectAt {
    /// Right before the group.
    Before(usize),
    /// At the head of the clause (participles, second verbs).
    Clause(usize),
}

/// What stands before a verb that belongs to it.
#[derive(Default)]
struct Helpers {
    negated: bool,
    be: bool,
    past: bool,
    have: bool,
    do_: bool,
    modal: Option<String>,
    to: bool,
}

impl Line<'_> {
    /// Reads the group of a form at `at` that ends before `end`; `None` where the form is
    /// no verb there, or the verb only names what is asked for, wished or needed.
    pub fn group(&self, at: usize, end: usize, shape: Shape) -> Option<Group> {
        let (mut start, mut helpers) = self.helpers(at);
        // "nor has it asked": the auxiliary stands before the subject; without "nor", a question
        if let Some(auxiliary) = start
            .checked_sub(2)
            .filter(|i| self.is(*i, "auxiliaries") || self.is(*i, "modals"))
            && !helpers.to
            && (self.is_party(start - 1)
                || self.says(start - 1, &["it", "he", "she", "they", "we"]))
        {
            if !(auxiliary > 0 && self.says(auxiliary - 1, &["nor", "neither", "never"])) {
                return None;
            }
            helpers.negated = true;
            helpers.have = self.says(auxiliary, &["has", "have", "had"]);
            helpers.do_ = self.says(auxiliary, &["do", "does", "did"]);
        }
        let mut status = EventStatus::Actual;
        let mut subject = None;
        let mut voice = Voice::Active;
        let mut reduced = false;
        let bare =
            !(helpers.be || helpers.have || helpers.do_ || helpers.to) && helpers.modal.is_none();
        let helped = helpers.have && shape.participle
            || (helpers.to || helpers.do_ || helpers.modal.is_some()) && shape.base;
        if helpers.be && shape.participle && !helpers.do_ {
            voice = Voice::Passive;
        } else if shape.gerund {
            if !helpers.be {
                (status, subject, start) = self.participle(at, start)?;
            }
        } else if helped {
            // "has attacked", "will attack", "did not attack": nothing else to see to
        } else if bare
            && self.says(self.after_adverbs(end), &["by"])
            && shape.participle
            && start > 0
            && !self.is_border(start - 1)
        {
            (voice, reduced) = (Voice::Passive, true); // "a base bombed by X"
        } else if bare && shape.past && start > 0 {
            if self.is(start - 1, "determiners") || self.is(start - 1, "prepositions") {
                return None;
            }
        } else if bare && (shape.base || shape.third) {
            self.present(at, end, shape)?;
        } else {
            return None;
        }
        if helpers.to {
            let governed = self.governor(start)?;
            helpers.negated |= governed.negated;
            helpers.modal = helpers.modal.or(governed.modal);
            start = governed.start;
            status = governed.status;
        }
        let past = shape.past || helpers.past || helpers.have;
        if helpers.negated {
            status = EventStatus::Denied;
        } else if status == EventStatus::Actual {
            status = self.modality(helpers.modal.as_deref(), start)?;
        }
        let opener = (start.saturating_sub(5)..start)
            .rev()
            .find(|at| self.is_border(*at));
        let after = opener.is_some_and(|at| self.says(at, &["after", "once", "until"]));
        if status == EventStatus::Actual && after && bare && shape.third {
            status = EventStatus::Future; // "after X withdraws its troops"
        }
        let status = match self.condition(start) {
            Condition::None => status,
            Condition::If if status == EventStatus::Denied => return None,
            Condition::If => EventStatus::Conditional,
            Condition::Open => return None,
        };
        let subject = subject.unwrap_or_else(|| self.subject_of(start));
        let tense = if past { Tense::Past } else { Tense::Present };
        Some(Group {
            start,
            voice,
            status,
            tense,
            reduced,
            subject,
        })
    }

    /// The first item from `at` on that is no adverb.
    pub fn after_adverbs(&self, at: usize) -> usize {
        let adverb = |i: &usize| {
            self.is(*i, "adverbs")
                || self.kind(*i) == Some(&Kind::Word) && self.items[*i].word.ends_with("ly")
        };
        (at..self.items.len())
            .find(|i| !adverb(i))
            .unwrap_or(self.items.len())
    }

    /// The subject of a group, where one is named.
    pub fn subject(&self, group: &Group) -> Option<Parties> {
        match group.subject {
            SubjectAt::Before(at) => self.parties_before(at),
            SubjectAt::Clause(at) => self.clause_subject(at),
        }
    }

    fn subject_of(&self, start: usize) -> SubjectAt {
        if start > 0 && self.says(start - 1, &["and", "but", "then"]) {
            SubjectAt::Clause(start)
        } else {
            SubjectAt::Before(start)
        }
    }

    fn helpers(&self, at: usize) -> (usize, Helpers) {
        let mut helpers = Helpers::default();
        let mut start = at;
        while start > 0 && at - start < 8 {
            let before = start - 1;
            let word = self.items[before].word.as_str();
            match self.kind(before) {
                Some(Kind::Not) => helpers.negated = true,
                Some(Kind::OpenQuote) => {}
                Some(Kind::Word) => {
                    if self.is(before, "negations") {
                        helpers.negated = true;
                    } else if word == "to" && !helpers.to {
                        helpers.to = true;
                    } else if helpers.to {
                        break;
                    } else if self.is(before, "modals") {
                        helpers.modal = Some(word.to_owned());
                    } else if [
                        "am", "is", "are", "was", "were", "be", "been", "being", "get", "got",
                    ]
                    .contains(&word)
                    {
                        helpers.be = true;
                        helpers.past |= ["was", "were", "got"].contains(&word);
                    } else if ["has", "have", "had"].contains(&word) {
                        helpers.have = true;
                    } else if ["do", "does", "did"].contains(&word) {
                        helpers.do_ = true;
                        helpers.past |= word == "did";
                    } else if !(self.is(before, "adverbs")
                        || word.ends_with("ly") && !self.items[before].capital)
                    {
                        break;
                    }
                }
                _ => break,
            }
            start = before;
        }
        // adverbs before the group are no part of it
        while start < at && (self.is(start, "adverbs") || self.is_quote(start)) {
            start += 1;
        }
        (start, helpers)
    }

    /// Base and third-person forms are verbs only where a subject stands right before and
    /// an object or preposition right after: "attacks" is a noun more often.
    fn present(&self, at: usize, end: usize, shape: Shape) -> Option<()> {
        let (start, _) = self.helpers(at);
        let mut before = start.checked_sub(1)?;
        while before > 0 && self.is(before, "adverbs") {
            before -= 1;
        }
        let word = &self.items[at].word;
        let noun_too = !self.lexicon.events.noun(word).is_empty() || word.ends_with("ttacks");
        let inserted =
            self.says(before, &[",", ")"]) && !noun_too && self.parties_before(start).is_some();
        let several = |at: usize| {
            let word = &self.items[at].word;
            word.ends_with('s')
                || word.ends_with("people")
                || word.ends_with("police")
                || self.parties_before(at + 1).is_some_and(|p| p.ids.len() > 1)
        };
        let named = inserted
            || (shape.third || several(before))
                && self.is_party(before)
                && self.kind(before + 1) != Some(&Kind::Possessive);
        let pronoun = self.says(before, &["who", "which", "that"])
            || (shape.third && self.says(before, &["he", "she", "it"]))
            || (shape.base
                && self.says(before, &["they", "we", "i", "you"])
                && !self.items[before].word.is_empty());
        let plural =
            shape.base && self.is(before, "bearers") && self.items[before].word.ends_with('s');
        let object = self.is_party(end)
            || self.is(end, "determiners")
            || self.says(
                end,
                &["that", "him", "her", "them", "us", "it", "all", "any"],
            )
            || self.is_quote(end)
            || self.government_of_adjective(end).is_some()
            || (end > at + 1 && self.items.get(end).is_some())
            || (!noun_too
                && self.kind(end) == Some(&Kind::Word)
                && !self.is(end, "prepositions")
                && !self.is_border(end)
                && !self.is(end, "auxiliaries")
                && !self.says(end, &["and", "or", "to"]));
        (object && (named || pronoun || plural)).then_some(())
    }

    /// A form in -ing without "be": an adjunct of the clause, or governed by a verb.
    fn participle(
        &self,
        at: usize,
        start: usize,
    ) -> Option<(EventStatus, Option<SubjectAt>, usize)> {
        let before = start.checked_sub(1)?;
        let clause = Some(SubjectAt::Clause(start));
        let word = self.items[before].word.as_str();
        match word {
            "," | "while" | "after" | "when" => Some((EventStatus::Actual, clause, start)),
            "without" => Some((EventStatus::Denied, clause, start)),
            _ if self.is(before, "begin-verbs") && at == start => {
                let (first, helpers) = self.helpers(before);
                let status = if helpers.negated {
                    EventStatus::Denied
                } else {
                    EventStatus::Actual
                };
                Some((status, None, first))
            }
            _ if self.is(before, "denial-verbs") && at == start => {
                let (first, _) = self.helpers(before);
                Some((EventStatus::Denied, None, first))
            }
            _ => None,
        }
    }

    /// What governs an infinitive: plans make it future, refusals deny it, "managed to"
    /// leaves it actual; all else (orders, wishes, purposes) is no event.
    fn governor(&self, to: usize) -> Option<Governed> {
        let to = (0..=to)
            .rev()
            .take(3)
            .find(|at| self.says(*at, &["to"]))
            .unwrap_or(to);
        let at = to.checked_sub(1)?;
        if self.is_party(at) && self.caused(at) {
            return Some(Governed {
                start: to,
                status: EventStatus::Actual,
                negated: false,
                modal: None,
            });
        }
        let status = if self.is(at, "plan-verbs") {
            EventStatus::Future
        } else if self.is(at, "refusal-verbs") {
            EventStatus::Denied
        } else if self.is(at, "begin-verbs") {
            EventStatus::Actual
        } else {
            return None;
        };
        let (start, helpers) = self.helpers(at);
        Some(Governed {
            start,
            status,
            negated: helpers.negated,
            modal: helpers.modal,
        })
    }

    /// "prompted X": whether a causative verb stands before the phrase that ends at `last`.
    fn caused(&self, last: usize) -> bool {
        (last.saturating_sub(4)..last)
            .rev()
            .any(|at| self.is(at, "causatives"))
    }

    fn modality(&self, modal: Option<&str>, start: usize) -> Option<EventStatus> {
        match modal {
            None => Some(EventStatus::Actual),
            Some("will" | "shall" | "'ll" | "wo" | "'d" | "would") => {
                let if_clause =
                    (0..self.items.len()).any(|at| at != start && self.says(at, &["if", "unless"]));
                Some(if if_clause {
                    EventStatus::Conditional
                } else {
                    EventStatus::Future
                })
            }
            Some("could" | "may" | "might") => Some(EventStatus::Conditional),
            _ => None, // must, should, can: no act
        }
    }

    /// Whether a verb of asking stands at an item.
    fn asks(&self, at: usize) -> bool {
        let events = &self.lexicon.events;
        let request = |form: &onrecord_lexicon::EventVerbForm| {
            events.rules[form.rule].event == EventType::Request
        };
        events.verb(&self.items[at].word).iter().any(request)
    }

    /// Whether the clause before `start` opens with "if" or leaves it open ("whether").
    fn condition(&self, start: usize) -> Condition {
        for at in (start.saturating_sub(12)..start).rev() {
            if self.says(at, &["if", "unless", "once"]) {
                return Condition::If;
            }
            if self.says(at, &["whether", "how", "until", "why", "lest"]) {
                return Condition::Open;
            }
            if self.says(at, &["that"]) && at > 0 && self.asks(at - 1) {
                return Condition::Open; // "demanded that X withdraw"
            }
            if self.kind(at) == Some(&Kind::Mark) {
                break;
            }
        }
        Condition::None
    }
}

struct Governed {
    start: usize,
    status: EventStatus,
    negated: bool,
    modal: Option<String>,
}

enum Condition {
    None,
    If,
    Open,
}
