//! The record of the example pages, whole, against `examples/record/`, and the rows that the
//! README shows. `UPDATE=1 cargo test -p onrecord-cli --test examples` rewrites the snapshot:
//! read the difference before you commit it.
#![allow(clippy::disallowed_methods)] // tests read and write files

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the binary in the root of the checkout, so that pages have the same place everywhere.
fn onrecord(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(args)
        .current_dir(root())
        .output()
        .expect("the binary runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn tables(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .map(|p| {
            let name = p
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(&p).expect("a table"))
        })
        .collect()
}

#[test]
fn the_record_of_the_examples_is_the_snapshot() {
    let temporary = tempfile::tempdir().expect("a folder");
    let record = temporary.path().join("examples.db");
    let out = temporary.path().join("tables");
    fs::create_dir(&out).expect("a folder");
    let (record, out) = (
        record.to_str().expect("UTF-8"),
        out.to_str().expect("UTF-8"),
    );
    onrecord(&["read", "examples/pages", "-o", record, "--quiet"]);
    onrecord(&["export", record, "--format", "jsonl", "-o", out]);
    let got = tables(Path::new(out));
    let snapshot = root().join("examples/record");
    assert_eq!(got.len(), 17, "one file a table");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(&snapshot).expect("a folder");
        for (name, text) in &got {
            fs::write(snapshot.join(name), text).expect("written");
        }
    }
    let expected = tables(&snapshot);
    for (name, text) in &got {
        // the hash of the lexicon and the settings change with every word added
        if name == "runs.jsonl" {
            continue;
        }
        let expected = expected.get(name).map_or("", String::as_str);
        let differs = text.lines().zip(expected.lines()).find(|(a, b)| a != b);
        if let Some((a, b)) = differs {
            panic!("{name} differs\n got: {a}\nwant: {b}");
        }
        assert_eq!(
            text.lines().count(),
            expected.lines().count(),
            "{name}: number of rows"
        );
    }
}

#[test]
fn the_rows_in_the_readme_are_real() {
    let temporary = tempfile::tempdir().expect("a folder");
    let record = temporary.path().join("page.db");
    let record = record.to_str().expect("UTF-8");
    onrecord(&[
        "read",
        "examples/pages/three-articles.txt",
        "-o",
        record,
        "--quiet",
    ]);
    let mut real = onrecord(&["list", "statements", record, "--format", "md"]);
    real.push_str(&onrecord(&["list", "events", record, "--format", "md"]));
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let rows: Vec<&str> = readme
        .lines()
        .filter(|l| l.starts_with("| st-") || l.starts_with("| ev-"))
        .collect();
    assert!(rows.len() >= 5, "the README shows rows");
    for row in rows {
        assert!(real.lines().any(|l| l == row), "no longer made: {row}");
    }
}
