//! Another dispute with nothing but a lexicon folder: the pages of `examples/pages` read
//! with `examples/lexicon`.

#![allow(clippy::disallowed_methods)] // reads its pages from disk

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::lexicon::{Lexicon, LexiconError};
use onrecord::model::{ArticleReading, RawPage, Stance, sha256_hex};
use onrecord::{Kit, pages};

const ISSUE: &str = "foreign-troops-in-talvaria";

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The articles of the text and HTML pages, in order of file names.
fn articles() -> Vec<ArticleReading> {
    let lexicon = Lexicon::with_folder(&examples().join("lexicon")).expect("examples/lexicon");
    let mut paths: Vec<_> = fs::read_dir(examples().join("pages"))
        .expect("examples/pages")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "html"))
        .collect();
    paths.sort();
    let mut articles = Vec::new();
    for path in paths {
        let bytes = fs::read(&path).expect("a readable page");
        let raw = RawPage {
            uri: path.display().to_string(),
            sha256: sha256_hex(&bytes),
            bytes,
            ..RawPage::default()
        };
        let (page, notes) =
            pages::decode(&raw).unwrap_or_else(|note| panic!("{}: {note:?}", raw.uri));
        let kit = Kit::new(&lexicon);
        articles.extend(onrecord::read(page, notes, &Default::default(), kit).articles);
    }
    articles
}

/// Under which forms the articles name each actor.
fn forms(articles: &[ArticleReading]) -> BTreeMap<String, BTreeSet<String>> {
    let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for actor in articles.iter().flat_map(|a| &a.actors) {
        forms
            .entry(actor.name.clone())
            .or_default()
            .extend(actor.aliases.iter().cloned());
    }
    forms
}

#[test]
fn spellings_come_together_and_namesakes_stay_apart() {
    let articles = articles();
    let forms = forms(&articles);
    let has = |name: &str, wanted: &[&str]| {
        let found = &forms[name];
        for form in wanted {
            assert!(found.contains(*form), "{name}: {form} not in {found:?}");
        }
        let strays = forms.iter().filter(|(other, _)| *other != name);
        for (other, theirs) in strays {
            for form in wanted {
                assert!(!theirs.contains(*form), "{form} is also {other}");
            }
        }
    };
    has(
        "Ruvan te-Halesh",
        &[
            "Ruvan te-Halesh",
            "Rouvan Te Halesh",
            "Ruvan Tehalesh",
            "Te-Halesh",
        ],
    );
    has(
        "Taymar Oskel",
        &[
            "Taymar Oskel",
            "Teymar Oskel",
            "Teimar Oskell",
            "Taimar Oskel",
        ],
    );
    has("Ilian Kavash", &["Ilian Kavash", "Ilyan Qavash"]);
    has(
        "Maruk Kavash",
        &["Maruk Kavash", "Marouk Qavash", "Karvash", "Kavash"],
    );
    has(
        "Ulush Brigades",
        &["Ulush Brigades", "Berani Ulush", "Brigades"],
    );
    has(
        "Government of Veldmark",
        &["United Provinces of Veldmark", "Harnstad", "UPV"],
    );
}

#[test]
fn positions_follow_the_story() {
    let articles = articles();
    let mut found: BTreeSet<(String, &str, i16)> = BTreeSet::new();
    let mut count = 0;
    for reading in &articles {
        for position in reading.positions.iter().filter(|p| p.issue == ISSUE) {
            let actor = reading.actor(&position.actor).expect("a known actor");
            let year = position.date.map_or(0, |d| d.year_number());
            found.insert((actor.name.clone(), position.stance.name(), year));
            count += 1;
            let against_the_story = match actor.name.as_str() {
                "Taymar Oskel" | "Parliament of Talvaria" | "Ulush Brigades" => {
                    position.stance != Stance::Oppose
                }
                "Bodrun Ashkel" | "Lurren Freedom Alliance" => position.stance != Stance::Support,
                // the trainers she wants to keep
                "Nessa Toruvel" if position.scope.is_some() => false,
                "Nessa Toruvel" => (position.stance == Stance::Support) == (year >= 2021),
                "Maruk Kavash" => (position.stance == Stance::Support) != (year >= 2021),
                _ => false,
            };
            assert!(!against_the_story, "{}: {position:?}", actor.name);
        }
    }
    assert!(count >= 14, "{count} positions: {found:?}");
    for (actor, stance, year) in [
        ("Maruk Kavash", "oppose", 2018),
        ("Maruk Kavash", "support", 2022),
        ("Nessa Toruvel", "support", 2019),
        ("Nessa Toruvel", "mixed", 2021),
        ("Taymar Oskel", "oppose", 2018),
        ("Bodrun Ashkel", "support", 2019),
        ("Parliament of Talvaria", "oppose", 2019),
        ("Lurren Freedom Alliance", "support", 2020),
        ("Ruvan te-Halesh", "support", 2018),
        ("Pelia Varrun", "oppose", 2022),
    ] {
        assert!(
            found.contains(&(actor.to_owned(), stance, year)),
            "{actor} {stance} {year} not in {found:?}"
        );
    }
}

#[test]
fn a_misspelt_key_is_named_with_file_and_line() {
    let folder = std::env::temp_dir().join(format!("onrecord-own-lexicon-{}", std::process::id()));
    let file = folder.join("actors/x.toml");
    fs::create_dir_all(folder.join("actors")).expect("a folder");
    let text = "[[actor]]\nid = \"a\"\nname = \"A\"\nkind = \"group\"\nallso = [\"B\"]\n";
    fs::write(&file, text).expect("a file");
    let error: LexiconError = Lexicon::with_folder(&folder).expect_err("an error");
    let says = error.to_string();
    fs::remove_dir_all(&folder).expect("removed");
    for part in ["x.toml", "line 5", "allso", "also"] {
        assert!(says.contains(part), "{part} not in: {says}");
    }
}
