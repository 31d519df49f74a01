//! Looking for the wordings of the lexicon in a sentence.

use onrecord_lexicon::{Literal, Phrase, What};
use onrecord_model::Span;

use crate::words::{Kind, Word};

/// A wording that was found: word numbers, half-open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
    /// What stands in its slots: name, first word, one past the last.
    pub slots: Vec<(String, usize, usize)>,
    /// Words that it only ran over: those of gaps and of pieces that may be left out.
    pub loose: Vec<usize>,
}

impl Found {
    pub fn slot(&self, name: &str) -> Option<(usize, usize)> {
        self.slots.iter().find(|s| s.0 == name).map(|s| (s.1, s.2))
    }

    pub fn span(&self, words: &[Word]) -> Span {
        words[self.start].span.join(words[self.end - 1].span)
    }
}

/// Where a slot that begins at a word can end, best first.
pub(crate) type Slots<'a> = &'a dyn Fn(&str, usize) -> Vec<usize>;

/// For wordings without slots.
pub(crate) fn no_slots(_: &str, _: usize) -> Vec<usize> {
    Vec::new()
}

/// The first way in which `phrase` stands at each word of `range`, in order.
pub(crate) fn find_all(words: &[Word], phrase: &Phrase, slots: Slots<'_>) -> Vec<Found> {
    (0..words.len())
        .filter_map(|at| find_at(words, phrase, at, slots))
        .collect()
}

/// Whether any of `phrases` stands somewhere in the words.
pub(crate) fn any(words: &[Word], phrases: &[Phrase], slots: Slots<'_>) -> bool {
    phrases
        .iter()
        .any(|p| (0..words.len()).any(|at| find_at(words, p, at, slots).is_some()))
}

/// The way in which `phrase` stands at word `at`, if it does.
pub(crate) fn find_at(
    words: &[Word],
    phrase: &Phrase,
    at: usize,
    slots: Slots<'_>,
) -> Option<Found> {
    if !words.get(at)?.is_wordy() {
        return None;
    }
    let mut search = Search {
        words,
        phrase,
        slots,
        found: Found::default(),
    };
    let end = search.go(0, 0, at)?;
    search.found.start = at;
    search.found.end = end;
    Some(search.found)
}

struct Search<'a> {
    words: &'a [Word],
    phrase: &'a Phrase,
    slots: Slots<'a>,
    found: Found,
}

impl Search<'_> {
    /// Matches the pieces from `piece` on, of which `count` stand already, at word `at`.
    fn go(&mut self, piece: usize, count: usize, at: usize) -> Option<usize> {
        let phrase = self.phrase;
        let Some(this) = phrase.pieces.get(piece) else {
            return Some(at);
        };
        if let What::Gap(most) = this.what {
            return self.gap(piece, most, at);
        }
        let from = if piece == 0 && count == 0 {
            at
        } else {
            self.past_light(at)
        };
        if count < this.most {
            for end in self.ends(&this.what, from) {
                let before = (self.found.slots.len(), self.found.loose.len());
                if let What::Slot(name) = &this.what {
                    self.found.slots.push((name.clone(), from, end));
                }
                if this.least == 0 {
                    self.found.loose.extend(from..end);
                }
                if let Some(last) = self.go(piece, count + 1, end) {
                    return Some(last);
                }
                self.found.slots.truncate(before.0);
                self.found.loose.truncate(before.1);
            }
        }
        if count >= this.least {
            self.go(piece + 1, 0, at)
        } else {
            None
        }
    }

    fn gap(&mut self, piece: usize, most: usize, mut at: usize) -> Option<usize> {
        let mark = self.found.loose.len();
        for _ in 0..=most {
            if let Some(last) = self.go(piece + 1, 0, at) {
                return Some(last);
            }
            while self
                .words
                .get(at)
                .is_some_and(|w| matches!(w.kind, Kind::Light | Kind::Comma))
            {
                at += 1;
            }
            if let Some(last) = self.go(piece + 1, 0, at) {
                return Some(last);
            }
            if !self.words.get(at).is_some_and(Word::is_wordy) {
                break;
            }
            self.found.loose.push(at);
            at += 1;
        }
        self.found.loose.truncate(mark);
        None
    }

    fn past_light(&self, mut at: usize) -> usize {
        while self.words.get(at).is_some_and(|w| w.kind == Kind::Light) {
            at += 1;
        }
        at
    }

    fn ends(&self, what: &What, at: usize) -> Vec<usize> {
        match what {
            What::Slot(name) => (self.slots)(name, at),
            What::Words(options) => {
                let mut ends: Vec<usize> = options
                    .iter()
                    .filter_map(|o| self.literals(o, at))
                    .collect();
                ends.sort_unstable_by(|a, b| b.cmp(a));
                ends.dedup();
                ends
            }
            What::Gap(_) => Vec::new(),
        }
    }

    fn literals(&self, option: &[Literal], mut at: usize) -> Option<usize> {
        for (n, literal) in option.iter().enumerate() {
            if n > 0 {
                at = self.past_light(at);
            }
            let word = self.words.get(at)?;
            let same = if literal.cased {
                &word.cased
            } else {
                &word.lower
            };
            if !word.is_wordy() || *same != literal.text {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// The slot `{proper}`: one capitalised word.
pub(crate) fn proper(words: &[Word], at: usize) -> Vec<usize> {
    if words.get(at).is_some_and(Word::is_capitalised) {
        vec![at + 1]
    } else {
        Vec::new()
    }
}
