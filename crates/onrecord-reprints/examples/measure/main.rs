//! Measures reprints on a made set with known truth, and the speed.
//!
//! `cargo run --release -p onrecord-reprints --example measure`. A number is another seed;
//! with a file, bodies come from it: one sentence a line, an empty line between articles;
//! `--wrong` prints pairs that are wrong or missed.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // reads a file and a clock, prints
#![allow(missing_docs)]

mod clock;
mod minhash;
mod score;
mod set;
mod words;

use clock::Clock;
use std::collections::BTreeSet;

use onrecord_lexicon::Lexicon;
use onrecord_model::{Id, Pile, ReprintKind};
use onrecord_reprints::{ArticleText, Index, Settings, Source, find, reprints};

use set::{Bodies, CASES, NEGATIVES, Set};

const FAMILIES: usize = 60;
/// The rules were tuned on the set of seed 2031; this one was not looked at.
const SEED: u64 = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let seed = arguments
        .iter()
        .find_map(|a| a.parse().ok())
        .unwrap_or(SEED);
    let file = arguments
        .iter()
        .find(|a| !a.starts_with("--") && a.parse::<u64>().is_err());
    let real = file.map_or_else(Vec::new, |path| read(path));
    let mut bodies = Bodies::new(seed, real.clone());
    let mut set = Set::default();
    for _ in 0..FAMILIES {
        for strength in 1..=4 {
            for case in 0..CASES.len() {
                if bodies.is_open() {
                    set.family(&mut bodies, case, strength);
                }
            }
        }
        for kind in 0..NEGATIVES.len() {
            set.negatives(&mut bodies, kind);
        }
    }
    let lexicon = Lexicon::built_in();
    let began = Clock::now();
    let found = reprints(&set.pile, lexicon);
    let seconds = began.seconds();
    let pairs = score::pairs(&found);
    println!(
        "{} articles, {} pairs in truth, {} rows, {seconds:.2} s\n",
        set.pile.articles.len(),
        set.pairs.len(),
        found.reprints.len()
    );
    println!("| case | strength | precision | recall | F1 |\n|---|---|---|---|---|");
    for ((case, strength), counts) in score::by_case(&set, &pairs) {
        if strength > 0 {
            println!("| {case} | {strength} | {} |", counts.line());
        }
    }
    println!("| all | all | {} |", score::all(&set, &pairs).line());
    println!(
        "\nadjusted Rand index of texts: {:.3}\n",
        score::adjusted_rand(&set, &found)
    );
    negatives(&set, &found, &pairs);
    first_stage(&set);
    if std::env::args().any(|a| a == "--wrong") {
        wrong(&set, &found, &pairs);
    }
    speed(&mut Bodies::new(seed + 1, real));
}

/// What became of articles that are no reprints.
fn negatives(set: &Set, found: &onrecord_reprints::Texts, pairs: &BTreeSet<(Id, Id)>) {
    println!(
        "| no reprints | articles | called reprints | pairs with common sentences | found as partial |\n|---|---|---|---|---|"
    );
    for kind in NEGATIVES {
        let of: BTreeSet<&Id> = set
            .pile
            .articles
            .iter()
            .zip(&set.cases)
            .filter(|(_, c)| c.0 == kind)
            .map(|(a, _)| &a.id)
            .collect();
        let wrong = pairs
            .iter()
            .filter(|(a, b)| of.contains(a) || of.contains(b))
            .count();
        let partial = set
            .partial
            .iter()
            .filter(|(a, b)| of.contains(a) && of.contains(b))
            .count();
        let told = found
            .reprints
            .iter()
            .filter(|r| {
                r.kind == ReprintKind::Partial && of.contains(&r.article) && of.contains(&r.from)
            })
            .count();
        println!("| {kind} | {} | {wrong} | {partial} | {told} |", of.len());
    }
}

/// Pairs that are wrong or missed, with their rows.
fn wrong(set: &Set, found: &onrecord_reprints::Texts, pairs: &BTreeSet<(Id, Id)>) {
    let case: std::collections::BTreeMap<&Id, _> = set
        .pile
        .articles
        .iter()
        .zip(&set.cases)
        .map(|(a, c)| (&a.id, (c, a.published, a.sentences.len())))
        .collect();
    for pair in pairs.symmetric_difference(&set.pairs).take(40) {
        println!(
            "{} {:?} {:?}",
            if pairs.contains(pair) {
                "WRONG"
            } else {
                "MISSED"
            },
            (&pair.0, case[&pair.0]),
            (&pair.1, case[&pair.1])
        );
        for row in found.reprints.iter().filter(|r| {
            [&r.article, &r.from]
                .iter()
                .any(|id| **id == pair.0 || **id == pair.1)
        }) {
            println!(
                "    {} {} {} {} {} {}",
                row.article,
                row.from,
                row.kind.name(),
                row.share,
                row.share_of_from,
                row.direction.name()
            );
        }
    }
}

/// How many true pairs the first stage can see.
fn first_stage(set: &Set) {
    println!(
        "\n| first stage | bytes an article | true pairs seen | other pairs an article |\n|---|---|---|---|"
    );
    let articles = set.pile.articles.len();
    let line = |name: &str, bytes: usize, pairs: BTreeSet<(Id, Id)>| {
        let seen = pairs.intersection(&set.pairs).count();
        let other = pairs.len() - seen;
        println!(
            "| {name} | {bytes} | {:.3} | {:.2} |",
            seen as f64 / set.pairs.len() as f64,
            other as f64 / articles as f64
        );
    };
    for (bands, rows) in [(8, 4), (16, 4), (32, 2), (64, 1)] {
        line(
            &format!("MinHash, {bands} bands of {rows}"),
            bands * rows * 4,
            minhash::candidates(&set.pile, bands, rows),
        );
    }
    let mut index = Index::default();
    let mut by_run: std::collections::BTreeMap<u32, Vec<&Id>> = Default::default();
    for article in &set.pile.articles {
        let signature = index.add(&text(article));
        for run in signature.runs {
            by_run.entry(run).or_default().push(&article.id);
        }
    }
    let mut pairs = BTreeSet::new();
    for ids in by_run.values() {
        for (n, a) in ids.iter().enumerate() {
            ids[n + 1..].iter().filter(|b| *b != a).for_each(|b| {
                pairs.insert(((*a).min(*b).clone(), (*a).max(*b).clone()));
            });
        }
    }
    line("winnowed runs", index.bytes() / articles, pairs);
}

fn text(article: &onrecord_model::PileArticle) -> ArticleText<'_> {
    ArticleText {
        id: &article.id,
        published: article.published,
        sentences: article
            .sentences
            .iter()
            .map(|s| (s.id.as_str(), s.text.as_str()))
            .collect(),
    }
}

/// Articles a second, one in five a reprint.
fn speed(bodies: &mut Bodies) {
    println!(
        "\n| articles | words an article | index, articles/s | pass, articles/s | both | bytes an article, index | and tables | alignments an article |\n|---|---|---|---|---|---|---|---|"
    );
    for families in [1_000, 4_000, 16_000] {
        let mut set = Set::default();
        for n in 0..families {
            if n % 4 == 0 && bodies.is_open() {
                set.family(bodies, n / 4 % CASES.len(), 1 + n / 20 % 4);
            } else {
                for _ in 0..3 {
                    set.alone(bodies);
                }
            }
        }
        measure(&set.pile);
    }
}

fn measure(pile: &Pile) {
    let by_id: std::collections::BTreeMap<&str, &onrecord_model::PileArticle> =
        pile.articles.iter().map(|a| (a.id.as_str(), a)).collect();
    let began = Clock::now();
    let mut index = Index::default();
    let mut words = 0;
    for article in &pile.articles {
        words += index.add(&text(article)).words as usize;
    }
    let indexed = began.seconds();
    let found = find(
        &index,
        &Settings::default(),
        |id| by_id.get(id).map(|a| text(a)),
        |_| Source::default(),
    );
    let both = began.seconds();
    let n = pile.articles.len();
    let rate = |seconds: f64| (n as f64 / seconds).round();
    let s = found.statistics;
    println!(
        "| {n} | {} | {} | {} | {} | {} | {} | {:.2} |",
        words / n,
        rate(indexed),
        rate(both - indexed),
        rate(both),
        s.index_bytes / n,
        s.table_bytes / n,
        s.alignments as f64 / n as f64
    );
}

fn read(path: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    text.split("\n\n")
        .map(|article| article.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|lines| lines.len() >= 8)
        .collect()
}
