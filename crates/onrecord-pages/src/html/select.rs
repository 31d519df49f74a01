//! What the body extractor chose, found again in the page itself.
//!
//! The extractor's text has lost spaces between tags and now and then a paragraph that
//! holds many links. The blocks of the page have not: they are what is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{ASIDE, Block, FIGURE, QUOTATION, weight};
use super::paragraphs::{self, Kind, Paragraph, ends_sentence};
use super::title::key;

/// A paragraph of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// The block it is; `None` if the extractor's words could not be found again.
    pub block: Option<usize>,
    /// What it stands in.
    pub kind: Kind,
    /// Its words.
    pub text: String,
}

/// After so many paragraphs not found again, the extractor's own text is taken.
const MISSES: usize = 100;
/// Shorter paragraphs must be a whole block to be found again.
const SHORT: usize = 24;
/// A block is chosen as a whole if so much of it was, in percent.
const ENOUGH: usize = 40;

/// The blocks that the extractor's paragraphs are, in page order, and those it has lost
/// between them.
///
/// `deck` is the page's description of itself, which is no part of the body where only its
/// place speaks for it.
pub(crate) fn select(blocks: &[Block], extracted: &[Paragraph], deck: Option<&str>) -> Vec<Chosen> {
    let found = find_again(blocks, extracted);
    let mut taken: BTreeSet<usize> = found.whole.keys().copied().collect();
    take_lost(blocks, &mut taken, deck);
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut loose = found.loose.into_iter().peekable();
    for at in taken {
        while let Some((_, text)) = loose.next_if(|(after, _)| *after < at) {
            chosen.push(Chosen {
                block: None,
                kind: text.kind,
                text: text.text,
            });
        }
        let block = &blocks[at];
        let kind = match paragraphs::kind(block.element.as_str()) {
            _ if block.marks & QUOTATION != 0 => Kind::Quotation,
            Some(kind) => kind,
            None => found.whole.get(&at).copied().unwrap_or(Kind::Plain),
        };
        chosen.push(Chosen {
            block: Some(at),
            kind,
            text: block.text.clone(),
        });
    }
    chosen.extend(loose.map(|(_, text)| Chosen {
        block: None,
        kind: text.kind,
        text: text.text,
    }));
    chosen
}

struct FoundAgain {
    /// Blocks chosen as a whole.
    whole: BTreeMap<usize, Kind>,
    /// Other paragraphs, with the block after which they come.
    loose: Vec<(usize, Paragraph)>,
}

fn find_again(blocks: &[Block], extracted: &[Paragraph]) -> FoundAgain {
    // All letters and digits of the page in one row, and where each block begins in it.
    let mut row = String::new();
    let mut starts = Vec::with_capacity(blocks.len() + 1);
    for block in blocks {
        starts.push(row.len());
        row.extend(block.text.chars().filter(|c| c.is_alphanumeric()));
    }
    starts.push(row.len());

    let mut covered: BTreeMap<usize, (usize, Kind)> = BTreeMap::new();
    let mut parts: Vec<(usize, usize, Paragraph)> = Vec::new();
    let mut cursor = 0;
    // What is looked at in all is bounded, whatever the order of the paragraphs.
    let (mut misses, mut scanned, most) = (0, 0, row.len() * 50 + (1 << 20));
    for paragraph in extracted {
        let letters: String = paragraph
            .text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        if letters.is_empty() {
            continue;
        }
        let place = if misses < MISSES && scanned < most {
            place(&row, &starts, &letters, cursor)
        } else {
            None
        };
        scanned += match place {
            Some((from, _)) => {
                if from >= cursor {
                    from - cursor
                } else {
                    row.len() - cursor + from
                }
            }
            None => row.len(),
        };
        let Some((from, to)) = place else {
            misses += 1;
            let after = starts.partition_point(|start| *start < cursor);
            parts.push((after, usize::MAX, paragraph.clone()));
            continue;
        };
        cursor = to;
        let first = starts.partition_point(|start| *start <= from) - 1;
        for at in (first..blocks.len()).take_while(|at| starts[*at] < to) {
            let part = to.min(starts[at + 1]).saturating_sub(from.max(starts[at]));
            covered.entry(at).or_insert((0, paragraph.kind)).0 += part;
        }
        parts.push((first, first, paragraph.clone()));
    }
    let whole: BTreeMap<usize, Kind> = covered
        .into_iter()
        .filter(|(at, (part, _))| part * 100 >= (starts[at + 1] - starts[*at]) * ENOUGH)
        .map(|(at, (_, kind))| (at, kind))
        .collect();
    let mut loose: Vec<(usize, Paragraph)> = parts
        .into_iter()
        .filter(|(_, block, _)| !whole.contains_key(block))
        .map(|(after, _, paragraph)| (after, paragraph))
        .collect();
    let known: BTreeSet<[&str; 3]> = whole
        .keys()
        .flat_map(|at| triples(&blocks[*at].text))
        .collect();
    loose.retain(|(_, paragraph)| !is_known(&paragraph.text, &known));
    loose.sort_by_key(|(after, _)| *after);
    FoundAgain { whole, loose }
}

/// All runs of three words.
fn triples(text: &str) -> Vec<[&str; 3]> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(3).map(|w| [w[0], w[1], w[2]]).collect()
}

/// Whether most of a text stands in blocks that are chosen anyway.
fn is_known(text: &str, known: &BTreeSet<[&str; 3]>) -> bool {
    let triples = triples(text);
    triples
        .iter()
        .filter(|triple| known.contains(*triple))
        .count()
        * 10
        >= triples.len() * 6
}

/// Where `key` stands in the row: after the cursor if it can be, else anywhere.
fn place(row: &str, starts: &[usize], key: &str, cursor: usize) -> Option<(usize, usize)> {
    let on_border = |from: usize| {
        starts.binary_search(&from).is_ok() && starts.binary_search(&(from + key.len())).is_ok()
    };
    let seek = |text: &str, from: usize| -> Option<usize> {
        if key.len() >= SHORT {
            return text.find(key).map(|at| at + from);
        }
        let mut hits = text.match_indices(key).map(|(at, _)| at + from);
        hits.find(|at| on_border(*at))
    };
    let after = seek(&row[cursor..], cursor).or_else(|| seek(row, 0));
    after.map(|from| (from, from + key.len()))
}

/// Takes the paragraphs that stand between chosen ones, or right before them, in the same
/// element, and read like them.
fn take_lost(blocks: &[Block], taken: &mut BTreeSet<usize>, deck: Option<&str>) {
    let deck = deck.map(key);
    // Where chosen blocks live: the element around them, how many, up to which block.
    let mut homes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut siblings: BTreeSet<(usize, &str)> = BTreeSet::new();
    for &at in taken.iter() {
        let block = &blocks[at];
        let home = homes.entry(block.around[0]).or_insert((0, at));
        *home = (home.0 + 1, at);
        siblings.insert((block.around[0], block.element.as_str()));
    }
    let own: BTreeSet<usize> = taken.iter().map(|at| blocks[*at].id).collect();
    let Some(first) = taken.first().copied() else {
        return;
    };
    let at_home = |at: usize, parent: usize| {
        homes
            .get(&parent)
            .is_some_and(|(count, last)| *count >= 2 && at < *last)
    };
    let mut lost = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if taken.contains(&at) {
            continue;
        }
        let sibling = at_home(at, block.around[0])
            && siblings.contains(&(block.around[0], block.element.as_str()));
        let quoted = at > first && block.around.iter().any(|around| at_home(at, *around));
        let start =
            at < first && (weight(&block.text) < 60 || deck.as_ref() == Some(&key(&block.text)));
        let lost_prose = is_prose(block) && (own.contains(&block.id) || (sibling && !start));
        if lost_prose || (quoted && is_quoted(block)) {
            lost.push(at);
        }
    }
    taken.extend(lost);
}

/// Whether a block is part of a block quotation, such as a post of a social network.
fn is_quoted(block: &Block) -> bool {
    block.marks & QUOTATION != 0
        && block.marks & (ASIDE | FIGURE) == 0
        && block.linked * 10 <= weight(&block.text) * 8
}

/// Whether a block reads like a paragraph of an article.
pub(crate) fn is_prose(block: &Block) -> bool {
    let all = weight(&block.text);
    block.marks & (ASIDE | FIGURE) == 0
        && matches!(
            block.element.as_str(),
            "p" | "div" | "article" | "section" | "blockquote" | "td" | "center"
        )
        && all >= 25
        && block.text.split(' ').count() >= 6
        && block.linked * 10 <= all * 7
        && ends_sentence(&block.text)
}
