//! The pages of `examples/` against `examples/gold.toml`: articles, metadata, the ends of
//! every body, the number of its sentences, and the lines that must not be in it.

#![allow(clippy::disallowed_methods)] // reads its pages from disk

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use onrecord::lexicon::Lexicon;
use onrecord::model::{RawPage, Reading, sha256_hex};
use onrecord::{Kit, pages};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gold {
    page: Vec<GoldPage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldPage {
    file: String,
    #[serde(default)]
    article: Vec<GoldArticle>,
    #[serde(default)]
    furniture: Vec<GoldLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldArticle {
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    first: String,
    last: String,
    sentences: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldLine {
    line: String,
}

fn readings() -> BTreeMap<String, Reading> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pages");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("examples")
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    let mut readings = BTreeMap::new();
    for path in paths {
        let name = path
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        let mut bytes = fs::read(&path).expect("a readable page");
        if name.ends_with(".gz") {
            let mut unpacked = Vec::new();
            flate2::read::MultiGzDecoder::new(&bytes[..])
                .read_to_end(&mut unpacked)
                .expect("gzip");
            bytes = unpacked;
        }
        let raws: Vec<RawPage> = if name.ends_with(".jsonl") {
            onrecord_formats::jsonl::pages(&name, &bytes[..])
                .map(|line| line.expect("a good line"))
                .collect()
        } else {
            vec![RawPage {
                uri: name,
                sha256: sha256_hex(&bytes),
                bytes,
                ..RawPage::default()
            }]
        };
        for raw in raws {
            let (page, notes) =
                pages::decode(&raw).unwrap_or_else(|note| panic!("{}: {note:?}", raw.uri));
            let uri = raw.uri.clone();
            let kit = Kit::new(Lexicon::built_in());
            readings.insert(uri, onrecord::read(page, notes, &Default::default(), kit));
        }
    }
    readings
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_example_pages_are_read_as_the_gold_says() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/gold.toml");
    let gold: Gold =
        toml::from_str(&fs::read_to_string(gold).expect("gold.toml")).expect("gold.toml parses");
    let readings = readings();
    let mut wrong = Vec::new();
    for page in &gold.page {
        let Some(reading) = readings.get(&page.file) else {
            wrong.push(format!("{}: not read", page.file));
            continue;
        };
        if reading.articles.len() != page.article.len() {
            wrong.push(format!(
                "{}: {} articles, expected {}",
                page.file,
                reading.articles.len(),
                page.article.len()
            ));
        }
        for (n, (got, want)) in reading.articles.iter().zip(&page.article).enumerate() {
            let article = &got.article;
            let text = one_line(&article.text);
            let mut check = |what: &str, got: Option<String>, want: Option<String>| {
                let (got, want) = (got.map(|g| one_line(&g)), want.map(|w| one_line(&w)));
                if got != want {
                    wrong.push(format!(
                        "{} article {}: {what} is {got:?}, expected {want:?}",
                        page.file,
                        n + 1
                    ));
                }
            };
            check("title", article.title.clone(), want.title.clone());
            check("author", article.author.clone(), want.author.clone());
            check(
                "publisher",
                article.publisher.clone(),
                want.publisher.clone(),
            );
            check(
                "published",
                article.published.map(|d| d.to_string()),
                want.published.clone(),
            );
            check(
                "sentences",
                Some(got.sentences.len().to_string()),
                Some(want.sentences.to_string()),
            );
            let (first, last) = (one_line(&want.first), one_line(&want.last));
            if !text.starts_with(&first) {
                check("first", Some(text.chars().take(40).collect()), Some(first));
            }
            if !text.ends_with(&last) {
                let from = text.chars().count().saturating_sub(40);
                check("last", Some(text.chars().skip(from).collect()), Some(last));
            }
            for furniture in &page.furniture {
                let line = one_line(&furniture.line);
                if article.text.lines().any(|l| one_line(l) == line) {
                    wrong.push(format!(
                        "{} article {}: furniture in the body: {line}",
                        page.file,
                        n + 1
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_span_lies_where_it_says() {
    for (uri, reading) in readings() {
        for a in &reading.articles {
            let text = &a.article.text;
            for s in &a.sentences {
                let words = s.span.of(text);
                if !a.article.segments.is_empty() {
                    let on_page = a
                        .article
                        .on_page(s.span)
                        .unwrap_or_else(|| panic!("{uri}: {words} has a place"));
                    assert_eq!(
                        one_line(on_page.of(&reading.page.text)),
                        one_line(words),
                        "{uri}"
                    );
                }
            }
            for statement in &a.statements {
                assert!(
                    statement
                        .content
                        .iter()
                        .all(|c| text.get(c.start..c.end).is_some()),
                    "{uri}"
                );
            }
        }
    }
}
