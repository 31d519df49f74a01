//! `actors`: who is in a record, and corrections that hold on every run.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{call, export, write};

const FIRST: &str = "\
Orvel harbour plan rejected

By Anna Varo

4 March 2014

Harbour minister Taymar Oskel said on Monday that the port would close. “We will not open the \
port,” Oskel told reporters in Orvel. The Fishermen's League criticised Oskel for the plan.
";

const SECOND: &str = "\
Fishermen meet in Orvel

By Jan Berg

9 April 2014

The baker, Pavel Drummo, said that the fishermen would be paid. “They will be paid before the \
winter,” Drummo said. The Fishermen's League welcomed the promise.
";

/// A folder with two pages and a record of them, `r.db`.
fn two_pages() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("pages/a.txt"), FIRST);
    write(&folder.path().join("pages/b.txt"), SECOND);
    read(folder.path());
    folder
}

fn read(folder: &Path) {
    call(folder, &["read", "pages", "-o", "r.db", "-q"]).code(0);
}

fn rows(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn actors(folder: &Path) -> Vec<(String, u64)> {
    let gave = call(folder, &["actors", "r.db"]).code(0);
    let row = |row: &Value| {
        let name = row["name"].as_str().expect("a name").to_owned();
        (name, row["mentions"].as_u64().expect("a number"))
    };
    rows(&gave.out).iter().map(row).collect()
}

fn speakers(folder: &Path) -> Vec<String> {
    let sql = "select distinct coalesce(a.name, t.speaker_text) as name from statements t
               left join actors a on a.actor_id = t.speaker_id order by 1";
    let gave = call(folder, &["sql", "r.db", sql]).code(0);
    rows(&gave.out)
        .iter()
        .map(|row| row["name"].as_str().expect("a name").to_owned())
        .collect()
}

/// The record without its corrections.
fn all_but_corrections(folder: &Path) -> String {
    let text = export(folder, "r.db");
    let lines = text
        .lines()
        .filter(|line| !line.contains("\"table\":\"corrections\""));
    lines.map(|line| format!("{line}\n")).collect()
}

fn correct(folder: &Path, args: &[&str]) -> Value {
    let gave = call(folder, &[&["actors"], args].concat()).code(0);
    assert!(gave.err.contains("r.db.corrections.jsonl"), "{}", gave.err);
    rows(&gave.out).remove(0)
}

/// Takes a correction back.
#[track_caller]
fn undo(folder: &Path, id: &str) {
    call(folder, &["corrections", "undo", "r.db", id]).code(0);
}

#[test]
fn actors_are_listed_and_shown() {
    let folder = two_pages();
    let at = folder.path();
    let all = actors(at);
    assert_eq!(
        all,
        [
            ("Taymar Oskel".to_owned(), 4),
            ("Pavel Drummo".to_owned(), 3),
            ("Fishermen's League".to_owned(), 2),
            ("fishermen".to_owned(), 2)
        ]
    );
    let gave = call(at, &["actors", "r.db", "--kind", "person", "--limit", "1"]).code(0);
    assert_eq!(rows(&gave.out)[0]["forms"], 2);
    call(at, &["actors", "r.db", "--country", "ZZZ"]).code(1);
    call(at, &["actors", "r.db", "--kind", "robot"]).code(2);
    call(at, &["actors"]).code(2);
    call(at, &["actors", "none.db"]).code(3);
    let table = call(at, &["actors", "r.db", "--named", "--format", "table"]).code(0);
    assert!(table.out.starts_with("actor"), "{}", table.out);

    let gave = call(at, &["actors", "show", "r.db", "Taymar Oskel"]).code(0);
    let row = &rows(&gave.out)[0];
    assert_eq!(row["forms"][0]["form"], "Oskel");
    assert_eq!(row["forms"][0]["mentions"], 2);
    assert_eq!(row["forms"][0]["made_by"][0], "rule:actors.surname");
    assert!(
        row["roles"][0]["sentence"]
            .as_str()
            .is_some_and(|words| words.starts_with("Harbour minister"))
    );
    let gave = call(
        at,
        &["actors", "show", "r.db", "Oskel", "--format", "table"],
    )
    .code(0);
    for words in [
        "Taymar Oskel (person",
        "office",
        "form",
        "rule:actors.surname",
    ] {
        assert!(gave.out.contains(words), "{words}:\n{}", gave.out);
    }
    let gave = call(at, &["actors", "show", "r.db", "Nobody"]).code(1);
    assert!(gave.err.contains("no actor"), "{}", gave.err);
    // A name that fits several: they are listed with their ids.
    correct(at, &["rename", "r.db", "Pavel Drummo", "Pavel Oskel"]);
    correct(at, &["rename", "r.db", "Taymar Oskel", "Taymar R. Oskel"]);
    call(at, &["actors", "show", "r.db", "Oskel"]).code(0);
    let gave = call(at, &["actors", "show", "r.db", "League"]).code(0);
    assert_eq!(rows(&gave.out)[0]["name"], "Fishermen's League");
    correct(
        at,
        &["rename", "r.db", "Fishermen's League", "Pavel League"],
    );
    let gave = call(at, &["actors", "show", "r.db", "Pavel"]).code(1);
    assert!(
        gave.err.contains("several actors fit `Pavel`"),
        "{}",
        gave.err
    );
    assert_eq!(gave.err.matches("  ac-").count(), 2, "{}", gave.err);
}

#[test]
fn a_merge_holds_on_the_next_run_and_is_taken_back() {
    let folder = two_pages();
    let at = folder.path();
    let before = export(at, "r.db");
    let args = ["merge", "r.db", "Pavel Drummo", "Taymar Oskel"];
    let row = correct(
        at,
        &[&args[..], &["--why", "a pen name", "--by", "Ilse"]].concat(),
    );
    assert_eq!(
        (&row["by"], &row["applied"]),
        (&"Ilse".into(), &true.into())
    );
    let merged = [
        ("Taymar Oskel".to_owned(), 7),
        ("Fishermen's League".to_owned(), 2),
        ("fishermen".to_owned(), 2),
    ];
    assert_eq!(actors(at), merged);
    assert!(!speakers(at).contains(&"Pavel Drummo".to_owned()));
    let gave = call(at, &["actors", "show", "r.db", "Pavel Drummo"]).code(0);
    let shown = &rows(&gave.out)[0];
    assert_eq!(shown["name"], "Taymar Oskel");
    let forms = shown["forms"].as_array().expect("forms").iter();
    let mut joined = forms.filter(|f| !f["joined"].as_array().expect("a list").is_empty());
    let reason = &joined.next().expect("one")["joined"][0]["reason"];
    assert_eq!(reason, "merged by Ilse: a pen name");
    let gone = row["row_key"].as_str().expect("an id");
    let gave = call(at, &["actors", "show", "r.db", gone]).code(0);
    assert_eq!(rows(&gave.out)[0]["name"], "Taymar Oskel");
    let gave = call(at, &["actors", "merge", "r.db", "Drummo", "Taymar Oskel"]).code(2);
    assert!(gave.err.contains("one actor already"), "{}", gave.err);

    read(at);
    assert_eq!(actors(at), merged, "after another run");
    let kept = export(at, "r.db");
    // Pages in another order, into a new record beside the same corrections.
    fs::remove_file(at.join("r.db")).expect("removed");
    call(at, &["read", "pages/b.txt", "-o", "r.db", "-q"]).code(0);
    call(
        at,
        &["read", "pages/b.txt", "pages/a.txt", "-o", "r.db", "-q"],
    )
    .code(0);
    assert!(kept == export(at, "r.db"), "other bytes in another order");
    call(at, &["verify", "r.db"]).code(0);

    let id = row["correction_id"].as_str().expect("an id");
    call(at, &["corrections", "undo", "r.db", "co-zz"]).code(1);
    undo(at, &id[..10]);
    call(at, &["corrections", "undo", "r.db", id]).code(1);
    read(at);
    assert!(all_but_corrections(at) == before, "as if it had never been");
    let gave = call(at, &["corrections", "r.db"]).code(0);
    let states: Vec<_> = rows(&gave.out)
        .iter()
        .map(|row| row["state"].clone())
        .collect();
    assert_eq!(states, ["taken back", "applied"]);
    let gave = call(at, &["corrections", "r.db", "--format", "table"]).code(0);
    assert!(gave.out.contains("merge Pavel Drummo"), "{}", gave.out);
    let lines = fs::read_to_string(at.join("r.db.corrections.jsonl")).expect("the file");
    assert_eq!(lines.lines().count(), 2, "nothing is deleted");
}

#[test]
fn a_form_is_split_off_and_an_actor_forgotten() {
    let folder = two_pages();
    let at = folder.path();
    let before = export(at, "r.db");
    let gave = call(
        at,
        &[
            "actors",
            "split",
            "r.db",
            "Taymar Oskel",
            "--form",
            "Oskell",
        ],
    )
    .code(1);
    assert!(
        gave.err.contains("no mention of Taymar Oskel"),
        "{}",
        gave.err
    );
    let gave = call(
        at,
        &[
            "actors",
            "split",
            "r.db",
            "Oskel",
            "--form",
            "Oskel",
            "--article",
            "ar-",
        ],
    );
    assert_eq!(gave.code, Some(2), "{}", gave.err);
    let sql = "select article_id from articles where title like 'Orvel%'";
    let found = rows(&call(at, &["sql", "r.db", sql]).code(0).out);
    let article = found[0]["article_id"].as_str().expect("an id");
    let args = [
        "split",
        "r.db",
        "Taymar Oskel",
        "--form",
        "Oskel",
        "--article",
        article,
    ];
    let one = correct(at, &[&args[..], &["--name", "Rana Oskel"]].concat());
    assert!(
        actors(at).contains(&("Rana Oskel".to_owned(), 2)),
        "{:?}",
        actors(at)
    );
    assert_eq!(
        speakers(at),
        [
            "Fishermen's League",
            "Pavel Drummo",
            "Rana Oskel",
            "Taymar Oskel"
        ]
    );
    read(at);
    assert_eq!(speakers(at).len(), 4, "after another run");
    let two = correct(at, &["forget", "r.db", "Rana Oskel"]);
    assert_eq!(
        speakers(at),
        [
            "Fishermen's League",
            "Oskel",
            "Pavel Drummo",
            "Taymar Oskel"
        ]
    );
    call(at, &["actors", "show", "r.db", "Rana Oskel"]).code(1);
    read(at);
    assert!(!export(at, "r.db").contains("\"name\":\"Rana Oskel\""));
    call(at, &["verify", "r.db"]).code(0);
    for row in [two, one] {
        undo(at, row["correction_id"].as_str().expect("an id"));
    }
    read(at);
    assert!(all_but_corrections(at) == before, "as if it had never been");
}

#[test]
fn corrections_are_never_lost() {
    let folder = two_pages();
    let at = folder.path();
    let file = at.join("r.db.corrections.jsonl");
    call(at, &["corrections", "r.db"]).code(1);
    correct(at, &["rename", "r.db", "Pavel Drummo", "P. Drummo"]);
    // Its page is gone from a new record: told and kept.
    fs::remove_file(at.join("r.db")).expect("removed");
    let gave = call(at, &["read", "pages/a.txt", "-o", "r.db", "-q"]).code(0);
    assert!(gave.err.contains("is not applied"), "{}", gave.err);
    let gave = call(at, &["list", "corrections", "r.db"]).code(0);
    assert_eq!(rows(&gave.out)[0]["applied"], false);
    let gave = call(at, &["read", "pages", "-o", "r.db", "-q"]).code(0);
    assert!(!gave.err.contains("is not applied"), "{}", gave.err);
    assert!(actors(at).contains(&("P. Drummo".to_owned(), 3)));
    // The file is gone: those of the record count, and come back with the next one.
    let text = fs::read_to_string(&file).expect("the file");
    fs::remove_file(&file).expect("removed");
    let gave = call(at, &["read", "pages", "-o", "r.db", "-q"]).code(0);
    assert!(gave.err.contains("is not there"), "{}", gave.err);
    assert!(actors(at).contains(&("P. Drummo".to_owned(), 3)));
    correct(at, &["rename", "r.db", "Taymar Oskel", "T. Oskel"]);
    let now = fs::read_to_string(&file).expect("the file");
    assert!(now.starts_with(&text) && now.lines().count() == 2, "{now}");
    // A broken line: named, and nothing is changed.
    let kept = export(at, "r.db");
    fs::write(&file, format!("{now}nonsense\n")).expect("written");
    for args in [
        &["read", "pages", "-o", "r.db"][..],
        &["actors", "rename", "r.db", "T. Oskel", "x"],
    ] {
        let gave = call(at, args).code(3);
        assert!(
            gave.err.contains("r.db.corrections.jsonl: line 3"),
            "{}",
            gave.err
        );
    }
    assert!(kept == export(at, "r.db"));
    // A record in the folder of its pages: the corrections are no page.
    fs::write(&file, now).expect("written");
    for name in ["r.db", "r.db.corrections.jsonl"] {
        fs::copy(at.join(name), at.join("pages").join(name)).expect("copied");
    }
    let gave = call(at, &["read", "pages", "-o", "pages/r.db"]).code(0);
    assert_eq!(gave.count(" unchanged"), 2);
}
