//! Who is who: `score actors` on the pile of `cases/`, and on the real pages where they lie
//! beside the checkout.

#![allow(clippy::print_stdout)] // says what it skips, prints the figures

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::{Gave, call};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The F1 over all forms.
fn f1(gave: &Gave) -> f64 {
    let line = gave.out.lines().find(|l| l.starts_with("onrecord "));
    let cell = line.and_then(|l| l.split_whitespace().nth(2));
    cell.and_then(|c| c.parse().ok()).expect("a figure")
}

#[test]
fn a_pile_is_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let pile = format!("{ROOT}/cases/pile");
    let gold = format!("{pile}/gold.tsv");
    call(at, &["read", &format!("{pile}/*.txt"), "-o", "pile.db"]).code(0);
    let gave = call(at, &["score", "actors", &gold, "pile.db"]).code(0);
    assert!(
        gave.out.contains("written forms of 45 actors on 12 pages"),
        "{}",
        gave.out
    );
    assert!(f1(&gave) > 0.4, "{}", gave.out);
    let errors = call(at, &["score", "actors", &gold, "pile.db", "--errors"]).code(0);
    assert!(errors.out.contains("\nsplit   "), "{}", errors.out);

    fs::write(at.join("empty.tsv"), "# nothing\n").expect("a file");
    call(at, &["score", "actors", "empty.tsv", "pile.db"]).code(1);
    fs::write(at.join("broken.tsv"), "a.txt\tKavash\n").expect("a file");
    let broken = call(at, &["score", "actors", "broken.tsv", "pile.db"]);
    assert!(
        broken.err.contains("broken.tsv:1: 2 cells"),
        "{}",
        broken.err
    );
    call(at, &["score", "actors", &gold]).code(2);
}

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(ROOT).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: ../shared/{name} is not there");
    None
}

fn strings(value: &Value) -> Vec<String> {
    let all = value.as_array().into_iter().flatten();
    all.filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// Whether a form is a name: no word in lower case but small ones.
fn is_name(form: &str) -> bool {
    let small = ["the", "al", "of", "and", "for", "bin"];
    let words = form.split([' ', '-', '\u{a0}']);
    let lower = |word: &str| word.starts_with(char::is_lowercase) && !small.contains(&word);
    !words.clone().any(lower) && words.clone().any(|w| w.starts_with(char::is_uppercase))
}

/// The gold of a page, as `score actors` reads it.
fn gold_of(page: &str, gold: &Value, places: &BTreeSet<String>) -> String {
    let mut rows = String::new();
    for actor in gold["actors"].as_array().into_iter().flatten() {
        let ambiguous = strings(&actor["ambiguous_aliases"]);
        let mut forms: BTreeSet<String> = BTreeSet::new();
        for form in strings(&actor["aliases"]) {
            let bare = form.strip_prefix("the ").or(form.strip_prefix("The "));
            let bare = bare.unwrap_or(&form).to_owned();
            let left =
                ambiguous.contains(&form) || places.contains(&form) || places.contains(&bare);
            if actor["named"] == true && is_name(&bare) && !left && !form.starts_with("A ") {
                forms.insert(bare);
            }
        }
        let name = actor["name"].as_str().unwrap_or_default();
        for form in forms {
            let _ = writeln!(rows, "{page}\t{form}\t{name}");
        }
    }
    rows
}

#[test]
fn the_actors_of_two_real_pages() {
    let (Some(seeds), Some(golds)) = (shared("seeds"), shared("gold-dev")) else {
        return;
    };
    let json = |name: &str| -> Value {
        let text = fs::read_to_string(golds.join(name)).expect("the gold");
        serde_json::from_str(&text).expect("JSON")
    };
    let actors = json("actors.json");
    let listed = actors.as_array().or_else(|| actors["actors"].as_array());
    let places = listed.into_iter().flatten();
    let places: BTreeSet<String> = places.flat_map(|a| strings(&a["place_aliases"])).collect();
    for number in ["002", "003"] {
        let gold = json(&format!("seed-{number}.json"));
        let page = gold["seed"].as_str().expect("a file name");
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        fs::write(at.join("gold.tsv"), gold_of(page, &gold, &places)).expect("a file");
        let path = seeds.join(page).display().to_string();
        call(at, &["read", &path, "-o", "page.db"]);
        let gave = call(at, &["score", "actors", "gold.tsv", "page.db", "--errors"]).code(0);
        println!("{number}: {}", gave.out);
        assert!(f1(&gave) >= 0.90, "{number}: {}", gave.out);
    }
}
