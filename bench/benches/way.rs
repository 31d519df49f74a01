//! How fast the steps are, on the pages of `examples/`. One thread; bytes are those of the
//! decoded page.

#![allow(clippy::disallowed_methods)] // reads its pages from disk

use std::fs;
use std::path::Path;

use divan::counter::{BytesCount, ItemsCount};
use onrecord::lexicon::Lexicon;
use onrecord::model::{MediaType, Page, RawPage, sha256_hex};
use onrecord::{Kit, pages};
use onrecord_language::Isa;

fn main() {
    Lexicon::built_in();
    divan::main();
}

fn example_pages(media_type: MediaType) -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pages");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("examples")
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    let decode = |path: &std::path::PathBuf| {
        let bytes = fs::read(path).ok()?;
        let raw = RawPage {
            uri: path.display().to_string(),
            sha256: sha256_hex(&bytes),
            bytes,
            ..RawPage::default()
        };
        Some(pages::decode(&raw).ok()?.0)
    };
    let is_page =
        |p: &&std::path::PathBuf| p.extension().is_some_and(|e| e == "txt" || e == "html");
    paths
        .iter()
        .filter(is_page)
        .filter_map(decode)
        .filter(|p| p.media_type == media_type)
        .collect()
}

fn bytes(pages: &[Page]) -> BytesCount {
    BytesCount::new(pages.iter().map(|p| p.text.len()).sum::<usize>())
}

#[divan::bench]
fn articles_of_text_pages(bencher: divan::Bencher) {
    let pages = example_pages(MediaType::Text);
    let lexicon = Lexicon::built_in();
    bencher.counter(bytes(&pages)).bench(|| {
        pages
            .iter()
            .map(|p| {
                pages::articles(p, &Default::default(), lexicon)
                    .articles
                    .len()
            })
            .sum::<usize>()
    });
}

#[divan::bench]
fn articles_of_html_pages(bencher: divan::Bencher) {
    let pages = example_pages(MediaType::Html);
    let lexicon = Lexicon::built_in();
    bencher.counter(bytes(&pages)).bench(|| {
        pages
            .iter()
            .map(|p| {
                pages::articles(p, &Default::default(), lexicon)
                    .articles
                    .len()
            })
            .sum::<usize>()
    });
}

#[divan::bench]
fn sentences(bencher: divan::Bencher) {
    let lexicon = Lexicon::built_in();
    let articles: Vec<_> = example_pages(MediaType::Text)
        .iter()
        .flat_map(|p| pages::articles(p, &Default::default(), lexicon).articles)
        .collect();
    let bytes = BytesCount::new(articles.iter().map(|a| a.text.len()).sum::<usize>());
    bencher.counter(bytes).bench(|| {
        articles
            .iter()
            .map(|a| onrecord_language::sentences(a, lexicon).0.len())
            .sum::<usize>()
    });
}

/// Words cut, tagged, parsed and lemmatised, on one thread, by the instructions that this
/// processor has.
#[divan::bench(args = Isa::available())]
fn parse_in_words(bencher: divan::Bencher, isa: Isa) {
    let lexicon = Lexicon::built_in();
    let engine = onrecord_language::Engine::new(onrecord_language::WEIGHTS);
    let engine = engine.expect("our own weights").with_isa(isa);
    let articles: Vec<_> = example_pages(MediaType::Text)
        .iter()
        .flat_map(|p| pages::articles(p, &Default::default(), lexicon).articles)
        .collect();
    let parse = || {
        articles
            .iter()
            .map(|a| {
                let (mut sentences, _) = onrecord_language::sentences(a, lexicon);
                onrecord_language::parse(&a.text, &mut sentences, &engine, lexicon);
                sentences.iter().map(|s| s.words.len()).sum::<usize>()
            })
            .sum::<usize>()
    };
    bencher.counter(ItemsCount::new(parse())).bench(parse);
}

#[divan::bench]
fn load_engine() -> onrecord_language::Engine {
    onrecord_language::Engine::new(onrecord_language::WEIGHTS).expect("our own weights")
}

#[divan::bench]
fn whole_way_in_sentences(bencher: divan::Bencher) {
    let kit = Kit::new(Lexicon::built_in());
    let pages = example_pages(MediaType::Text);
    let read = |page: &Page| onrecord::read(page.clone(), Vec::new(), &Default::default(), kit);
    let sentences: usize = pages
        .iter()
        .map(|p| {
            read(p)
                .articles
                .iter()
                .map(|a| a.sentences.len())
                .sum::<usize>()
        })
        .sum();
    bencher
        .counter(ItemsCount::new(sentences))
        .bench(|| pages.iter().map(|p| read(p).articles.len()).sum::<usize>());
}
