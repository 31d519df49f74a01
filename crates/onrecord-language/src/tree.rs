//! Scores of heads to a tree: the maximum spanning tree with one root.
//!
//! Chu and Liu (1965), Edmonds (1967). Where the best heads of all words are no tree, a
//! spanning tree is sought for each of the eight likeliest roots. Scores are rounded to
//! 1/1024 first and ties go to the nearer head, then to the earlier one.

/// The heads of `n` words, 0 for the root, from `scores` `[n][n + 1]`.
pub fn heads(n: usize, scores: &[f32]) -> Vec<usize> {
    let rounded: Vec<i32> = scores.iter().map(|x| (x * 1024.0) as i32).collect();
    let greedy: Vec<usize> = (0..n)
        .map(|dep| best(dep, &rounded[dep * (n + 1)..][..=n]))
        .collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let rounded: Vec<i64> = rounded.into_iter().map(i64::from).collect();
    // the words that could be the root, the likeliest first
    let mut roots: Vec<usize> = (0..n).collect();
    roots.sort_by_key(|w| {
        let row = &rounded[w * (n + 1)..][..=n];
        let other = row
            .iter()
            .enumerate()
            .filter(|(h, _)| *h != 0 && *h != w + 1)
            .map(|(_, s)| *s)
            .max();
        (other.unwrap_or(i64::MIN / 4) - row[0], *w)
    });
    let mut found: Option<(i64, Vec<usize>)> = None;
    for root in roots.into_iter().take(8) {
        let mut fixed = rounded.clone();
        for dep in 0..n {
            if dep != root {
                fixed[dep * (n + 1)] = FAR;
            }
        }
        for head in 1..=n {
            fixed[root * (n + 1) + head] = FAR;
        }
        let tree = spanning(n, &fixed);
        let total = tree
            .iter()
            .enumerate()
            .map(|(dep, head)| fixed[dep * (n + 1) + head])
            .sum();
        if found.as_ref().is_none_or(|(most, _)| total > *most) {
            found = Some((total, tree));
        }
    }
    found.map_or_else(Vec::new, |(_, tree)| tree)
}

/// A score that no arc has.
const FAR: i64 = i64::MIN / (1 << 20);

/// The best head of a word alone: the highest score, of equals the nearest, then the earlier;
/// the root is farther than any word.
fn best<T: Copy + Ord>(dep: usize, row: &[T]) -> usize {
    let own = dep + 1;
    let mut most = row[0];
    for part in [&row[..own], &row[own + 1..]] {
        for x in part {
            most = most.max(*x);
        }
    }
    let near = |head: usize| match head {
        0 => row.len(),
        _ => own.abs_diff(head),
    };
    (0..row.len())
        .filter(|head| *head != own && row[*head] == most)
        .min_by_key(|head| (near(*head), *head))
        .unwrap_or(0)
}

/// Whether the heads have one root and no circle.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return false;
    }
    // 0 unseen, 1 on the way, 2 leads to the root
    let mut state = vec![0_u8; heads.len() + 1];
    state[0] = 2;
    let mut way = Vec::new();
    for start in 1..=heads.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            way.push(at);
            at = heads[at - 1];
        }
        if state[at] == 1 {
            return false;
        }
        for at in way.drain(..) {
            state[at] = 2;
        }
    }
    true
}

/// Chu-Liu/Edmonds on a dense graph, in time O(n³) at worst and O(n²) as a rule. Every node
/// must be reachable.
fn spanning(n: usize, scores: &[i64]) -> Vec<usize> {
    // nodes 0..=n; score[dep][head]
    let size = n + 1;
    let mut score = vec![FAR; size * size];
    for dep in 1..=n {
        for head in 0..=n {
            if head != dep {
                score[dep * size + head] = scores[(dep - 1) * (n + 1) + head];
            }
        }
    }
    let mut heads = contract(size, score);
    heads.remove(0);
    heads
}

/// One round: best heads; if they hold a circle, the circle becomes one node and the smaller
/// graph is solved. Loops rather than recurses, so that long inputs need no deep stack.
fn contract(size: usize, score: Vec<i64>) -> Vec<usize> {
    struct Level {
        size: usize,
        score: Vec<i64>,
        heads: Vec<usize>,
        circle: Vec<usize>,
        /// New number of each node outside the circle; the circle is the last one.
        renamed: Vec<usize>,
    }
    let mut levels: Vec<Level> = Vec::new();
    let (mut size, mut score) = (size, score);
    let mut heads;
    loop {
        heads = vec![0; size];
        for dep in 1..size {
            heads[dep] = best(dep - 1, &score[dep * size..][..size]);
        }
        let Some(circle) = circle(&heads) else { break };
        let mut renamed = vec![usize::MAX; size];
        let mut next = 0;
        for (node, new) in renamed.iter_mut().enumerate() {
            if !circle.contains(&node) {
                *new = next;
                next += 1;
            }
        }
        let small = next + 1;
        let mut smaller = vec![FAR; small * small];
        for a in 0..size {
            if renamed[a] == usize::MAX {
                continue;
            }
            for b in 0..size {
                if renamed[b] != usize::MAX {
                    smaller[renamed[a] * small + renamed[b]] = score[a * size + b];
                }
            }
            // out of the circle: the best head in it; into it: the best place to break it
            smaller[renamed[a] * small + next] = circle
                .iter()
                .map(|c| score[a * size + c])
                .max()
                .unwrap_or(FAR);
            smaller[next * small + renamed[a]] = circle
                .iter()
                .map(|c| score[c * size + a].saturating_sub(score[c * size + heads[*c]]))
                .max()
                .unwrap_or(FAR);
        }
        levels.push(Level {
            size,
            score,
            heads,
            circle,
            renamed,
        });
        (size, score) = (small, smaller);
    }
    while let Some(level) = levels.pop() {
        let Level {
            size,
            score,
            heads: mut full,
            circle,
            renamed,
        } = level;
        let merged = heads.len() - 1;
        let old: Vec<usize> = (0..size).filter(|a| renamed[*a] != usize::MAX).collect();
        for a in 1..size {
            if renamed[a] == usize::MAX {
                continue;
            }
            let head = heads[renamed[a]];
            full[a] = if head == merged {
                last_max(&circle, |c| score[a * size + c])
            } else {
                old[head]
            };
        }
        let into = old[heads[merged]];
        let broken = last_max(&circle, |c| {
            score[c * size + into].saturating_sub(score[c * size + full[c]])
        });
        full[broken] = into;
        heads = full;
    }
    heads
}

fn last_max(nodes: &[usize], score: impl Fn(usize) -> i64) -> usize {
    let mut found = nodes[0];
    for node in nodes {
        if score(*node) > score(found) {
            found = *node;
        }
    }
    found
}

/// The nodes of a circle among the heads, if there is one. Node 0 has no head.
fn circle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0_usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && state[at] == 0 {
            state[at] = start;
            at = heads[at];
        }
        if at != 0 && state[at] == start {
            let mut found = vec![at];
            let mut next = heads[at];
            while next != at {
                found.push(next);
                next = heads[next];
            }
            found.sort_unstable();
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The best tree by trying all.
    fn by_force(n: usize, scores: &[f32]) -> i64 {
        let mut most = i64::MIN;
        let mut heads = vec![0; n];
        for mut number in 0..(n + 1).pow(n as u32) {
            for head in &mut heads {
                *head = number % (n + 1);
                number /= n + 1;
            }
            if is_tree(&heads) {
                most = most.max(total(n, scores, &heads));
            }
        }
        most
    }

    fn total(n: usize, scores: &[f32], heads: &[usize]) -> i64 {
        heads
            .iter()
            .enumerate()
            .map(|(d, h)| (scores[d * (n + 1) + h] * 1024.0) as i64)
            .sum()
    }

    proptest! {
        #[test]
        fn no_tree_is_better(n in 1..6_usize, seed in prop::collection::vec(-8.0..8.0_f32, 30)) {
            let scores = &seed[..n * (n + 1)];
            let found = heads(n, scores);
            prop_assert!(is_tree(&found));
            prop_assert_eq!(total(n, scores, &found), by_force(n, scores));
        }

        #[test]
        fn long_inputs_give_trees(n in 30..60_usize, scores in prop::collection::vec(-1.0..1.0_f32, 60 * 61)) {
            prop_assert!(is_tree(&heads(n, &scores[..n * (n + 1)])));
        }
    }

    #[test]
    fn ties_go_to_the_nearer_head() {
        assert_eq!(heads(3, &[0.0; 12]).iter().filter(|h| **h == 0).count(), 1);
        assert_eq!(heads(0, &[]), Vec::<usize>::new());
        assert_eq!(heads(1, &[-5.0, 3.0]), [0]);
    }
}
