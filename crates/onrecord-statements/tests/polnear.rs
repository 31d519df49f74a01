//! Measures the step on the development articles of PolNeAR, where they are at hand.
//!
//! A row is right if its cue touches the cue of an attribution and at least half of the
//! two contents is shared. The corpus leaves out nested attributions and marks views and
//! feelings that are no statements here, so recall has a ceiling.

#![allow(clippy::disallowed_methods)] // a measure reads its pages from disk

use std::collections::BTreeMap;
use std::path::Path;

use onrecord::model::{Article, Span};
use onrecord::{Kit, lexicon::Lexicon};

/// So many articles are read.
const MOST: usize = 130;

const FLOORS: [(&str, f64); 2] = [("precision", 0.87), ("recall", 0.43)];

#[derive(Default)]
struct Attribution {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
}

#[test]
#[allow(clippy::print_stdout)]
fn the_rules_reach_their_floors_on_polnear() {
    // `POLNEAR=train` looks at articles to learn from instead
    let part = std::env::var("POLNEAR").unwrap_or_else(|_| "dev".into());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/polnear")
        .join(&part);
    if !folder.is_dir() {
        println!("skipped: PolNeAR is not beside the repository");
        return;
    }
    let mut annotated: BTreeMap<String, std::path::PathBuf> = BTreeMap::new();
    for entry in std::fs::read_dir(folder.join("attributions")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let stem = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let name = stem
            .rsplit_once('_')
            .map_or(stem.as_str(), |(name, _)| name)
            .to_owned();
        // of several annotators the first
        let first = annotated.entry(name).or_insert_with(|| path.clone());
        *first = first.clone().min(path);
    }
    let (mut found, mut right, mut all, mut sources, mut nested) = (0, 0, 0, 0, 0);
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_rule: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (name, path) in annotated.iter().take(MOST) {
        let Ok(text) = std::fs::read_to_string(folder.join("text").join(format!("{name}.txt")))
        else {
            continue;
        };
        let gold = attributions(&std::fs::read_to_string(path).expect("readable"), &text);
        // the corpus parts paragraphs by one line end
        let (spaced, back) = paragraphs(&text);
        let article = Article::new("pg-polnear".into(), 1, spaced);
        let reading = onrecord::read_article(article, Kit::new(Lexicon::built_in()));
        let mut taken = vec![false; gold.len()];
        for row in &reading.statements {
            if row.nested_in.is_some() {
                nested += 1;
                continue;
            }
            found += 1;
            let here = |span: &Span| Span::new(back[span.start], back[span.end]);
            let content: Vec<Span> = row.content.iter().map(here).collect();
            let fit = gold.iter().enumerate().position(|(g, a)| {
                let cue = match &row.cue {
                    Some(cue) => a.cue.iter().any(|c| c.overlaps(here(cue))),
                    None => true,
                };
                !taken[g] && cue && share(&a.content, &content) >= 0.5
            });
            let rule = by_rule.entry(row.made_by.clone()).or_default();
            rule.1 += 1;
            match fit {
                Some(g) => {
                    right += 1;
                    rule.0 += 1;
                    taken[g] = true;
                    let named = row.speaker_span.map(|s| here(&s));
                    let same = named.is_some_and(|n| gold[g].source.iter().any(|s| s.overlaps(n)));
                    sources += usize::from(same || gold[g].source.is_empty() && named.is_none());
                }
                None => {
                    let cue = row.cue.map(|c| reading.words(c));
                    let said: Vec<_> = row.content.iter().map(|c| reading.words(*c)).collect();
                    println!(
                        "wrong: {} {cue:?} {said:?}\n    in: {}",
                        row.made_by,
                        reading.words(reading.sentences[row.sentence].span)
                    );
                }
            }
        }
        all += gold.len();
        for (_, attribution) in gold.iter().enumerate().filter(|(g, _)| !taken[*g]) {
            let words = |spans: &[Span]| spans.iter().map(|c| c.of(&text)).collect::<Vec<_>>();
            let cue = words(&attribution.cue);
            println!(
                "missed: {:?} {cue:?} {:?}",
                words(&attribution.source),
                words(&attribution.content)
            );
            *missed.entry(cue.join(" … ").to_lowercase()).or_default() += 1;
        }
    }
    let mut often: Vec<_> = missed.into_iter().collect();
    often.sort_by_key(|(cue, n)| (std::cmp::Reverse(*n), cue.clone()));
    println!("missed most: {:?}", &often[..often.len().min(60)]);
    println!("by rule (right, all): {by_rule:?}");
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    println!(
        "precision {:.3} ({right} of {found}; {nested} nested not counted)",
        share(right, found)
    );
    println!("recall {:.3} ({right} of {all})", share(right, all));
    println!("source words touched {:.3}", share(sources, right));
    let floors = if part == "dev" { &FLOORS[..] } else { &[] };
    for ((what, floor), value) in floors.iter().zip([share(right, found), share(right, all)]) {
        assert!(
            value >= *floor,
            "{what} {value:.3} is below the floor {floor}"
        );
    }
}

/// Shared bytes over all bytes of the two.
fn share(a: &[Span], b: &[Span]) -> f64 {
    let length = |all: &[Span]| all.iter().map(|s| s.len()).sum::<usize>();
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let shared: usize = pairs
        .map(|(x, y)| x.end.min(y.end).saturating_sub(x.start.max(y.start)))
        .sum();
    shared as f64 / (length(a) + length(b) - shared).max(1) as f64
}

/// The text with an empty line between paragraphs, and for each of its bytes (and its end)
/// the byte of the text it came from.
fn paragraphs(text: &str) -> (String, Vec<usize>) {
    let (mut spaced, mut back) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        for _ in 0..if c == '\n' { 2 } else { 1 } {
            spaced.push(c);
            back.extend((0..c.len_utf8()).map(|i| at + i));
        }
    }
    back.push(text.len());
    (spaced, back)
}

/// The attributions of a brat file; offsets in code points to bytes.
fn attributions(file: &str, text: &str) -> Vec<Attribution> {
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut found = Vec::new();
    for line in file.lines() {
        let mut cells = line.split('\t');
        let (Some(key), Some(what)) = (cells.next(), cells.next()) else {
            continue;
        };
        if key.starts_with('T') {
            let Some((_, places)) = what.split_once(' ') else {
                continue;
            };
            let place = |p: &str| {
                let (start, end) = p.split_once(' ')?;
                let at = |n: &str| bytes.get(n.parse::<usize>().ok()?).copied();
                Some(Span::new(at(start)?, at(end)?))
            };
            spans.insert(key, places.split(';').filter_map(place).collect());
        }
    }
    for line in file.lines().filter(|l| l.starts_with('E')) {
        let Some((_, what)) = line.split_once('\t') else {
            continue;
        };
        let mut one = Attribution::default();
        if !what.starts_with("Attribution") {
            continue;
        }
        for argument in what.split_whitespace() {
            let Some((role, key)) = argument.split_once(':') else {
                continue;
            };
            let part = spans.get(key).cloned().unwrap_or_default();
            match role.trim_end_matches(char::is_numeric) {
                "Source" => one.source.extend(part),
                "Cue" => one.cue.extend(part),
                "Content" => one.content.extend(part),
                _ => {}
            }
        }
        if !one.content.is_empty() {
            found.push(one);
        }
    }
    found
}
