//! Coreference within an article: names, descriptions and pronouns to chains.
//!
//! Words are taken in reading order. Each goes on one of the chains so far, begins one, or
//! stands for no person, body or place; a small learned head over the encoder's vectors
//! decides (entity ranking: Clark and Manning 2016; heads of words instead of spans:
//! Dobrovolskii 2021). Names that the rules have resolved stay with their actor.

mod chains;
mod examples;
mod features;
mod head;
mod rows;
mod spot;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use onrecord_lexicon::Lexicon;
use onrecord_model::{ActorKind, ArticleReading, MentionKind, Quotation, Sentence};

pub use examples::{Examples, examples};
pub use head::{FAST_WEIGHTS, Head, HeadError, WEIGHTS};
pub use rows::find;

use crate::resolve::Resolved;
use crate::view::Line;
use chains::Chain;
use features::Place;
use head::Read;
use spot::Spot;

/// A chain is near another if its share is this much of the other's.
const RIVAL: f64 = 0.6;
/// How sure it is that "I" in a quotation is whoever the sentence says speaks.
const SPEAKER: u8 = 80;
/// Chains that a spot is compared with: those spoken of last.
const REACH: usize = 40;
/// Chains that are remembered: of a text of any length no more are looked through.
const MEMORY: usize = 256;

/// What becomes of a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It goes on this chain.
    On(usize),
    /// It begins one.
    New,
    /// It stands for no person, body or place.
    Nobody,
}

/// A chain that a spot may go on.
struct Candidate {
    chain: usize,
    /// The spot it would go on from.
    last: usize,
    features: Vec<u16>,
}

/// An article on the way.
struct Course<'a, 'l> {
    lines: &'a [Line<'l>],
    resolved: &'a Resolved<'a>,
    spots: Vec<Spot>,
    chains: Vec<Chain>,
    /// The chain of each spot.
    of: Vec<Option<usize>>,
    /// The chains spoken of last, the latest at the end.
    recent: Vec<usize>,
    /// The chain of each actor.
    by_entry: BTreeMap<usize, usize>,
    /// The first and last sentence of each quotation with a spot in it.
    quoted: BTreeMap<usize, (usize, usize)>,
}

impl<'a, 'l> Course<'a, 'l> {
    fn new(
        reading: &ArticleReading,
        lexicon: &Lexicon,
        lines: &'a [Line<'l>],
        resolved: &'a Resolved<'a>,
    ) -> Self {
        // words come in order, and outer quotations before the inner ones
        let mut passed = 0;
        let quotation = |byte: usize| {
            let ended = |q: &&Quotation| q.span.end <= byte;
            passed += reading.quotations[passed..]
                .iter()
                .take_while(ended)
                .count();
            let here = reading.quotations.get(passed);
            here.filter(|q| q.span.start <= byte)
                .map_or(0, |_| passed + 1)
        };
        let spots = spot::spots(lines, lexicon, resolved, quotation);
        let mut quoted = BTreeMap::new();
        for spot in spots.iter().filter(|spot| spot.quotation > 0) {
            let lines = quoted
                .entry(spot.quotation)
                .or_insert((spot.line, spot.line));
            lines.1 = spot.line;
        }
        Self {
            lines,
            resolved,
            of: vec![None; spots.len()],
            spots,
            chains: Vec::new(),
            recent: Vec::new(),
            by_entry: BTreeMap::new(),
            quoted,
        }
    }

    fn sentence(&self, line: usize) -> &'a Sentence {
        self.lines[line].sentence
    }

    fn vector(&self, at: usize, width: usize) -> &'a [f32] {
        let spot = &self.spots[at];
        let vectors = &self.sentence(spot.line).vectors;
        vectors
            .get(spot.word * width..(spot.word + 1) * width)
            .unwrap_or_default()
    }

    /// What kind of actor a chain is known to be.
    fn who(&self, chain: &Chain) -> Option<ActorKind> {
        let entry = chain.entry?;
        Some(self.resolved.book.entries[entry].actor.kind)
    }

    /// The chains a spot may go on, the one spoken of last first, each with its features.
    fn candidates(&self, at: usize) -> Vec<Candidate> {
        let spot = &self.spots[at];
        let mut near: Vec<(usize, usize)> = Vec::new();
        for c in self.recent.iter().copied() {
            let chain = &self.chains[c];
            let known = spot.entry.is_some() && chain.entry.is_some();
            if let Some(last) = chain.last_for(spot, &self.spots)
                && !known
                && chain.may_be(spot, self.who(chain))
            {
                near.push((last, c));
            }
        }
        near.sort_by_key(|(last, _)| Reverse(*last));
        let recent = self.recent.iter();
        let mut spoken: Vec<usize> = recent.filter_map(|c| self.chains[*c].spoke).collect();
        spoken.sort_unstable_by_key(|at| Reverse(*at));
        let spoke = |chain: &Chain| match chain.spoke {
            Some(at) => spoken
                .iter()
                .take(2)
                .take_while(|other| **other != at)
                .count(),
            None => 3,
        };
        let mut fit = 0;
        let mut found = Vec::new();
        for (rank, (last, c)) in near.into_iter().take(REACH).enumerate() {
            let chain = &self.chains[c];
            let place = Place {
                last,
                rank,
                spoke: spoke(chain),
                fit,
            };
            let of = |line: usize| self.sentence(line);
            let features = features::pair(spot, chain, &self.spots, &place, of, self.who(chain));
            fit += usize::from(chain.fits(spot));
            found.push(Candidate {
                chain: c,
                last,
                features,
            });
        }
        found
    }

    /// The chain of whoever a quotation is by: the subject of a verb of saying around it, else
    /// in the sentence before or behind it in its paragraph.
    fn speaker(&self, quotation: usize) -> Option<usize> {
        let (from, to) = *self.quoted.get(&quotation)?;
        let of = |lines: RangeInclusive<usize>, least: u8| {
            let first = self
                .spots
                .partition_point(|spot| spot.line < *lines.start());
            let end = self.spots.partition_point(|spot| spot.line <= *lines.end());
            let says = |at: &usize| {
                let spot = &self.spots[*at];
                spot.says >= least && spot.quotation != quotation
            };
            (first..end).find(says).and_then(|at| self.of[at])
        };
        let same = |line: usize| {
            let there = self.lines.get(line)?;
            (there.sentence.paragraph == self.sentence(from).paragraph).then_some(line)
        };
        of(from..=to, 2)
            .or_else(|| same(from.checked_sub(1)?).and_then(|line| of(line..=line, 1)))
            .or_else(|| same(to + 1).and_then(|line| of(line..=line, 1)))
    }

    /// Notes what becomes of a spot.
    fn go(&mut self, at: usize, fate: Fate) {
        let chain = match fate {
            Fate::Nobody => return,
            Fate::On(chain) => {
                self.chains[chain].add(at, &self.spots);
                self.recent.retain(|other| *other != chain);
                chain
            }
            Fate::New => {
                self.chains.push(Chain::new(at, &self.spots));
                self.chains.len() - 1
            }
        };
        self.of[at] = Some(chain);
        if self.recent.len() == MEMORY {
            self.recent.remove(0);
        }
        self.recent.push(chain);
        if let Some(entry) = self.spots[at].entry {
            self.by_entry.entry(entry).or_insert(chain);
        }
    }
}

/// A spot with the chain it goes on.
#[derive(Clone, Copy, Debug)]
pub struct Linked {
    /// The sentence.
    pub line: usize,
    /// The head word.
    pub word: usize,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// The number of its chain.
    pub chain: usize,
    /// The actor the chain is known to be, an index of the book's entries.
    pub entry: Option<usize>,
    /// Whether it was resolved before.
    pub known: bool,
    /// Whether it stands for several.
    pub plural: bool,
    /// What the mentions head takes it for: 1 a person, 2 a body, 3 a place, 0 nothing.
    pub heard: u8,
    /// What the names head takes it for, in the same numbers.
    pub named: u8,
    /// How surely, in hundredths.
    pub percent: u8,
    /// Whether no other chain comes near.
    pub clear: bool,
}

/// Links the spots of an article, in order; those that stand for nobody are left out.
pub fn link(
    reading: &ArticleReading,
    lexicon: &Lexicon,
    lines: &[Line<'_>],
    resolved: &Resolved<'_>,
    head: &Head,
) -> Vec<Linked> {
    let mut course = Course::new(reading, lexicon, lines, resolved);
    let mut reads: Vec<Read> = Vec::with_capacity(course.spots.len());
    let mut all: Vec<Decided> = Vec::with_capacity(course.spots.len());
    for at in 0..course.spots.len() {
        let spot = &course.spots[at];
        let alone = features::alone(spot, course.sentence(spot.line));
        reads.push(head.read(course.vector(at, head.width()), &alone));
        let known = spot.entry.and_then(|entry| course.by_entry.get(&entry));
        let decided = match known {
            Some(chain) => Decided::surely(Fate::On(*chain), 100),
            // below: who speaks may be told behind the quotation
            None if spot.speaks_of_itself() => Decided::surely(Fate::Nobody, 0),
            None => decide(&course, at, &reads, head),
        };
        course.go(at, decided.fate);
        all.push(decided);
    }
    for (at, decided) in all.iter_mut().enumerate() {
        if course.spots[at].entry.is_none() && course.spots[at].speaks_of_itself() {
            course.of[at] = course.speaker(course.spots[at].quotation);
            decided.percent = SPEAKER;
        }
    }
    let linked = course.spots.iter().zip(&course.of).zip(all);
    linked
        .filter_map(|((spot, chain), decided)| {
            let chain = (*chain)?;
            Some(Linked {
                line: spot.line,
                word: spot.word,
                kind: spot.kind,
                chain,
                entry: course.chains[chain].entry,
                known: spot.entry.is_some(),
                plural: spot.plural,
                heard: spot.heard,
                named: spot.named,
                percent: decided.percent,
                clear: decided.clear,
            })
        })
        .collect()
}

/// What becomes of a spot, and how surely.
struct Decided {
    fate: Fate,
    /// In hundredths.
    percent: u8,
    /// Whether no other chain comes near.
    clear: bool,
}

impl Decided {
    fn surely(fate: Fate, percent: u8) -> Self {
        Self {
            fate,
            percent,
            clear: true,
        }
    }
}

/// What the head says of a spot. Scores are rounded before they are compared; ties go to what
/// stands first.
fn decide(course: &Course<'_, '_>, at: usize, reads: &[Read], head: &Head) -> Decided {
    let spot = &course.spots[at];
    let [new, nobody] = head.alone(&reads[at]);
    let mut all = vec![(Fate::New, new)];
    if spot.entry.is_none() {
        all.push((Fate::Nobody, nobody));
    }
    for candidate in course.candidates(at) {
        let best = &reads[course.chains[candidate.chain].best];
        let last = &reads[candidate.last];
        let score = head.pair(&reads[at], last, best, &candidate.features);
        all.push((Fate::On(candidate.chain), score));
    }
    let rounded = |score: f32| (f64::from(score) * 1024.0).round() as i64;
    let mut best = all[0];
    for (fate, score) in &all {
        if rounded(*score) > rounded(best.1) {
            best = (*fate, *score);
        }
    }
    let share = |score: f32| exp(f64::from(score - best.1));
    let sum: f64 = all.iter().map(|(_, score)| share(*score)).sum();
    let rivals = all
        .iter()
        .filter(|(fate, _)| *fate != best.0 && matches!(fate, Fate::On(_)));
    let nearest = rivals.map(|(_, score)| share(*score)).fold(0.0, f64::max);
    Decided {
        fate: best.0,
        percent: (100.0 / sum).round() as u8,
        clear: nearest < RIVAL,
    }
}

/// `e` to the power of `x`, for `x` of at most 0, by squaring alone, so that every machine
/// gives the same bits; a twentieth off at -40, where it is nothing.
fn exp(x: f64) -> f64 {
    const SQUARINGS: i32 = 14;
    let mut power = (1.0 + x / f64::from(1 << SQUARINGS)).max(0.0);
    for _ in 0..SQUARINGS {
        power *= power;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn the_exponential_is_close() {
        for x in [0.0, -0.1, -1.0, -3.0, -8.0] {
            assert!((exp(x) - f64::exp(x)).abs() <= 0.003 * f64::exp(x), "{x}");
        }
        assert!(exp(-1e9) < 1e-9);
    }
}
