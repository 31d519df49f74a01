//! Makes a pile of raw news pages of known truth, the same at every run:
//! `cargo run --release -p onrecord-bench --example pile -- N OUT [--seed S]
//! [--format folder|warc|jsonl] [--texts DIR] [--bodies]`. What it makes: `README.md`.
#![allow(clippy::disallowed_methods)] // reads texts and writes files
#![allow(missing_docs)]

mod article;
mod cast;
mod looks;
mod out;
mod outlet;
mod source;
mod story;
#[path = "../records/words.rs"]
#[allow(dead_code)] // the generated record needs more of them
mod words;

use std::error::Error;
use std::path::{Path, PathBuf};

use out::{Format, Out};
use source::{Source, Vocabulary};
use words::{Random, Words};

const USAGE: &str = "usage: pile N OUT [--seed S] [--format folder|warc|jsonl] [--texts DIR] \
                     [--bodies]";

/// What every page is made with.
pub struct Bench {
    pub seed: u64,
    pub sources: Vec<Source>,
    pub vocabulary: Vocabulary,
    pub words: Words,
    pub given: Vec<&'static str>,
    pub cities: Vec<&'static str>,
}

/// What is asked for.
struct Asked {
    pages: u64,
    out: PathBuf,
    seed: u64,
    format: Format,
    texts: Option<PathBuf>,
    bodies: bool,
}

#[allow(clippy::print_stderr)]
fn main() -> Result<(), Box<dyn Error>> {
    let asked = asked()?;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pages");
    let mut sources = source::read(&examples)?;
    if let Some(folder) = &asked.texts {
        sources.extend(source::read(folder)?);
    }
    let cities = include_str!("../../lexicon/places/cities.tsv").lines();
    let bench = Bench {
        seed: asked.seed,
        vocabulary: Vocabulary::of(&sources),
        sources,
        words: Words::new(false),
        given: onrecord_bench::given_names(),
        cities: cities
            .filter(|line| !line.starts_with('#') && line.contains('\t'))
            .filter_map(|line| line.split('\t').next())
            .collect(),
    };
    let mut out = Out::new(&asked.out, asked.format, asked.bodies)?;
    for n in 0..asked.pages {
        let page = story::page(&bench, n);
        out.write(&page, &looks::of(&bench, &page))?;
        if (n + 1) % 10_000 == 0 {
            eprintln!("{} pages", n + 1);
        }
    }
    out.end()
}

fn asked() -> Result<Asked, Box<dyn Error>> {
    let mut named = Vec::new();
    let (mut seed, mut format, mut texts, mut bodies) = (1, Format::Folder, None, false);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(USAGE);
        match word.as_str() {
            "--seed" => seed = value()?.parse().map_err(|_| USAGE)?,
            "--format" => format = Format::named(&value()?).ok_or(USAGE)?,
            "--texts" => texts = Some(PathBuf::from(value()?)),
            "--bodies" => bodies = true,
            _ => named.push(word),
        }
    }
    let [pages, out] = named.as_slice() else {
        return Err(USAGE.into());
    };
    Ok(Asked {
        pages: pages.parse().map_err(|_| USAGE)?,
        out: PathBuf::from(out),
        seed,
        format,
        texts,
        bodies,
    })
}

/// One number of several, near to random.
pub fn mixed(parts: &[u64]) -> u64 {
    parts.iter().fold(0x6f6e, |all, part| {
        Random::new(all ^ part.wrapping_mul(0x2545_f491_4f6c_dd1d)).below(u64::MAX)
    })
}

/// One number of a text.
pub fn number_of_text(text: &str) -> u64 {
    // FNV-1a
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |all, byte| {
        (all ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A place in a list of so many.
pub fn number(random: u64, below: usize) -> usize {
    (random % below.max(1) as u64) as usize
}
