//! The measures of names, on labels made here and, where it is there, on a labelled set.
#![allow(clippy::disallowed_methods)] // a measure reads its set from disk

use std::path::Path;

use onrecord_model::NameKind;
use onrecord_score::names::{LabelledName, evaluate, names_of, read};
use onrecord_score::{LabelledSentence, NamesScore};
use proptest::prelude::*;

fn labels(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn score(gold: &str, system: &str) -> NamesScore {
    let mut score = NamesScore::default();
    score.add(&labels(gold), &labels(system));
    score
}

fn spans(text: &str) -> Vec<(&'static str, usize, usize)> {
    names_of(&labels(text))
        .iter()
        .map(|name| (name.kind.as_str(), name.first, name.end))
        .collect()
}

#[test]
fn labels_mark_names() {
    assert_eq!(
        spans("B-PER I-PER O B-ORG B-ORG"),
        [("PER", 0, 2), ("ORG", 3, 4), ("ORG", 4, 5)]
    );
    // I- after nothing and after another kind begins a name.
    assert_eq!(
        spans("I-LOC I-LOC I-PER O I-PER"),
        [("LOC", 0, 2), ("PER", 2, 3), ("PER", 4, 5)]
    );
    // Kinds by other names, and kinds that are not measured.
    assert_eq!(
        spans("B-Person I-PER B-GPE I-Location B-Organisation B-OTH I-OTH B-Weapon I-ORG"),
        [("PER", 0, 2), ("LOC", 2, 4), ("ORG", 4, 5), ("ORG", 8, 9)]
    );
    assert_eq!(spans("O x é- B- -PER"), []);
}

#[test]
fn exact_spans_and_overlaps() {
    let score = score(
        "B-PER I-PER O B-ORG I-ORG I-ORG O B-LOC O B-LOC B-PER",
        "B-PER I-PER O B-ORG I-ORG O     O B-ORG O O     O",
    );
    // PER: one of two is found, all that the system has is right.
    let persons = score.kind(NameKind::Person);
    assert_eq!(persons.exact.precision(), 1.0);
    assert_eq!(persons.exact.recall(), 0.5);
    assert_eq!(persons.exact.f1(), 2.0 / 3.0);
    assert_eq!(persons.overlap_recall(), 0.5);
    // ORG: too short, but it touches; the system's other one is a place.
    let organizations = score.kind(NameKind::Organization);
    assert_eq!(organizations.exact.gold, 1);
    assert_eq!(organizations.exact.system, 2);
    assert_eq!(organizations.exact.correct, 0);
    assert_eq!(organizations.overlap_recall(), 1.0);
    // LOC: one of two is found as another kind.
    let locations = score.kind(NameKind::Location);
    assert_eq!(locations.exact.precision(), 0.0);
    assert_eq!(locations.overlap_recall(), 0.0);
    assert_eq!(locations.overlap_recall_any(), 0.5);
    // All: one of three and of five.
    let all = score.all();
    assert_eq!(
        (all.exact.gold, all.exact.system, all.exact.correct),
        (5, 3, 1)
    );
    assert_eq!(all.exact.f1(), 2.0 / 8.0);
    assert_eq!((all.overlapped, all.overlapped_any), (2, 3));
}

#[test]
fn a_long_name_touches_several() {
    let score = score("B-PER B-PER O B-PER", "B-PER I-PER I-PER I-PER");
    assert_eq!(score.persons.overlapped, 3);
    assert_eq!(score.persons.exact.correct, 0);
}

const NUMBERED: &str = "# sent_id = made-1
# text = Leila met # 9
1\tLeila\tB-PER\t-\tme
2\tmet\tO
3\t#\tO\t-\t-
4\t9\tO\t-\t-

# sent_id = made-2
1\tBasra\tB-LOC\t-\tme
";
const PLAIN: &str = "Leila\tB-PER\tx\nmet\tO\n#\tO\n9\tO\n\nBasra\tB-LOC\n";

#[test]
fn both_layouts_are_read() {
    let numbered = read(NUMBERED, "a.iob2").expect("well formed");
    assert_eq!(numbered.len(), 2);
    assert_eq!(numbered[0].words, ["Leila", "met", "#", "9"]);
    assert_eq!(numbered[0].labels, ["B-PER", "O", "O", "O"]);
    assert_eq!(read(PLAIN, "b.tsv").expect("well formed"), numbered);
    let crlf = PLAIN.trim_end().replace('\n', "\r\n");
    assert_eq!(read(&crlf, "b.tsv").expect("well formed"), numbered);
    // Words that are numbers, but do not count.
    let years = read("1\tO\tx\n2014\tB-ORG\tx\n", "c.tsv").expect("well formed");
    assert_eq!(years[0].words, ["1", "2014"]);
    assert_eq!(read("", "none").expect("nothing"), []);
}

#[test]
fn errors_name_the_line() {
    for (text, expected) in [
        (
            "Leila\tB-PER\nmet\n",
            "x:2: no label, expected O, B-… or I-… after the word and a tab",
        ),
        (
            "1\tLeila\tB-PER\n2\tmet\tX\n",
            "x:2: label \"X\", expected O, B-… or I-… after the word and a tab",
        ),
    ] {
        assert_eq!(read(text, "x").expect_err(expected).to_string(), expected);
    }
}

#[test]
fn other_words_are_refused() {
    let gold = read(NUMBERED, "a").expect("well formed");
    let other = read(&NUMBERED.replace("\tmet", "\tsaw"), "b").expect("well formed");
    assert_eq!(
        evaluate(&gold, &other)
            .expect_err("other words")
            .to_string(),
        "gold and system differ at word 2 of sentence 1: gold has \"met\", system has \"saw\""
    );
    let error = evaluate(&gold, &gold[..1]).expect_err("a sentence is missing");
    assert!(error.to_string().contains("2 sentences"), "{error}");
    let mut short = gold.clone();
    short[1].labels.clear();
    let error = evaluate(&gold, &short).expect_err("a label is missing");
    assert!(error.to_string().contains("1 labels"), "{error}");
}

#[test]
fn the_table_shows_published_figures() {
    let shown = score("B-PER O", "B-PER O").to_string();
    for part in ["onrecord", "PER", "86.0", "80.1", "100.0"] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn a_labelled_set_agrees_with_itself() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/uner");
    let name = "en_ewt-dev.iob2";
    let Ok(text) = std::fs::read_to_string(Path::new(folder).join(name)) else {
        println!("skipped: no {name} beside the repository");
        return;
    };
    let gold = read(&text, name).expect("well formed");
    let score = evaluate(&gold, &gold).expect("comparable");
    for kind in [NameKind::Person, NameKind::Organization, NameKind::Location] {
        let score = score.kind(kind);
        assert!(score.exact.gold > 0);
        assert_eq!(score.exact.f1(), 1.0);
        assert_eq!(score.overlap_recall(), 1.0);
    }
}

fn any_labels() -> impl Strategy<Value = Vec<(String, String)>> {
    let label = || {
        prop::sample::select(vec![
            "O", "O", "B-PER", "I-PER", "B-ORG", "I-LOC", "B-LOC", "I-OTH",
        ])
        .prop_map(str::to_owned)
    };
    prop::collection::vec((label(), label()), 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_agree_with_a_plain_count(pairs in any_labels()) {
        let (gold, system): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let mut score = NamesScore::default();
        score.add(&gold, &system);
        let (ours, theirs) = (names_of(&gold), names_of(&system));
        let all = score.all();
        let touch = |a: &LabelledName, b: &LabelledName| {
            a.first < b.end && b.first < a.end
        };
        prop_assert_eq!(all.exact.gold, ours.len());
        prop_assert_eq!(all.exact.system, theirs.len());
        prop_assert_eq!(all.exact.correct, ours.iter().filter(|n| theirs.contains(n)).count());
        let any = ours.iter().filter(|n| theirs.iter().any(|o| touch(n, o))).count();
        prop_assert_eq!(all.overlapped_any, any);
        let same = ours.iter().filter(|n| theirs.iter().any(|o| touch(n, o) && o.kind == n.kind));
        prop_assert_eq!(all.overlapped, same.count());
    }

    #[test]
    fn what_is_written_plainly_is_read_back(
        sentences in prop::collection::vec(
            prop::collection::vec(("[a-z#0-9é]{1,5}", prop::sample::select(vec!["O", "B-PER", "I-x"])), 1..5),
            0..4,
        )
    ) {
        let text: String = sentences
            .iter()
            .map(|sentence| {
                let rows: String = sentence.iter().map(|(word, label)| format!("{word}\t{label}\n")).collect();
                rows + "\n"
            })
            .collect();
        let expected: Vec<LabelledSentence> = sentences
            .into_iter()
            .map(|sentence| {
                let (words, labels): (Vec<String>, Vec<String>) =
                    sentence.into_iter().map(|(word, label)| (word, label.to_owned())).unzip();
                LabelledSentence { words, labels }
            })
            .collect();
        prop_assert_eq!(read(&text, "x").ok(), Some(expected));
    }
}
