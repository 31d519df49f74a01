//! Writes a record of as many articles as asked, of invented text, the same at every run; goes
//! on where a run that was stopped was:
//! `cargo run --release -p onrecord-record --example generate -- ARTICLES RECORD [hostile]`.
//! In a hostile one, an actor whose name is markup, endless and turned has a part in every row.
#![allow(clippy::disallowed_methods)] // writes a file and tells how far it is

mod article;
mod cast;
mod rows;
mod words;

use std::collections::VecDeque;
use std::error::Error;
use std::path::Path;

use onrecord_model::{
    Across, Disagreement, DisagreementKind, Id, PartialDate, Reading, Story, id_of,
};
use onrecord_record::{Record, RunConfig};

/// The clock of the generated record stands still.
const WHEN: &str = "2026-01-01T00:00:00Z";

/// What a reprint and its original are compared by.
struct Printed {
    article: Id,
    title: String,
    publisher: String,
    date: Option<PartialDate>,
    events: Vec<Id>,
    statements: Vec<Id>,
    sentence: Id,
}

#[allow(clippy::print_stderr)]
fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (articles, path, hostile) = match args.as_slice() {
        [articles, path] => (articles, path, false),
        [articles, path, word] if word == "hostile" => (articles, path, true),
        _ => return Err("usage: generate ARTICLES RECORD [hostile]".into()),
    };
    let articles: u64 = articles.parse().map_err(|_| "ARTICLES is a whole number")?;
    let path = Path::new(path);
    let words = words::Words::new(hostile);
    let mut record = Record::open(path)?;
    let run = record.begin_run(&RunConfig {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lexicon_sha256: "generated".to_owned(),
        weights_sha256: None,
        settings: r#"{"generated": true}"#.to_owned(),
        started: WHEN.to_owned(),
    })?;
    let mut across = Across::default();
    let mut last: VecDeque<Printed> = VecDeque::new();
    for number in 0..articles {
        let reading = article::page(&words, number);
        if record.state(&reading.page.id)?.is_none() {
            record.write_page(&reading, &run, "generated", WHEN)?;
        }
        let printed = printed(&reading);
        if number % 20 == 19 {
            reprint(&mut across, &last[last.len() - 7], &printed);
        } else if number % 200 == 57 {
            across
                .disagreements
                .push(disagreement(&last[0], &printed, number));
        }
        last.push_back(printed);
        if last.len() > 7 {
            last.pop_front();
        }
        if (number + 1) % 10_000 == 0 {
            eprintln!("{} articles", number + 1);
        }
    }
    record.write_across(&across)?;
    record.end_run(&run, WHEN)?;
    Ok(())
}

fn printed(reading: &Reading) -> Printed {
    let a = &reading.articles[0];
    Printed {
        article: a.article.id.clone(),
        title: a.article.title.clone().unwrap_or_default(),
        publisher: a.article.publisher.clone().unwrap_or_default(),
        date: a.article.published,
        events: a.events.iter().map(|e| e.id.clone()).collect(),
        statements: a.statements.iter().map(|s| s.id.clone()).collect(),
        sentence: a.sentences[0].id.clone(),
    }
}

/// The same text twice: a story of the articles, and one of each row in them.
fn reprint(across: &mut Across, first: &Printed, second: &Printed) {
    let mut publishers = vec![first.publisher.clone(), second.publisher.clone()];
    publishers.sort();
    publishers.dedup();
    let story = |kind: &str, title: &str, rows: [&Id; 2]| Story {
        id: id_of("sy", &[kind, rows[0], rows[1]]),
        kind: kind.to_owned(),
        title: title.to_owned(),
        first: first.date,
        last: second.date,
        articles: vec![first.article.clone(), second.article.clone()],
        publishers: publishers.clone(),
        rows: rows.map(Id::clone).to_vec(),
    };
    across.stories.push(story(
        "text",
        &first.title,
        [&first.article, &second.article],
    ));
    for rows in first.events.iter().zip(&second.events) {
        across
            .stories
            .push(story("event", &first.title, [rows.0, rows.1]));
    }
    for rows in first.statements.iter().zip(&second.statements) {
        across
            .stories
            .push(story("utterance", &first.title, [rows.0, rows.1]));
    }
    across
        .same_text
        .push((second.article.clone(), first.article.clone()));
}

fn disagreement(first: &Printed, second: &Printed, number: u64) -> Disagreement {
    Disagreement {
        id: id_of("di", &[&first.sentence, &second.sentence]),
        about: "how many were arrested".to_owned(),
        sentences: vec![first.sentence.clone(), second.sentence.clone()],
        values: vec![(number % 17).to_string(), (number % 17 + 3).to_string()],
        kind: DisagreementKind::Difference,
    }
}
