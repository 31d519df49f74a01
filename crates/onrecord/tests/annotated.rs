//! Measures the whole way on the annotated pages, where they are at hand.

#![allow(clippy::disallowed_methods)] // a measure reads its pages from disk

use std::path::Path;

use onrecord::model::{RawPage, sha256_hex};
use onrecord::{Kit, lexicon::Lexicon};
use onrecord_score::gold::{GoldPage, GoldScore};

/// What is reached today, a little lowered: of statements F1 and the shares with the right
/// speaker, kind and chain; of events F1, F1 with both parties, and the shares with the right type
/// and status; F1 of positions with the share of right stances, of outlooks with that of right
/// types, of framings.
const FLOORS: [(&str, f64); 13] = [
    ("statements", 0.94),
    ("speaker", 0.94),
    ("kind", 0.92),
    ("chain", 0.75),
    ("events", 0.66),
    ("full events", 0.47),
    ("type", 0.95),
    ("status", 0.95),
    ("positions", 0.65),
    ("stance", 0.95),
    ("outlooks", 0.80),
    ("type of outlook", 0.95),
    ("framings", 0.55),
];

/// What the annotations call the issues.
const ISSUES: [(&str, &str); 3] = [
    ("foreign (US) troops in Iraq", "foreign-troops-in-iraq"),
    (
        "the Popular Mobilisation Forces / Iraqi Shiite militias",
        "armed-groups-outside-the-army",
    ),
    ("Iranian influence in Iraq", "influence-of-iran"),
];

#[test]
#[allow(clippy::print_stdout)]
fn every_table_reaches_its_floors_on_the_annotated_pages() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    if !shared.join("gold-dev").is_dir() {
        println!("skipped: no annotated pages beside the repository");
        return;
    }
    let mut score = GoldScore::default();
    for name in ["seed-002.json", "seed-003.json"] {
        let file = shared.join("gold-dev").join(name);
        let json = std::fs::read_to_string(&file).expect("readable");
        let gold = GoldPage::read(&file, &json).expect("an annotation");
        let bytes = std::fs::read(shared.join("seeds").join(gold.page())).expect("a page");
        let raw = RawPage {
            uri: gold.page().to_owned(),
            sha256: sha256_hex(&bytes),
            bytes,
            ..RawPage::default()
        };
        let (page, notes) = onrecord::pages::decode(&raw).expect("a page");
        let text = page.text.clone();
        let kit = Kit::new(Lexicon::built_in());
        let reading = onrecord::read(page, notes, &Default::default(), kit);
        let issues = ISSUES.map(|(name, id)| (name.to_owned(), id.to_owned()));
        score.add(&gold, &text, &reading.articles, &issues.into());
    }
    println!("{}\n{score}", score.errors.join("\n"));
    let share = |(part, of): (usize, usize)| part as f64 / of.max(1) as f64;
    let (s, e) = (&score.statements, &score.events);
    let reached = [
        s.f1(),
        share(s.speaker),
        share(s.kind),
        share(s.chain),
        e.f1(),
        e.full_f1(),
        share(e.kind),
        share(e.status),
        score.positions.f1(),
        share(score.positions.kind),
        score.outlooks.f1(),
        share(score.outlooks.kind),
        score.framings.f1(),
    ];
    for ((what, floor), value) in FLOORS.iter().zip(reached) {
        assert!(
            value >= *floor,
            "{what} {value:.3} is below the floor {floor}"
        );
    }
}
