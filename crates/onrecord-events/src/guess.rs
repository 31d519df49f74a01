//! A tree guessed from the order of words, for a sentence that came without one.

use onrecord_model::{Dep, Upos, Word, Xpos};

use crate::items::{Kind, Line};

impl Line<'_> {
    /// One word for each item: the first verb of the lexicon with its auxiliaries, the name
    /// before it as its subject, and the names behind it as objects or behind prepositions.
    pub fn guessed(&self) -> Vec<Word> {
        let verb = (1..self.items.len()).find(|at| {
            let noun = self.is(at - 1, "determiners") || self.is(at - 1, "prepositions");
            self.kind(*at) == Some(&Kind::Word)
                && !noun
                && !self.lexicon.events.verb(&self.items[*at].word).is_empty()
        });
        let mut words: Vec<Word> = (0..self.items.len())
            .filter_map(|at| self.loose_word(at))
            .collect();
        let Some(verb) = verb.filter(|_| words.len() == self.items.len()) else {
            return words;
        };
        let shape = self.lexicon.events.verb(&self.items[verb].word)[0].shape;
        let mut hang = |at: usize, head: Option<usize>, dep: &str, upos: Upos, xpos: &str| {
            let word = &mut words[at];
            word.head = head;
            word.upos = upos;
            word.dep = Dep::named(dep).unwrap_or(word.dep);
            word.xpos = Xpos::named(xpos).unwrap_or(word.xpos);
        };
        let mut passive = false;
        let mut at = verb;
        while at > 0 {
            at -= 1;
            let be = self.says(at, &["is", "are", "was", "were", "been", "being"]);
            if be && shape.participle {
                passive = true;
                hang(at, Some(verb), "aux:pass", Upos::Aux, "VBD");
            } else if self.is(at, "modals") {
                hang(at, Some(verb), "aux", Upos::Aux, "MD");
            } else if self.is(at, "auxiliaries") {
                hang(at, Some(verb), "aux", Upos::Aux, "VBD");
            } else if self.is(at, "adverbs")
                || self.is(at, "negations")
                || self.kind(at) == Some(&Kind::Not)
            {
                hang(at, Some(verb), "advmod", Upos::Adv, "RB");
            } else if self.says(at, &["to"]) {
                hang(at, Some(verb), "mark", Upos::Part, "TO");
            } else {
                if self.is_party(at) {
                    let dep = if passive { "nsubj:pass" } else { "nsubj" };
                    hang(at, Some(verb), dep, Upos::Propn, "NNP");
                }
                break;
            }
        }
        let form = match (shape.participle && passive, shape.past, shape.gerund) {
            (true, ..) => "VBN",
            (_, true, _) => "VBD",
            (_, _, true) => "VBG",
            _ if shape.third => "VBZ",
            _ => "VB",
        };
        hang(verb, None, "root", Upos::Verb, form);
        for at in verb + 1..self.items.len() {
            if self.is_border(at) {
                break;
            }
            if self.is_party(at) {
                let led = self.is(at - 1, "prepositions") || self.says(at - 1, &["of", "to"]);
                let dep = match led {
                    true if passive && self.says(at - 1, &["by"]) => "obl:agent",
                    true => "obl",
                    false => "obj",
                };
                if led {
                    hang(at - 1, Some(at), "case", Upos::Adp, "IN");
                }
                hang(at, Some(verb), dep, Upos::Propn, "NNP");
            }
        }
        words
    }

    /// An item as a word that hangs nowhere.
    fn loose_word(&self, at: usize) -> Option<Word> {
        let item = &self.items[at];
        Some(Word {
            span: item.span,
            token: at,
            upos: Upos::X,
            xpos: Xpos::named("XX")?,
            lemma: item.word.clone(),
            head: None,
            dep: Dep::named("dep")?,
        })
    }
}
