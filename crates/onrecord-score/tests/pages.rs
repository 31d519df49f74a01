//! The measure of article text on a small set made here, and on the public one where it is
//! there.
#![allow(clippy::disallowed_methods)] // tests make files

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_score::{ScoreError, pages};

const BODY: [&str; 2] = [
    "The harbour authority reopened the northern quay on Monday after a strike of eleven days, its director said.",
    "Dockers had asked for higher pay and for shorter shifts at night, according to a statement of their union.",
];

fn set(folder: &Path) {
    std::fs::create_dir_all(folder.join("html")).expect("a folder");
    let html = format!(
        "<html><body><article><p>{}</p><p>{}</p></article></body></html>",
        BODY[0], BODY[1]
    );
    for id in ["one", "two"] {
        let file =
            std::fs::File::create(folder.join(format!("html/{id}.html.gz"))).expect("a file");
        let mut gz = GzEncoder::new(file, Compression::fast());
        gz.write_all(html.as_bytes()).expect("written");
        gz.finish().expect("written");
    }
    let truth = serde_json::json!({
        "one": { "articleBody": BODY.join("\n\n"), "url": "https://example.org/one" },
        "two": { "articleBody": format!("{} {}", BODY.join("\n\n"), "A third paragraph is missing here."), "url": "" },
    });
    std::fs::write(folder.join("ground-truth.json"), truth.to_string()).expect("written");
}

#[test]
fn a_small_set() {
    let folder = tempfile::tempdir().expect("a folder");
    set(folder.path());
    let predictions = folder.path().join("predictions.json");
    let score = pages(folder.path(), Some(&predictions)).expect("a score");
    assert_eq!(score.average.precision, 1.0);
    assert_eq!(score.average.identical, 0.5);
    assert!(
        (0.8..1.0).contains(&score.average.recall),
        "{:?}",
        score.average
    );
    assert_eq!(score.pages[0].id, "two"); // the worst first
    let shown = score.to_string();
    assert!(
        shown.contains("0.969") && shown.contains("onrecord"),
        "{shown}"
    );

    let written = std::fs::read_to_string(predictions).expect("predictions");
    let written: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(written["output"]["one"]["articleBody"], BODY.join("\n\n"));
    assert!(written["version"].is_string());
}

#[test]
fn a_missing_page_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    set(folder.path());
    std::fs::remove_file(folder.path().join("html/two.html.gz")).expect("removed");
    let error = pages(folder.path(), None).expect_err("a missing page");
    assert!(matches!(error, ScoreError::File { .. }));
    assert!(error.to_string().contains("two.html.gz"), "{error}");
}

#[test]
fn the_public_set() {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/pages"
    ));
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return;
    }
    let score = pages(folder, None).expect("a score");
    assert!(score.average.f1 >= 0.975, "{score}");
}
