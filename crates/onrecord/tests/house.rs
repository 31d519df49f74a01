//! The house rules that a test can hold: who may depend on whom, documents that tell the
//! truth about the folders, files that stay small.

#![allow(clippy::disallowed_methods)] // reads its pages from disk

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const STEPS: [&str; 9] = [
    "onrecord-pages",
    "onrecord-language",
    "onrecord-actors",
    "onrecord-dates",
    "onrecord-places",
    "onrecord-statements",
    "onrecord-events",
    "onrecord-positions",
    "onrecord-reprints",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn crates() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("crates"))
        .expect("crates/")
        .flatten();
    entries
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Our own crates that a crate's `[dependencies]` name.
fn depends_on(name: &str) -> BTreeSet<String> {
    let path = root().join("crates").join(name).join("Cargo.toml");
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(path).expect("a manifest")).expect("TOML");
    let dependencies = manifest
        .get("dependencies")
        .and_then(|d| d.as_table())
        .cloned();
    let ours = dependencies.unwrap_or_default();
    ours.keys()
        .filter(|k| k.starts_with("onrecord"))
        .cloned()
        .collect()
}

#[test]
fn steps_know_the_model_the_lexicon_names_and_nets_only() {
    let shared = ["model", "lexicon", "names", "net"];
    let allowed: BTreeSet<String> = shared.map(|name| format!("onrecord-{name}")).into();
    for step in STEPS {
        let others: Vec<_> = depends_on(step).difference(&allowed).cloned().collect();
        assert!(others.is_empty(), "{step} must not depend on {others:?}");
    }
    assert!(depends_on("onrecord-model").is_empty());
    assert!(depends_on("onrecord-names").is_empty());
    assert!(depends_on("onrecord-net").is_empty());
    assert_eq!(
        depends_on("onrecord-lexicon"),
        ["onrecord-model", "onrecord-names"]
            .map(str::to_owned)
            .into()
    );
    for name in ["onrecord-record", "onrecord-export"] {
        let steps: Vec<_> = depends_on(name)
            .into_iter()
            .filter(|d| STEPS.contains(&d.as_str()))
            .collect();
        assert!(steps.is_empty(), "{name} must not depend on {steps:?}");
    }
}

#[test]
fn only_the_command_line_is_a_leaf_that_prints() {
    for name in crates() {
        assert!(
            !depends_on(&name).contains("onrecord-cli"),
            "{name} must not depend on the command line"
        );
    }
}

#[test]
fn architecture_names_every_crate_and_no_other() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for name in crates() {
        assert!(
            text.contains(&format!("`{name}`")),
            "ARCHITECTURE.md must name {name}"
        );
    }
    let named = text.split('`').filter(|word| {
        word.strip_prefix("onrecord-")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_lowercase()))
    });
    for name in named {
        assert!(
            crates().contains(name),
            "ARCHITECTURE.md names {name}, which does not exist"
        );
    }
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    for name in crates() {
        assert!(
            workspace.contains(&format!("\"crates/{name}\"")),
            "Cargo.toml must list {name}"
        );
    }
}

#[test]
fn architecture_names_every_folder() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let listed = std::process::Command::new("git")
        .args(["ls-files"])
        .current_dir(root())
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default();
    let folders: BTreeSet<&str> = listed
        .lines()
        .filter_map(|l| l.split_once('/'))
        .map(|(f, _)| f)
        .collect();
    for folder in folders {
        assert!(
            text.contains(&format!("`{folder}/")) || text.contains(&format!("{folder}/")),
            "ARCHITECTURE.md must name {folder}/"
        );
    }
}

#[test]
fn most_files_are_small() {
    let mut files = Vec::new();
    for name in crates() {
        rust_files(&root().join("crates").join(name), &mut files);
    }
    let lines = |path: &PathBuf| fs::read_to_string(path).map_or(0, |t| t.lines().count());
    let large: Vec<_> = files.iter().filter(|f| lines(f) > 400).collect();
    assert!(
        large.len() * 10 <= files.len(),
        "more than a tenth of the files pass 400 lines: {large:#?}"
    );
    let huge: Vec<_> = files.iter().filter(|f| lines(f) > 1000).collect();
    assert!(huge.is_empty(), "no file passes 1,000 lines: {huge:#?}");
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() && !path.is_symlink() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut documents = vec![
        root().join("README.md"),
        root().join("ARCHITECTURE.md"),
        root().join("CONTRIBUTING.md"),
    ];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder)
            .expect("docs")
            .flatten()
            .map(|e| e.path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                documents.push(path);
            }
        }
    }
    for document in documents {
        let text = fs::read_to_string(&document).expect("a document");
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if link.starts_with("http") || link.starts_with('#') || link.contains(' ') {
                continue;
            }
            let target = document
                .parent()
                .expect("a folder")
                .join(link.split('#').next().unwrap_or(link));
            assert!(
                target.exists(),
                "{}: the link {link} leads nowhere",
                document.display()
            );
        }
    }
}
