//! Which of many phrases can stand in a sentence, and where they can begin, by its words alone.

use std::collections::{BTreeMap, HashMap};

use crate::phrases::{Phrase, What};

/// An index of phrases by the words that must stand where they do.
///
/// The first words of a piece's options are a set; the same set in several phrases is kept once.
/// A phrase can stand in a sentence only if each of its sets has a word there, but for pieces
/// that are slots or may be left out.
#[derive(Clone, Debug, Default)]
pub struct PhraseIndex {
    /// Of each word in lower case, the sets that hold it.
    sets_of: HashMap<String, Vec<u32>>,
    /// How many sets there are.
    sets: usize,
    /// Of each phrase, the sets it needs, the smallest first.
    needs: Vec<Vec<u32>>,
    /// Of each phrase, the set of its first piece, if the phrase begins with it.
    first: Vec<Option<u32>>,
    /// Of each set, the phrases whose smallest set it is.
    under: Vec<Vec<u32>>,
    /// Phrases that need no word.
    free: Vec<u32>,
}

/// A phrase that may stand in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The number of the phrase in the index.
    pub phrase: usize,
    /// The words it may begin at, in order; `None` if any.
    pub starts: Option<Vec<usize>>,
}

impl PhraseIndex {
    /// Indexes phrases; their numbers are their places in the order given.
    pub(crate) fn new<'p>(phrases: impl IntoIterator<Item = &'p Phrase>) -> Self {
        let mut index = Self::default();
        let mut numbers: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        for (number, phrase) in phrases.into_iter().enumerate() {
            let number = number as u32;
            let mut needs: Vec<(usize, u32)> = Vec::new();
            let mut first = None;
            for (place, piece) in phrase.pieces.iter().enumerate() {
                let What::Words(options) = &piece.what else {
                    continue;
                };
                if piece.least == 0 {
                    continue;
                }
                let mut words: Vec<String> = options
                    .iter()
                    .filter_map(|option| Some(option.first()?.text.to_lowercase()))
                    .collect();
                words.sort();
                words.dedup();
                let size = words.len();
                let next = numbers.len() as u32;
                let set = *numbers.entry(words).or_insert(next);
                needs.push((size, set));
                if place == 0 {
                    first = Some(set);
                }
            }
            needs.sort_unstable();
            index
                .needs
                .push(needs.iter().map(|(_, set)| *set).collect());
            index.first.push(first);
            if needs.is_empty() {
                index.free.push(number);
            }
        }
        index.sets = numbers.len();
        index.under = vec![Vec::new(); index.sets];
        for (number, needs) in index.needs.iter().enumerate() {
            if let Some(smallest) = needs.first() {
                index.under[*smallest as usize].push(number as u32);
            }
        }
        for (words, set) in numbers {
            for word in words {
                index.sets_of.entry(word).or_default().push(set);
            }
        }
        index
    }

    /// The phrases that may stand among these words, which are folded and in lower case, in the
    /// order of their numbers. None that stands there is missing.
    pub fn candidates<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Vec<Candidate> {
        let mut at: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, word) in words.into_iter().enumerate() {
            for set in self.sets_of.get(word).into_iter().flatten() {
                at.entry(*set).or_default().push(place);
            }
        }
        let here = |set: &u32| at.contains_key(set);
        let needed = at.keys().flat_map(|set| &self.under[*set as usize]);
        let mut found: Vec<u32> = needed
            .filter(|phrase| self.needs[**phrase as usize].iter().all(here))
            .chain(&self.free)
            .copied()
            .collect();
        found.sort_unstable();
        let candidate = |phrase: u32| Candidate {
            phrase: phrase as usize,
            starts: self.first[phrase as usize].and_then(|set| at.get(&set).cloned()),
        };
        found.into_iter().map(candidate).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::Lists;

    fn index(phrases: &[&str]) -> PhraseIndex {
        let lists = Lists::from([(
            "force".to_owned(),
            vec!["troops".into(), "air force".into()],
        )]);
        let read = |text: &&str| Phrase::read(text, &lists, &["nation"]).expect("a phrase");
        PhraseIndex::new(&phrases.iter().map(read).collect::<Vec<_>>())
    }

    fn found(index: &PhraseIndex, words: &str) -> Vec<(usize, Option<Vec<usize>>)> {
        let all = index.candidates(words.split(' '));
        all.into_iter().map(|c| (c.phrase, c.starts)).collect()
    }

    #[test]
    fn only_what_can_stand_is_tried_and_only_where() {
        let index = index(&[
            "{force} ... leave|left",
            "{nation} {force}",
            "the? US {force}",
            "{nation} {nation}",
            "leave {force}?",
        ]);
        let words = "the air force left us and troops will leave";
        assert_eq!(
            found(&index, words),
            [
                (0, Some(vec![1, 6])),
                (1, None),
                (2, None),
                (3, None),
                (4, Some(vec![8])),
            ]
        );
        assert_eq!(found(&index, "we left"), [(3, None)]);
    }
}
