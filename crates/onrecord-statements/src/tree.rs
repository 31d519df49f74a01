//! What the tree of a sentence tells of a verb of saying: whether it says anything, who
//! speaks, and where its content stands.

mod content;

use std::ops::Range;

use onrecord_lexicon::Complement;
use onrecord_model::{Sentence, TokenKind, Upos, Word};

use crate::cue::Hit;
use crate::source::{Phrase, head_mention};
use crate::view::{View, is_person};

/// The tree of a sentence; its words are told by the numbers of the article's tokens.
pub struct Tree<'a> {
    sentence: &'a Sentence,
    /// The sentence's first token.
    first: usize,
}

/// The clause that a verb of saying reports.
pub struct Told {
    /// Its words, without "that" and the marks before it.
    pub words: Range<usize>,
    /// How it begins.
    pub complement: Complement,
}

impl<'a> Tree<'a> {
    /// The tree that a token stands in, if its sentence was parsed.
    pub fn at(view: &View<'a>, token: usize) -> Option<Tree<'a>> {
        let n = view.sentences.partition_point(|s| s.end <= token);
        let sentence = view.reading.sentences.get(n)?;
        let first = view.sentences[n].start;
        (!sentence.words.is_empty()).then_some(Tree { sentence, first })
    }

    /// The first word of a token.
    fn word(&self, token: usize) -> Option<usize> {
        let token = token.checked_sub(self.first)?;
        let words = &self.sentence.words;
        let at = words.partition_point(|w| w.token < token);
        (words.get(at)?.token == token).then_some(at)
    }

    fn token(&self, word: usize) -> usize {
        self.first + self.sentence.words[word].token
    }

    /// The tokens from the first to the last word below `word`.
    fn extent(&self, word: usize) -> Range<usize> {
        self.extent_of(word, |_| true)
    }

    fn extent_of(&self, word: usize, counts: impl Fn(&Word) -> bool) -> Range<usize> {
        let words = &self.sentence.words;
        let below = (0..words.len()).filter(|at| self.sentence.is_below(*at, word));
        let below = below.filter(|at| counts(&words[*at]));
        below.fold(self.token(word)..self.token(word) + 1, |all, at| {
            let token = self.token(at);
            all.start.min(token)..all.end.max(token + 1)
        })
    }

    fn child(&self, word: usize, deps: &[&str]) -> Option<&'a Word> {
        self.sentence
            .child(word, deps)
            .map(|at| &self.sentence.words[at])
    }

    /// Whether the verb of the hit says something that somebody hears: no noun, no passive
    /// without an agent, nothing that is only possible, wanted or supposed. If so, the hit
    /// with what stands before the verb.
    pub fn says(&self, view: &View<'_>, mut hit: Hit) -> Option<Hit> {
        let verb = self.word(hit.verb)?;
        let word = &self.sentence.words[verb];
        let clause = self.sentence.clause(verb);
        let open = ["if", "unless", "whether", "lest"];
        let mark = self.child(verb, &["mark"]).map_or("", |w| w.lemma.as_str());
        // a finite verb shares no modal: "said it would close and urged them to help"
        let modal = clause.modal.is_some() && !word.xpos.is_any(&["VBD", "VBZ", "VBP"]);
        if word.upos != Upos::Verb || modal || open.contains(&mark) {
            return None;
        }
        let own = |at: &usize| self.sentence.words[*at].head == Some(verb);
        let subject = clause.subjects.iter().any(own);
        let auxiliary = |lemma: &str| {
            let mut children = self.sentence.children(verb);
            children.any(|at| {
                let word = &self.sentence.words[at];
                word.dep.base() == "aux" && word.lemma == lemma
            })
        };
        (hit.passive, hit.negated) = (clause.passive, clause.negated);
        hit.perfect = auxiliary("have");
        let dep = word.dep.base();
        let good = match word.xpos.as_str() {
            _ if clause.passive => !clause.agents.is_empty() && dep != "acl",
            "VBN" => hit.perfect || subject || dep == "conj",
            "VBG" => auxiliary("be") || self.participle(verb, mark),
            "VB" if mark == "to" => self.done_by_saying(view, verb, &mut hit),
            "VB" => auxiliary("do"),
            _ => true,
        };
        self.group(view, verb, &mut hit);
        good.then_some(hit)
    }

    /// "…, adding that", "a statement saying that", "began by saying that".
    fn participle(&self, verb: usize, mark: &str) -> bool {
        let dep = self.sentence.words[verb].dep.base();
        matches!(dep, "advcl" | "acl" | "conj" | "parataxis")
            && matches!(
                mark,
                "" | "after" | "while" | "when" | "by" | "before" | "in"
            )
    }

    /// "refused to say", which is a denial, and "took to the stage to say", which is done.
    fn done_by_saying(&self, view: &View<'_>, verb: usize, hit: &mut Hit) -> bool {
        let word = &self.sentence.words[verb];
        let Some(above) = word.head else { return false };
        let token = self.token(above);
        if word.dep == "xcomp" && view.is(token, "withholds") {
            hit.negated = true;
            hit.first = token;
            return true;
        }
        let higher = self.sentence.clause(above);
        let done = word.dep == "advcl" || (word.dep == "xcomp" && view.is(token, "doing"));
        done && self.sentence.words[above].xpos == "VBD" && !(higher.negated || higher.passive)
    }

    /// Moves the hit's left end over the auxiliaries and adverbs before its verb.
    fn group(&self, view: &View<'_>, verb: usize, hit: &mut Hit) {
        hit.left = hit.first;
        while let Some(before) = hit.left.checked_sub(1).filter(|b| *b >= self.first) {
            if view.words[before].quote != view.words[hit.left].quote {
                break;
            }
            if view.kind(before) == Some(TokenKind::OpenQuote) {
                hit.left = before;
                break;
            }
            let helps = self.word(before).is_some_and(|at| {
                let word = &self.sentence.words[at];
                word.dep.is_any(&["aux", "aux:pass", "advmod", "mark"])
                    && word
                        .head
                        .is_some_and(|head| head == verb || self.token(head) == hit.first)
            });
            if !helps {
                break;
            }
            hit.left = before;
        }
    }

    /// Who speaks, and whether the verb has this subject to itself.
    pub fn source(&self, view: &View<'_>, hit: &Hit) -> Option<(Phrase, bool)> {
        let verb = self.word(hit.verb)?;
        let clause = self.sentence.clause(verb);
        let heads = if clause.passive {
            &clause.agents
        } else {
            &clause.subjects
        };
        // "OSLO — The mayor said", where town and mayor are both read as the subject
        let spoken = heads
            .iter()
            .find(|head| self.dateline_ends(view, **head).is_none());
        let head = *spoken.or(heads.first())?;
        let own = self.sentence.words[head].head == Some(verb);
        let relative = self.sentence.words[verb].head == Some(head);
        let mut words = self.noun_phrase(view, head)?;
        // a description and a name, both read as the subject: "legal expert Ana Tal said"
        for other in heads.iter().filter(|other| **other > head) {
            let subject = self.sentence.words[*other].head == Some(verb);
            if subject && self.extent(*other).start == words.end {
                words.end = self.noun_phrase(view, *other)?.end;
            }
        }
        let begins = if (own || relative) && words.start < hit.left {
            self.extent_of(head, |w| w.dep != "punct").start
        } else {
            hit.left
        };
        Some((Phrase { words, begins }, own || relative))
    }

    /// The noun phrase of a word without what is added to it behind a comma; of a
    /// description and a name, the name.
    fn noun_phrase(&self, view: &View<'_>, head: usize) -> Option<Range<usize>> {
        let head = self.without_dateline(view, head);
        let bare = |head: usize| {
            let all = self.extent(head);
            let added = self.sentence.children(head).filter(|at| {
                let dep = self.sentence.words[*at].dep;
                let always = ["acl:relcl", "appos", "parataxis", "advcl", "dep", "list"];
                let set_off = dep.is_any(&["acl", "nmod", "amod"]) && self.is_set_off(view, *at);
                *at > head && (dep.is_any(&always) || set_off)
            });
            let end = added.map(|at| self.extent(at).start).min();
            let end = end.filter(|end| *end > self.token(head)).unwrap_or(all.end);
            let starts = |at: &usize| {
                self.word(*at).is_some_and(|w| {
                    self.sentence.words[w]
                        .dep
                        .is_any(&["case", "fixed", "punct"])
                        || view.lower(*at) == "whose"
                })
            };
            let start = (all.start..self.token(head)).find(|at| !starts(at));
            // without the marks at its end, but with a bracket or a quotation that it closes
            let mark = |at: &usize| {
                view.kind(*at) == Some(TokenKind::Mark) && !matches!(view.lower(*at), ")" | "]")
            };
            let least = self.token(head) + 1;
            let end = end - (least..end).rev().take_while(mark).count();
            start.unwrap_or(self.token(head))..end
        };
        let words = bare(head);
        let person =
            |words: &Range<usize>| head_mention(view, words).is_some_and(|m| is_person(view, m));
        if person(&words) {
            return Some(words);
        }
        // "the mayor, Ana Tal", not "the party, known by its old name, Ana Tal's List"
        let mut names = (0..self.sentence.words.len())
            .filter(|at| self.apposed(*at, head))
            .map(bare);
        Some(names.find(person).unwrap_or(words))
    }

    /// Whether a word is an apposition to `head`, or to one of its appositions.
    fn apposed(&self, mut at: usize, head: usize) -> bool {
        for _ in 0..self.sentence.words.len() {
            let word = &self.sentence.words[at];
            match word.head {
                Some(above) if word.dep == "appos" && above == head => return true,
                Some(above) if word.dep == "appos" => at = above,
                _ => return false,
            }
        }
        false
    }

    /// Of "who" and "which" as the subject of the verb at `token`: the words they stand for.
    pub fn relative(&self, view: &View<'_>, token: usize) -> Option<Range<usize>> {
        let mut at = self.word(token)?;
        for _ in 0..self.sentence.words.len() {
            let word = &self.sentence.words[at];
            if word.dep == "acl:relcl" {
                return self.noun_phrase(view, word.head?);
            }
            at = word.head?;
        }
        None
    }

    /// The noun phrase that names the speaker within the words of a source.
    pub fn named_in(&self, view: &View<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
        let head = self.head(tokens.clone())?;
        let found = self.noun_phrase(view, self.word(head)?)?;
        (found.start >= tokens.start && found.end <= tokens.end).then_some(found)
    }

    fn is_set_off(&self, view: &View<'_>, at: usize) -> bool {
        let start = self.extent(at).start;
        view.is_comma(start) || start.checked_sub(1).is_some_and(|b| view.is_comma(b))
    }

    /// "OSLO (AP) — The mayor said": the mayor, where the town is read as the subject.
    fn without_dateline(&self, view: &View<'_>, head: usize) -> usize {
        let Some(dash) = self.dateline_ends(view, head) else {
            return head;
        };
        let behind = |at: &usize| self.token(*at) > dash && self.sentence.words[*at].dep != "punct";
        let mut parts = self.sentence.children(head);
        parts.find(behind).unwrap_or(head)
    }

    /// The dash behind the town that opens a sentence, if the word is that town.
    fn dateline_ends(&self, view: &View<'_>, head: usize) -> Option<usize> {
        let near = self.first..self.first + 8;
        let verb = self.sentence.words[head]
            .head
            .map_or(0, |verb| self.token(verb));
        let mut dashes = (self.first..verb).filter(|at| view.is_dash(*at));
        // two dashes hold an apposition
        let (Some(dash), None) = (dashes.next(), dashes.next()) else {
            return None;
        };
        let town = near.contains(&self.token(head)) && self.token(head) < dash;
        town.then_some(dash)
    }
}
