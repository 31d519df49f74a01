//! Words, tags and trees: the measures of the CoNLL 2018 shared task.
//!
//! Gold and system are aligned over the text without white space, so that they may divide it
//! into words and sentences in different ways. Every figure counts all words: a word that the
//! other side does not have is wrong.

mod align;
mod flat;
mod print;

use std::collections::BTreeMap;

use crate::{ConlluSentence, ConlluWord, ScoreError};
use flat::{Flat, Head, Word};

/// How far a system's words, tags and trees agree with the gold ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseScore {
    /// What stands between white space or other tokens.
    pub tokens: Agreement,
    /// Both ends of a sentence.
    pub sentences: Agreement,
    /// Syntactic words.
    pub words: Agreement,
    /// Universal parts of speech.
    pub upos: Agreement,
    /// The treebank's own parts of speech.
    pub xpos: Agreement,
    /// Dictionary forms; where gold has `_` every one is right.
    pub lemmas: Agreement,
    /// Heads.
    pub uas: Agreement,
    /// Heads with their relations, subtypes left out.
    pub las: Agreement,
    /// Each relation that gold has, with its subtype.
    pub relations: BTreeMap<String, RelationScore>,
}

/// How many of the things that gold and system have are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// How many gold has.
    pub gold: usize,
    /// How many the system has.
    pub system: usize,
    /// How many are the same in both.
    pub correct: usize,
    /// Over how many words that both have, where the measure is one of words.
    pub aligned: Option<usize>,
}

/// How far one relation agrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelationScore {
    /// Head and relation with its subtype.
    pub labelled: Agreement,
    /// How many gold words of this relation have the right head, whatever its relation.
    pub attached: usize,
}

impl Agreement {
    /// Share of the system's that are right; 0 where it has none.
    pub fn precision(self) -> f64 {
        share(self.correct, self.system)
    }

    /// Share of gold's that the system has; 0 where gold has none.
    pub fn recall(self) -> f64 {
        share(self.correct, self.gold)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        share(2 * self.correct, self.gold + self.system)
    }

    /// Share that is right of the words that both have.
    pub fn aligned_accuracy(self) -> Option<f64> {
        self.aligned.map(|aligned| share(self.correct, aligned))
    }
}

impl RelationScore {
    /// Share of gold's words of this relation that have the right head.
    pub fn attachment(self) -> f64 {
        share(self.attached, self.labelled.gold)
    }
}

/// `part` of `whole`, 0 of nothing.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    part as f64 / whole as f64
}

/// Compares the system's sentences with the gold ones: the same text, in any division.
///
/// A word without a head counts as wrong in the measures of trees.
///
/// # Errors
/// If the texts differ in more than white space, naming the place, or a sentence that has
/// all its heads is not a tree with one root.
pub fn evaluate(
    gold: &[ConlluSentence],
    system: &[ConlluSentence],
) -> Result<ParseScore, ScoreError> {
    let gold = Flat::of(gold, "gold")?;
    let system = Flat::of(system, "system")?;
    gold.has_text_of(&system)?;

    let pairs = align::words(&gold.words, &system.words);
    let mut gold_of = vec![None; system.words.len()];
    for &(g, s) in &pairs {
        gold_of[s] = Some(g);
    }
    let pairs: Vec<Pair> = pairs
        .into_iter()
        .map(|(g, s)| Pair::of(&gold.words[g], &system.words[s], &gold_of))
        .collect();

    let words = Agreement {
        gold: gold.words.len(),
        system: system.words.len(),
        correct: pairs.len(),
        aligned: None,
    };
    let count = |right: fn(&Pair) -> bool| Agreement {
        correct: pairs.iter().filter(|pair| right(pair)).count(),
        aligned: Some(pairs.len()),
        ..words
    };
    Ok(ParseScore {
        tokens: align::spans(&gold.tokens, &system.tokens),
        sentences: align::spans(&gold.sentences, &system.sentences),
        words,
        upos: count(|pair| pair.gold.upos == pair.system.upos),
        xpos: count(|pair| pair.gold.xpos == pair.system.xpos),
        lemmas: count(|pair| pair.gold.lemma == "_" || pair.gold.lemma == pair.system.lemma),
        uas: count(|pair| pair.head),
        las: count(|pair| pair.head && base(&pair.gold.deprel) == base(&pair.system.deprel)),
        relations: relations(&gold.words, &system.words, &pairs),
    })
}

/// A word that both have.
struct Pair<'a> {
    gold: &'a ConlluWord,
    system: &'a ConlluWord,
    /// Whether its heads are a pair, too.
    head: bool,
}

impl<'a> Pair<'a> {
    fn of(gold: &Word<'a>, system: &Word<'a>, gold_of: &[Option<usize>]) -> Pair<'a> {
        let head = match (gold.head, system.head) {
            (Head::Root, Head::Root) => true,
            (Head::Word(g), Head::Word(s)) => gold_of[s] == Some(g),
            _ => false,
        };
        Pair {
            gold: gold.row,
            system: system.row,
            head,
        }
    }
}

/// A relation without its subtype.
fn base(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or(deprel)
}

fn relations(gold: &[Word], system: &[Word], pairs: &[Pair]) -> BTreeMap<String, RelationScore> {
    let mut relations: BTreeMap<String, RelationScore> = BTreeMap::new();
    for word in gold {
        let relation = relations.entry(word.row.deprel.clone()).or_default();
        relation.labelled.gold += 1;
        relation.labelled.aligned = Some(0);
    }
    for word in system {
        if let Some(relation) = relations.get_mut(&word.row.deprel) {
            relation.labelled.system += 1;
        }
    }
    for pair in pairs {
        let Some(relation) = relations.get_mut(&pair.gold.deprel) else {
            continue;
        };
        let labelled = &mut relation.labelled;
        labelled.aligned = labelled.aligned.map(|aligned| aligned + 1);
        labelled.correct += usize::from(pair.head && pair.gold.deprel == pair.system.deprel);
        relation.attached += usize::from(pair.head);
    }
    relations
}
