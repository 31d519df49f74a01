//! The measures of words and trees, on sentences made here and, where they are
//! there, on the treebanks.
#![allow(clippy::disallowed_methods)] // a measure reads its set from disk

use std::path::Path;

use onrecord_score::conllu::{read, text_of, write};
use onrecord_score::parse::evaluate;
use onrecord_score::{
    Agreement, ConlluMultiword, ConlluRow, ConlluSentence, ConlluWord, ParseScore, ScoreError,
};
use proptest::prelude::*;

/// A small file: a word a line as `id form upos head deprel`, `A-B form` above the words of
/// a token, an empty line between sentences. A lemma is the form in lower case, XPOS is `_`.
fn file(lines: &str) -> Vec<ConlluSentence> {
    let mut text = String::new();
    for line in lines.trim().lines().map(str::trim) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let row = match columns[..] {
            [id, form] => format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_"),
            [id, form, upos, head, deprel] => {
                let lemma = form.to_lowercase();
                format!("{id}\t{form}\t{lemma}\t{upos}\t_\t_\t{head}\t{deprel}\t_\t_")
            }
            _ => line.to_owned(),
        };
        text += &row;
        text.push('\n');
    }
    read(&text, "small.conllu").expect("well formed")
}

fn score(gold: &str, system: &str) -> ParseScore {
    evaluate(&file(gold), &file(system)).expect("comparable")
}

fn agreement(gold: usize, system: usize, correct: usize) -> Agreement {
    Agreement {
        gold,
        system,
        correct,
        aligned: None,
    }
}

fn of_words(gold: usize, system: usize, correct: usize, aligned: usize) -> Agreement {
    Agreement {
        aligned: Some(aligned),
        ..agreement(gold, system, correct)
    }
}

const PORT: &str = "
    1 Dockers    NOUN 2 nsubj
    2 closed     VERB 0 root
    3 the        DET  4 det
    4 port       NOUN 2 obj
    5 yesterday  NOUN 2 obl:unmarked
    6 .          PUNCT 2 punct";

#[test]
fn a_file_agrees_with_itself() {
    let score = score(PORT, PORT);
    assert_eq!(score.tokens, agreement(6, 6, 6));
    assert_eq!(score.sentences, agreement(1, 1, 1));
    for measure in [score.upos, score.xpos, score.lemmas, score.uas, score.las] {
        assert_eq!(measure, of_words(6, 6, 6, 6));
    }
    assert_eq!(score.relations["obl:unmarked"].labelled.f1(), 1.0);
}

#[test]
fn tags_and_trees_over_the_same_words() {
    let score = score(
        PORT,
        "1 Dockers    PROPN 2 nsubj
         2 closed     VERB 0 root
         3 the        DET  2 det
         4 port       NOUN 2 obl
         5 yesterday  NOUN 2 obl
         6 .          PUNCT 4 punct",
    );
    assert_eq!(score.upos, of_words(6, 6, 5, 6)); // not Dockers
    assert_eq!(score.lemmas, of_words(6, 6, 6, 6));
    assert_eq!(score.uas, of_words(6, 6, 4, 6)); // neither the nor the stop
    assert_eq!(score.las, of_words(6, 6, 3, 6)); // nor port; obl is obl:unmarked
    let unmarked = score.relations["obl:unmarked"];
    assert_eq!(unmarked.labelled, of_words(1, 0, 0, 1)); // with the subtype it is not
    assert_eq!((unmarked.attached, unmarked.attachment()), (1, 1.0));
    let det = score.relations["det"];
    assert_eq!((det.labelled, det.attached), (of_words(1, 1, 0, 1), 0));
    assert!(!score.relations.contains_key("obl"));
}

#[test]
fn words_that_are_divided_otherwise() {
    // One sentence of five tokens against two of three and three.
    let score = score(
        "1 Al-Basra VERB 0 root
         2 is       AUX 1 aux
         3 calm     ADJ 1 obj
         4 now      ADV 1 advmod
         5 .        PUNCT 1 punct",
        "1 Al-      VERB 0 root
         2 Basra    AUX 1 aux
         3 is       AUX 1 aux

         1 calm     ADJ 0 root
         2 now      ADV 1 advmod
         3 .        PUNCT 1 punct",
    );
    assert_eq!(score.tokens, agreement(5, 6, 4));
    assert_eq!(score.sentences, agreement(1, 2, 0));
    assert_eq!(score.words, agreement(5, 6, 4));
    assert_eq!(score.upos, of_words(5, 6, 4, 4));
    // No head is right: Al-Basra is no pair, and calm is no root.
    assert_eq!(score.uas, of_words(5, 6, 0, 4));
    assert_eq!(score.upos.precision(), 4.0 / 6.0);
    assert_eq!(score.upos.recall(), 4.0 / 5.0);
    assert_eq!(score.upos.f1(), 8.0 / 11.0);
    assert_eq!(score.upos.aligned_accuracy(), Some(1.0));
    assert_eq!(score.words.aligned_accuracy(), None);
}

const CANNOT: &str = "
    1 We     PRON 4 nsubj
    2-3 cannot
    2 can    AUX 4 aux
    3 not    PART 4 advmod
    4 wait   VERB 0 root";

#[test]
fn words_of_a_token_are_paired_by_their_forms() {
    // The system has three tokens where gold has one of two words.
    let divided = score(
        CANNOT,
        "1 We    PRON 4 nsubj
         2 can   AUX 4 aux
         3 not   PART 4 advmod
         4 wait  VERB 0 root",
    );
    assert_eq!(divided.tokens, agreement(3, 4, 2));
    assert_eq!(divided.words, agreement(4, 4, 4));
    assert_eq!(divided.las, of_words(4, 4, 4, 4));

    // Case is nothing inside such a token, and what is between is left out.
    let other = score(
        CANNOT,
        "1 We     PRON 5 nsubj
         2-4 cannot
         2 CAN    AUX 5 aux
         3 -      PUNCT 5 punct
         4 NOT    PART 5 advmod
         5 wait   VERB 0 root",
    );
    assert_eq!(other.tokens, agreement(3, 3, 3));
    assert_eq!(other.words, agreement(4, 5, 4));
    assert_eq!(other.las, of_words(4, 5, 4, 4));

    // One word is none of the two.
    let whole = score(
        CANNOT,
        "1 We      PRON 3 nsubj
         2 cannot  AUX 3 aux
         3 wait    VERB 0 root",
    );
    assert_eq!(whole.tokens, agreement(3, 3, 3));
    assert_eq!(whole.words, agreement(4, 3, 2));
}

#[test]
fn tokens_of_several_words_may_overlap() {
    // abc|de against ab|cde: the stretch is all of it, its words c, d, e are in both.
    let score = score(
        "1-3 abc
         1 a X 0 root
         2 b X 1 dep
         3 c X 1 dep
         4-5 de
         4 d X 1 dep
         5 e X 1 dep
         6 f X 1 dep",
        "1 ab X 0 root
         2-4 cde
         2 c X 1 dep
         3 d X 1 dep
         4 e X 1 dep
         5 f X 1 dep",
    );
    assert_eq!(score.tokens, agreement(3, 3, 1));
    assert_eq!(score.words, agreement(6, 5, 4));
    assert_eq!(score.las, of_words(6, 5, 0, 4));
}

#[test]
fn a_gold_lemma_that_is_not_known_is_right() {
    let mut gold = file(PORT);
    if let ConlluRow::Word(word) = &mut gold[0].rows[1] {
        word.lemma = "_".into();
    }
    let score = evaluate(&gold, &file(PORT)).expect("comparable");
    assert_eq!(score.lemmas, of_words(6, 6, 6, 6));
    let turned = evaluate(&file(PORT), &gold).expect("comparable");
    assert_eq!(turned.lemmas, of_words(6, 6, 5, 6));
}

#[test]
fn words_without_heads_are_wrong() {
    let mut bare = file(PORT);
    for row in &mut bare[0].rows {
        if let ConlluRow::Word(word) = row {
            word.head = None;
        }
    }
    let score = evaluate(&file(PORT), &bare).expect("comparable");
    assert_eq!(score.upos.correct, 6);
    assert_eq!(score.uas.correct, 0);
}

#[test]
fn white_space_inside_a_token_is_nothing() {
    let mut gold = file("1 10000 NUM 0 root");
    if let ConlluRow::Word(word) = &mut gold[0].rows[0] {
        word.form = "10 000".into();
    }
    let system = file("1 10000 NUM 0 root");
    assert_eq!(
        evaluate(&gold, &system).expect("comparable").words.correct,
        1
    );
}

#[test]
fn other_texts_are_refused_with_their_place() {
    let other = PORT.replace("port", "pier");
    let error = evaluate(&file(PORT), &file(&other)).expect_err("another text");
    assert_eq!(
        error.to_string(),
        "gold and system differ at character 18 without white space (gold sentence 1, system \
         sentence 1): gold has \"ortyesterday.\", system has \"ieryesterday.\""
    );
    let error = evaluate(&file(PORT), &[]).expect_err("nothing");
    assert!(error.to_string().contains("system has its end"), "{error}");
    assert_eq!(
        evaluate(&[], &[]).expect("nothing").las,
        of_words(0, 0, 0, 0)
    );
}

#[test]
fn what_is_no_tree_is_refused() {
    for (from, to, expected) in [
        (
            "4 det",
            "3 det",
            "system sentence 1: word 3 depends on itself, expected a tree",
        ),
        (
            "2 nsubj",
            "0 nsubj",
            "system sentence 1: 2 roots, expected one",
        ),
    ] {
        let error = evaluate(&file(PORT), &file(&PORT.replace(from, to))).expect_err("no tree");
        assert_eq!(error.to_string(), expected);
    }
    let mut made = file(PORT);
    made[0].rows.remove(2);
    let error = evaluate(&file(PORT), &made).expect_err("a word is missing");
    assert!(
        matches!(error, ScoreError::Sentence { side: "system", .. }),
        "{error}"
    );
}

#[test]
fn the_table_shows_published_figures() {
    let shown = score(PORT, PORT).to_string();
    for part in [
        "onrecord",
        "UDPipe 2.17, EWT test, raw text",
        "89.91",
        "86.77",
        "89.42",
        "obl:unmarked",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn the_treebanks_agree_with_themselves() {
    for name in ["en_ewt-dev.conllu", "en_gum-dev.conllu"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/ud");
        let Ok(text) = std::fs::read_to_string(Path::new(folder).join(name)) else {
            println!("skipped: no {name} beside the repository");
            continue;
        };
        let gold = read(&text, name).expect("well formed");
        assert_eq!(write(&gold), text);
        let score = evaluate(&gold, &gold).expect("comparable");
        for measure in [
            score.tokens,
            score.sentences,
            score.words,
            score.upos,
            score.xpos,
            score.lemmas,
            score.uas,
            score.las,
        ] {
            assert!(measure.gold > 0);
            assert_eq!(
                (measure.precision(), measure.recall()),
                (1.0, 1.0),
                "{name}"
            );
        }
        for (relation, score) in &score.relations {
            assert_eq!(score.labelled.f1(), 1.0, "{relation}");
            assert_eq!(score.attachment(), 1.0, "{relation}");
        }
        let visible = |text: &str| -> String { text.split_whitespace().collect() };
        let forms: String = gold
            .iter()
            .flat_map(|sentence| sentence.tokens().map(|token| visible(token.form)))
            .collect();
        assert_eq!(visible(&text_of(&gold)), forms);
    }
}

/// The same characters in tokens and words of their own lengths, each word under the first.
fn divided(text: &str, lengths: &[(usize, bool)]) -> Vec<ConlluSentence> {
    let mut sentences = vec![ConlluSentence::default()];
    let mut rest = text;
    for &(length, ends) in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (token, after) = rest.split_at(length.min(rest.len()));
        rest = after;
        let sentence = sentences.last_mut().expect("one");
        let first = sentence.words().count() + 1;
        let word = |at: usize, form: &str| {
            let mut word = ConlluWord::new(first + at, form);
            word.head = Some(usize::from(first + at > 1));
            ConlluRow::Word(word)
        };
        if token.len() > 2 {
            sentence.rows.push(ConlluRow::Multiword(ConlluMultiword {
                first,
                last: first + 1,
                form: token.into(),
                between: ["_"; 7].join("\t"),
                misc: "_".into(),
            }));
            sentence.rows.push(word(0, &token[..1]));
            sentence.rows.push(word(1, &token[1..]));
        } else {
            sentence.rows.push(word(0, token));
        }
        if ends && !rest.is_empty() {
            sentences.push(ConlluSentence::default());
        }
    }
    sentences
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sides_may_be_turned(
        text in "[a-c]{1,40}",
        ours in prop::collection::vec((1..5_usize, any::<bool>()), 1..6),
        theirs in prop::collection::vec((1..5_usize, any::<bool>()), 1..6),
    ) {
        let (gold, system) = (divided(&text, &ours), divided(&text, &theirs));
        let there = evaluate(&gold, &system).expect("the same text");
        let back = evaluate(&system, &gold).expect("the same text");
        prop_assert_eq!(there.tokens.correct, back.tokens.correct);
        prop_assert_eq!(there.sentences.correct, back.sentences.correct);
        prop_assert!(there.las.correct <= there.uas.correct);
        prop_assert!(there.uas.correct <= there.words.correct);
        prop_assert!(there.words.correct <= there.words.gold.min(there.words.system));
        let same = evaluate(&gold, &gold).expect("the same text");
        prop_assert_eq!(same.las.correct, same.words.gold);
    }
}
