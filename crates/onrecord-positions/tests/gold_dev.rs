//! Positions, outlooks and framings on two pages annotated by hand, where these lie beside
//! the repository. Prints every row that is too many and every one that is missing.

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use std::fs;
use std::path::Path;

use onrecord::Kit;
use onrecord::lexicon::Lexicon;
use onrecord::model::{ArticleReading, MediaType, RawPage, Reading, Span, sha256_hex};
use serde_json::Value;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");

fn pages() -> Option<Vec<(Reading, Value)>> {
    let mut pages = Vec::new();
    for n in ["002", "003"] {
        let gold = fs::read_to_string(Path::new(SHARED).join(format!("gold-dev/seed-{n}.json")));
        let Ok(gold) = gold else {
            println!("skipped: no annotated pages beside the repository");
            return None;
        };
        let gold: Value = serde_json::from_str(&gold).expect("JSON");
        let name = gold["seed"].as_str().expect("a file name");
        pages.push((read(&Path::new(SHARED).join("seeds").join(name)), gold));
    }
    Some(pages)
}

fn read(path: &Path) -> Reading {
    let bytes = fs::read(path).expect("the page");
    let uri = path.display().to_string();
    let raw = RawPage {
        uri,
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    };
    let (mut page, notes) = onrecord::pages::decode(&raw).expect("a page");
    page.media_type = MediaType::Text;
    onrecord::read(
        page,
        notes,
        &Default::default(),
        Kit::new(Lexicon::built_in()),
    )
}

/// A row of either side: who, what, and where on the page in code points.
struct Row {
    who: String,
    what: String,
    at: (usize, usize),
    marginal: bool,
}

fn points(reading: &Reading, article: &ArticleReading, span: Span) -> (usize, usize) {
    let on_page = article.article.on_page(span).expect("plain text");
    let count = |end: usize| reading.page.text[..end].chars().count();
    (count(on_page.start), count(on_page.end))
}

fn gold_rows(gold: &Value, table: &str, what: &str, keep: impl Fn(&Value) -> bool) -> Vec<Row> {
    let sentences = gold["sentences"].as_array().expect("sentences");
    let mut rows = Vec::new();
    for row in gold[table]
        .as_array()
        .expect("a table")
        .iter()
        .filter(|r| keep(r))
    {
        let ids = row["sentence_id"].as_str().expect("an id");
        let (first, last) = ids.split_once('-').unwrap_or((ids, ids));
        let at = |id: &str, key: &str| {
            let found = sentences
                .iter()
                .find(|s| s["id"] == id)
                .expect("a sentence");
            usize::try_from(found[key].as_u64().expect("a place")).expect("small")
        };
        rows.push(Row {
            who: row["actor"].as_str().expect("an actor").to_owned(),
            what: row[what].as_str().expect("a value").to_owned(),
            at: (at(first, "char_start"), at(last, "char_end")),
            marginal: row["marginal"] == true,
        });
    }
    rows
}

/// Precision and recall; rows left in doubt count for neither.
fn score(title: &str, ours: &[Row], gold: &[Row], same: impl Fn(&str, &str) -> bool) -> (f64, f64) {
    let matches = |a: &Row, b: &Row| {
        a.who == b.who && same(&a.what, &b.what) && a.at.0 < b.at.1 && b.at.0 < a.at.1
    };
    let mut right = 0;
    let mut wrong = 0;
    for row in ours {
        match gold.iter().find(|g| matches(row, g)) {
            Some(g) if g.marginal => {}
            Some(_) => right += 1,
            None => {
                wrong += 1;
                println!(
                    "{title}: too many: {} | {} | {:?}",
                    row.who, row.what, row.at
                );
            }
        }
    }
    let sure: Vec<&Row> = gold.iter().filter(|g| !g.marginal).collect();
    let mut hit = 0;
    for row in &sure {
        if ours.iter().any(|o| matches(o, row)) {
            hit += 1;
        } else {
            println!(
                "{title}: missing: {} | {} | {:?}",
                row.who, row.what, row.at
            );
        }
    }
    let share = |n: i32, of: i32| {
        if of == 0 {
            1.0
        } else {
            f64::from(n) / f64::from(of)
        }
    };
    let precision = share(right, right + wrong);
    let recall = share(hit, i32::try_from(sure.len()).expect("few"));
    println!(
        "{title}: precision {precision:.2} ({right}/{}), recall {recall:.2} ({hit}/{})",
        right + wrong,
        sure.len()
    );
    (precision, recall)
}

fn name(article: &ArticleReading, id: &str) -> String {
    article
        .actor(id)
        .map_or_else(|| "?".to_owned(), |a| a.name.clone())
}

#[test]
fn positions() {
    let Some(pages) = pages() else { return };
    let (mut ours, mut gold) = (Vec::new(), Vec::new());
    for (reading, labels) in &pages {
        for article in &reading.articles {
            for p in article
                .positions
                .iter()
                .filter(|p| p.issue == "foreign-troops-in-iraq")
            {
                ours.push(Row {
                    who: name(article, &p.actor),
                    what: p.stance.name().to_owned(),
                    at: points(reading, article, article.sentences[p.sentence].span),
                    marginal: false,
                });
            }
        }
        let issue = "foreign (US) troops in Iraq";
        gold.extend(gold_rows(labels, "positions", "stance", |r| {
            r["issue"] == issue
        }));
    }
    let (precision, recall) = score("positions", &ours, &gold, |a, b| a == b);
    assert!(precision >= 0.85 && recall >= 0.6, "{precision} {recall}");
}

#[test]
fn outlooks() {
    let Some(pages) = pages() else { return };
    let (mut ours, mut gold) = (Vec::new(), Vec::new());
    for (reading, labels) in &pages {
        for article in &reading.articles {
            for o in &article.outlooks {
                ours.push(Row {
                    who: name(article, &o.actor),
                    what: o.outlook_type.name().to_owned(),
                    at: points(reading, article, article.sentences[o.sentence].span),
                    marginal: false,
                });
            }
        }
        gold.extend(gold_rows(labels, "outlooks", "type", |_| true));
    }
    let (precision, recall) = score("outlooks", &ours, &gold, |a, b| a == b);
    assert!(precision >= 0.85 && recall >= 0.7, "{precision} {recall}");
}

#[test]
fn framings() {
    let Some(pages) = pages() else { return };
    let (mut ours, mut gold) = (Vec::new(), Vec::new());
    for (reading, labels) in &pages {
        for article in &reading.articles {
            for f in &article.framings {
                ours.push(Row {
                    who: name(article, &f.actor),
                    what: article.words(f.label).to_owned(),
                    at: points(reading, article, f.label),
                    marginal: false,
                });
            }
        }
        gold.extend(gold_rows(labels, "framings", "label", |_| true));
    }
    let (precision, recall) = score("framings", &ours, &gold, |a, b| {
        a.contains(b) || b.contains(a)
    });
    assert!(precision >= 0.8 && recall >= 0.2, "{precision} {recall}");
}
