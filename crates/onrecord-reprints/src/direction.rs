//! Which of two articles carries the other, and what shows it.

use onrecord_model::{Direction, ReprintKind};

use crate::align::Pair;
use crate::index::Head;
use crate::judge::Link;
use crate::{Carried, Source};

impl Source {
    /// Whether the other is the wire, and this the outlet that prints it.
    fn prints(&self, other: &Source) -> bool {
        self.outlet.is_none() && other.outlet.is_some()
    }
}

/// The link turned so that the article carries `from`.
pub(crate) fn directed(link: &Link, a: &Head, b: &Head, mine: &Source, theirs: &Source) -> Carried {
    let (turned, direction) = turn(link, a, b, mine, theirs);
    let (article, from) = if turned { (b, a) } else { (a, b) };
    let (one, other) = if turned { (1, 0) } else { (0, 1) };
    let kind = match (turned, link.kind) {
        (true, ReprintKind::Cut) => ReprintKind::Extended,
        (true, ReprintKind::Extended) => ReprintKind::Cut,
        (_, kind) => kind,
    };
    let thousandths = |n: usize| {
        (link.carried[n] * 1_000)
            .checked_div(link.words[n])
            .unwrap_or(0) as f64
            / 1e3
    };
    let turn = |p: &Pair| if turned { (p.b, p.a) } else { (p.a, p.b) };
    let mut pairs: Vec<(u32, u32, u32)> = link
        .pairs
        .iter()
        .map(|p| (turn(p).0, u32::MAX - p.words, turn(p).1))
        .collect();
    // Of two sentences that one stands in the one with most of it.
    pairs.sort_unstable();
    pairs.dedup_by_key(|p| p.0);
    Carried {
        article: article.id.to_string(),
        from: from.id.to_string(),
        kind,
        share: thousandths(one),
        share_of_from: thousandths(other),
        sentences: pairs.into_iter().map(|(a, _, b)| (a, b)).collect(),
        wire: wire(if turned {
            [theirs, mine]
        } else {
            [mine, theirs]
        }),
        direction,
    }
}

/// Whether the link has to be turned, and what shows that.
fn turn(link: &Link, a: &Head, b: &Head, mine: &Source, theirs: &Source) -> (bool, Direction) {
    if link.kind == ReprintKind::Merged {
        // What was put together comes after what it was put together from.
        return (link.whole == 1, Direction::Completeness);
    }
    if mine.prints(theirs) {
        return (false, Direction::Credit);
    }
    if theirs.prints(mine) {
        return (true, Direction::Credit);
    }
    if let Some(later) = link.later {
        return (!later, Direction::Date);
    }
    match link.kind {
        ReprintKind::Cut => (false, Direction::Completeness),
        ReprintKind::Extended => (true, Direction::Completeness),
        ReprintKind::Partial => (false, Direction::Unknown),
        // Nothing tells: the longer one stands for both.
        _ => {
            let key = |words: u64, head: &Head| (std::cmp::Reverse(words), head.id.clone());
            let turned = key(link.words[0], a) < key(link.words[1], b);
            (turned, Direction::Unknown)
        }
    }
}

/// The wire that is printed: what the article credits, else the outlet it comes from, else
/// what that one credits.
fn wire([article, from]: [&Source; 2]) -> Option<String> {
    let printed = article.credits.first().or(from.outlet.as_ref());
    printed.or(from.credits.first()).cloned()
}
