//! The five real pages the project began with, where they lie beside the checkout. They
//! are third-party text and no part of it: without them these tests say so and pass.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // reads pages, says what it skips

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::lexicon::Lexicon;
use onrecord::model::{RawPage, Reading, sha256_hex};
use onrecord::{Kit, pages};
use serde_json::Value;

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: ../shared/{folder} is not there");
    None
}

/// The pages by the number their names begin with.
fn seeds() -> Option<BTreeMap<String, Reading>> {
    let mut paths: Vec<_> = fs::read_dir(shared("seeds")?)
        .ok()?
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("a readable page");
        let uri = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let number = uri.chars().take(3).collect();
        let raw = RawPage {
            uri,
            sha256: sha256_hex(&bytes),
            bytes,
            ..RawPage::default()
        };
        let (page, notes) = pages::decode(&raw).expect("a page");
        let kit = Kit::new(Lexicon::built_in());
        (
            number,
            onrecord::read(page, notes, &Default::default(), kit),
        )
    };
    Some(paths.into_iter().map(read).collect())
}

fn gold(number: &str) -> Option<Value> {
    let path = shared("gold-dev")?.join(format!("seed-{number}.json"));
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn eight_articles_with_what_is_printed_about_them() {
    let Some(seeds) = seeds() else { return };
    let counts: Vec<usize> = seeds.values().map(|r| r.articles.len()).collect();
    assert_eq!(counts, [1, 4, 1, 1, 1]);
    let printed: Vec<String> = seeds
        .values()
        .flat_map(|r| &r.articles)
        .map(|a| {
            let a = &a.article;
            let cell = |c: Option<String>| c.unwrap_or_else(|| "-".to_owned());
            let words = a
                .title
                .as_ref()
                .map(|t| t.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
            [
                cell(words),
                cell(a.author.clone()),
                cell(a.publisher.clone()),
                cell(a.published.map(|d| d.to_string())),
                a.repeats.to_string(),
            ]
            .join(" | ")
        })
        .collect();
    let expected = [
        "Iraqi parties | - | NOVANEWS | - | 1",
        "Iraq’s Nujaba | Staff, Agencies | - | 2021-06-29 | 1",
        "IRAQ SERIOUS | Elijah J. Magnier | ejmagnier.com | - | 1",
        "THE RESISTANCE | Elijah J. Magnier | ejmagnier.com | - | 1",
        "U.S. Demands | Eric Zuesse | The Saker Blog | 2020-01-28 | 1",
        "Iraq Tells | - | - | 2015-10-29 | 1",
        "US military | - | Baghdadpost | 2019-02-03 | 1",
        "- | Qassim Abdul-Zahra and Zeina Karam | - | - | 2",
    ];
    assert_eq!(printed, expected);
}

#[test]
fn sentences_agree_with_the_gold_and_no_furniture_is_left() {
    let Some(seeds) = seeds() else { return };
    for number in ["002", "003"] {
        let Some(gold) = gold(number) else { return };
        let reading = &seeds[number];
        let list = |key: &str| gold[key].as_array().cloned().unwrap_or_default();
        let want: BTreeSet<String> = list("sentences")
            .iter()
            .filter(|s| s["role"] == "body")
            .filter_map(|s| s["text"].as_str().map(one_line))
            .collect();
        let got: BTreeSet<String> = reading
            .articles
            .iter()
            .flat_map(|a| a.sentences.iter().map(|s| one_line(a.words(s.span))))
            .collect();
        let both = want.intersection(&got).count() as f64;
        let f1 = 2.0 * both / (want.len() + got.len()) as f64;
        println!(
            "page {number}: sentence F1 {f1:.3}, {} of {} gold sentences",
            both,
            want.len()
        );
        assert!(f1 >= 0.97, "page {number}: {f1:.3}");
        for furniture in list("boilerplate").iter().filter_map(|b| b.as_str()) {
            let line = one_line(furniture);
            let left = reading
                .articles
                .iter()
                .any(|a| a.article.text.lines().any(|l| one_line(l) == line));
            assert!(!left, "page {number}: furniture in the body: {line}");
        }
    }
}

#[test]
fn every_sentence_is_where_the_page_has_it() {
    let Some(seeds) = seeds() else { return };
    for reading in seeds.values() {
        for a in &reading.articles {
            for s in &a.sentences {
                let place = a
                    .article
                    .on_page(s.span)
                    .expect("a plain-text page gives places");
                assert_eq!(place.of(&reading.page.text), a.words(s.span));
            }
        }
    }
}
