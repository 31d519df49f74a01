//! How well attributions were found.

use std::collections::BTreeSet;
use std::fmt;

use onrecord_model::Span;
use onrecord_statements::head::{Attribution, whole};

use super::GoldArticle;

/// Published on PolNeAR's test articles, exact spans: source, cue, content F1
/// (Zhang et al. 2022, "CofeNet", table 6).
const PUBLISHED: [(&str, [f64; 3]); 4] = [
    ("rules of verbs", [10.7, 22.8, 5.6]),
    ("BiLSTM-CRF", [69.6, 66.7, 59.0]),
    ("BERT-CRF", [82.2, 74.9, 71.0]),
    ("BERT and CofeNet", [83.2, 75.3, 72.9]),
];
const ROLES: [&str; 3] = ["source", "cue", "content"];
/// How much of two spans together must be shared.
pub(crate) const ENOUGH: f64 = 0.5;

/// Quoted, reported or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Direct,
    Mixed,
    Indirect,
}

/// What was found, what was there, and what is both.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Right, of what was found.
    pub right: usize,
    /// Found at all.
    pub found: usize,
    /// Met, of what was there.
    pub met: usize,
    /// There.
    pub gold: usize,
}

impl Counts {
    /// In hundredths; 0 where nothing was found.
    pub fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.found.max(1) as f64
    }

    /// In hundredths; 0 where there was nothing.
    pub fn recall(&self) -> f64 {
        100.0 * self.met as f64 / self.gold.max(1) as f64
    }

    /// The harmonic mean of both, in hundredths.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }

    fn add(&mut self, right: usize, found: usize, met: usize, gold: usize) {
        self.right += right;
        self.found += found;
        self.met += met;
        self.gold += gold;
    }
}

/// Figures over articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttributionScore {
    /// Articles.
    pub articles: usize,
    /// Spans of sources, cues and content that are just the same.
    pub exact: [Counts; 3],
    /// Content cut at the ends of sentences, as sets of single sentences have it.
    pub within: Counts,
    /// Spans that share a character with one of the same role.
    pub overlap: [Counts; 3],
    /// Attributions whose source, cue and content each share at least half.
    pub triples: Counts,
    /// The same, of those with direct, mixed and indirect content.
    pub by_kind: [Counts; 3],
    /// Attributions whose content shares at least half, whatever their source and cue; and of
    /// these how many have a source that touches the right one, or rightly none.
    pub content: (Counts, usize),
    /// The same for those with direct content: found, with the right source, of all.
    pub direct: (usize, usize, usize),
}

impl AttributionScore {
    /// Adds an article: what is annotated in its text and what was found; `sentences` are those
    /// of the text as it was read.
    ///
    /// ```
    /// use onrecord_model::Span;
    /// use onrecord_score::attribution::AttributionScore;
    /// use onrecord_statements::head::{Attribution, whole};
    /// let text = "Ann said that it rained.";
    /// let gold = Attribution {
    ///     source: vec![Span::new(0, 3)],
    ///     cue: vec![Span::new(4, 8)],
    ///     content: vec![Span::new(9, 23)],
    /// };
    /// let found = Attribution { content: vec![Span::new(14, 23)], ..gold.clone() };
    /// let mut score = AttributionScore::default();
    /// score.add(text, &[Span::new(0, 24)], &[gold], &[found]);
    /// assert_eq!(score.triples.f1(), 100.0);
    /// assert_eq!(score.exact[2].f1(), 0.0);
    /// ```
    pub fn add(
        &mut self,
        text: &str,
        sentences: &[Span],
        gold: &[Attribution],
        found: &[Attribution],
    ) {
        self.articles += 1;
        let cut = |all: &[Attribution]| -> BTreeSet<Span> {
            let pieces = all.iter().flat_map(|a| &a.content);
            pieces
                .flat_map(|piece| by_sentence(text, sentences, *piece))
                .collect()
        };
        let (g, f) = (cut(gold), cut(found));
        let same = g.intersection(&f).count();
        self.within.add(same, f.len(), same, g.len());
        for (n, of) in [source, cue, content].into_iter().enumerate() {
            let pieces = |all: &[Attribution]| -> BTreeSet<Span> {
                all.iter().flat_map(|a| whole(text, of(a))).collect()
            };
            let (g, f) = (pieces(gold), pieces(found));
            let same = g.intersection(&f).count();
            self.exact[n].add(same, f.len(), same, g.len());
            let touched = |these: &BTreeSet<Span>, others: &BTreeSet<Span>| {
                let met = |s: &&Span| others.iter().any(|o| o.overlaps(**s));
                these.iter().filter(met).count()
            };
            self.overlap[n].add(touched(&f, &g), f.len(), touched(&g, &f), g.len());
        }
        let triple = |g: &Attribution, f: &Attribution| {
            [source, cue, content]
                .into_iter()
                .all(|of| like(of(g), of(f)) >= ENOUGH)
        };
        let kinds = |all: &[Attribution]| -> Vec<Kind> {
            all.iter().map(|a| kind(text, &a.content)).collect()
        };
        let (gold_kinds, found_kinds) = (kinds(gold), kinds(found));
        let pairs = paired(gold, found, triple);
        self.triples
            .add(pairs.len(), found.len(), pairs.len(), gold.len());
        for (n, kind) in [Kind::Direct, Kind::Mixed, Kind::Indirect]
            .iter()
            .enumerate()
        {
            let of = |kinds: &[Kind]| kinds.iter().filter(|k| *k == kind).count();
            let right = pairs
                .iter()
                .filter(|(_, f)| found_kinds[*f] == *kind)
                .count();
            let met = pairs
                .iter()
                .filter(|(g, _)| gold_kinds[*g] == *kind)
                .count();
            self.by_kind[n].add(right, of(&found_kinds), met, of(&gold_kinds));
        }
        let alike = |g: &Attribution, f: &Attribution| like(&g.content, &f.content) >= ENOUGH;
        let pairs = paired(gold, found, alike);
        self.content
            .0
            .add(pairs.len(), found.len(), pairs.len(), gold.len());
        self.direct.2 += gold_kinds.iter().filter(|k| **k == Kind::Direct).count();
        for (g, f) in pairs {
            let (theirs, ours) = (&gold[g].source, &found[f].source);
            let touched = ours.iter().any(|s| theirs.iter().any(|t| t.overlaps(*s)));
            let right = touched || (theirs.is_empty() && ours.is_empty());
            self.content.1 += usize::from(right);
            if gold_kinds[g] == Kind::Direct {
                self.direct.0 += 1;
                self.direct.1 += usize::from(right);
            }
        }
    }
}

fn source(a: &Attribution) -> &[Span] {
    &a.source
}

fn cue(a: &Attribution) -> &[Span] {
    &a.cue
}

fn content(a: &Attribution) -> &[Span] {
    &a.content
}

/// The parts of a piece by sentence.
fn by_sentence(text: &str, sentences: &[Span], piece: Span) -> Vec<Span> {
    let first = sentences.partition_point(|s| s.end <= piece.start);
    let here = sentences[first..]
        .iter()
        .take_while(|s| s.start < piece.end);
    let cut = |s: &Span| Span::new(s.start.max(piece.start), s.end.min(piece.end)).trim(text);
    here.map(cut).filter(|s| !s.is_empty()).collect()
}

/// Characters in both over characters in either; 1 where both are empty.
pub(crate) fn like(a: &[Span], b: &[Span]) -> f64 {
    let length = |all: &[Span]| all.iter().map(|s| s.len()).sum::<usize>();
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let shared: usize = pairs
        .map(|(x, y)| x.end.min(y.end).saturating_sub(x.start.max(y.start)))
        .sum();
    let all = length(a) + length(b) - shared;
    if all == 0 {
        1.0
    } else {
        shared as f64 / all as f64
    }
}

/// Each annotated one with the first that fits it and is not taken: numbers of both.
fn paired(
    gold: &[Attribution],
    found: &[Attribution],
    fit: impl Fn(&Attribution, &Attribution) -> bool,
) -> Vec<(usize, usize)> {
    let mut taken = vec![false; found.len()];
    let mut pairs = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        let free = (0..found.len()).find(|f| !taken[*f] && fit(one, &found[*f]));
        if let Some(f) = free {
            taken[f] = true;
            pairs.push((g, f));
        }
    }
    pairs
}

/// By the quotation marks in and around the content.
fn kind(text: &str, content: &[Span]) -> Kind {
    const OPEN: [char; 3] = ['"', '“', '«'];
    const CLOSE: [char; 3] = ['"', '”', '»'];
    const MARKS: [char; 5] = ['"', '“', '”', '«', '»'];
    let quoted = |s: &Span| {
        let words = s.of(text).trim_end_matches([',', '.', ';']);
        words.starts_with(OPEN) && words.ends_with(CLOSE)
            || words.starts_with("''") && words.ends_with("''")
    };
    let marks = |s: &Span| s.of(text).contains(MARKS);
    if content.iter().all(quoted) {
        Kind::Direct
    } else if content.iter().any(marks) {
        Kind::Mixed
    } else {
        Kind::Indirect
    }
}

impl fmt::Display for AttributionScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, name: &str, c: &Counts| {
            let (f1, p, r) = (c.f1(), c.precision(), c.recall());
            writeln!(f, "{name:<22} {f1:>6.1} {p:>9.1} {r:>7.1}")
        };
        writeln!(
            f,
            "{:<22} {:>6} {:>9} {:>7}",
            "", "F1", "precision", "recall"
        )?;
        for (n, role) in ROLES.iter().enumerate() {
            row(f, &format!("{role}, exact"), &self.exact[n])?;
        }
        row(f, "content, by sentence", &self.within)?;
        for (n, role) in ROLES.iter().enumerate() {
            row(f, &format!("{role}, overlap"), &self.overlap[n])?;
        }
        row(f, "triples, half shared", &self.triples)?;
        for (n, kind) in ["direct", "mixed", "indirect"].iter().enumerate() {
            row(f, &format!("  {kind}"), &self.by_kind[n])?;
        }
        row(f, "content, half shared", &self.content.0)?;
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        writeln!(
            f,
            "  with the right source {:>5.1} %",
            share(self.content.1, self.content.0.met)
        )?;
        let (found, right, all) = self.direct;
        writeln!(
            f,
            "direct quotations: {:.1} % of {all} found, {:.1} % of these with the right source",
            share(found, all),
            share(right, found)
        )
    }
}

/// What was missed and what is wrong in an article: attributions of which source, cue or
/// content shares less than half with its best counterpart.
pub fn errors(gold: &GoldArticle, found: &[Attribution]) -> String {
    let words = |spans: &[Span]| {
        let each = spans.iter().map(|s| s.of(&gold.text).replace('\n', " "));
        each.collect::<Vec<_>>().join(" … ")
    };
    let told = |a: &Attribution| {
        let (source, cue) = (words(&a.source), words(&a.cue));
        format!("[{source}] [{cue}] [{}]", words(&a.content))
    };
    let alike = |g: &Attribution, f: &Attribution| {
        [source, cue, content]
            .into_iter()
            .all(|of| like(of(g), of(f)) >= ENOUGH)
    };
    let pairs = paired(&gold.attributions, found, alike);
    let mut out = String::new();
    for (n, one) in gold.attributions.iter().enumerate() {
        if !pairs.iter().any(|(g, _)| *g == n) {
            out += &format!("{} missed: {}\n", gold.name, told(one));
        }
    }
    for (n, one) in found.iter().enumerate() {
        if !pairs.iter().any(|(_, f)| *f == n) {
            out += &format!("{} wrong:  {}\n", gold.name, told(one));
        }
    }
    out
}

/// Published figures, a line each.
pub fn published() -> String {
    let mut told = String::from("Published, test articles, exact F1: source, cue, content\n");
    for (name, [source, cue, content]) in PUBLISHED {
        told += &format!("  {name:<20} {source:>5.1} {cue:>5.1} {content:>5.1}\n");
    }
    told
}
