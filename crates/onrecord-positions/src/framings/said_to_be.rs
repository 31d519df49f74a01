//! What somebody calls an actor, or says that it is: "described the troops as guests", "they are
//! occupiers".

use onrecord_lexicon::{Framings, Lexicon};
use onrecord_model::{ActorKind, Id, Sentence, Span, StatementKind, Tone, Upos};

use crate::view::{MentionAt, View};

/// Words that characterise, by the tree.
pub(super) struct SaidToBe {
    pub label: Span,
    pub actor: Id,
    /// Who says so, where the tree tells.
    pub by: Option<Id>,
    pub tone: Tone,
}

/// What is said to be in a sentence: by a verb of naming ("call", "see as") with its object, and
/// in somebody's own words by "is" and "are" of what is no person.
pub(super) fn said_to_be(view: &View<'_>, lexicon: &Lexicon) -> Vec<SaidToBe> {
    let tree = &view.reading.sentences[view.n];
    let find = Find {
        view,
        tree,
        known: &lexicon.framing,
    };
    let mut found = Vec::new();
    for word in 0..tree.words.len() {
        found.extend(find.named(word));
        found.extend(find.equated(word, lexicon));
    }
    found
}

struct Find<'a> {
    view: &'a View<'a>,
    tree: &'a Sentence,
    known: &'a Framings,
}

impl Find<'_> {
    /// "called them terrorists", "consider the troops as a counterweight".
    fn named(&self, verb: usize) -> Option<SaidToBe> {
        let tree = self.tree;
        let lemma = tree.words[verb].lemma.to_lowercase();
        let (calls, takes_as) = (self.is("calls", &lemma), self.is("takes-as", &lemma));
        if tree.words[verb].upos != Upos::Verb || !(calls || takes_as) {
            return None;
        }
        let clause = tree.clause(verb);
        if clause.negated {
            return None;
        }
        let whom = match clause.passive {
            true => clause.subjects.first(),
            false => clause.objects.first(),
        };
        let mention = self.meant(*whom?)?;
        let what = tree.children(verb).find(|at| {
            let word = &tree.words[*at];
            let noun = matches!(word.upos, Upos::Noun | Upos::Adj);
            let case = tree.child(*at, &["case", "mark"]);
            let after_as = case.is_some_and(|c| tree.words[c].lemma.eq_ignore_ascii_case("as"));
            let bare = case.is_none() && calls && word.dep.is_any(&["xcomp", "obj"]);
            noun && Some(at) != whom && (takes_as && after_as || bare)
        })?;
        if !self.is_label(what) {
            return None;
        }
        let by = match clause.passive {
            true => clause.agents.first(),
            false => clause.subjects.first(),
        };
        let by = by.and_then(|at| {
            let at = self.at(*at)?;
            let mut mentions = self.view.mentions.iter();
            let by = mentions.find(|m| m.start <= at && at < m.end);
            by.map(|m| m.actor.clone())
                .or_else(|| self.view.speaker_as_pronoun(at))
        });
        self.row(what, mention, by)
    }

    /// "They are trainers", in somebody's own words and of what is no person: whom a page calls
    /// "the leader" is not framed by it.
    fn equated(&self, what: usize, lexicon: &Lexicon) -> Option<SaidToBe> {
        let tree = self.tree;
        let parsed = &tree.words[what];
        let lemma = parsed.lemma.to_lowercase();
        let telling = match parsed.upos {
            Upos::Noun => true,
            Upos::Adj => self.is("good", &lemma) || self.is("bad", &lemma),
            _ => false,
        };
        // "are in the valley" tells where, not what
        if !telling || tree.child(what, &["cop"]).is_none() || tree.child(what, &["case"]).is_some()
        {
            return None;
        }
        let clause = tree.clause(what);
        if clause.negated || clause.modal.is_some() || !self.is_label(what) {
            return None;
        }
        let spoken = self.view.innermost(parsed.span)?;
        let quoted = self.view.reading.quotations.iter();
        let own = spoken.kind == StatementKind::Direct
            || quoted.clone().any(|q| q.span.contains(parsed.span));
        let subject = *clause.subjects.first()?;
        // "this is a mistake" is about what was done
        let deed = ["this", "that"].contains(&tree.words[subject].lemma.to_lowercase().as_str());
        let mention = self.meant(subject).filter(|_| !deed)?;
        let kind = self.view.reading.actor(&mention.actor)?.kind;
        let place_or_time = lexicon.words.actor.is("geographic", &lemma);
        if !own || matches!(kind, ActorKind::Person | ActorKind::Place) || place_or_time {
            return None;
        }
        self.row(what, mention, None)
    }

    fn row(&self, what: usize, mention: &MentionAt, by: Option<Id>) -> Option<SaidToBe> {
        let label = self.label(what);
        let inside = |m: &MentionAt| {
            let words = &self.view.words;
            words[m.start]
                .span
                .join(words[m.end - 1].span)
                .overlaps(label)
        };
        // a name is no label
        if self
            .view
            .mentions
            .iter()
            .any(|m| m.actor == mention.actor && inside(m))
        {
            return None;
        }
        let lemmas = self.tree.words.iter().filter(|w| label.contains(w.span));
        let tone = lemmas
            .filter_map(|w| {
                let lemma = w.lemma.to_lowercase();
                match (self.is("good", &lemma), self.is("bad", &lemma)) {
                    (true, _) => Some(Tone::Positive),
                    (_, true) => Some(Tone::Negative),
                    _ => None,
                }
            })
            .next_back();
        Some(SaidToBe {
            label,
            actor: mention.actor.clone(),
            by,
            tone: tone.unwrap_or(Tone::Neutral),
        })
    }

    /// Whether a word can say what somebody is: no pronoun, number, role or kind of speech.
    fn is_label(&self, word: usize) -> bool {
        let parsed = &self.tree.words[word];
        let lemma = parsed.lemma.to_lowercase();
        let named = self.tree.name_class(word) > 0;
        !named && parsed.upos != Upos::Pron && !self.is("no-label", &lemma)
    }

    /// The mention that a word stands in; of "the presence of the troops", the troops.
    fn meant(&self, word: usize) -> Option<&MentionAt> {
        let at = self.at(word)?;
        let mut mentions = self.view.mentions.iter();
        if let Some(mention) = mentions.find(|m| m.start <= at && at < m.end) {
            return Some(mention);
        }
        let lemma = self.tree.words[word].lemma.to_lowercase();
        if !self.is("stands-for", &lemma) {
            return None;
        }
        let mut whose = self.tree.children(word).filter(|at| {
            let dep = self.tree.words[*at].dep;
            dep.is_any(&["nmod", "nmod:poss", "compound"])
        });
        whose.find_map(|at| {
            let at = self.at(at)?;
            self.view
                .mentions
                .iter()
                .find(|m| m.start <= at && at < m.end)
        })
    }

    /// The words of a label: its head with what stands before it, what is joined to it, and one
    /// "of" behind it.
    fn label(&self, what: usize) -> Span {
        let tree = self.tree;
        let mut span = tree.words[what].span;
        for at in tree.children(what) {
            let dep = tree.words[at].dep;
            let before = at < what && dep.is_any(&["amod", "compound", "nummod", "advmod"]);
            let of = dep == "nmod"
                && tree
                    .child(at, &["case"])
                    .is_some_and(|c| tree.words[c].lemma == "of");
            if before || of || (dep == "conj" && tree.words[at].upos == Upos::Noun) {
                let piece = match before {
                    true => tree.words[at].span,
                    false => self.label(at),
                };
                span = span.join(piece);
            }
        }
        span
    }

    /// The word of the view that a word of the tree begins in.
    fn at(&self, word: usize) -> Option<usize> {
        let span = self.tree.words[word].span;
        self.view.words.iter().position(|w| w.span.end > span.start)
    }

    fn is(&self, list: &str, lemma: &str) -> bool {
        self.known
            .forms
            .get(list)
            .is_some_and(|f| f.contains(lemma))
    }
}
