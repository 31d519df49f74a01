//! Which of many rows are shown.

use std::collections::BTreeMap;

/// Takes the first `limit` of the candidates, best first, but no more than `each` of one article;
/// where that leaves room, the rest fill it in the same order. Gives their numbers in the order
/// taken.
pub(crate) fn choose<K: Ord>(candidates: &[(K, usize)], limit: usize, each: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| (&candidates[*a].0, a).cmp(&(&candidates[*b].0, b)));
    let mut of_article: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut taken, mut passed) = (Vec::new(), Vec::new());
    for n in order {
        if taken.len() >= limit {
            break;
        }
        let held = of_article.entry(candidates[n].1).or_default();
        if *held < each {
            *held += 1;
            taken.push(n);
        } else {
            passed.push(n);
        }
    }
    let room = limit.saturating_sub(taken.len());
    taken.extend(passed.into_iter().take(room));
    taken
}

/// How many of one article are taken before others have had their turn.
pub(crate) fn each(limit: usize) -> usize {
    (limit / 4).max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_article_does_not_fill_the_list() {
        let all = [(1, 0), (2, 0), (3, 0), (4, 1), (5, 2)];
        assert_eq!(choose(&all, 4, 2), [0, 1, 3, 4]);
        assert_eq!(choose(&all, 5, 2), [0, 1, 3, 4, 2]);
        assert_eq!(choose::<u8>(&[], 5, 2), [0; 0]);
    }
}
