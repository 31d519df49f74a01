//! Chains: those spoken of so far, each with the spots that stand for it.

use onrecord_model::{ActorKind, MentionKind, Sentence};

use super::spot::{Gender, Spot};

/// Spots of a chain that a new one is compared with.
const NEAR: usize = 32;

/// Spots that stand for one.
#[derive(Clone, Debug)]
pub struct Chain {
    /// In order.
    pub spots: Vec<usize>,
    /// The spot that tells most: the first name, else the first description.
    pub best: usize,
    /// The actor, an index of the book's entries.
    pub entry: Option<usize>,
    /// Whether a name is among them.
    pub named: bool,
    pub gender: Gender,
    pub plural: bool,
    /// Of its spots, those that are subjects.
    pub subjects: u8,
    /// The last of its spots that the narrator lets say something.
    pub spoke: Option<usize>,
}

impl Chain {
    /// A chain of one.
    pub fn new(at: usize, spots: &[Spot]) -> Self {
        let mut chain = Self {
            spots: Vec::new(),
            best: at,
            entry: None,
            named: false,
            gender: Gender::Unknown,
            plural: spots[at].plural,
            subjects: 0,
            spoke: None,
        };
        chain.add(at, spots);
        chain
    }

    /// Adds a spot that comes after the others.
    pub fn add(&mut self, at: usize, spots: &[Spot]) {
        let spot = &spots[at];
        let worth = |kind| match kind {
            MentionKind::Name => 2,
            MentionKind::Description => 1,
            MentionKind::Pronoun => 0,
        };
        if worth(spot.kind) > worth(spots[self.best].kind) {
            self.best = at;
            self.plural = spot.plural;
        }
        self.named |= spot.kind == MentionKind::Name;
        if self.gender == Gender::Unknown {
            self.gender = spot.gender;
        }
        self.entry = self.entry.or(spot.entry);
        self.subjects = self
            .subjects
            .saturating_add(u8::from(matches!(spot.role, 1 | 2)));
        if spot.says > 0 && spot.quotation == 0 {
            self.spoke = Some(at);
        }
        self.spots.push(at);
    }

    /// The spot that another one would go on from: the one spoken of last. The narrator's
    /// pronouns go on from the narrator's own words, not from what is quoted.
    pub fn last_for(&self, spot: &Spot, spots: &[Spot]) -> Option<usize> {
        let narrated = spot.kind == MentionKind::Pronoun && spot.quotation == 0;
        let mut before = self.lately_spots();
        before
            .find(|at| !narrated || spots[**at].quotation == 0)
            .copied()
    }

    /// Its last spots, the latest first: however long a text, no more are looked at.
    pub fn lately_spots(&self) -> impl Iterator<Item = &usize> + '_ {
        self.spots.iter().rev().take(NEAR)
    }

    /// Whether grammar lets the spot stand for it, an actor of kind `who` if it is known.
    pub fn may_be(&self, spot: &Spot, who: Option<ActorKind>) -> bool {
        let person = who.map(|kind| kind == ActorKind::Person);
        let genders = spot.gender == Gender::Unknown
            || self.gender == Gender::Unknown
            || spot.gender == self.gender;
        match spot.pronoun {
            1 | 2 | 8 | 9 => genders && !self.plural && person != Some(false),
            4 | 10 => person != Some(true) && self.gender == Gender::Unknown,
            _ => true,
        }
    }

    /// How many of its spots stand in the sentence or the three before it.
    pub fn lately(&self, spot: &Spot, spots: &[Spot]) -> usize {
        let near = |at: &&usize| spots[**at].line + 3 >= spot.line;
        self.spots.iter().rev().take_while(near).count()
    }

    /// Whether it is the first spoken of in a sentence.
    pub fn first_in(&self, line: usize, spots: &[Spot]) -> bool {
        let own = self.spots.iter().rev().find(|at| spots[**at].line <= line);
        own.is_some_and(|at| {
            let line = spots[*at].line;
            let before = at.checked_sub(1).map(|before| spots[before].line);
            before != Some(line)
        })
    }

    /// Whether gender and number let the spot stand for it.
    pub fn fits(&self, spot: &Spot) -> bool {
        let gender = spot.gender == Gender::Unknown
            || self.gender == Gender::Unknown
            || spot.gender == self.gender;
        gender && (spot.plural == self.plural || spot.pronoun == 3)
    }

    /// Whether the same adjective or noun stands before one of its nouns as before the spot's.
    pub fn modified_alike<'s>(
        &self,
        spot: &Spot,
        spots: &[Spot],
        of: impl Fn(usize) -> &'s Sentence,
    ) -> bool {
        if spot.kind != MentionKind::Description {
            return false;
        }
        let own = modifiers(of(spot.line), spot.word);
        !own.is_empty()
            && self.lately_spots().any(|at| {
                let other = &spots[*at];
                other.kind == MentionKind::Description
                    && modifiers(of(other.line), other.word)
                        .iter()
                        .any(|word| own.contains(word))
            })
    }

    /// Whether it is the subject above the clause, or of the words around the quotation, that
    /// the spot stands in: who speaks.
    pub fn speaks_in<'s>(
        &self,
        spot: &Spot,
        spots: &[Spot],
        of: impl Fn(usize) -> &'s Sentence,
    ) -> bool {
        let near = |at: &&usize| spots[**at].line + 1 >= spot.line;
        let outside = |other: &&usize| {
            let other = &spots[**other];
            matches!(other.role, 1 | 2)
                && (spot.quotation == 0 || other.quotation != spot.quotation)
        };
        let Some(at) = self.spots.iter().rev().take_while(near).find(outside) else {
            return false;
        };
        let other = &spots[*at];
        if other.line != spot.line {
            return spot.quotation > 0;
        }
        let sentence = of(spot.line);
        let verb = sentence.words[other.word].head;
        spot.quotation > 0
            || verb.is_some_and(|verb| {
                sentence.words[spot.word].head != Some(verb) && sentence.is_below(spot.word, verb)
            })
    }
}

/// Adjectives and nouns that hang on a noun, by their lemmas.
fn modifiers(sentence: &Sentence, at: usize) -> Vec<&str> {
    sentence
        .words
        .iter()
        .filter(|w| w.head == Some(at) && w.dep.is_any(&["amod", "compound", "nmod", "nmod:poss"]))
        .map(|w| w.lemma.as_str())
        .collect()
}
