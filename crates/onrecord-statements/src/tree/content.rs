//! Where the content of a cue stands in the tree.

use std::ops::Range;

use onrecord_lexicon::{Complement, Cue, VerbForm};
use onrecord_model::{Clause, TokenKind, Upos};

use super::{Told, Tree};
use crate::cue::Hit;
use crate::source::Phrase;
use crate::view::View;

impl Tree<'_> {
    /// The clause that the verb of the hit reports.
    pub fn told(&self, view: &View<'_>, hit: &Hit) -> Option<Told> {
        let verb = self.word(hit.verb)?;
        let at = self.sentence.children(verb).find(|at| {
            let dep = self.sentence.words[*at].dep;
            let after = dep == "parataxis" && *at > verb && self.child(verb, &["obj"]).is_none();
            (dep == "ccomp" || after) && (self.has_subject(*at) || self.is_quoted(view, *at))
        })?;
        let mut words = self.extent_of(at, |w| w.dep != "punct");
        let opened = words.start.checked_sub(1);
        words.start -=
            usize::from(opened.is_some_and(|o| view.kind(o) == Some(TokenKind::OpenQuote)));
        let mut complement = Complement::Clause;
        while words.start < words.end {
            if view.kind(words.start) == Some(TokenKind::OpenQuote) {
                complement = Complement::Quote;
                break;
            }
            if view.lower(words.start) == "that"
                && self
                    .word(words.start)
                    .is_some_and(|w| self.sentence.words[w].dep == "mark")
            {
                complement = Complement::That;
            } else if view.is_word(words.start) {
                break;
            }
            words.start += 1;
        }
        if complement == Complement::Clause && view.is(words.start, "questions") {
            complement = Complement::Question;
        }
        (!words.is_empty()).then_some(Told { words, complement })
    }

    fn has_subject(&self, at: usize) -> bool {
        let deps = [
            "nsubj",
            "nsubj:pass",
            "expl",
            "csubj",
            "nsubj:outer",
            "mark",
        ];
        self.sentence.child(at, &deps).is_some()
    }

    fn is_quoted(&self, view: &View<'_>, at: usize) -> bool {
        view.words[self.token(at)].quote.is_some()
    }

    /// What a noun of saying reports, and who says it: "X's claim that S", "the call by X
    /// for S", "X issued a warning that S".
    pub fn noun(&self, view: &View<'_>, hit: &Hit, cue: &Cue) -> Option<(Phrase, Told)> {
        let noun = self.word(hit.verb)?;
        let words = &self.sentence.words;
        let above = words[noun].head.filter(|_| words[noun].dep == "obj");
        let owner = |at: &usize| {
            let by = self.child(*at, &["case"]).is_some_and(|w| w.lemma == "by");
            words[*at].dep == "nmod:poss" || (words[*at].dep == "nmod" && by)
        };
        let uttered = || {
            let verb = above?;
            let clause = self.sentence.clause(verb);
            let said =
                view.speech.small.has("utters", &words[verb].lemma) && clause.modal.is_none();
            clause.subjects.first().copied().filter(|_| said)
        };
        if above.is_some_and(|verb| self.sentence.clause(verb).negated) {
            return None;
        }
        let mut parts = self.sentence.children(noun);
        let owner = parts.find(owner).or_else(uttered)?;
        let content = self.sentence.children(noun).find_map(|at| {
            let mark = self.child(at, &["mark", "case"])?;
            let complement = match (words[at].dep.base(), mark.lemma.as_str()) {
                ("acl" | "ccomp", "that") => Complement::That,
                ("acl", "to") if words[at].xpos == "VB" => Complement::Infinitive,
                ("nmod", case) if cue.prepositions.contains(case) => Complement::Object,
                _ => return None,
            };
            let mut span = self.extent_of(at, |w| w.dep != "punct");
            span.start += usize::from(complement != Complement::Infinitive);
            let taken = cue.takes.contains(&complement) || complement == Complement::Object;
            (at > noun && taken && !span.is_empty()).then_some(Told {
                words: span,
                complement,
            })
        })?;
        let words = self.noun_phrase(view, owner)?;
        let clitic = words.end - 1;
        let words = words.start..clitic + usize::from(view.kind(clitic) != Some(TokenKind::Clitic));
        Some((
            Phrase {
                begins: hit.first,
                words,
            },
            content,
        ))
    }

    /// The object of the verb of the hit where what it is called follows: the first word.
    pub fn named(&self, hit: &Hit) -> Option<usize> {
        let verb = self.word(hit.verb)?;
        let words = &self.sentence.words;
        let after = self.sentence.children(verb).filter(|at| *at > verb);
        let mut parts = after.filter(|at| words[*at].dep.is_any(&["obj", "iobj", "xcomp"]));
        let (object, name) = (parts.next()?, parts.next()?);
        let named = words[name].dep == "xcomp" && words[name].upos != Upos::Verb;
        named.then(|| self.extent(object).start)
    }

    /// The source after "according to", and the word after all that is added to it.
    pub fn source_after(&self, view: &View<'_>, according: usize) -> Option<(Phrase, usize)> {
        let source = self.sentence.words[self.word(according)?].head?;
        let words = self.noun_phrase(view, source)?;
        let ends = self.extent_of(source, |w| w.dep != "punct").end;
        (words.start > according).then_some((
            Phrase {
                begins: words.start,
                words,
            },
            ends,
        ))
    }

    /// The first word from `at` on that does not hang below the hit's verb.
    pub fn own_end(&self, hit: &Hit, at: usize) -> usize {
        let below = |at: &usize| {
            let verb = self.word(hit.verb);
            let word = self.word(*at).zip(verb);
            word.is_some_and(|(word, verb)| {
                self.sentence.words[word].dep != "punct" && self.sentence.is_below(word, verb)
            })
        };
        at + (at..).take_while(below).count()
    }

    /// The token that the others of a phrase depend on.
    pub fn head(&self, tokens: Range<usize>) -> Option<usize> {
        let first = self.word(tokens.start)?;
        let words = &self.sentence.words;
        let mut at = first;
        while let Some(above) = words[at]
            .head
            .filter(|above| tokens.contains(&self.token(*above)) && *above > at)
        {
            at = above;
        }
        Some(self.token(at))
    }

    /// Whether a token is a verb in its base form.
    pub fn is_base(&self, token: usize) -> bool {
        self.word(token)
            .is_some_and(|at| self.sentence.words[at].xpos == "VB")
    }

    /// Whether a token is the "that" of a reported clause, not of a relative one.
    pub fn is_mark(&self, token: usize) -> bool {
        self.word(token)
            .is_some_and(|at| self.sentence.words[at].xpos == "IN")
    }

    /// The clause around or before "X said" that has no content of its own.
    pub fn host(&self, token: usize) -> Option<Range<usize>> {
        let mut at = self.word(token)?;
        for _ in 0..self.sentence.words.len() {
            at = self.sentence.words[at].head?;
            let dep = self.sentence.words[at].dep.base();
            if !matches!(
                dep,
                "nsubj" | "obj" | "obl" | "nmod" | "appos" | "conj" | "flat" | "xcomp"
            ) {
                break;
            }
        }
        Some(self.extent(at))
    }

    /// Where the content that begins at `start` after the verb ends: with the verb's clause,
    /// and if it is a noun phrase, before the first part of the clause that says when, where
    /// or why, or what else was done.
    pub fn end_after(
        &self,
        view: &View<'_>,
        hit: &Hit,
        start: usize,
        complement: Complement,
    ) -> Option<usize> {
        let verb = self.word(hit.verb)?;
        let mut end = self.extent(verb).end;
        if complement == Complement::Object {
            let parts = self.sentence.children(verb).filter(|at| *at > verb);
            let joined = ["conj", "cc", "parataxis"];
            let own = parts.take_while(|at| !self.sentence.words[*at].dep.is_any(&joined));
            let arguments = own.filter(|at| self.is_argument(view, *at));
            end = arguments.map(|at| self.extent(at).end).max()?;
        }
        (end > start).then_some(end)
    }

    /// Whether a part of a clause belongs to what is said by it: "praised her **for going**".
    fn is_argument(&self, view: &View<'_>, at: usize) -> bool {
        let dep = self.sentence.words[at].dep.base();
        let case = self
            .child(at, &["case", "mark"])
            .map(|w| w.lemma.to_lowercase());
        match dep {
            "obl" | "advcl" | "nmod" => case.is_some_and(|c| view.speech.small.has("tails", &c)),
            "conj" | "parataxis" | "discourse" | "advmod" | "punct" => false,
            _ => true,
        }
    }

    /// The parts after the verb that belong to what is said by it, its object left out.
    pub fn tails(&self, view: &View<'_>, hit: &Hit) -> Vec<Range<usize>> {
        let Some(verb) = self.word(hit.verb) else {
            return Vec::new();
        };
        let parts = self.sentence.children(verb).filter(|at| *at > verb);
        let tail = parts.filter(|at| {
            self.sentence.words[*at].dep.is_any(&["obl", "advcl"]) && self.is_argument(view, *at)
        });
        tail.map(|at| self.extent(at)).collect()
    }

    /// The clause of the hit's verb.
    pub fn clause(&self, hit: &Hit) -> Option<Clause> {
        Some(self.sentence.clause(self.word(hit.verb)?))
    }

    /// The noun phrase of a word of a [`Clause`].
    pub fn phrase(&self, view: &View<'_>, word: usize) -> Option<Range<usize>> {
        self.noun_phrase(view, word)
    }

    /// Whether a form is the right one for a tree: phrases need none.
    pub fn decides(form: VerbForm) -> bool {
        !matches!(
            form,
            VerbForm::Phrase | VerbForm::SourceAfter | VerbForm::Noun
        )
    }
}
