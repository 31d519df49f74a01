//! What the body extractor chose, found again in the page itself.
//!
//! The extractor's text has lost spaces between tags and now and then a paragraph that
//! holds many links. The blocks of the page have not: they are what is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{ASIDE, Block, FIGURE, QUOTATION, weight};
use super::paragraphs::{Kind, Paragraph, ends_sentence};

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
pub(crate) fn select(blocks: &[Block], extracted: &[Paragraph]) -> Vec<Chosen> {
    let found = find_again(blocks, extracted);
    let mut taken: BTreeSet<usize> = found.whole.keys().copied().collect();
    take_lost(blocks, &mut taken);
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut loose = found.loose.into_iter().peekable();
    for at in taken {
        while let Some((_, text)) = loose.next_if(|(after, _)| *after < at) {
            chosen.push(Chosen { block: None, kind: text.kind, text: text.text });
        }
        let block = &blocks[at];
        let kind = found.whole.get(&at).copied().unwrap_or(Kind::Plain);
        let kind = if block.marks & QUOTATION != 0 { Kind::Quotation } else { kind };
        chosen.push(Chosen { block: Some(at), kind, text: block.text.clone() });
    }
    chosen.extend(loose.map(|(_, text)| Chosen { block: None, kind: text.kind, text: text.text }));
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
    let mut misses = 0;
    for paragraph in extracted {
        let key: String = paragraph.text.chars().filter(|c| c.is_alphanumeric()).collect();
        if key.is_empty() {
            continue;
        }
        let place = if misses < MISSES { place(&row, &starts, &key, cursor) } else { None };
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
    loose.sort_by_key(|(after, _)| *after);
    FoundAgain { whole, loose }
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
fn take_lost(blocks: &[Block], taken: &mut BTreeSet<usize>) {
    let mut homes: BTreeMap<(usize, &str), (usize, usize, usize)> = BTreeMap::new();
    for &at in taken.iter() {
        let block = &blocks[at];
        let home = homes.entry((block.parent, block.element.as_str())).or_insert((at, at, 0));
        home.1 = at;
        home.2 += 1;
    }
    let own: BTreeSet<usize> = taken.iter().map(|at| blocks[*at].id).collect();
    let Some(first) = taken.first().copied() else { return };
    let mut lost = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if taken.contains(&at) || !is_prose(block) {
            continue;
        }
        if own.contains(&block.id) {
            lost.push(at);
            continue;
        }
        if let Some((_, last, count)) = homes.get(&(block.parent, block.element.as_str()))
            && *count >= 2
            && at < *last
            && (at > first || weight(&block.text) >= 60)
        {
            lost.push(at);
        }
    }
    taken.extend(lost);
}

/// Whether a block reads like a paragraph of an article.
fn is_prose(block: &Block) -> bool {
    let all = weight(&block.text);
    block.marks & (ASIDE | FIGURE) == 0
        && matches!(block.element.as_str(), "p" | "div" | "article" | "section" | "blockquote")
        && all >= 25
        && block.text.split(' ').count() >= 6
        && block.linked * 10 <= all * 7
        && ends_sentence(&block.text)
}
