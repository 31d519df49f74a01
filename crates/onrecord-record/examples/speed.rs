//! How fast pages are written: `cargo run --release -p onrecord-record --example speed -- PAGES`.
#![allow(clippy::disallowed_methods)] // measures time

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

use common::{Sample, config, reading};
use onrecord_model::{Reading, Sentence, Span, id_of};
use onrecord_record::{Filter, Record, Search};

/// A page of the size of a news page: thirty sentences and about a hundred other rows.
fn long(number: u32) -> Reading {
    let mut reading = reading(&Sample {
        number,
        ..Sample::default()
    });
    let a = &mut reading.articles[0];
    let one = a.article.text.clone();
    for copy in 1..10_usize {
        let base = a.article.text.len() + 2;
        a.article.text.push_str("\n\n");
        a.article.text.push_str(&one);
        let moved = |span: Span| Span::new(span.start + base, span.end + base);
        let id = |old: &str| id_of(&old[..2], &[old, &copy.to_string()]);
        for at in 0..3 {
            let first = &a.sentences[at];
            let sentence = Sentence {
                words: Vec::new(),
                names: Vec::new(),
                mentions: Vec::new(),
                vectors: Vec::new(),
                id: id(&first.id),
                n: copy * 3 + at,
                span: moved(first.span),
                ..first.clone()
            };
            a.sentences.push(sentence);
        }
        for at in 0..4 {
            let mut mention = a.mentions[at].clone();
            (mention.id, mention.span) = (id(&mention.id), moved(mention.span));
            mention.sentence += copy * 3;
            a.mentions.push(mention);
        }
        let (mut statement, mut event) = (a.statements[0].clone(), a.events[0].clone());
        (statement.id, statement.sentences) = (id(&statement.id), vec![copy * 3]);
        (event.id, event.sentence) = (id(&event.id), copy * 3 + 1);
        a.statements.push(statement);
        a.events.push(event);
    }
    reading
}

#[allow(clippy::print_stdout)]
fn main() {
    let pages: u32 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(2000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("speed.onrecord");
    let mut record = Record::open(&path).expect("a record");
    let run = record.begin_run(&config()).expect("a run");
    let mut rows = 0;
    let mut writing = std::time::Duration::ZERO;
    for number in 0..pages {
        let reading = long(number);
        let start = Instant::now();
        let counts = record
            .write_page(&reading, &run, "f", "t")
            .expect("written");
        writing += start.elapsed();
        rows += counts.values().sum::<u64>();
        if (number + 1) % (pages / 5).max(1) == 0 {
            println!(
                "{:>8} pages, {rows:>9} rows, {:6.0} rows/s so far",
                number + 1,
                rows as f64 / writing.as_secs_f64()
            );
        }
    }
    let timed = |what: &str, n: u64, start: Instant| {
        let seconds = start.elapsed().as_secs_f64();
        println!("{what}: {n} in {seconds:.2} s, {:.0}/s", n as f64 / seconds);
    };
    let start = Instant::now();
    timed("write again, pages", u64::from(pages.min(500)), {
        for number in 0..pages.min(500) {
            record
                .write_page(&long(number), &run, "g", "t")
                .expect("written");
        }
        start
    });
    let start = Instant::now();
    record.end_run(&run, "t").expect("ended");
    timed("end of run", 1, start);
    let start = Instant::now();
    let pile = record.pile().expect("a pile");
    timed("pile, articles", pile.articles.len() as u64, start);
    let start = Instant::now();
    let n = record.for_each("statements", &Filter::default(), None, |_| {
        Ok::<_, onrecord_record::RecordError>(())
    });
    timed("statements listed", n.expect("rows"), start);
    let start = Instant::now();
    let n = record
        .table("statements", &Filter::default(), Some(100))
        .expect("rows")
        .len();
    timed("first statements", n as u64, start);
    let start = Instant::now();
    let n = record
        .search(&Search {
            words: "shelled port".to_owned(),
            limit: Some(20),
            ..Search::default()
        })
        .expect("hits")
        .all
        .len();
    timed("search", n as u64, start);
    drop(record);
    let bytes = std::fs::metadata(&path).expect("a file").len();
    println!(
        "{} bytes a page, {} bytes a row",
        bytes / u64::from(pages),
        bytes / rows
    );
}
