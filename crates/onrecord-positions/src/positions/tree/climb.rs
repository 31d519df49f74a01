//! From a thing up the tree to the word that takes it.

use onrecord_model::{Sentence, Span, Upos};

use super::{FARTHEST, Taken, Takes};

impl<'a> Takes<'a> {
    /// Climbs from the thing to the word that takes it. Words that let a stand through
    /// ("the idea of", "to send") are passed, those that end a thing turn it round.
    ///
    /// Relative clauses that take it on the way ("the truce, which the party opposes") are put
    /// into `asides`.
    pub(super) fn taken(
        &self,
        tree: &Sentence,
        head: usize,
        span: Span,
        asides: &mut Vec<Taken<'a>>,
    ) -> Option<Taken<'a>> {
        let mut at = head;
        let inside = |word: usize| span.contains(tree.words[word].span);
        // "asked them not to leave"
        let verbal = tree.words[head].upos == Upos::Verb && tree.child(head, &["cop"]).is_none();
        // "less interference"
        let less = tree
            .children(head)
            .any(|at| self.form("less", &tree.words[at].lemma.to_lowercase()));
        let mut turned = less || verbal && self.has_not(tree, head);
        let mut given_up = false;
        for _ in 0..FARTHEST {
            let word = &tree.words[at];
            // "is against the plan": the thing is the predicate
            if tree.child(at, &["cop"]).is_some()
                && let Some(rule) = self.takes(&self.cases(tree, at))
            {
                turned ^= tree.clause(at).negated;
                return Some(Taken {
                    rule,
                    word: at,
                    turned,
                    given_up,
                    by_speaker: false,
                });
            }
            asides.extend(self.clause_about(tree, at, span, (turned, given_up)));
            let above = word.head?;
            let dep = word.dep;
            if dep.is_any(&["conj", "appos"]) {
                // "the troops and their bases": what takes the first takes both
                at = above;
                continue;
            }
            if !inside(above) {
                let lemma = self.lemma(tree, above);
                let mut forms: Vec<String> = Vec::new();
                for case in self.cases(tree, at) {
                    forms.push(format!("{lemma} {case}"));
                }
                let bare = dep.is_any(&[
                    "obj",
                    "nsubj:pass",
                    "ccomp",
                    "xcomp",
                    "csubj:pass",
                    "nmod:desc",
                    "iobj",
                ]);
                // "asked the militias to help": they are asked, not asked for; "wants them to
                // stay", "to leave" tell what is wanted of them
                let told = tree.children(above).find(|c| {
                    tree.words[*c].dep.is_any(&["xcomp", "ccomp", "advcl"]) && !inside(*c)
                });
                let addressed = dep.is_any(&["obj", "iobj"]) && self.form("addresses", &lemma);
                let told = told.filter(|_| addressed).map(|c| self.lemma(tree, c));
                let stays = |to: &String| self.form("stays", to);
                let gone = |to: &String| self.form("gone", to);
                if bare && told.as_ref().is_none_or(|to| stays(to) || gone(to)) {
                    turned ^= told.as_ref().is_some_and(gone);
                    forms.push(lemma.clone());
                }
                // "sees them as a counterweight to it": only what counters it is taken "as"
                forms.retain(|form| turned || !form.ends_with(" as"));
                if let Some(rule) = self.takes(&forms) {
                    let clause = tree.clause(above);
                    turned ^= clause.negated || self.is_none(tree, above);
                    given_up |= self.no_longer(tree, above);
                    return Some(Taken {
                        rule,
                        word: above,
                        turned,
                        given_up,
                        by_speaker: false,
                    });
                }
                if let Some(found) = self.demanded(tree, at, above, (turned, given_up)) {
                    return Some(found);
                }
                let is = |list: &str| self.form(list, &lemma);
                // who is told to do it is not what it is about
                let through = is("through") && !dep.is_any(&["nsubj", "advcl", "parataxis"]);
                if is("turns")
                    && dep.is_any(&["obj", "nsubj:pass", "nmod", "obl", "xcomp", "compound"])
                {
                    turned = !turned;
                } else if !through {
                    return None;
                }
                if tree.words[above].upos == Upos::Verb {
                    let home = tree.children(above).any(|c| {
                        tree.words[c].dep == "advmod"
                            && self.form("homeward", &tree.words[c].lemma.to_lowercase())
                    });
                    turned ^= tree.clause(above).negated ^ (home && through);
                    given_up |= self.no_longer(tree, above);
                }
            }
            at = above;
        }
        None
    }

    /// "The militias must be disbanded", "the troops should stay": what is demanded of a thing.
    pub(super) fn demanded(
        &self,
        tree: &Sentence,
        at: usize,
        verb: usize,
        (turned, given_up): (bool, bool),
    ) -> Option<Taken<'a>> {
        if !tree.words[at].dep.is_any(&["nsubj", "nsubj:pass"]) {
            return None;
        }
        let clause = tree.clause(verb);
        // "the government must end the siege": not the government is to end
        if !clause.objects.is_empty() && !clause.passive {
            return None;
        }
        let lemma = self.lemma(tree, verb);
        let gone = self.form("gone", &lemma) || self.form("turns", &lemma);
        let stays = self.form("stays", &lemma);
        let modal = clause.modal.as_deref()?;
        let form = match modal {
            "must" | "should" | "shall" if gone => "must be gone",
            "must" | "should" | "shall" if stays => "must stay",
            "will" | "would" if stays => "must stay",
            _ => return None,
        };
        let rule = self.takes(&[form.to_owned()])?;
        Some(Taken {
            rule,
            word: verb,
            turned: turned ^ self.has_not(tree, verb),
            given_up,
            by_speaker: true,
        })
    }

    /// The relative clause or participle of a noun that takes it: "the truce, which the party
    /// opposes", "troops invited by the government".
    pub(super) fn clause_about(
        &self,
        tree: &Sentence,
        noun: usize,
        span: Span,
        (turned, given_up): (bool, bool),
    ) -> Option<Taken<'a>> {
        tree.children(noun).find_map(|at| {
            let word = &tree.words[at];
            if !word.dep.is_any(&["acl", "acl:relcl"]) || span.contains(word.span) {
                return None;
            }
            let clause = tree.clause(at);
            let about = match clause.passive {
                true => clause.subjects.contains(&noun),
                false => clause.objects.contains(&noun),
            };
            let rule = self.takes(&[self.lemma(tree, at)]).filter(|_| about)?;
            Some(Taken {
                rule,
                word: at,
                turned: turned ^ clause.negated,
                given_up: given_up | self.no_longer(tree, at),
                by_speaker: false,
            })
        })
    }
}
