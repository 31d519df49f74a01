//! Truth beside what was found.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_model::{Id, ReprintKind};
use onrecord_reprints::Texts;

use crate::set::Set;

/// Right, too many, missed.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Counts {
    pub fn line(&self) -> String {
        let part = |a: usize, b: usize| a as f64 / (a + b).max(1) as f64;
        let (p, r) = (part(self.right, self.wrong), part(self.right, self.missed));
        let f1 = if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        };
        format!("{p:.3} | {r:.3} | {f1:.3}")
    }
}

/// The pairs that rows tell: those of one text, and a merged article with all articles of its
/// sources' texts.
pub fn pairs(found: &Texts) -> BTreeSet<(Id, Id)> {
    let mut pairs = BTreeSet::new();
    let mut put = |a: &Id, b: &Id| {
        if a != b {
            pairs.insert((a.min(b).clone(), a.max(b).clone()));
        }
    };
    let mut text: BTreeMap<&Id, &Vec<Id>> = BTreeMap::new();
    for story in &found.stories {
        for (n, a) in story.rows.iter().enumerate() {
            text.insert(a, &story.rows);
            story.rows[n + 1..].iter().for_each(|b| put(a, b));
        }
    }
    let alone = |id: &Id| vec![id.clone()];
    let all = |id: &Id| {
        text.get(id)
            .map_or_else(|| alone(id), |rows| (*rows).clone())
    };
    let mut merged: BTreeMap<&Id, BTreeSet<Id>> = BTreeMap::new();
    for row in found
        .reprints
        .iter()
        .filter(|r| r.kind == ReprintKind::Merged)
    {
        for a in all(&row.article) {
            all(&row.from).iter().for_each(|b| put(&a, b));
            merged.entry(&row.from).or_default().insert(a);
        }
    }
    for together in merged.values() {
        for a in together {
            together.iter().for_each(|b| put(a, b));
        }
    }
    pairs
}

/// Counts of pairs by case and strength; a wrong pair counts with both of its articles' cases.
pub fn by_case(set: &Set, found: &BTreeSet<(Id, Id)>) -> BTreeMap<(&'static str, usize), Counts> {
    let case: BTreeMap<&Id, (&'static str, usize)> = set
        .pile
        .articles
        .iter()
        .zip(&set.cases)
        .map(|(a, c)| (&a.id, *c))
        .collect();
    let mut counts: BTreeMap<(&'static str, usize), Counts> = BTreeMap::new();
    for (a, b) in found.union(&set.pairs) {
        let pair = (a.clone(), b.clone());
        let (told, true_) = (found.contains(&pair), set.pairs.contains(&pair));
        for case in BTreeSet::from([case[a], case[b]]) {
            let count = counts.entry(case).or_default();
            count.right += usize::from(told && true_);
            count.wrong += usize::from(told && !true_);
            count.missed += usize::from(!told && true_);
        }
    }
    counts
}

pub fn all(set: &Set, found: &BTreeSet<(Id, Id)>) -> Counts {
    let right = found.intersection(&set.pairs).count();
    Counts {
        right,
        wrong: found.len() - right,
        missed: set.pairs.len() - right,
    }
}

/// The adjusted Rand index of texts, over the articles that tell one.
pub fn adjusted_rand(set: &Set, found: &Texts) -> f64 {
    let mut told: BTreeMap<&Id, usize> = BTreeMap::new();
    for (n, story) in found.stories.iter().enumerate() {
        story.rows.iter().for_each(|id| {
            told.insert(id, n);
        });
    }
    let mut cells: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<usize, u64>, BTreeMap<usize, u64>) = Default::default();
    let mut all = 0u64;
    for (n, (article, text)) in set.pile.articles.iter().zip(&set.texts).enumerate() {
        let Some(truth) = text else { continue };
        let cluster = told
            .get(&article.id)
            .copied()
            .unwrap_or(found.stories.len() + n);
        *cells.entry((*truth, cluster)).or_default() += 1;
        *rows.entry(*truth).or_default() += 1;
        *columns.entry(cluster).or_default() += 1;
        all += 1;
    }
    let two = |n: &u64| (n * n.saturating_sub(1) / 2) as f64;
    let sum = |counts: Vec<&u64>| counts.into_iter().map(two).sum::<f64>();
    let (index, a, b) = (
        sum(cells.values().collect()),
        sum(rows.values().collect()),
        sum(columns.values().collect()),
    );
    let expected = a * b / two(&all).max(1.0);
    (index - expected) / ((a + b) / 2.0 - expected)
}
