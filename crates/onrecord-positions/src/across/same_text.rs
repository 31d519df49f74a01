//! Articles with the same body.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Id, PileArticle};

use super::shingles::{hash, plain_words};

/// Articles whose body another article has, with the first that has it: the earliest by
/// printed date, then by id. Bodies are the same if at least nine in ten of the sentences of
/// the longer stand in the other, compared folded.
pub(super) fn same_text(articles: &[&PileArticle]) -> Vec<(Id, Id)> {
    const LEAST_SENTENCES: usize = 3;
    const LEAST_WORDS: usize = 30;
    let bodies: Vec<BTreeSet<u64>> = articles
        .iter()
        .map(|a| {
            let words: Vec<Vec<String>> =
                a.sentences.iter().map(|s| plain_words(&s.text)).collect();
            let count: usize = words.iter().map(Vec::len).sum();
            if count < LEAST_WORDS || words.len() < LEAST_SENTENCES {
                return BTreeSet::new();
            }
            words
                .iter()
                .filter(|w| !w.is_empty())
                .map(|w| hash(w))
                .collect()
        })
        .collect();
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|i| {
        let date = articles[*i].published.map(|d| d.bounds().0);
        (date.is_none(), date, articles[*i].id.clone())
    });
    // firsts that a sentence stands in
    let mut by_sentence: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut same = Vec::new();
    for at in order {
        if bodies[at].is_empty() {
            continue;
        }
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for sentence in &bodies[at] {
            for first in by_sentence.get(sentence).into_iter().flatten().take(50) {
                *shared.entry(*first).or_default() += 1;
            }
        }
        let first = shared.into_iter().find(|(first, shared)| {
            let longer = bodies[at].len().max(bodies[*first].len());
            shared * 10 >= longer * 9
        });
        match first {
            Some((first, _)) => same.push((articles[at].id.clone(), articles[first].id.clone())),
            None => {
                for sentence in &bodies[at] {
                    by_sentence.entry(*sentence).or_default().push(at);
                }
            }
        }
    }
    same.sort();
    same
}
