//! Who the pronouns are that speak in PolNeAR's development texts: the annotations of
//! `bench/coref`, where the texts are at hand.
#![allow(clippy::disallowed_methods, clippy::print_stderr)] // a test reads files and says what it skips

use std::collections::BTreeMap;
use std::path::PathBuf;

use onrecord::Kit;
use onrecord::lexicon::Lexicon;
use onrecord::model::{Article, Span};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The byte at which a code point begins.
fn byte(text: &str, point: usize) -> usize {
    text.char_indices()
        .nth(point)
        .map_or(text.len(), |(at, _)| at)
}

#[test]
fn pronouns_that_speak_are_who_they_are() {
    let folder = root().join("../shared/data/polnear/dev/text");
    let table = root().join("bench/coref/polnear-dev-pronouns.tsv");
    let table = std::fs::read_to_string(table).unwrap();
    if !folder.is_dir() {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    }
    let mut files: BTreeMap<&str, Vec<[&str; 5]>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, start, end, from, to, kind] = cells[..] else {
            panic!("{line}");
        };
        files
            .entry(file)
            .or_default()
            .push([start, end, from, to, kind]);
    }
    let kit = Kit::new(Lexicon::built_in());
    let (mut right, mut wrong, mut open, mut none_open, mut none) = (0, 0, 0, 0, 0);
    for (file, rows) in files {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let reading = onrecord::read_article(Article::new("pg-1".into(), 1, text.clone()), kit);
        let span = |from: &str, to: &str| {
            let point = |at: &str| byte(&text, at.parse().unwrap());
            Span::new(point(from), point(to))
        };
        let actors = |span: Span| -> Vec<_> {
            let here = reading.mentions.iter().filter(|m| m.span.overlaps(span));
            here.filter_map(|m| m.actor.clone()).collect()
        };
        for [start, end, from, to, kind] in rows {
            let found = actors(span(start, end));
            if kind == "none" {
                none += 1;
                none_open += usize::from(found.is_empty());
                continue;
            }
            let antecedent = span(from, to);
            let is = actors(antecedent);
            let same = found.iter().any(|actor| is.contains(actor));
            if found.is_empty() {
                open += 1;
            } else if same {
                right += 1;
            } else {
                wrong += 1;
            }
            if !same && std::env::var_os("SHOW").is_some() {
                let around = &text[byte(&text, start.parse::<usize>().unwrap().saturating_sub(160))
                    ..span(start, end).end];
                let name = |id: &String| {
                    let actor = reading.actors.iter().find(|a| a.id == *id);
                    actor.map_or("?", |a| a.name.as_str()).to_owned()
                };
                eprintln!(
                    "{kind} should be {} {:?}; is {:?}: ...{}\n",
                    antecedent.of(&text),
                    is.iter().map(name).collect::<Vec<_>>(),
                    found.iter().map(name).collect::<Vec<_>>(),
                    around.replace('\n', " ")
                );
            }
        }
    }
    eprintln!(
        "{right} right, {wrong} wrong, {open} open of {}; {none_open} of {none} that stand for \
         nobody are open",
        right + wrong + open
    );
    assert!(right + wrong + open + none == 200);
}
