//! CPU time and memory of each step across pages, on a record that is written to:
//! `cargo run --release -p onrecord-record --example across -- RECORD`.
#![allow(clippy::disallowed_methods)] // reads the machine's counters

#[path = "../../crates/onrecord-record/tests/common/steps.rs"]
mod steps;

use std::error::Error;
use std::path::Path;

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;
use steps::Steps;

/// Nanoseconds that this thread has run.
fn cpu() -> Result<u64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

/// The most memory held since the last call of [`forget_peak`], and what is held now, in MB.
fn memory() -> Result<(u64, u64), Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let of = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        number.unwrap_or(0) / 1024
    };
    Ok((of("VmHWM:"), of("VmRSS:")))
}

fn forget_peak() -> Result<(), Box<dyn Error>> {
    Ok(std::fs::write("/proc/self/clear_refs", "5")?)
}

#[allow(clippy::print_stdout)]
fn timed<T>(
    what: &str,
    articles: u64,
    work: impl FnOnce() -> Result<T, Box<dyn Error>>,
) -> Result<T, Box<dyn Error>> {
    forget_peak()?;
    let start = cpu()?;
    let done = work()?;
    let seconds = (cpu()? - start) as f64 / 1e9;
    let (peak, now) = memory()?;
    let each = seconds * 1e6 / articles.max(1) as f64;
    println!(
        "{what:<28} {seconds:>9.2} s {each:>9.1} us an article; peak {peak:>6} MB, now {now:>6} MB"
    );
    Ok(done)
}

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path] = args.as_slice() else {
        return Err("usage: across RECORD".into());
    };
    let lexicon = Lexicon::built_in();
    let mut record = Record::open(Path::new(path))?;
    let n = record.counts()?.get("articles").copied().unwrap_or(0);
    println!("{n} articles");
    let actors = timed("actors, loaded", n, || Ok(record.pile_actors()?))?;
    let joins = timed("actors, joined", n, || {
        Ok(onrecord_actors::join(&actors, lexicon))
    })?;
    drop(actors);
    timed("joins, written", n, || Ok(record.write_joins(&joins)?))?;
    drop(joins);
    timed("compared", n, || Ok(record.compare(&Steps)?))?;
    timed("nothing new, compared", n, || Ok(record.compare(&Steps)?))?;
    let pages = record.sql("select page_id from pages order by page_id limit 10")?;
    timed("ten pages taken out", 10, || {
        for page in &pages {
            record.remove_page(page["page_id"].as_str().unwrap_or_default())?;
        }
        Ok(())
    })?;
    let done = timed("then compared", n, || Ok(record.compare(&Steps)?))?;
    println!(
        "{} articles and {} blocks in that",
        done.articles, done.blocks
    );
    let counts = record.counts()?;
    for table in ["stories", "disagreements", "reprints"] {
        println!("{table}: {}", counts.get(table).copied().unwrap_or(0));
    }
    Ok(())
}
