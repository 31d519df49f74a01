//! CPU time of searches in a record, the median of five after one to warm up:
//! `cargo run --release -p onrecord-record --example searches -- RECORD [WORDS...]`.
#![allow(clippy::disallowed_methods)] // reads a clock of the machine

use std::error::Error;
use std::path::Path;

use onrecord_record::{Filter, Record, RecordError, Search};

/// Words of the generated record: rare and common ones, phrases, names.
const WORDS: [&str; 14] = [
    "vineyard",
    "agreement",
    "said",
    "the",
    "agreement troops",
    "ceasefire -troops",
    "\"the old bridge\"",
    "\"troops the\"",
    "\"foreign troops\" OR vineyard",
    "pipel*",
    "re*",
    "Marit Paseldaum",
    "CRA190 agreement",
    "the of in",
];

/// Nanoseconds that this thread has run.
fn cpu() -> Result<u64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

fn timed(mut work: impl FnMut() -> Result<u64, RecordError>) -> Result<(u64, f64), Box<dyn Error>> {
    let mut times = Vec::new();
    let mut found = work()?;
    for _ in 0..5 {
        let start = cpu()?;
        found = work()?;
        times.push(cpu()? - start);
    }
    times.sort_unstable();
    Ok((found, times[2] as f64 / 1e6))
}

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((path, words)) = args.split_first() else {
        return Err("usage: searches RECORD [WORDS...]".into());
    };
    let record = Record::open_read(Path::new(path))?;
    let usual = WORDS.map(str::to_owned);
    let words = if words.is_empty() { &usual[..] } else { words };
    let actor = |name: &str| -> Result<Option<String>, RecordError> {
        let found = record.find_actors(name)?;
        let id = |actor: &onrecord_record::Map| actor["actor_id"].as_str().map(str::to_owned);
        Ok(found.first().and_then(id))
    };
    let (busy, quiet) = (actor("Adela")?, actor("CRA190")?);
    let filters = [
        ("", Filter::default()),
        ("since 2023", Filter::default().since("2023")),
        (
            "one day",
            Filter::default().since("2011-03-07").until("2011-03-07"),
        ),
        ("an outlet", Filter::default().outlet("bulletin")),
        (
            "an actor",
            Filter {
                actor: quiet.clone(),
                ..Filter::default()
            },
        ),
        (
            "another actor",
            Filter {
                actor: busy,
                ..Filter::default()
            },
        ),
        (
            "two actors",
            Filter {
                actor: quiet.clone(),
                with: actor("Zora")?,
                ..Filter::default()
            },
        ),
    ];
    let mut worst: f64 = 0.0;
    let mut show = |what: String, (found, ms): (u64, f64)| {
        println!("{ms:8.1} ms  {found:>9}  {what}");
        worst = worst.max(ms);
    };
    for words in words {
        for (name, filter) in &filters {
            for newest in [false, true] {
                let search = Search {
                    words: words.clone(),
                    filter: filter.clone(),
                    limit: Some(20),
                    newest,
                    ..Search::default()
                };
                let way = if newest { "newest" } else { "best" };
                let found = timed(|| Ok(record.search(&search)?.all.len() as u64))?;
                show(format!("{words}, {name}, {way}"), found);
            }
        }
        for (table, column, value) in [
            ("statements", "kind", "direct"),
            ("events", "event_type", "PROTEST"),
            ("positions", "issue", "sanctions"),
            ("framings", "tone", "neutral"),
        ] {
            for actor in [None, quiet.clone()] {
                let search = Search {
                    words: words.clone(),
                    filter: Filter {
                        actor,
                        ..Filter::default().equal(column, value)
                    },
                    limit: Some(20),
                    ..Search::default()
                };
                let found = timed(|| Ok(record.search_rows(table, &search)?.all.len() as u64))?;
                let of = search.filter.actor.is_some();
                show(format!("{words}, {table} of {value}, actor {of}"), found);
            }
        }
        let search = Search {
            words: words.clone(),
            ..Search::default()
        };
        show(
            format!("{words}, count"),
            timed(|| Ok(record.search_count(None, &search)?.all))?,
        );
    }
    // The first rows of tables: all, and those of the actor who is named most.
    let busiest = record.sql(
        "select actor_id from mentions where actor_id is not null group by 1
         order by count(*) desc limit 1",
    )?;
    let busiest = busiest.first().and_then(|row| row["actor_id"].as_str());
    for actor in [None, busiest.map(str::to_owned)] {
        for table in ["statements", "events", "positions", "mentions"] {
            let filter = Filter {
                actor: actor.clone(),
                ..Filter::default()
            };
            let of = actor.is_some();
            let rows = timed(|| Ok(record.table(table, &filter, Some(20))?.len() as u64))?;
            show(format!("first {table}, of the busiest actor {of}"), rows);
        }
    }
    println!("{worst:8.1} ms  at most");
    Ok(())
}
