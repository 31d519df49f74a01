//! Stands read off the dependency tree: the word that takes the thing, and whose it is.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Issues, StanceRule, Toward};
use onrecord_model::{Clause, Id, MentionKind, Sentence, Span, Upos};

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
    fn at(&self, tree: &Sentence, word: usize) -> Option<usize> {
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

    /// Climbs from the thing to the word that takes it. Words that let a stand through
    /// ("the idea of", "to send") are passed, those that end a thing turn it round.
    ///
    /// Relative clauses that take it on the way ("the truce, which the party opposes") are put
    /// into `asides`.
    fn taken(
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
    fn demanded(
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
    fn clause_about(
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

    /// Whose stand it is, and whether words above turn it round; `None` where it is no stand
    /// (a condition, a denial, a possibility). One who takes the taking ("urged them to reject
    /// it", "warned against accepting it") stands in place of those who are to take.
    fn holders(&self, tree: &Sentence, taken: &Taken<'a>) -> Option<(Vec<usize>, bool)> {
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
    fn sayers(&self, tree: &Sentence, word: usize) -> Vec<usize> {
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
    fn own_holders(&self, tree: &Sentence, word: usize) -> Vec<usize> {
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

    fn mention_at(&self, tree: &Sentence, word: usize) -> bool {
        let span = tree.words[word].span;
        let mention = |m: &crate::view::MentionAt| {
            let words = &self.view.words;
            words[m.start].span.start <= span.start && span.end <= words[m.end - 1].span.end
        };
        self.view.mentions.iter().any(mention)
    }

    /// "passed a resolution that rejects it": not the resolution holds the stand but those
    /// whose it is, or who passed it.
    fn behind(&self, tree: &Sentence, word: usize) -> usize {
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
    fn of_whom(&self, tree: &Sentence, word: usize) -> usize {
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

    /// A condition, a question within, a mere possibility.
    fn is_blocked_in(&self, tree: &Sentence, word: usize) -> bool {
        let marked = tree.children(word).any(|at| {
            tree.words[at].dep.is_any(&["mark", "advmod"])
                && self.form("conditions", &tree.words[at].lemma.to_lowercase())
        });
        let clause = tree.clause(word);
        marked || clause.modal.is_some_and(|m| self.form("possible", &m))
    }

    fn has_not(&self, tree: &Sentence, word: usize) -> bool {
        let not = |at: usize| {
            let lemma = tree.words[at].lemma.to_lowercase();
            ["not", "n't", "n’t", "never"].contains(&lemma.as_str())
        };
        tree.children(word)
            .any(|at| tree.words[at].dep == "advmod" && not(at))
    }

    /// "no support for", "nobody".
    fn is_none(&self, tree: &Sentence, word: usize) -> bool {
        tree.words[word].upos == Upos::Noun
            && tree.children(word).any(|at| {
                tree.words[at].dep == "det" && tree.words[at].lemma.eq_ignore_ascii_case("no")
            })
    }

    fn no_longer(&self, tree: &Sentence, word: usize) -> bool {
        tree.children(word).any(|at| {
            tree.words[at].lemma.eq_ignore_ascii_case("long")
                && tree.words[at].dep == "advmod"
                && at > 0
                && tree.words[at - 1].lemma.eq_ignore_ascii_case("no")
        })
    }

    /// The prepositions and marks of a word, in lower case: "for", "in favour of" is of two.
    fn cases(&self, tree: &Sentence, word: usize) -> Vec<String> {
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
    fn lemma(&self, tree: &Sentence, word: usize) -> String {
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
    fn begins(&self, word: &str) -> bool {
        let is = |form: &String| {
            form.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.stances.iter().any(|r| r.takes.iter().any(is))
            || ["turns", "through", "gone", "stays"]
                .iter()
                .any(|list| self.forms.get(*list).is_some_and(|f| f.iter().any(is)))
    }

    fn takes(&self, forms: &[String]) -> Option<&'a StanceRule> {
        forms.iter().find_map(|form| {
            self.stances
                .iter()
                .find(|r| r.takes.contains(form))
                .copied()
        })
    }

    fn form(&self, list: &str, form: &str) -> bool {
        self.forms.get(list).is_some_and(|f| f.contains(form))
    }
}

/// Who does it: the subjects, or the agents of a passive.
fn subjects(clause: &Clause) -> Vec<usize> {
    if clause.passive {
        clause.agents.clone()
    } else {
        clause.subjects.clone()
    }
}
