//! Stage two: which sentences of one article stand in another, word by word.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::signature::SHINGLE;
use crate::words::Prepared;

/// A sentence is carried if so many of a hundred of its words stand in the other in order.
const LEAST_WORDS_IN_100: usize = 60;
/// Shorter sentences are carried only whole, beside carried ones.
const SHORT: usize = 8;
/// Places of one run of words that are tried.
const MOST_PLACES: usize = 8;
/// Sentence pairs of more cells are compared by whole runs only.
const MOST_CELLS: usize = 1 << 18;

/// A sentence of one article and the one it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Sentence of the article.
    pub a: u32,
    /// Sentence of the other.
    pub b: u32,
    /// Words of it that stand in the other.
    pub words: u32,
    /// Those of them outside quotation marks.
    pub outside: u32,
}

/// What one article has of another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// The carried sentences, in order.
    pub pairs: Vec<Pair>,
    /// The article's words that are carried, as numbers, in order.
    pub carried: Vec<u32>,
    /// The other's words that stand in the article, as numbers, in order.
    pub carried_of: Vec<u32>,
}

/// An article's words with its runs of [`SHINGLE`] words, to be looked up.
pub(crate) struct Indexed {
    pub words: Prepared,
    pub runs: Vec<u64>,
    /// The first word of each run plus one, at the place its hash gives or the next free one.
    places: Vec<u32>,
}

impl Indexed {
    pub fn new(words: Prepared) -> Indexed {
        let runs = words.runs(SHINGLE);
        let mut places = vec![0u32; (runs.len() * 2).next_power_of_two()];
        for (n, run) in runs.iter().enumerate() {
            // Of a run that comes again and again the first places are enough.
            let mut at = *run as usize & (places.len() - 1);
            let mut met = 0;
            while places[at] != 0 && met < MOST_PLACES {
                met += usize::from(runs[places[at] as usize - 1] == *run);
                at = (at + 1) & (places.len() - 1);
            }
            if met < MOST_PLACES {
                places[at] = n as u32 + 1;
            }
        }
        Indexed {
            words,
            runs,
            places,
        }
    }

    fn places(&self, run: u64) -> impl Iterator<Item = usize> {
        let start = run as usize;
        (0..self.places.len())
            .map(move |n| self.places[(start + n) & (self.places.len() - 1)])
            .take_while(|place| *place != 0)
            .map(|place| place as usize - 1)
            .filter(move |at| self.runs[*at] == run)
    }
}

/// Which sentences of `a` stand in `b`.
///
/// Runs of [`SHINGLE`] words and more that both have are found first; each sentence with such
/// a run is then compared with the sentence that has most of it. Words may be left out, put
/// in or changed; a sentence in which a number or name was put for another tells something
/// else and is not carried.
pub(crate) fn align(a: &Indexed, b: &Indexed) -> Alignment {
    let tiles = tiles(a, b);
    let (a, b) = (&a.words, &b.words);
    let mut found: Vec<Option<Match>> = vec![None; a.sentences()];
    let mut tile = 0;
    for (n, slot) in found.iter_mut().enumerate() {
        let words = a.words_of(n);
        while tile < tiles.len() && tiles[tile].end() <= words.start {
            tile += 1;
        }
        let inside = tiles[tile..]
            .iter()
            .take_while(|t| t.a < words.end)
            .filter_map(|t| t.cut(&words));
        if let Some(other) = most_of(inside.clone(), b) {
            *slot = compare(a, b, n, other, inside);
        }
    }
    short_ones(a, b, &mut found);
    collect(a, &found)
}

/// A run of words that both have.
#[derive(Clone, Copy, Debug)]
struct Tile {
    a: usize,
    b: usize,
    len: usize,
}

impl Tile {
    fn end(&self) -> usize {
        self.a + self.len
    }

    /// The part within these words of `a`.
    fn cut(&self, words: &std::ops::Range<usize>) -> Option<Tile> {
        let start = self.a.max(words.start);
        let end = self.end().min(words.end);
        (start < end).then(|| Tile {
            a: start,
            b: self.b + start - self.a,
            len: end - start,
        })
    }
}

fn same(a: &Prepared, i: usize, b: &Prepared, j: usize) -> bool {
    a.hash(i) == b.hash(j) && a.word(i) == b.word(j)
}

/// Runs that both have, from left to right in `a`, each as long as can be.
fn tiles(a: &Indexed, b: &Indexed) -> Vec<Tile> {
    let mut tiles: Vec<Tile> = Vec::new();
    let mut i = 0;
    while let Some(run) = a.runs.get(i) {
        let expected = tiles.last().map_or(0, |t| t.b + t.len);
        let best = b
            .places(*run)
            .map(|j| {
                let most = (a.words.len() - i).min(b.words.len() - j);
                let len = (0..most)
                    .take_while(|n| same(&a.words, i + n, &b.words, j + n))
                    .count();
                (len, Reverse(j.abs_diff(expected)), Reverse(j))
            })
            .max();
        match best {
            Some((len, _, Reverse(j))) if len >= SHINGLE => {
                tiles.push(Tile { a: i, b: j, len });
                i += len;
            }
            _ => i += 1,
        }
    }
    tiles
}

/// The sentence of `b` that most words of these tiles stand in; the first of several.
fn most_of(tiles: impl Iterator<Item = Tile>, b: &Prepared) -> Option<usize> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for tile in tiles {
        let mut at = tile.b;
        while at < tile.b + tile.len {
            let sentence = b.sentence_of(at);
            let end = b.words_of(sentence).end.min(tile.b + tile.len);
            *votes.entry(sentence).or_default() += end - at;
            at = end;
        }
    }
    votes
        .into_iter()
        .max_by_key(|(sentence, words)| (*words, Reverse(*sentence)))
        .map(|(sentence, _)| sentence)
}

/// The words of a sentence that stand in a sentence of the other.
#[derive(Clone, Debug)]
struct Match {
    other: usize,
    /// (word of `a`, word of `b`)
    words: Vec<(u32, u32)>,
}

fn compare(
    a: &Prepared,
    b: &Prepared,
    n: usize,
    other: usize,
    tiles: impl Iterator<Item = Tile>,
) -> Option<Match> {
    let (mine, theirs) = (a.words_of(n), b.words_of(other));
    let mut words: Vec<(u32, u32)> = tiles
        .flat_map(|t| (0..t.len).map(move |i| ((t.a + i) as u32, (t.b + i) as u32)))
        .collect();
    if words.len() < mine.len() && mine.len() * theirs.len() <= MOST_CELLS {
        let common = common_words(a, mine.clone(), b, theirs.clone());
        if conflict(a, mine.clone(), b, theirs, &common) {
            return None;
        }
        let in_runs = words.len();
        for pair in common {
            if words[..in_runs]
                .binary_search_by_key(&pair.0, |w| w.0)
                .is_err()
            {
                words.push(pair);
            }
        }
        words.sort_unstable();
    }
    let own = mine.clone().filter(|w| !a.is_dateline(*w)).count();
    words.retain(|(w, _)| !a.is_dateline(*w as usize));
    let enough = words.len() * 100 >= own * LEAST_WORDS_IN_100;
    let long = own >= SHORT || words.len() == own;
    (enough && long && own > 0).then_some(Match { other, words })
}

/// The longest common subsequence of two sentences' words.
fn common_words(
    a: &Prepared,
    mine: std::ops::Range<usize>,
    b: &Prepared,
    theirs: std::ops::Range<usize>,
) -> Vec<(u32, u32)> {
    let most = mine.len().min(theirs.len());
    let head = (0..most)
        .take_while(|n| same(a, mine.start + n, b, theirs.start + n))
        .count();
    let tail = (0..most - head)
        .take_while(|n| same(a, mine.end - 1 - n, b, theirs.end - 1 - n))
        .count();
    let (la, lb) = (mine.len() - head - tail, theirs.len() - head - tail);
    let (ia, ib) = (mine.start + head, theirs.start + head);
    let width = lb + 1;
    let mut longest = vec![0u16; (la + 1) * width];
    for i in (0..la).rev() {
        for j in (0..lb).rev() {
            longest[i * width + j] = if same(a, ia + i, b, ib + j) {
                longest[(i + 1) * width + j + 1].saturating_add(1)
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let pair = |i: usize, j: usize| (i as u32, j as u32);
    let mut words: Vec<(u32, u32)> = (0..head)
        .map(|n| pair(mine.start + n, theirs.start + n))
        .collect();
    let (mut i, mut j) = (0, 0);
    while i < la && j < lb {
        if same(a, ia + i, b, ib + j) {
            words.push(pair(ia + i, ib + j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    words.extend((0..tail).map(|n| pair(ia + la + n, ib + lb + n)));
    words
}

/// Whether a number or name stands in one sentence where the other has another: what fills a
/// form, or was found out later. How an article begins is left out: datelines differ.
fn conflict(
    a: &Prepared,
    mine: std::ops::Range<usize>,
    b: &Prepared,
    theirs: std::ops::Range<usize>,
    common: &[(u32, u32)],
) -> bool {
    let (mut i, mut j) = (mine.start, theirs.start);
    let ends = [(mine.end as u32, theirs.end as u32)];
    for (x, y) in common.iter().chain(&ends) {
        let (x, y) = (*x as usize, *y as usize);
        let first = i == 0 || j == 0;
        let hard = |p: &Prepared, words: std::ops::Range<usize>| {
            words.into_iter().any(|w| p.is_hard(w) && !p.is_dateline(w))
        };
        if !first && hard(a, i..x) && hard(b, j..y) {
            return true;
        }
        (i, j) = (x + 1, y + 1);
    }
    false
}

/// Sentences too short for a run of their own, between carried ones: "He did not say why."
fn short_ones(a: &Prepared, b: &Prepared, found: &mut [Option<Match>]) {
    for n in 0..found.len() {
        let words = a.words_of(n);
        if found[n].is_some() || words.is_empty() || words.len() >= SHORT {
            continue;
        }
        let before = n.checked_sub(1).and_then(|m| found[m].as_ref());
        let before = before.map(|m| m.other + 1);
        let behind = found.get(n + 1).and_then(|m| m.as_ref());
        let behind = behind.and_then(|m| m.other.checked_sub(1));
        for other in before.into_iter().chain(behind) {
            if other >= b.sentences() || b.words_of(other).len() != words.len() {
                continue;
            }
            let start = b.words_of(other).start;
            if words
                .clone()
                .enumerate()
                .all(|(k, w)| same(a, w, b, start + k))
            {
                let pairs = words.clone().enumerate();
                found[n] = Some(Match {
                    other,
                    words: pairs.map(|(k, w)| (w as u32, (start + k) as u32)).collect(),
                });
                break;
            }
        }
    }
}

fn collect(a: &Prepared, found: &[Option<Match>]) -> Alignment {
    let mut made = Alignment::default();
    for (n, matched) in found.iter().enumerate() {
        let Some(matched) = matched else { continue };
        let outside = matched
            .words
            .iter()
            .filter(|(w, _)| !a.is_quoted(*w as usize));
        made.pairs.push(Pair {
            a: n as u32,
            b: matched.other as u32,
            words: matched.words.len() as u32,
            outside: outside.count() as u32,
        });
        made.carried.extend(matched.words.iter().map(|w| w.0));
        made.carried_of.extend(matched.words.iter().map(|w| w.1));
    }
    made.carried_of.sort_unstable();
    made.carried_of.dedup();
    made
}
