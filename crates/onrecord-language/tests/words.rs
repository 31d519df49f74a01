//! Raw text to sentences and syntactic words: where the borders stand, on sentences of our
//! own and on the English treebanks of Universal Dependencies where they are at hand.

#![allow(clippy::disallowed_methods)] // reads treebanks and a clock

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use onrecord_language::{sentences, words};
use onrecord_lexicon::Lexicon;
use onrecord_model::{Article, Sentence, Span};
use proptest::prelude::*;

fn split(text: &str) -> Vec<Sentence> {
    let article = Article::new("pg-1".into(), 1, text.to_owned());
    sentences(&article, Lexicon::built_in()).0
}

fn word_spans(text: &str, sentences: &[Sentence]) -> Vec<Span> {
    let lexicon = &Lexicon::built_in().words;
    let found = sentences
        .iter()
        .flat_map(|sentence| words(text, &sentence.tokens, lexicon));
    found.map(|(span, _)| span).collect()
}

/// The words of a text with a space between each two.
fn spaced(text: &str) -> String {
    let spans = word_spans(text, &split(text));
    let words: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
    words.join(" ")
}

#[test]
fn words_are_cut_where_the_treebanks_cut_them() {
    for (text, expected) in [
        // hyphens
        ("al-Sadr", "al - Sadr"),
        ("Abd al-Aziz al-Tal", "Abd al - Aziz al - Tal"),
        ("well-known", "well - known"),
        ("state-of-the-art", "state - of - the - art"),
        ("a U.S.-led force", "a U.S. - led force"),
        ("an anti-US-led vote", "an anti-US - led vote"),
        (
            "the pre-war, non-Arab, anti-Iranian e-mail",
            "the pre-war , non-Arab , anti-Iranian e-mail",
        ),
        (
            "Ex-minister re-elected in mid-2014",
            "Ex-minister re-elected in mid-2014",
        ),
        ("Naqsh-e-Jahan", "Naqsh - e - Jahan"),
        ("money-wise", "money-wise"),
        ("w- what?", "w- what ?"),
        ("pro- and anti-war", "pro - and anti-war"),
        // words grown together
        ("They cannot stay.", "They can not stay ."),
        ("CANNOT", "CAN NOT"),
        (
            "I'm gonna, wanna, gotta go",
            "I 'm gon na , wan na , got ta go",
        ),
        ("dunno, lemme see", "du n no , lem me see"),
        ("Dont go, im here", "Do nt go , i m here"),
        ("don't won’t we'll he’d", "do n't wo n’t we 'll he ’d"),
        (
            "Iraq's, the Tals', Iraq’s",
            "Iraq 's , the Tals ' , Iraq ’s",
        ),
        // numbers
        ("$5, US$5, 5%, €5", "$ 5 , US$ 5 , 5 % , € 5"),
        ("10km, 5pm, 3.5m, 70kg", "10 km , 5 pm , 3.5 m , 70 kg"),
        ("a 10km-long line", "a 10 km - long line"),
        (
            "9th, 1990s, the 1960's, '90s, ’07",
            "9th , 1990s , the 1960's , '90s , ’07",
        ),
        ("2010's vote", "2010 's vote"),
        (
            "10-15, 2014-15, 1999-2003",
            "10 - 15 , 2014 - 15 , 1999 - 2003",
        ),
        (
            "on 20/9/2014, 9/11, 2014-09-20",
            "on 20/9/2014 , 9/11 , 2014-09-20",
        ),
        ("in 2001/02", "in 2001 / 02"),
        (
            "5:30, 08:27:46, 12,000, 3.5, .5",
            "5:30 , 08:27:46 , 12,000 , 3.5 , .5",
        ),
        (
            "555-0199, 202-555-0199, +44 20",
            "555-0199 , 202-555-0199 , +44 20",
        ),
        ("No.1, No. 4, p. 9", "No. 1 , No. 4 , p. 9"),
        // marks
        (
            "and/or, his/her, w/o, s/he, A/C",
            "and / or , his / her , w/o , s/he , A/C",
        ),
        ("AT&T & Tal", "AT&T & Tal"),
        ("so—no -- yes", "so — no -- yes"),
        ("so--no", "so -- no"),
        ("Well.... no!!! What?! So…", "Well .... no !!! What ?! So …"),
        ("``so'' “no” \"yes\"", "`` so '' “ no ” \" yes \""),
        (
            "Good :) or bad ;-) (or none)",
            "Good :) or bad ;-) ( or none )",
        ),
        ("(good:)", "( good : )"),
        ("rock 'n roll, get 'em", "rock 'n roll , get 'em"),
        ("*** >> ====", "*** >> ===="),
        // addresses
        (
            "Ask ana.tal@example.org, @ana_tal or #vote2014.",
            "Ask ana.tal@example.org , @ana_tal or #vote2014 .",
        ),
        (
            "(https://www.example.org/a-b/c.html).",
            "( https://www.example.org/a-b/c.html ) .",
        ),
        (
            "See example.org/a-b or no-vote.doc",
            "See example.org/a-b or no-vote.doc",
        ),
        ("# 5 and #1", "# 5 and # 1"),
    ] {
        assert_eq!(spaced(text), expected);
    }
}

#[test]
fn sentences_end_where_the_treebanks_end_them() {
    for parts in [
        &["The vote failed.[2][14]", "It was the third."][..],
        &["The vote failed. [2]", "It was the third."],
        &["1. The vote failed."],
        &["He wants two things: 1. a vote."],
        &["the hall was full.", "nobody spoke."],
        &["The hall was full of approx. 300 men, cf. p. 9."],
        &["The bill was paid.", "$40 was left."],
        &["What a day :)", "We will come back."],
        &["What?!", "Never."],
        &["“Why now?” asked Tal."],
        &["He said no.", "- The editors"],
    ] {
        let text = parts.join(" ");
        let found: Vec<String> = split(&text)
            .iter()
            .map(|s| s.span.of(&text).to_owned())
            .collect();
        assert_eq!(found, parts);
    }
}

#[test]
fn each_word_names_its_token() {
    let text = "Ana al-Tal cannot go.";
    let sentence = &split(text)[0];
    let found = words(text, &sentence.tokens, &Lexicon::built_in().words);
    let tokens: Vec<usize> = found.iter().map(|(_, token)| *token).collect();
    assert_eq!(tokens, [0, 1, 1, 1, 2, 2, 3, 4]);
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_byte_of_a_token_stands_in_one_word(
        pieces in prop::collection::vec(
            prop_oneof![
                "[a-zA-Z]{1,4}", "[0-9]{1,4}", "[-‑/.:;&@#$%+'’‘`\"“”()<>=*_!?,…—é\u{301}]", " ",
                Just("can".to_owned()), Just("not".to_owned()), Just("anti-".to_owned()),
                Just("n't".to_owned()), Just("www.".to_owned()), Just(".com/".to_owned()),
                Just("US$".to_owned()), Just("[2]".to_owned()), Just("km".to_owned()),
                Just("\n\n".to_owned()), Just("İ".to_owned()), Just("ß".to_owned()),
            ],
            0..40,
        )
    ) {
        let text = pieces.concat();
        let lexicon = &Lexicon::built_in().words;
        let mut written = String::new();
        for sentence in split(&text) {
            let mut end = 0;
            for (span, token) in words(&text, &sentence.tokens, lexicon) {
                prop_assert!(!span.is_empty() && span.start >= end);
                prop_assert!(sentence.tokens[token].span.contains(span));
                written.push_str(span.of(&text));
                end = span.end;
            }
        }
        prop_assert_eq!(written, text.split_whitespace().collect::<String>());
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    for piece in [
        "a", "-", "a-", "a.", "a/", "'a", "a@", "@", "(", ":)", "1/", "1,", "1-", ".)", ".) ",
        "a ", "[1]", "'", "#", "anti-", "1:", "\"a ", "w/", "a& ", ". a ", "x.com/ ",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        let start = Instant::now();
        let found = word_spans(&text, &split(&text));
        assert!(!found.is_empty());
        let time = start.elapsed();
        assert!(time < Duration::from_secs(2), "{piece:?}: {time:?}");
    }
}

/// What a treebank's words and sentences are, on the text built from it.
#[derive(Default)]
struct Treebank {
    text: String,
    words: BTreeSet<Span>,
    sentences: BTreeSet<Span>,
}

/// Reads CoNLL-U: documents and paragraphs are parted by an empty line, sentences and words
/// by a space.
fn read(path: &Path) -> Treebank {
    let mut bank = Treebank::default();
    let file = std::fs::read_to_string(path).expect("readable");
    for block in file.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let opens = |l: &str| l.starts_with("# newdoc") || l.starts_with("# newpar");
        if block.lines().any(opens) {
            bank.text.truncate(bank.text.trim_end().len());
            bank.text.push_str("\n\n");
        }
        let start = bank.text.len();
        // the last word of a token of several words, and where its next one begins
        let mut several = (0, 0);
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let at = bank.text.len();
            if let Some((_, last)) = cells[0].split_once('-') {
                several = (last.parse().expect("a number"), at);
            } else {
                let Ok(number) = cells[0].parse::<usize>() else {
                    continue; // a word that is not written
                };
                let inside = number <= several.0;
                let from = if inside { several.1 } else { at };
                bank.words.insert(Span::new(from, from + cells[1].len()));
                several.1 = from + cells[1].len();
                if inside {
                    continue;
                }
            }
            bank.text.push_str(cells[1]);
            if !cells[9].contains("SpaceAfter=No") {
                bank.text.push(' ');
            }
        }
        bank.sentences
            .insert(Span::new(start, bank.text.len()).trim(&bank.text));
    }
    bank
}

fn f1(found: &BTreeSet<Span>, gold: &BTreeSet<Span>) -> f64 {
    let right = found.intersection(gold).count();
    200.0 * right as f64 / (found.len() + gold.len()) as f64
}

#[test]
fn the_treebanks_words_and_sentences_are_found() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/ud"
    ));
    for (name, least_words, least_sentences) in [("ewt", 99.0, 84.5), ("gum", 99.7, 95.0)] {
        let path = folder.join(format!("en_{name}-dev.conllu"));
        if !path.is_file() {
            println!("skipped: no {}", path.display());
            continue;
        }
        let bank = read(&path);
        let found = split(&bank.text);
        let words = f1(
            &word_spans(&bank.text, &found).into_iter().collect(),
            &bank.words,
        );
        let sentences = f1(&found.iter().map(|s| s.span).collect(), &bank.sentences);
        println!("{name}: words {words:.2}, sentences {sentences:.2}");
        assert!(words >= least_words, "{name}: words {words:.2}");
        assert!(
            sentences >= least_sentences,
            "{name}: sentences {sentences:.2}"
        );
    }
}
