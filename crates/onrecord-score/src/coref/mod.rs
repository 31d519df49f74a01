//! Coreference: which mentions stand for one entity.
//!
//! MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and CEAF-e (Luo 2005), and
//! their mean, the CoNLL score (Pradhan et al. 2012). A mention is known by its head word, as
//! in the shared tasks of CorefUD since 2023: how far it reaches does not count.

mod gum;
mod marked;

use std::collections::BTreeMap;
use std::fmt;

pub use gum::{GoldDocument, documents};
pub use marked::marked;
use pathfinding::prelude::{Matrix, kuhn_munkres};

/// A mention: the byte where its head word begins, in the text of its document.
pub type Mention = usize;

/// The entities of a document, each with its mentions.
pub type Clusters = Vec<Vec<Mention>>;

/// Shares of what was to be found, summed over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// Right, of what was found.
    pub precision: (f64, f64),
    /// Found, of what is right.
    pub recall: (f64, f64),
}

impl Share {
    /// The precision, 0 where nothing was found.
    pub fn p(&self) -> f64 {
        quotient(self.precision)
    }

    /// The recall, 0 where there was nothing.
    pub fn r(&self) -> f64 {
        quotient(self.recall)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.p(), self.r());
        quotient((2.0 * p * r, p + r))
    }

    fn add(&mut self, precision: (f64, f64), recall: (f64, f64)) {
        self.precision.0 += precision.0;
        self.precision.1 += precision.1;
        self.recall.0 += recall.0;
        self.recall.1 += recall.1;
    }
}

fn quotient((part, whole): (f64, f64)) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// How well entities were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CorefScore {
    /// Documents.
    pub documents: usize,
    /// Mentions found, whatever they stand for.
    pub mentions: Share,
    /// Links between mentions.
    pub muc: Share,
    /// Mentions with the entity they are in.
    pub b_cubed: Share,
    /// Entities, each paired with at most one.
    pub ceaf: Share,
}

impl CorefScore {
    /// Adds a document. With `singletons` false, entities of one mention are left out on both
    /// sides, as in OntoNotes.
    ///
    /// ```
    /// use onrecord_score::coref::CorefScore;
    /// let mut score = CorefScore::default();
    /// let gold = vec![vec![1, 2, 3], vec![4, 5, 6, 7]];
    /// let system = vec![vec![1, 2], vec![3, 4, 5, 6, 7]];
    /// score.add(&gold, &system, true);
    /// assert!((score.muc.f1() - 0.8).abs() < 1e-9);
    /// ```
    pub fn add(&mut self, gold: &Clusters, system: &Clusters, singletons: bool) {
        let kept = |clusters: &Clusters| -> Vec<Vec<Mention>> {
            clusters
                .iter()
                .filter(|cluster| cluster.len() > usize::from(!singletons))
                .cloned()
                .collect()
        };
        let (gold, system) = (kept(gold), kept(system));
        let (in_gold, in_system) = (by_mention(&gold), by_mention(&system));
        self.documents += 1;
        let both = in_gold.keys().filter(|m| in_system.contains_key(m)).count() as f64;
        self.mentions
            .add((both, in_system.len() as f64), (both, in_gold.len() as f64));
        self.muc
            .add(links(&system, &in_gold), links(&gold, &in_system));
        self.b_cubed.add(
            cubed(&system, &gold, &in_gold),
            cubed(&gold, &system, &in_system),
        );
        let paired = paired(&gold, &system);
        self.ceaf
            .add((paired, system.len() as f64), (paired, gold.len() as f64));
    }

    /// The mean F1 of the three measures.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }
}

/// The entity each mention is in; of one that stands in several, the first.
fn by_mention(clusters: &[Vec<Mention>]) -> BTreeMap<Mention, usize> {
    let mut found = BTreeMap::new();
    for (n, cluster) in clusters.iter().enumerate() {
        for mention in cluster {
            found.entry(*mention).or_insert(n);
        }
    }
    found
}

/// MUC: of the links that hold each of `these` together, how many hold on the other side.
fn links(these: &[Vec<Mention>], other: &BTreeMap<Mention, usize>) -> (f64, f64) {
    let (mut held, mut all) = (0, 0);
    for cluster in these {
        let mut parts: Vec<_> = cluster.iter().map(|m| other.get(m).copied()).collect();
        parts.sort_unstable();
        let alone = parts.iter().filter(|part| part.is_none()).count();
        parts.retain(Option::is_some);
        parts.dedup();
        held += cluster.len() - parts.len() - alone;
        all += cluster.len() - 1;
    }
    (held as f64, all as f64)
}

/// B-cubed: of each mention's entity in `these`, how much is in its entity on the other side.
fn cubed(
    these: &[Vec<Mention>],
    others: &[Vec<Mention>],
    other: &BTreeMap<Mention, usize>,
) -> (f64, f64) {
    let (mut sum, mut all) = (0.0, 0.0);
    for cluster in these {
        for mention in cluster {
            all += 1.0;
            if let Some(at) = other.get(mention) {
                sum += common(cluster, &others[*at]) / cluster.len() as f64;
            }
        }
    }
    (sum, all)
}

fn common(a: &[Mention], b: &[Mention]) -> f64 {
    a.iter().filter(|mention| b.contains(mention)).count() as f64
}

/// CEAF-e: the best sum of likenesses, each entity paired with at most one.
fn paired(gold: &[Vec<Mention>], system: &[Vec<Mention>]) -> f64 {
    /// Likenesses are counted in millionths: the pairing wants whole numbers.
    const UNIT: f64 = 1e6;
    let (few, many) = if gold.len() <= system.len() {
        (gold, system)
    } else {
        (system, gold)
    };
    if few.is_empty() {
        return 0.0;
    }
    let like = |a: &[Mention], b: &[Mention]| 2.0 * common(a, b) / (a.len() + b.len()) as f64;
    let rows = few.iter().map(|a| {
        let row = many.iter().map(|b| (like(a, b) * UNIT).round() as i64);
        row.collect::<Vec<i64>>()
    });
    let Ok(matrix) = Matrix::from_rows(rows) else {
        return 0.0;
    };
    kuhn_munkres(&matrix).0 as f64 / UNIT
}

impl fmt::Display for CorefScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<12} {:>6} {:>9} {:>7}",
            "", "F1", "precision", "recall"
        )?;
        for (name, share) in [
            ("mentions", self.mentions),
            ("MUC", self.muc),
            ("B-cubed", self.b_cubed),
            ("CEAF-e", self.ceaf),
        ] {
            writeln!(
                f,
                "{name:<12} {:>6.1} {:>9.1} {:>7.1}",
                100.0 * share.f1(),
                100.0 * share.p(),
                100.0 * share.r()
            )?;
        }
        writeln!(f, "{:<12} {:>6.1}", "CoNLL", 100.0 * self.conll())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(gold: &[&[usize]], system: &[&[usize]]) -> CorefScore {
        let owned = |all: &[&[usize]]| all.iter().map(|c| c.to_vec()).collect::<Clusters>();
        let mut score = CorefScore::default();
        score.add(&owned(gold), &owned(system), true);
        score
    }

    #[test]
    fn the_same_is_perfect() {
        let clusters: &[&[usize]] = &[&[1, 5, 9], &[2], &[3, 4]];
        let score = scored(clusters, clusters);
        for share in [score.mentions, score.muc, score.b_cubed, score.ceaf] {
            assert!((share.f1() - 1.0).abs() < 1e-9);
        }
    }

    /// Worked by hand: gold {1 2 3} {4 5 6 7}, system {1 2} {3 4 5 6 7}.
    #[test]
    fn one_mention_on_the_wrong_side() {
        let score = scored(&[&[1, 2, 3], &[4, 5, 6, 7]], &[&[1, 2], &[3, 4, 5, 6, 7]]);
        assert!((score.muc.r() - 4.0 / 5.0).abs() < 1e-9);
        assert!((score.muc.p() - 4.0 / 5.0).abs() < 1e-9);
        // recall: 2/3 + 2/3 + 1/3 + 4 · 1, of 7; precision: 2 · 1 + 1/5 + 4 · 4/5, of 7
        assert!((score.b_cubed.r() - (5.0 / 3.0 + 4.0) / 7.0).abs() < 1e-9);
        assert!((score.b_cubed.p() - (2.0 + 0.2 + 3.2) / 7.0).abs() < 1e-9);
        // 2 · 2 / 5 and 2 · 4 / 9, of two entities
        assert!((score.ceaf.r() - (0.8 + 8.0 / 9.0) / 2.0).abs() < 1e-5);
    }

    #[test]
    fn mentions_of_one_side_only_cost() {
        let score = scored(&[&[1, 2]], &[&[1, 2, 3], &[7]]);
        assert!((score.mentions.p() - 0.5).abs() < 1e-9);
        assert!((score.muc.p() - 0.5).abs() < 1e-9);
        assert!((score.muc.r() - 1.0).abs() < 1e-9);
        let nothing = scored(&[&[1, 2]], &[]);
        assert_eq!((nothing.conll(), nothing.mentions.r()), (0.0, 0.0));
    }

    #[test]
    fn entities_of_one_mention_can_be_left_out() {
        let mut score = CorefScore::default();
        score.add(
            &vec![vec![1], vec![2, 3]],
            &vec![vec![2, 3], vec![9]],
            false,
        );
        assert!((score.conll() - 1.0).abs() < 1e-9);
    }
}
